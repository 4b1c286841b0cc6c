"""Cells: what the red flags speak of, each with the results that it may have, and the questions that settle them.

A cell is one thing on one side: a quality at a place, a movement, an answer, a number. A question settles all cells
that are examined or asked in one go: every quality of sensation at one place, every place of something felt, both
sides of an answer. A requirement is a set of bits: the questions that it needs asked, and for each cell the results
that it rules out. Two requirements together are their union; it can be met unless every result of a cell is ruled out.
"""

from collections.abc import Container, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dermarules.findings import Finding
from dermarules.inference.clauses import Program
from dermarules.inference.leaves import powers
from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.sides import sides_of
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import BOTH_SIDES, MRC, RESULTS, Kind, Result, Side

Value = Result | float
# A measure that nobody took; what a rule takes for true then is so.
UNTAKEN = Result.MEASURED


class Cell(NamedTuple):
    """One thing that may be found or told, on one side."""

    kind: Kind
    name: str
    place: str
    side: Side


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: what is examined or asked in one go. Empty fields stand for all."""

    kind: Kind
    name: str
    place: str
    side: Side

    @property
    def about(self) -> str:
        """The id of what is asked for, be it on this side or the other."""
        return self.name or self.place


@dataclass(frozen=True, slots=True)
class Shown:
    """What a question would have to show in one cell; `number` is that of a measure."""

    kind: Kind
    name: str
    place: str
    side: Side
    result: Result
    number: float | None = None

    @property
    def finding(self) -> Finding:
        """It as a row of a case."""
        places = (self.place,) if self.place else ()
        return Finding(self.kind, self.name, (self.side,), self.result, places, self.number)


def asked_with(cell: Cell) -> Ask:
    """The question that settles a cell."""
    match cell.kind:
        case Kind.SENSATION:
            return Ask(cell.kind, "", cell.place, cell.side)
        case Kind.HISTORY | Kind.FEELS:
            return Ask(cell.kind, cell.name, "", Side.NONE)
        case _:
            return Ask(cell.kind, cell.name, cell.place, cell.side)


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Where the results of a cell lie among the bits."""

    cell: Cell
    values: tuple[Value, ...]
    offset: int
    asked: int
    whole: int

    def bits(self, allowed: Container[Value]) -> int:
        """Some results of the cell."""
        found = 0
        for n, value in enumerate(self.values):
            if value in allowed:
                found |= 1 << n
        return found << self.offset

    def of(self, bits: int) -> Iterator[Value]:
        """The results that some bits stand for."""
        return (value for n, value in enumerate(self.values) if bits >> self.offset + n & 1)


def shown(cell: Cell, value: Value) -> Shown:
    """A result of a cell."""
    if isinstance(value, Result):
        return Shown(*cell, value)
    return Shown(*cell, Result.MEASURED, value)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """All cells that the red flags of a knowledge base speak of, with their bits: questions first, then results.

    `sign` says in which leaves a cell plays which part: cells of one sign are alike to every rule.
    """

    fields: Mapping[Cell, Field]
    asks: tuple[Ask, ...]
    asked: int
    lowest: int
    guards: int
    together: Mapping[Ask, tuple[Cell, ...]]
    sign: Mapping[Cell, int]
    demands: Mapping[int, int]
    roles: Mapping[int, tuple[Leaf | Compare, ...]]

    def can_be_met(self, requirement: int) -> bool:
        """True unless the requirement rules out every result of a cell."""
        return not (requirement + self.lowest) & self.guards

    def questions(self, requirement: int) -> tuple[Ask, ...]:
        """What a requirement needs asked."""
        return tuple(self._questions(requirement & self.asked))

    def _questions(self, asked: int) -> Iterator[Ask]:
        while asked:
            lowest = asked & -asked
            yield self.asks[lowest.bit_length() - 1]
            asked ^= lowest

    def shown(self, requirement: int) -> Iterator[Shown]:
        """What the questions of a requirement would have to show: of several results the mildest."""
        cells = (cell for ask in self.questions(requirement) for cell in self.together[ask])
        for own in map(self.fields.__getitem__, cells):
            if requirement & own.whole:
                yield shown(own.cell, next(own.of(own.whole & ~requirement)))


@lru_cache(maxsize=8)
def layout(knowledge: Knowledge) -> Layout:
    """The cells of the red flags of a knowledge base."""
    rules = program(knowledge)
    leaves = tuple(_leaves(rules))
    parts: dict[Cell, dict[int, None]] = {}
    for number, (leaf, side) in enumerate(leaves):
        for cell in cells_of(leaf, side, knowledge):
            parts.setdefault(cell, {})[number] = None
    thresholds = _thresholds(rules)
    asks = tuple(sorted(dict.fromkeys(map(asked_with, parts)), key=lambda ask: _ease(ask, knowledge)))
    number_of = {ask: number for number, ask in enumerate(asks)}
    fields: dict[Cell, Field] = {}
    offset = len(asks)
    lowest = guards = 0
    for cell in parts:
        values = values_of(cell, knowledge, thresholds)
        fields[cell] = Field(cell, values, offset, 1 << number_of[asked_with(cell)], ((1 << len(values)) - 1) << offset)
        lowest |= 1 << offset
        offset += len(values)
        guards |= 1 << offset
        offset += 1
    signs: dict[tuple[int, ...], int] = {}
    sign = {cell: signs.setdefault(tuple(roles), len(signs)) for cell, roles in parts.items()}
    roles = {number: tuple(leaves[n][0] for n in found) for found, number in signs.items()}
    demands = {number: len({*map(_demand, found)}) + 1 for number, found in roles.items()}
    together: dict[Ask, tuple[Cell, ...]] = {}
    for cell in fields:
        together[asked_with(cell)] = (*together.get(asked_with(cell), ()), cell)
    return Layout(fields, asks, (1 << len(asks)) - 1, lowest, guards, together, sign, demands, roles)


