"""One record of the knowledge base for a reader: what it states, why, and who says so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from textwrap import wrap
from typing import Any

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.layout import SHELVES
from dermarules.provenance import Citation, Location, Source
from dermarules.rules import All, AtLeast, Compare, Condition, Derived, Favours, Leaf, Not, Suspects
from dermarules.rules import Any as AnyOf
from dermarules.vocabulary import SideTest

_CONDITIONS = (All, AnyOf, Not, AtLeast, Leaf, Derived, Compare)
_OPERATORS = {"lt": "below", "le": "at most", "eq": "exactly", "ge": "at least", "gt": "above"}
_WIDTH = 110
_LAST = ("review", "confidence", "note")


def record_ids(knowledge: Knowledge) -> tuple[str, ...]:
    """Every id of the knowledge base, each once, in the order of the shelves."""
    return tuple(dict.fromkeys(name for shelf in SHELVES for name in getattr(knowledge, shelf.attribute)))


def record_texts(name: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The text of every record with an id, such as `femoral` or, to mean one kind only, `nerves/femoral`."""
    table, _, bare = name.rpartition("/")
    found = []
    for shelf in SHELVES:
        records: Mapping[str, Any] = getattr(knowledge, shelf.attribute)
        if bare in records and table in ("", shelf.label, shelf.attribute):
            place = knowledge.locations.get(f"{shelf.label}/{bare}")
            lines = _record(shelf.kind, bare, records[bare], place, knowledge)
            found.append("\n".join(part for line in lines for part in _wrapped(line)) + "\n")
    return tuple(found)


def _wrapped(line: str) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    return wrap(line, _WIDTH, subsequent_indent=f"{indent}    ", break_long_words=False, break_on_hyphens=False)


def _record(kind: str, name: str, record: Any, place: Location | None, knowledge: Knowledge) -> Iterator[str]:
    yield f"{kind} {name}" + (f"  ({place})" if place else "")
    shown = [f for f in fields(record) if f.name not in ("id", "location", "sources", *_LAST)]
    for field in (*shown, *(f for f in fields(record) if f.name in _LAST)):
        yield from _field(field.name, getattr(record, field.name), 1)
    sources = getattr(record, "sources", ())
    if sources:
        yield "  sources"
        yield from (f"    {line}" for line in _sources(sources, knowledge.sources))


def _sources(cited: Iterable[str | Citation], known: Mapping[str, Source]) -> Iterator[str]:
    for each in cited:
        key = each.source if isinstance(each, Citation) else each
        at = f", {each.at}" if isinstance(each, Citation) and each.at else ""
        source = known.get(key)
        unread = "" if source is None or source.read else "  (nobody has read it)"
        yield f"{key}: {source.reference if source else 'unknown source'}{at}{unread}"


def _field(name: str, value: Any, depth: int) -> Iterator[str]:
    """A field with its value: on one line if it is short, else with its parts under it; nothing if it is empty."""
    indent, title = "  " * depth, name.replace("_", " ")
    if value in (None, "", (), {}) or value == frozenset():
        return
    if isinstance(value, _CONDITIONS):
        yield f"{indent}{title}"
        yield from _condition(value, depth + 1)
    elif isinstance(value, Favours | Suspects):
        yield f"{indent}{title}: {_conclusion(value)}"
    elif is_dataclass(value):
        yield f"{indent}{title}"
        for field in fields(value):
            yield from _field(field.name, getattr(value, field.name), depth + 1)
    elif isinstance(value, Mapping):
        yield f"{indent}{title}"
        for key, inner in value.items():
            yield from _field(str(_plain(key)), inner, depth + 1)
    elif isinstance(value, tuple) and any(is_dataclass(part) for part in value):
        for part in value:
            yield from _field(name, part, depth)
    else:
        yield f"{indent}{title}: {_plain(value)}"


def _conclusion(value: Favours | Suspects) -> str:
    if isinstance(value, Suspects):
        return f"suspects {value.condition}"
    verb = "opposes" if value.against else "favours"
    over = f" over {', '.join(value.over)}" if value.over else ""
    return f"{verb} {', '.join(value.targets)}{over}, {value.strength.value}"


def _plain(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list | frozenset):
        parts = [_plain(part) for part in value]
        return ", ".join(sorted(parts) if isinstance(value, frozenset) else parts)
    return str(value)


def _condition(condition: Condition, depth: int) -> Iterator[str]:
    """A condition in words, its parts indented."""
    indent = "  " * depth
    match condition:
        case Leaf():
            yield f"{indent}{condition.wording}"
        case Derived(finding, present, side):
            where = "" if side is SideTest.ANY else f", {side.value} side" + ("s" if side is SideTest.BOTH else "")
            yield f"{indent}{finding.replace('_', ' ')} {'present' if present else 'absent'}{where}"
        case Compare(measure, operator, number, if_unknown):
            assumed = "" if if_unknown is None else f" (if not known: taken as {'true' if if_unknown else 'false'})"
            yield f"{indent}{measure.replace('_', ' ')} {_OPERATORS[operator]} {number:g}{assumed}"
        case Not(of):
            yield f"{indent}not"
            yield from _condition(of, depth + 1)
        case _:
            word = "any of" if isinstance(condition, AnyOf) else "all of"
            yield f"{indent}{f'at least {condition.n} of' if isinstance(condition, AtLeast) else word}"
            for part in condition.of:
                yield from _condition(part, depth + 1)
