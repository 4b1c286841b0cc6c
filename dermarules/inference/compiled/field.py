"""The candidates of a knowledge base under one map, side by side: the columns over which everything is weighed.

Lateral candidates (with the runs of roots) come first, then those read over both sides at once, then nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dermarules.inference.candidates import Candidate, candidates, constant_places, ranges
from dermarules.inference.compiled.columns import UNKNOWN, Label
from dermarules.inference.evidence import are_nested
from dermarules.inference.rank import nowhere
from dermarules.inference.sums import even, explained_signs
from dermarules.inference.weigh import HAS_EXTENT
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place
from dermarules.vocabulary import LATERAL_SIDES, Side, Tier

# How many candidates are weighed at one stroke: their number is rounded up to a multiple of it.
LANES = 16
SIGNS = ("umn", "sphincter", "both")


@dataclass(frozen=True, slots=True)
class Field:
    """Every candidate by its number, None where a lane is idle; those from `bilateral` on are read over both sides.

    The last is that there is nothing to localize.
    """

    candidates: tuple[Candidate | None, ...]
    singles: int
    bilateral: int

    @property
    def width(self) -> int:
        """How many candidates are weighed, idle lanes included; nothing is not weighed."""
        return len(self.candidates) - 1


def field_of(knowledge: Knowledge, map_id: str) -> Field:
    """The candidates in lanes."""
    single = candidates(knowledge, map_id)
    lateral: list[Candidate | None] = [candidate for candidate in single if not candidate.is_bilateral]
    number = len(lateral)
    both: list[Candidate | None] = [candidate for candidate in single if candidate.is_bilateral]
    lateral = _in_lanes([*lateral, *ranges(knowledge, map_id)])
    return Field((*lateral, *_in_lanes(both), nowhere()), number, len(lateral))


def _in_lanes(of: list[Candidate | None]) -> list[Candidate | None]:
    return of + [None] * (-len(of) % LANES)


@dataclass(frozen=True, slots=True)
class Entry:
    """A candidate on a side: one row of a ranking."""

    candidate: Candidate
    number: int
    side: Side


def entries_of(field: Field) -> list[Entry | None]:
    """Lateral candidates on the left, the right and the unnamed side, then the others; None for idle lanes."""
    found: list[Entry | None] = []
    for side in LATERAL_SIDES:
        for number, candidate in enumerate(field.candidates[: field.bilateral]):
            found.append(Entry(candidate, number, side) if candidate else None)
    for number, candidate in enumerate(field.candidates[field.bilateral :], start=field.bilateral):
        found.append(Entry(candidate, number, Side.NONE) if candidate else None)
    return found


def ranks(entries: list[Entry | None], key: Callable[[Entry], object], idle: int = 0) -> npt.NDArray[np.int32]:
    """The place of each entry in the order of a key; equal keys share a place."""
    places = {value: rank for rank, value in enumerate(sorted({key(e) for e in entries if e}))}  # type: ignore[type-var]
    return np.array([places[key(e)] if e else idle for e in entries], np.int32)


def numbered(entries: list[Entry | None], key: Callable[[Entry], object]) -> npt.NDArray[np.int16]:
    """A number for each value of a key, in order of appearance; UNKNOWN for idle lanes and for None."""
    numbers: dict[object, int] = {}
    result = [numbers.setdefault(v, len(numbers)) if e and (v := key(e)) is not None else UNKNOWN for e in entries]
    return np.array(result, np.int16)


def labels_of(entries: list[Entry | None]) -> tuple[Label, ...]:
    """What the entries are called, each name once, in the order that `numbered` gives."""
    return tuple(dict.fromkeys(label(e) for e in entries if e))


def label(entry: Entry) -> Label:
    return Label(entry.candidate.localization, entry.candidate.told_side(entry.side))


def pairwise(field: Field, test: Callable[[Candidate, Candidate], bool]) -> npt.NDArray[np.bool_]:
    """What a test says of each pair of candidates."""
    return np.array(
        [[bool(one and two and test(one, two)) for two in field.candidates] for one in field.candidates], np.bool_
    )


def nested(field: Field) -> npt.NDArray[np.bool_]:
    return pairwise(field, are_nested)


def twins(field: Field) -> npt.NDArray[np.bool_]:
    """Pairs that take out the same places, so that no finding tells them apart."""
    return pairwise(field, lambda one, two: one.reach == two.reach)


def explained(field: Field) -> npt.NDArray[np.bool_]:
    """Sign x candidate: whether it explains the sign."""
    return np.array(
        [[c is not None and sign in explained_signs(c) for c in field.candidates] for sign in SIGNS], np.bool_
    )


def core_places(field: Field, places: dict[Place, int]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int16]]:
    """Candidate x word: the core places that can be seen, as bits; and how many core places there are in all."""
    words = len(places) // 64 + 1
    bits = np.zeros((len(field.candidates), words), np.uint64)
    count = np.zeros(len(field.candidates), np.int16)
    for number, candidate in enumerate(field.candidates):
        core = [p for p, tier in candidate.reach.items() if tier is Tier.CORE] if candidate else []
        count[number] = len(core)
        for place in core:
            if place in places:
                bits[number, places[place] // 64] |= np.uint64(1 << (places[place] % 64))
    return bits, count


def extents(field: Field, unit: int, knowledge: Knowledge) -> npt.NDArray[np.int16]:
    """Candidate x units of what is abnormal: what the extent adds. A place that is abnormal counts `unit` units."""
    own = [len(constant_places(c)) if c and c.klass in HAS_EXTENT else 0 for c in field.candidates]
    table = np.zeros((len(own), unit * max(own) + 1), np.int16)
    for number, count in enumerate(own):
        for units in range(1, unit * count + 1):
            table[number, units] = even(knowledge.weights.extent * (units / unit / count))
    return table
