"""What a report says held against what follows: step by step, part by part."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from enum import Enum

from dermarules.proof import Claim, Derivation, Observed, Proof, Step, Weighed
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


def _claim_flaws(claim: Claim, said: list[Step], following: Collection[Step]) -> Iterator[Flaw]:
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


def _likeness(one: Step, other: Step) -> int:
    """How much two steps have in common: parts that are equal, then premises that they share."""
    parts, others = _parts(one), _parts(other)
    ...
