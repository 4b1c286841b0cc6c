"""Atomic observations: one for each place and side, however the source grouped, repeated or doubled its findings."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from dermarules.findings import Case, Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place, State, row_claim, seen_claim
from dermarules.proof import Claim
from dermarules.vocabulary import FULL_POWER, PAINFUL, PARALYSED_POWER, Feeling, Kind, Result, Side


class Sight(NamedTuple):
    """What was observed where, however many rows of the case told it: all that the weight of an observation hangs on.

    The fields are those of an observation.
    """

    place: Place
    side: Side
    state: State
    severe: bool
    symmetric: bool
    is_normal_on_testing: bool

    @property
    def twin(self) -> tuple[Claim, ...]:
        """The same loss on the other side, if it is alike on both."""
        return (seen_claim(self.place, self.side.other, self.state),) if self.symmetric else ()


@dataclass(frozen=True)
class Observation:
    """One observation, the rows of the case that it rests on, and the claim that it was made.

    `severe` is a power of MRC 0 or 1; `symmetric` is a reflex that is low on both sides; `is_normal_on_testing` is a
    place where something is felt and the examiner found nothing; `modalities` are those that are lost there.
    """

    place: Place
    side: Side
    state: State
    rows: tuple[Claim, ...]
    claim: Claim
    severe: bool = False
    symmetric: bool = False
    is_normal_on_testing: bool = False
    modalities: frozenset[str] = frozenset()

    @cached_property
    def sight(self) -> Sight:
        """What was observed, without the rows that told it."""
        return Sight(self.place, self.side, self.state, self.severe, self.symmetric, self.is_normal_on_testing)


@dataclass(slots=True)
class _Tally:
    rows: dict[State, list[Claim]] = field(default_factory=dict)
    severe: bool = False
    modalities: set[str] = field(default_factory=set)

    def add(self, state: State, row: Claim) -> None:
        self.rows.setdefault(state, []).append(row)


def observe(case: Case, knowledge: Knowledge) -> tuple[Observation, ...]:
    """The observations of a case, in an order that does not depend on the order of its findings."""
    tallies: dict[tuple[Place, Side], _Tally] = {}
    pains: dict[tuple[Place, Side], list[Claim]] = {}
    for finding in sorted(case.findings, key=lambda f: f.key):
        row = row_claim(finding)
        for side in finding.sides:
            for place, state, severe in readings(finding, knowledge):
                if state is State.PAIN:
                    pains.setdefault((place, side), []).append(row)
                    continue
                tally = tallies.setdefault((place, side), _Tally())
                tally.add(state, row)
                tally.severe |= severe
                if finding.kind is Kind.SENSATION and state is State.DEFICIT:
                    tally.modalities.add(finding.name)
    seen = [_strongest(place, side, tally) for (place, side), tally in tallies.items()]
    seen += [_observation(place, side, State.PAIN, rows, False) for (place, side), rows in pains.items()]
    return tuple(_with_symmetry(sorted(seen, key=lambda o: (o.place, o.side.rank, o.state.value))))


def readings(finding: Finding, knowledge: Knowledge) -> Iterable[tuple[Place, State, bool]]:
    """What one row says about which places."""
    result = finding.result
    match finding.kind:
        case Kind.SENSATION:
            for region in finding.places:
                yield ("skin", region), _sensation(result), False
        case Kind.FEELS:
            state = _felt(finding)
            yield from ((("skin", region), state, False) for region in finding.places if state is not None)
        case Kind.POWER | Kind.MUSCLE:
            place = ("movement" if finding.kind is Kind.POWER else "muscle", finding.name)
            yield place, State.NORMAL if result in FULL_POWER else State.DEFICIT, result in PARALYSED_POWER
        case Kind.WASTING | Kind.FASCICULATION if result is Result.PRESENT:
            yield ("muscle" if finding.name in knowledge.muscles else "movement", finding.name), State.DEFICIT, False
        case Kind.REFLEX if result in (Result.ABSENT, Result.REDUCED):
            yield ("reflex", finding.name), State.DEFICIT, False
        case Kind.REFLEX if result in (Result.NORMAL, Result.BRISK, Result.FLEXOR):
            yield ("reflex", finding.name), State.NORMAL, False
        case Kind.HISTORY if result is Result.PRESENT and knowledge.history[finding.name].weak_movement:
            yield ("movement", knowledge.history[finding.name].weak_movement), State.FELT, False
        case Kind.SIGN if result is Result.POSITIVE and knowledge.signs[finding.name].weak_movement:
            yield ("movement", knowledge.signs[finding.name].weak_movement), State.DEFICIT, False
        case _:
            return


def _felt(finding: Finding) -> State | None:
    """What a patient feels at a place; that pain is denied there says nothing."""
    if Feeling(finding.name) in PAINFUL:
        return State.PAIN if finding.result is Result.PRESENT else None
    return State.FELT if finding.result is Result.PRESENT else State.DENIED


def _sensation(result: Result) -> State:
    """Increased sensation is a symptom and not a loss."""
    if result in (Result.REDUCED, Result.ABSENT):
        return State.DEFICIT
    return State.FELT if result is Result.INCREASED else State.NORMAL


def _strongest(place: Place, side: Side, tally: _Tally) -> Observation:
    state = next(state for state in State if state in tally.rows)
    seen = _observation(place, side, state, tally.rows[state], tally.severe)
    if tally.modalities:
        seen = replace(seen, modalities=frozenset(tally.modalities))
    tested = state is State.FELT and State.NORMAL in tally.rows
    return replace(seen, rows=(*seen.rows, *tally.rows[State.NORMAL]), is_normal_on_testing=True) if tested else seen


def _observation(place: Place, side: Side, state: State, rows: Iterable[Claim], severe: bool) -> Observation:
    return Observation(place, side, state, tuple(dict.fromkeys(rows)), seen_claim(place, side, state), severe)


def _with_symmetry(seen: list[Observation]) -> Iterable[Observation]:
    """A reflex that is low on both sides is marked: half of that is age or neuropathy."""
    low = {(o.place, o.side) for o in seen if o.place[0] == "reflex" and o.state is State.DEFICIT}
    for o in seen:
        alike = (o.place, Side.LEFT) in low and (o.place, Side.RIGHT) in low
        yield replace(o, symmetric=True) if alike else o
