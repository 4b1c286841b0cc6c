"""The findings that would meet a test, at whatever a case does not tell: of several results the mildest."""

from collections.abc import Iterator, Mapping, Sequence

from dermarules.inference.leaves import OPERATORS
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.cells import Cell, Shown, cells_of, values_of
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import WEAK_POWER, Kind, Result, Side

Told = Mapping[Cell, Sequence[Result]]
# Words for a result without a grade: they say no more than a test asks for.
_UNGRADED = (Result.NORMAL, Result.WEAK)


def wanted(leaf: Leaf | Compare, side: Side | None, truth: bool, told: Told, knowledge: Knowledge) -> Iterator[Shown]:
    """The findings that would make a test, as asked about a side (None: any), true or (`truth` false) false.

    One of them makes it true, only all of them false. None where nothing is left to be examined.
    """
    if isinstance(leaf, Compare):
        number = _passing(leaf, truth, knowledge)
        yield Shown(Kind.MEASURE, leaf.measure, "", Side.NONE, Result.MEASURED, number)
        return
    spots: dict[tuple[str, str, Side], Cell] = {}
    for cell in _cells(leaf, side, knowledge):
        if not _is_settled(leaf, cell, side, told):
            # Of several qualities of sensation at one place, one is enough.
            name = "" if leaf.kind is Kind.SENSATION else cell.name
            spots.setdefault((name, cell.place, cell.side), cell)
    for cell in spots.values():
        if (result := _mildest(leaf, cell, truth, knowledge)) is not None:
            yield Shown(*cell, result)


def _cells(leaf: Leaf, side: Side | None, knowledge: Knowledge) -> Iterator[Cell]:
    """The cells of a test; those of a side that nobody named are like those of a named one."""
    if side is not Side.UNKNOWN:
        return cells_of(leaf, side, knowledge)
    left = cells_of(leaf, Side.LEFT, knowledge)
    return (cell._replace(side=side) for cell in left if cell.side is Side.LEFT)


def _is_settled(leaf: Leaf, cell: Cell, asked: Side | None, told: Told) -> bool:
    """True if a case tells what is at a cell. Weak without a grade may still be as weak as a test asks."""
    sides = (cell.side, Side.NONE) if asked is None else (cell.side,)
    names = leaf.names if leaf.kind is Kind.SENSATION else (cell.name,)
    results = [r for name in names for s in sides for r in told.get(cell._replace(name=name, side=s), ())]
    return any(not (result is Result.WEAK and leaf.results <= WEAK_POWER) for result in results)


def _mildest(leaf: Leaf, cell: Cell, truth: bool, knowledge: Knowledge) -> Result | None:
    fits = [v for v in values_of(cell, knowledge, {}) if isinstance(v, Result) and (v in leaf.results) is truth]
    if cell.kind in (Kind.POWER, Kind.MUSCLE) and all((grade in leaf.results) is truth for grade in WEAK_POWER):
        fits.append(Result.WEAK)
    return next((result for result in _UNGRADED if result in fits), next(iter(fits), None))


def _passing(leaf: Compare, truth: bool, knowledge: Knowledge) -> float:
    """A number that makes a comparison true or false: its limit if that does, else one between it and an end."""
    measure, limit = knowledge.measures[leaf.measure], leaf.number
    numbers = (limit, (measure.minimum + limit) / 2, (limit + measure.maximum) / 2)
    return next(number for number in numbers if OPERATORS[leaf.operator](number, limit) is truth)
