"""What a report says held against what follows: step by step, part by part."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import zip_longest
from typing import TypeGuard

from dermarules.knowledgebase.located import is_list, is_mapping
from dermarules.proof import Claim, Derivation, Observed, Proof, Step, Term, Weighed, premises_of
from dermarules.vocabulary import Word

Steps = Mapping[Claim, Collection[Step]]


class Wrong(Word):
    """In which way something that a report says does not hold."""

    KNOWLEDGE = "knowledge"
    MAP = "map"
    ROW = "row"
    UNFOUNDED = "unfounded"
    CHANGED = "changed"
    LEFT_OUT = "left_out"
    SUM = "sum"
    TOLD = "told"
    INSUFFICIENT = "insufficient"
    IDLE = "idle"
    CAPSULE = "capsule"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that does not hold: in which claim or part of the report, in what of it, what is said, what follows."""

    wrong: Wrong
    where: str
    part: str = ""
    said: str = ""
    follows: str = ""


def step_flaws(proof: Proof, following: Steps) -> Iterator[Flaw]:
    """What is wrong with the steps of a proof, given all that follow from its rows."""
    for claim in dict.fromkeys((*proof, *following)):
        said = [step for step in proof.steps.get(claim, ()) if not isinstance(step, Observed)]
        yield from _claim_flaws(claim, said, following.get(claim, ()))


def _claim_flaws(claim: Claim, said: Sequence[Step], following: Collection[Step]) -> Iterator[Flaw]:
    wrong = [step for step in said if step not in following]
    left_out = [step for step in following if step not in said]
    for step in wrong:
        alike = [other for other in left_out if type(other) is type(step)]
        if not alike:
            yield Flaw(Wrong.UNFOUNDED, str(claim), said=_shown(step))
            continue
        meant = max(alike, key=lambda other: _likeness(step, other))
        left_out.remove(meant)
        yield from _changes(claim, step, meant)
    yield from (Flaw(Wrong.LEFT_OUT, str(claim), follows=_shown(step)) for step in left_out)


def sum_flaws(proof: Proof) -> Iterator[Flaw]:
    """The totals that are not the sum of what counts."""
    for claim in proof:
        for step in proof[claim]:
            if isinstance(step, Weighed) and (added := sum(term.counted for term in step.terms)) != step.total:
                yield Flaw(Wrong.SUM, str(claim), "total", str(step.total), str(added))


def _changes(claim: Claim, said: Step, meant: Step) -> Iterator[Flaw]:
    """The parts in which two steps of one kind differ."""
    one, other = _parts(said), _parts(meant)
    for part in dict.fromkeys((*one, *other)):
        if one.get(part) != other.get(part):
            told, follows = _only(one.get(part), other.get(part))
            yield Flaw(Wrong.CHANGED, str(claim), part, told, follows)


def _likeness(one: Step, other: Step) -> tuple[int, int]:
    """How much two steps have in common: the parts that are equal, then the premises that they share."""
    parts, others = _parts(one), _parts(other)
    equal = sum(part == others.get(name) for name, part in parts.items())
    return equal, len({*premises_of(one)} & {*premises_of(other)})


def _parts(step: Step) -> Mapping[str, object]:
    if isinstance(step, Weighed):
        terms = {_name(term): term._asdict() for term in step.terms}
        of_terms = {f"{part} of {name}": of for name, parts in terms.items() for part, of in parts.items()}
        return {"total": step.total, **of_terms}
    return {field.name: getattr(step, field.name) for field in fields(step)}


def _name(term: Term) -> str:
    """A term as no other of its sum is called."""
    return f"{term.label} ({term.premises[0]})" if term.premises else term.label


def told_flaws(said: object, follows: object, where: str = "") -> Iterator[Flaw]:
    """What a report tells and what does not follow, or follows and is not told."""
    if is_dataclass(said) and type(said) is type(follows):
        for name in (field.name for field in fields(said) if field.compare):
            yield from told_flaws(getattr(said, name), getattr(follows, name), f"{where}.{name}" if where else name)
    elif _is_list(said) and _is_list(follows):
        for number, (one, other) in enumerate(zip_longest(said, follows)):
            yield from told_flaws(one, other, f"{where}[{number}]")
    elif said != follows:
        yield Flaw(Wrong.TOLD, where, "", _shown(said), _shown(follows))


def differences(said: object, again: object, where: str = "") -> Iterator[Flaw]:
    """Where two JSON values differ, in the order of their keys: what a capsule says, and what it gives run again."""
    if is_mapping(said) and is_mapping(again):
        for key in sorted(str(key) for key in {**said, **again}):
            inner = f"{where}.{key}" if where else key
            yield from differences(said.get(key, _ABSENT), again.get(key, _ABSENT), inner)
    elif is_list(said) and is_list(again):
        for number, (one, other) in enumerate(zip_longest(said, again, fillvalue=_ABSENT)):
            yield from differences(one, other, f"{where}[{number}]")
    elif said != again or type(said) is not type(again):
        yield Flaw(Wrong.AGAIN, where, "", _json(said), _json(again))


_ABSENT = object()
_MOST = 200


def _json(value: object) -> str:
    """A JSON value on one line, cut short; nothing for what is not there."""
    if value is _ABSENT:
        return ""
    text = value if isinstance(value, str) and value else json.dumps(value, sort_keys=True, ensure_ascii=False)
    return text if len(text) <= _MOST else f"{text[: _MOST - 3]}..."


def _is_list(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple) and not isinstance(value, Claim)


def _only(one: object, other: object) -> tuple[str, str]:
    """Two values that differ; of two lists what is only in the one and only in the other."""
    if _is_list(one) and _is_list(other) and {*one} != {*other}:
        return _shown(tuple(x for x in one if x not in other)), _shown(tuple(x for x in other if x not in one))
    return _shown(one), _shown(other)


def _shown(value: object) -> str:
    """A value as a flaw shows it; nothing for what is not there."""
    match value:
        case None:
            return ""
        case Word():
            return value.value
        case Derivation():
            return f"{value.rule}: {_shown(value.premises)}"
        case Claim() | str() | int():
            return str(value)
        case tuple():
            return "; ".join(_shown(each) for each in value)
        case _ if is_dataclass(value):
            return _shown(tuple(getattr(value, field.name) for field in fields(value)[:2]))
        case _:
            return str(value)
