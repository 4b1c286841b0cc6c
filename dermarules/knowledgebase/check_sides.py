"""Sides agree: a condition names the leg that it speaks of, both means both, and what has sides is asked with one."""

import re
from collections.abc import Collection, Iterator

from dermarules.errors import Fault
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.sides import Sides, Test, is_abnormal, nameless, sides_of
from dermarules.knowledgebase.targets import is_of_one_leg
from dermarules.localizations import WideSite
from dermarules.provenance import Location
from dermarules.rules import Compare, Condition, Derived, Favours, Leaf, RedFlag, Rule, binds_side, parts, walk
from dermarules.vocabulary import Kind, Laterality, Reading, SideTest

_BILATERAL = (Laterality.BILATERAL_ASYMMETRIC, Laterality.BILATERAL_SYMMETRIC)
_BOTH = re.compile(r"\bboth\b", re.IGNORECASE)
_LEFT_OR_RIGHT = re.compile(r"\b(left|right)\b", re.IGNORECASE)


def side_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every place where one leg may be taken for the other, for both, or for neither."""
    sides = sides_of(knowledge)
    for name, condition in _conditions(knowledge):
        if binds_side(condition):
            found = list(nameless(condition))
            yield from _nameless_faults(name, found)
            yield from _unsaid_faults(name, condition, sides, {id(part) for outer in found for part in walk(outer)})
    for rule in knowledge.rules.values():
        yield from _rule_faults(rule, knowledge, sides)
    for site in knowledge.wide_sites.values():
        if binds_side(site.requires):
            yield from _unsaid_faults(site.id, site.requires, sides, ())
        yield from _reading_faults(site, knowledge)
    yield from _title_faults(knowledge, sides)
    yield from _word_faults(knowledge)
    yield from _lateral_faults(knowledge)
    yield from _weak_movement_faults(knowledge)


def _conditions(knowledge: Knowledge) -> Iterator[tuple[str, Condition]]:
    """The conditions that may speak of one leg, with the id of their record."""
    for rule in knowledge.rules.values():
        yield rule.id, rule.when
    for flag in knowledge.red_flags.values():
        yield flag.id, flag.when
        if flag.ask_when is not None:
            yield flag.id, flag.ask_when
    for finding in knowledge.derived.values():
        yield finding.id, finding.when
        if finding.absent_when is not None:
            yield finding.id, finding.absent_when


def _nameless_faults(name: str, found: Collection[Condition]) -> Iterator[Fault]:
    """Whatever makes a condition of one leg true is found on that leg."""
    for part in found:
        message = f"{name} speaks of one leg, but holds by '{_told(part)}' without naming it; say side: same"
        yield _place(part).fault(message)


def _unsaid_faults(name: str, condition: Condition, sides: Sides, told: Collection[int]) -> Iterator[Fault]:
    """Where a condition speaks of one leg, a test of what has sides says which: even that any will do."""
    for part in sides.unsaid(condition):
        if id(part) not in told:
            message = f"{name} speaks of one leg, and '{_told(part)}' has sides"
            yield part.location.fault(f"{message}; say side: same, other, both, or any if it does not matter")


def _rule_faults(rule: Rule, knowledge: Knowledge, sides: Sides) -> Iterator[Fault]:
    """What a rule concludes of a place that has a side rests on findings of that side."""
    weighed = [then for then in rule.then if isinstance(then, Favours)]
    targets = [t for then in weighed for t in (*then.targets, *then.over) if _is_one_sided(t, knowledge)]
    if targets and not binds_side(rule.when):
        for part in sides.unsaid(rule.when):
            message = f"{rule.id} speaks of '{targets[0]}' on either side alike, and '{_told(part)}' has sides"
            yield part.location.fault(f"{message}; say side: same, or any if it does not matter")
    favoured = [t for then in weighed for t in then.targets if not then.against and _is_one_sided(t, knowledge)]
    if favoured:
        yield from _other_leg_faults(rule.id, rule.when, favoured[0])


def _is_one_sided(target: str, knowledge: Knowledge) -> bool:
    site = knowledge.wide_sites.get(target)
    return site.reading is Reading.ONE_SIDE if site else is_of_one_leg(target)


def _other_leg_faults(name: str, condition: Condition, target: str) -> Iterator[Fault]:
    """Something abnormal of the other leg is no reason for a lesion of this one."""
    for part in walk(condition):
        if isinstance(part, Test) and part.side is SideTest.OTHER and is_abnormal(part):
            yield part.location.fault(f"{name} speaks for '{target}' by '{_told(part)}', which is of the other leg")


def _reading_faults(site: WideSite, knowledge: Knowledge) -> Iterator[Fault]:
    """A wide place is read as the syndromes of its kind show: per side, over both, alike on both."""
    place = knowledge.locations[f"localizations/{site.id}"]
    shown = [syndrome for syndrome in knowledge.syndromes.values() if syndrome.level == site.kind]
    uneven = [s for s in shown if s.laterality is not Laterality.BILATERAL_SYMMETRIC]
    if site.reading is Reading.ONE_SIDE:
        yield from _other_leg_faults(site.id, site.requires, site.id)
        if not binds_side(site.requires):
            yield place.fault(f"{site.id} is read per side, but its entry condition names none; say side: same")
        if site.symmetric:
            yield place.fault(f"{site.id} is read per side and called symmetric; leave one out")
        for syndrome in [s for s in shown if s.laterality in _BILATERAL][:1]:
            yield place.fault(f"{site.id} is read per side, but {syndrome.id} is {syndrome.laterality.value}")
    if site.symmetric and uneven:
        yield place.fault(f"{site.id} is called symmetric, but {uneven[0].id} is {uneven[0].laterality.value}")
    if not site.symmetric and shown and not uneven:
        yield place.fault(f"{site.id} is not called symmetric, but {shown[0].id} is {shown[0].laterality.value}")


def _title_faults(knowledge: Knowledge, sides: Sides) -> Iterator[Fault]:
    """What is called a finding of both sides needs both: its title is printed, and other rules rest on it."""
    derived = [(finding.id, finding.title, finding.when) for finding in knowledge.derived.values()]
    flags = [(flag.id, flag.title, flag.when) for flag in knowledge.red_flags.values()]
    of_both = [name for name, title, _ in derived if _BOTH.search(title)]
    for name, title, when in (*derived, *flags):
        for part in sides.lone(when) if _BOTH.search(title) else ():
            # A finding that is itself called one of both is told at its own place.
            if not (isinstance(part, Derived) and part.finding in of_both):
                message = f"{name} is called '{title}', but one side is enough for '{_told(part)}'; say side: both"
                yield part.location.fault(message)


def _word_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Left and right stand only in cases: what a rule says is printed for whichever leg it holds on."""
    for label, records in (
        ("rules", knowledge.rules.values()),
        ("red_flags", knowledge.red_flags.values()),
        ("derived_findings", knowledge.derived.values()),
    ):
        for record in records:
            action = record.then.do if isinstance(record, RedFlag) else ""
            named = _LEFT_OR_RIGHT.search("\n".join((record.title, record.because, action)))
            if named:
                message = f"{record.id} says '{named[0]}' in its words, and holds on either side; use another word"
                yield knowledge.locations[f"{label}/{record.id}"].fault(message)


