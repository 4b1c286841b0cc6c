"""What one case leaves unknown: the results that each cell may still have, and what it takes that a cell has some."""

from collections.abc import Container, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dermarules.findings import Case, Finding
from dermarules.inference.leaves import OPERATORS
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.cells import UNTAKEN, Cell, Field, Layout, Shown, Value, asked_with, layout, shown
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import BOTH_SIDES, MRC, WEAK_POWER, Kind, Result, Side


@dataclass(frozen=True, eq=False)
class Unknowns:
    """What one case leaves unknown: the results that each cell may still have.

    What was stated is not taken back. Weak without a grade may be any grade below full.
    """

    layout: Layout
    left: Mapping[Cell, int] = field(repr=False)
    told: Mapping[Cell, tuple[Result, ...]] = field(repr=False)

    def require(self, cell: Cell, allowed: Container[Value]) -> int | None:
        """What it takes that a cell has one of some results: 0 if it surely has, None if it cannot."""
        own = self.layout.fields[cell]
        left = self.left.get(cell, own.whole)
        wanted = left & own.bits(allowed)
        if not wanted:
            return None
        if wanted == left:
            return 0
        is_untaken = cell.kind is Kind.MEASURE and bool(wanted & own.bits([UNTAKEN]))
        return own.whole & ~wanted | (0 if is_untaken else own.asked)

    def told_apart(self, cell: Cell) -> Iterator[Shown]:
        """The results that a cell may still have, one of those that no leaf tells from each other."""
        own, cells = self.layout.fields[cell], self.layout
        seen: set[Hashable] = set()
        for value in own.of(self.left.get(cell, own.whole)):
            parts = tuple(_is_told(value, role) for role in cells.roles[cells.sign[cell]])
            if value is not UNTAKEN and parts not in seen:
                seen.add(parts)
                yield shown(cell, value)

    @cached_property
    def touched(self) -> int:
        """The questions of which the case says something, be it of another quality, place or side."""
        spoken = {(cell.kind, cell.name, cell.place) for cell in (*self.told, *self.left)}
        places = {place for kind, _, place in spoken if kind is Kind.SENSATION}
        names = {(kind, name) for kind, name, _ in spoken}
        return sum(
            1 << number
            for number, ask in enumerate(self.layout.asks)
            if (ask.place in places if ask.kind is Kind.SENSATION else (ask.kind, ask.name) in names)
        )

    def likeness(self, cell: Cell) -> Hashable:
        """What is equal for cells that are alike to every rule, and of which as much is known."""
        own = asked_with(cell)
        if cell.kind in (Kind.HISTORY, Kind.FEELS):
            return own, self._state(cell)
        return tuple(self._state(other) for other in self.layout.together[own])

    def _state(self, cell: Cell) -> tuple[int, int]:
        left = self.left.get(cell)
        return self.layout.sign[cell], -1 if left is None else left >> self.layout.fields[cell].offset


def unknowns(case: Case, knowledge: Knowledge) -> Unknowns:
    """The unknowns of a case."""
    cells = layout(knowledge)
    left: dict[Cell, int] = {}
    told: dict[Cell, tuple[Result, ...]] = {}
    for finding in case.findings:
        for cell in _told(finding):
            told[cell] = (*told.get(cell, ()), finding.result)
            if cell in cells.fields:
                left[cell] = _left(cells.fields[cell], finding)
    if case.age is not None:
        for measure in knowledge.measures.values():
            cell = Cell(Kind.MEASURE, measure.id, "", Side.NONE)
            if measure.derived == "age" and cell in cells.fields:
                left[cell] = _nearest(cells.fields[cell], case.age)
    return Unknowns(cells, left, told)


def _told(finding: Finding) -> Iterator[Cell]:
    """The cells that a row speaks of; what is denied or normal without a side is so on both."""
    sides = finding.sides
    if Side.NONE in sides and finding.result in (Result.ABSENT, Result.NEGATIVE):
        sides = (*sides, *BOTH_SIDES)
    if finding.kind is Kind.MEASURE:
        sides = (Side.NONE,)
    for place in finding.places or ("",):
        yield from (Cell(finding.kind, finding.name, place, side) for side in sides)


def _left(own: Field, finding: Finding) -> int:
    if finding.number is not None:
        return _nearest(own, finding.number)
    if finding.result is Result.WEAK:
        return own.bits(WEAK_POWER)
    return own.bits([finding.result])


def _nearest(own: Field, number: float) -> int:
    """The class of a number: itself if it is a limit, else that between the limits on its two sides."""
    numbers = [value for value in own.values if isinstance(value, float)]
    below = [value for value in numbers[::2] if value <= number]
    at = numbers.index(below[-1]) if below else 0
    chosen = numbers[at] if numbers[at] == number or at + 1 == len(numbers) else numbers[at + 1]
    return own.bits([chosen])


def _is_told(value: Value, leaf: Leaf | Compare) -> bool:
    """True if a leaf is true of a result."""
    if isinstance(leaf, Leaf):
        return value in leaf.results
    number = MRC.get(value) if isinstance(value, Result) else value
    return number is not None and OPERATORS[leaf.operator](number, leaf.number)
