"""What was observed at each place and side, read from the rows a second time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dermarules.bedside import HistoryItem, Sign
from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place, State, seen_claim
from dermarules.proof import Claim, Derivation
from dermarules.replay.rows import Rows
from dermarules.vocabulary import FULL_POWER, PAINFUL, PARALYSED_POWER, Feeling, Kind, Result, Side

_BECAUSE = "the strongest finding at a place counts once"


@dataclass(frozen=True, eq=False)
class Sight:
    """What was observed at a place and side, and the rows that say so.

    `severe` is a power of MRC 0 or 1; `twin` is the same reflex, low on the other side; `tested_normal` is a place
    where something is felt and the examination was normal; `modalities` are those that are lost.
    """

    place: Place
    side: Side
    state: State
    rows: tuple[Claim, ...]
    severe: bool
    tested_normal: bool
    modalities: frozenset[str]
    twin: Claim | None = None

    @cached_property
    def claim(self) -> Claim:
        """The claim that this was observed."""
        return seen_claim(self.place, self.side, self.state)

    @property
    def step(self) -> Derivation:
        """The step that proves the claim."""
        return Derivation("observation", self.rows, _BECAUSE)

    @property
    def name(self) -> str:
        """The observation as a report writes it."""
        return f"{self.state.value} {self.place[0]} {self.place[1]}, {self.side.value}"


def sights(rows: Rows, knowledge: Knowledge) -> tuple[Sight, ...]:
    """Every observation of a case; pain at a place stands beside what else was observed there."""
    at: dict[tuple[Place, Side, bool], list[tuple[State, Claim, Finding]]] = {}
    for claim, row in rows.items():
        for place, state in _readings(row, knowledge):
            for side in row.sides:
                at.setdefault((place, side, state is State.PAIN), []).append((state, claim, row))
    low = {
        (place, side)
        for (place, side, _), told in at.items()
        if place[0] == "reflex" and any(state is State.DEFICIT for state, *_ in told)
    }
    found = [
        _sight(place, side, told, (place, side) in low and (place, side.other) in low)
        for (place, side, _), told in at.items()
    ]
    return tuple(sorted(found, key=lambda s: (s.place, s.side.rank, s.state.value)))


def _sight(place: Place, side: Side, told: list[tuple[State, Claim, Finding]], alike: bool) -> Sight:
    """The strongest of what was told of a place."""
    state = min((state for state, *_ in told), key=lambda each: each.rank)
    rows = [claim for told_state, claim, _ in told if told_state is state]
    tested = [claim for told_state, claim, _ in told if told_state is State.NORMAL] if state is State.FELT else []
    lost = [row for told_state, _, row in told if told_state is State.DEFICIT]
    return Sight(
        place,
        side,
        state,
        tuple(dict.fromkeys([*rows, *tested])),
        severe=any(row.kind in (Kind.POWER, Kind.MUSCLE) and row.result in PARALYSED_POWER for row in lost),
        tested_normal=bool(tested),
        modalities=frozenset(row.name for row in lost if row.kind is Kind.SENSATION),
        twin=seen_claim(place, side.other, state) if alike and side.other is not side else None,
    )


def _readings(row: Finding, knowledge: Knowledge) -> Iterator[tuple[Place, State]]:
    """What a row says, of which places. Some signs and some history tell of a weak movement."""
    match row.kind:
        case Kind.SENSATION | Kind.FEELS:
            state = _SENSATION.get(row.result) if row.kind is Kind.SENSATION else _felt(row)
            yield from ((("skin", region), state) for region in row.places if state is not None)
        case Kind.POWER | Kind.MUSCLE:
            kind = "movement" if row.kind is Kind.POWER else "muscle"
            yield (kind, row.name), State.NORMAL if row.result in FULL_POWER else State.DEFICIT
        case Kind.WASTING | Kind.FASCICULATION:
            if row.result is Result.PRESENT:
                yield ("muscle" if row.name in knowledge.muscles else "movement", row.name), State.DEFICIT
        case Kind.REFLEX:
            if row.result in _REFLEX:
                yield ("reflex", row.name), _REFLEX[row.result]
        case Kind.HISTORY:
            yield from _weakness(row, knowledge.history, Result.PRESENT, State.FELT)
        case Kind.SIGN:
            yield from _weakness(row, knowledge.signs, Result.POSITIVE, State.DEFICIT)


_SENSATION = {
    Result.ABSENT: State.DEFICIT,
    Result.REDUCED: State.DEFICIT,
    Result.INCREASED: State.FELT,
    Result.NORMAL: State.NORMAL,
}
_REFLEX = {
    Result.ABSENT: State.DEFICIT,
    Result.REDUCED: State.DEFICIT,
    Result.NORMAL: State.NORMAL,
    Result.BRISK: State.NORMAL,
    Result.FLEXOR: State.NORMAL,
}


def _felt(row: Finding) -> State | None:
    if Feeling(row.name) in PAINFUL:
        return State.PAIN if row.result is Result.PRESENT else None
    return State.FELT if row.result is Result.PRESENT else State.DENIED


def _weakness(
    row: Finding, records: Mapping[str, Sign | HistoryItem], shown: Result, state: State
) -> Iterator[tuple[Place, State]]:
    movement = records[row.name].weak_movement
    if row.result is shown and movement:
        yield ("movement", movement), state