def _lateral_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """What is examined on one side is asked about with a side somewhere, or it is midline."""
    everywhere = [c for _, c in _conditions(knowledge)] + [site.requires for site in knowledge.wide_sites.values()]
    leaves = [part for condition in everywhere for part in walk(condition) if isinstance(part, Leaf)]
    used = {(leaf.kind, name) for leaf in leaves for name in leaf.names}
    said = {(leaf.kind, name) for leaf in leaves for name in leaf.names if leaf.says_side}
    for kind, label, lateral in (
        (Kind.SIGN, "signs", [sign.id for sign in knowledge.signs.values() if sign.lateral]),
        (Kind.REFLEX, "reflexes", [reflex.id for reflex in knowledge.reflexes.values() if reflex.lateral]),
        (Kind.POWER, "movements", [movement.id for movement in knowledge.movements.values() if movement.lateral]),
    ):
        for name in lateral:
            if (kind, name) in used - said:
                message = f"{name} has sides, but no rule names one; say a side (any, if it does not matter)"
                yield knowledge.locations[f"{label}/{name}"].fault(f"{message}, or call it midline")


def _weak_movement_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """What shows the weakness of a movement has sides if the movement has."""
    for label, things in (("signs", knowledge.signs.values()), ("history", knowledge.history.values())):
        for thing in things:
            moved = knowledge.movements.get(thing.weak_movement)
            if moved is not None and moved.lateral is not thing.lateral:
                place = knowledge.locations[f"{label}/{thing.id}"]
                yield place.fault(f"{thing.id} shows weak {moved.id}, and only one of the two has sides")


def _told(condition: Condition) -> str:
    """A condition in a few words; a group by the first test in it."""
    match condition:
        case Leaf():
            return condition.wording
        case Derived():
            return condition.finding + ("" if condition.side is SideTest.ANY else f", {condition.side.value} side")
        case Compare():
            return condition.measure
        case _:
            return _told(parts(condition)[0])


def _place(condition: Condition) -> Location:
    return condition.location if isinstance(condition, Leaf | Derived | Compare) else _place(parts(condition)[0])
