"""What records must not say: overlapping tiers, moves to no root, circles, urgency that a finding could lower."""

from collections.abc import Iterable, Iterator, Mapping

from dermarules.errors import Fault
from dermarules.knowledgebase.located import Step, Steps, is_list, is_mapping, matches
from dermarules.knowledgebase.register import Entry
from dermarules.localizations import WideSite
from dermarules.rules import (
    All,
    AtLeast,
    Condition,
    Derived,
    DerivedFinding,
    Leaf,
    Modifier,
    Not,
    RedFlag,
    Rule,
    binds_side,
    parts,
    walk,
)
from dermarules.rules import Any as AnyOf
from dermarules.vocabulary import FULL_POWER, Kind, Result, SideTest, Urgency

# Where a record has lists that must not share a member, and the lists.
_SKIN = ("core", "usual", "variable", "spared")
_TIERS: Mapping[str, Mapping[str, Steps]] = {
    "dermatome": {"maps.*": _SKIN},
    "nerve": {"skin": _SKIN},
    "localization": {"territory.*": _SKIN},
    "syndrome": {"skin": _SKIN, "movements": ("weak", "may_be_weak", "normal"), "signs": ("positive", "negative")},
}

_NORMAL: Mapping[Kind, frozenset[Result]] = {
    Kind.SENSATION: frozenset({Result.NORMAL}),
    Kind.POWER: FULL_POWER,
    Kind.MUSCLE: FULL_POWER,
    Kind.REFLEX: frozenset({Result.NORMAL, Result.FLEXOR}),
    Kind.SIGN: frozenset({Result.NEGATIVE}),
    **dict.fromkeys(
        (Kind.FEELS, Kind.WASTING, Kind.FASCICULATION, Kind.HISTORY, Kind.LEVEL), frozenset({Result.ABSENT})
    ),
}


def tier_faults(entries: Iterable[Entry]) -> Iterator[Fault]:
    """A fault for each place, movement or sign that one record puts into two tiers."""
    for entry in entries:
        for pattern, tiers in _TIERS.get(entry.shelf.kind, {}).items():
            for path, value, _ in matches(entry.value, tuple(pattern.split("."))):
                if is_mapping(value):
                    yield from _shared(entry, (*entry.path, *path), value, tiers)


def _shared(entry: Entry, path: Steps, value: Mapping[object, object], tiers: Steps) -> Iterator[Fault]:
    seen: dict[str, Step] = {}
    for tier in tiers:
        members = value.get(tier)
        for index, member in enumerate(members if is_list(members) else ()):
            if isinstance(member, str) and seen.setdefault(member, tier) != tier:
                yield entry.document.fault((*path, tier, index), f"'{member}' is in {seen[member]} already")


def move_faults(entries: Iterable[Entry]) -> Iterator[Fault]:
    """A fault for each move of a plexus variant after which no root would carry what is moved."""
    for entry in entries:
        if entry.shelf.kind == "plexus variant":
            for path, value, _ in matches(entry.value, ("moves", "*", "carried_by")):
                if is_list(value) and not value:
                    yield entry.document.fault((*entry.path, *path), "no root carries it; name at least one")


def condition_faults(entries: Iterable[Entry], records: Mapping[str, Mapping[str, object]]) -> Iterator[Fault]:
    """Faults of conditions that show only beside the other records."""
    derived = {name: d for name, d in records.get("derived", {}).items() if isinstance(d, DerivedFinding)}
    normal = _resting_on_normal(derived)
    for entry in entries:
        record = records.get(entry.shelf.attribute, {}).get(entry.id)
        for name, condition in _conditions(record):
            yield from _side_faults(entry, name, condition, derived)
        if isinstance(record, RedFlag) and record.then.urgency is not Urgency.SELF_CARE_MONITOR:
            yield from _flag_faults(entry, record.when, normal)
        if isinstance(record, DerivedFinding):
            yield from _cycle_faults(entry, record, derived)


def _conditions(record: object) -> Iterator[tuple[str, Condition]]:
    if isinstance(record, Rule | RedFlag | DerivedFinding | Modifier):
        yield "when", record.when
    if isinstance(record, RedFlag) and record.ask_when is not None:
        yield "ask_when", record.ask_when
    if isinstance(record, DerivedFinding) and record.absent_when is not None:
        yield "absent_when", record.absent_when
    if isinstance(record, WideSite):
        yield "requires", record.requires