def _demand(leaf: Leaf | Compare) -> Hashable:
    return (leaf.operator, leaf.number) if isinstance(leaf, Compare) else leaf.results


def _leaves(rules: Program) -> Iterator[tuple[Leaf | Compare, Side | None]]:
    """The leaves behind the red flags."""
    owners = (owner for owner in rules.leaves_of if owner.startswith("red_flags/"))
    for question in dict.fromkeys(question for owner in owners for question in rules.leaves_of[owner]):
        yield question.leaf, question.side


def cells_of(leaf: Leaf | Compare, side: Side | None, knowledge: Knowledge) -> Iterator[Cell]:
    """The cells that can make a leaf true or false, as asked about a side (None: any)."""
    if isinstance(leaf, Compare):
        yield from _measured(leaf.measure, knowledge)
        return
    if side is Side.UNKNOWN:
        return
    midline = _midline(knowledge)
    for place in leaf.places or ("",):
        for name in leaf.names:
            is_midline = leaf.kind is Kind.LEVEL or (not leaf.places and (leaf.kind, name) in midline)
            sides = (Side.NONE,) if is_midline else BOTH_SIDES if side is None else (side,)
            yield from (Cell(leaf.kind, name, place, each) for each in sides)


@lru_cache(maxsize=8)
def _midline(knowledge: Knowledge) -> frozenset[tuple[Kind, str]]:
    return sides_of(knowledge).midline


def _measured(measure: str, knowledge: Knowledge) -> Iterator[Cell]:
    """The cells of a number: its own, or those of all grades of which it is the lowest."""
    if not is_lowest(measure, knowledge):
        yield Cell(Kind.MEASURE, measure, "", Side.NONE)
        return
    for kind, name, side in powers(knowledge, knowledge.measures[measure].derived):
        yield Cell(kind, name, "", side)


def is_lowest(measure: str, knowledge: Knowledge) -> bool:
    """True if a measure is the lowest of all grades of power, or of one movement."""
    return knowledge.measures[measure].derived.startswith("lowest")


def _thresholds(rules: Program) -> Mapping[str, frozenset[float]]:
    found: dict[str, set[float]] = {}
    for leaf, _ in _leaves(rules):
        if isinstance(leaf, Compare):
            found.setdefault(leaf.measure, set()).add(leaf.number)
    return {measure: frozenset(numbers) for measure, numbers in found.items()}


# Of questions that do as well, asking comes before examining, and what is to be asked first before all else.
_TOLD = (Kind.HISTORY, Kind.FEELS, Kind.MEASURE)
_LAST = 99


def _ease(ask: Ask, knowledge: Knowledge) -> tuple[int, int]:
    item = knowledge.history.get(ask.name) if ask.kind is Kind.HISTORY else None
    first = item.ask_first if item is not None and item.ask_first else _LAST
    return (_TOLD.index(ask.kind) if ask.kind in _TOLD else len(_TOLD), first)


# The results of each kind of cell, the mildest first.
_GRADED = tuple(sorted(RESULTS[Kind.POWER] - {Result.WEAK}, key=lambda result: (-MRC[result], result.value)))
_TENDON = (Result.NORMAL, Result.REDUCED, Result.ABSENT, Result.BRISK)


def values_of(cell: Cell, knowledge: Knowledge, thresholds: Mapping[str, frozenset[float]]) -> tuple[Value, ...]:
    """The results that a cell may have. Of a number: one between any two limits of rules, each limit, and none."""
    match cell.kind:
        case Kind.POWER | Kind.MUSCLE:
            return _GRADED
        case Kind.REFLEX:
            return knowledge.reflexes[cell.name].results or _TENDON
        case Kind.MEASURE:
            measure = knowledge.measures[cell.name]
            limits = {limit for limit in thresholds[cell.name] if measure.minimum <= limit <= measure.maximum}
            ends = sorted(limits | {measure.minimum, measure.maximum})
            between = [(low + high) / 2 for low, high in pairwise(ends)]
            return (*sorted({*ends, *between}), UNTAKEN)
        case Kind.SENSATION:
            return (Result.NORMAL, Result.REDUCED, Result.ABSENT, Result.INCREASED)
        case _:
            return tuple(sorted(RESULTS[cell.kind], key=lambda result: result in (Result.PRESENT, Result.POSITIVE)))
