"""Nothing lies idle or unsupported: ids are used or listed as unused, and what is called sourced has a read source."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from dermarules.anatomy import Dermatome
from dermarules.errors import Fault
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.layout import SHELVES
from dermarules.provenance import Fact, Location
from dermarules.rules import Compare, Condition, Derived, Favours, Leaf, RedFlag, Rule, walk
from dermarules.vocabulary import Kind, Review

_READ_REVIEWS = (Review.SOURCED, Review.REVIEWED)


def use_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every id that nothing uses, every target that is never an answer, every claim of a source that nobody read."""
    yield from _unused_faults(knowledge)
    yield from _accuracy_faults(knowledge)
    yield from _target_faults(knowledge)
    yield from _source_faults(knowledge)


def conditions_of(knowledge: Knowledge) -> Iterator[Condition]:
    """Every condition of the knowledge."""
    for rule in knowledge.rules.values():
        yield rule.when
    for flag in knowledge.red_flags.values():
        yield flag.when
        if flag.ask_when is not None:
            yield flag.ask_when
    for finding in knowledge.derived.values():
        yield finding.when
        if finding.absent_when is not None:
            yield finding.absent_when
    yield from (site.requires for site in knowledge.wide_sites.values())
    yield from (modifier.when for modifier in knowledge.modifiers.values())


def _unused_faults(knowledge: Knowledge) -> Iterator[Fault]:
    used = set(_used(conditions_of(knowledge)))
    felt = {s.id for table in (knowledge.signs, knowledge.history) for s in table.values() if s.weak_movement}
    for kind, label, ids in (
        (Kind.SIGN, "signs", knowledge.signs),
        (Kind.HISTORY, "history", knowledge.history),
        (Kind.MEASURE, "measures", knowledge.measures),
    ):
        for name in ids:
            idle = (kind, name) not in used and name not in felt
            place = knowledge.locations[f"{label}/{name}"]
            if idle and name not in knowledge.unused:
                yield place.fault(f"no rule uses {name}; use it, or list it in unused.yaml with the reason")
            if not idle and name in knowledge.unused:
                yield place.fault(f"{name} is listed in unused.yaml, but a rule uses it")
    named = {
        part.finding for condition in conditions_of(knowledge) for part in walk(condition) if isinstance(part, Derived)
    } | {getattr(knowledge.weights.signs, field.name) for field in fields(knowledge.weights.signs)}
    for name in knowledge.derived:
        if name not in named:
            yield knowledge.locations[f"derived_findings/{name}"].fault(f"no rule uses the derived finding {name}")


def _used(conditions: Iterable[Condition]) -> Iterator[tuple[Kind, str]]:
    for condition in conditions:
        for part in walk(condition):
            if isinstance(part, Leaf):
                yield from ((part.kind, name) for name in part.names)
            if isinstance(part, Compare):
                yield Kind.MEASURE, part.measure


def _accuracy_faults(knowledge: Knowledge) -> Iterator[Fault]:
    for row in knowledge.accuracy.values():
        place = knowledge.locations[f"accuracy/{row.id}"]
        if not row.used_by and not row.unused_because:
            yield place.fault(f"{row.id} names no rule in used_by and no reason in unused_because")
        if row.used_by and row.unused_because:
            yield place.fault(f"{row.id} has used_by and unused_because; leave one out")


def _target_faults(knowledge: Knowledge) -> Iterator[Fault]:
    for rule in knowledge.rules.values():
        for conclusion in rule.then:
            targets = (*conclusion.targets, *conclusion.over) if isinstance(conclusion, Favours) else ()
            for target in targets:
                nerve = target.removeprefix("nerve ").partition(" at ")[0]
                if target.startswith("nerve ") and nerve in knowledge.nerves and not knowledge.nerves[nerve].answer:
                    message = f"{rule.id} speaks of '{target}', which is never an answer"
                    yield knowledge.locations[f"rules/{rule.id}"].fault(message)


def _source_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """A fact is called sourced only if somebody has read one of its sources."""
    for place, name, review, sources in _reviewed(knowledge):
        if review in _READ_REVIEWS and not any(knowledge.sources[source].read for source in sources):
            yield place.fault(f"{name} is called {review.value}, but nobody has read a source of it")


def _reviewed(knowledge: Knowledge) -> Iterator[tuple[Location, str, Review, tuple[str, ...]]]:
    for shelf in SHELVES:
        for name, record in getattr(knowledge, shelf.attribute).items():
            label = f"{shelf.label}/{name}"
            if isinstance(record, Rule | RedFlag):
                yield knowledge.locations[label], label, record.review, tuple(c.source for c in record.sources)
            for part, fact in _facts(record):
                yield knowledge.locations[label], f"{label}{part}", fact.review, fact.sources


def _facts(record: object) -> Iterator[tuple[str, Fact]]:
    """The facts of a record: itself, what it holds, and the maps of a dermatome."""
    if isinstance(record, Fact):
        yield "", record
    for field in fields(record) if is_dataclass(record) else ():
        value = getattr(record, field.name)
        if isinstance(value, Fact):
            yield f" ({field.name})", value
    if isinstance(record, Dermatome):
        yield from ((f" on {name}", territory) for name, territory in record.maps.items())