def _paths(condition: Condition, path: Steps) -> Iterator[tuple[Steps, Condition]]:
    """The condition and everything inside it, with its path in the file."""
    yield path, condition
    match condition:
        case Not():
            yield from _paths(condition.of, (*path, "not"))
        case All() | AnyOf() | AtLeast():
            step = {All: ("all",), AnyOf: ("any",), AtLeast: ("at_least", "of")}[type(condition)]
            for index, part in enumerate(condition.of):
                yield from _paths(part, (*path, *step, index))


def _side_faults(
    entry: Entry, name: str, condition: Condition, derived: Mapping[str, DerivedFinding]
) -> Iterator[Fault]:
    """A derived finding that is defined without a side takes none."""
    for path, part in _paths(condition, (name,)):
        if isinstance(part, Derived) and part.side is not SideTest.ANY and part.finding in derived:
            definition = derived[part.finding]
            if not binds_side(definition.when):
                message = f"{part.finding} has no side: its `when` does not say side: same"
                yield entry.document.fault((*entry.path, *path, "side"), message)


def _flag_faults(entry: Entry, when: Condition, normal: Mapping[str, str]) -> Iterator[Fault]:
    """Adding an abnormal finding must never lower the urgency, so a red flag rests on abnormal findings only."""
    negated: list[Steps] = []
    for path, part in _paths(when, ("when",)):
        ground = _normal_ground(part, normal)
        if not ground or any(path[: len(outer)] == outer for outer in negated):
            continue
        if isinstance(part, Not):
            negated.append(path)
        message = f"{ground}; a red flag outside self care rests on abnormal findings only, or one more could lower"
        yield entry.document.fault((*entry.path, *path), f"{message} the urgency")


def _normal_ground(part: Condition, normal: Mapping[str, str]) -> str:
    """How a condition rests on something normal or denied; empty if it does not."""
    match part:
        case Not():
            return "'not' in a red flag"
        case Leaf() if part.results & _NORMAL.get(part.kind, frozenset()):
            return f"a normal result in a red flag ({part.wording})"
        case Derived() if not part.present:
            return f"a denied finding in a red flag ({part.finding})"
        case Derived() if part.finding in normal:
            return f"{part.finding} rests on something normal ({normal[part.finding]})"
        case _:
            return ""


def _resting_on_normal(derived: Mapping[str, DerivedFinding]) -> dict[str, str]:
    """The derived findings whose presence needs something normal, by themselves or through another, and what."""
    found: dict[str, str] = {}
    grown = True
    while grown:
        grown = False
        for name, definition in derived.items():
            grounds = (_normal_ground(part, found) for part in walk(definition.when))
            ground = "" if name in found else next(filter(None, grounds), "")
            if ground:
                found[name], grown = ground.replace(" in a red flag", ""), True
    return found


def _cycle_faults(entry: Entry, definition: DerivedFinding, derived: Mapping[str, DerivedFinding]) -> Iterator[Fault]:
    """A derived finding must not depend on itself; each cycle is told once, at its first member by name."""
    trail = _trail_back(definition.id, derived)
    if trail and min(trail) == definition.id:
        through = " through absence" if _through_absence(trail, derived) else ""
        circle = " -> ".join((*trail, definition.id))
        yield entry.document.fault((*entry.path, "id"), f"depends on itself{through}: {circle}")


def _trail_back(start: str, derived: Mapping[str, DerivedFinding]) -> tuple[str, ...]:
    """The shortest way from a derived finding back to itself; empty if there is none."""
    trails: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while trails:
        trail = trails.pop(0)
        for name, _ in _uses(derived[trail[-1]]):
            if name == start:
                return trail
            if name in derived and name not in seen:
                seen.add(name)
                trails.append((*trail, name))
    return ()


def _through_absence(trail: tuple[str, ...], derived: Mapping[str, DerivedFinding]) -> bool:
    steps = zip(trail, (*trail[1:], trail[0]), strict=True)
    return any((after, True) in _uses(derived[before]) for before, after in steps)


def _uses(definition: DerivedFinding) -> set[tuple[str, bool]]:
    """The derived findings that one uses, and whether it uses their absence."""
    used = _used(definition.when, False)
    return used if definition.absent_when is None else used | _used(definition.absent_when, False)


def _used(condition: Condition, negated: bool) -> set[tuple[str, bool]]:
    if isinstance(condition, Derived):
        return {(condition.finding, negated or not condition.present)}
    inner = negated or isinstance(condition, Not)
    return {use for part in parts(condition) for use in _used(part, inner)}
