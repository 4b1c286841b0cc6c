"""The ways in which a leaf of a rule becomes true or false, from the cells that a case leaves unknown.

It is read as the engine reads it: of several qualities of sensation at one place the strongest counts, and what was
examined there settles the leaf; without a side, what is denied is denied of both.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dermarules.inference.clauses import LeafQuestion
from dermarules.inference.leaves import GRADES, OPERATORS, STRENGTH
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Assumed, Proof
from dermarules.questions.cells import UNTAKEN, Cell, Layout, Value, cells_of, is_lowest
from dermarules.questions.unknowns import Unknowns
from dermarules.questions.ways import NEVER, NOW, Algebra, Ways, everything
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import MRC, Kind, Result, Side


@dataclass(frozen=True, slots=True)
class LeafWays:
    """How a leaf becomes true, becomes false, and can become neither true (`untrue`) nor false (`unfalse`) any more."""

    true: Ways
    false: Ways
    untrue: Ways
    unfalse: Ways


_TRUE = LeafWays(NOW, NEVER, NEVER, NOW)
_FALSE = LeafWays(NEVER, NOW, NOW, NEVER)
# What the case cannot settle any more: nothing is added to a side that nobody named.
_NEITHER = LeafWays(NEVER, NEVER, NOW, NOW)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One cell or place of a leaf, with what is equal for parts that do the same."""

    ways: LeafWays
    likeness: Hashable
    demands: int


def leaf_ways(question: LeafQuestion, held: Proof, unknowns: Unknowns, knowledge: Knowledge) -> LeafWays:
    """The ways of a leaf; what the case settled stays so."""
    leaf = question.leaf
    join = everything(unknowns.layout)
    if question.true in held and not all(isinstance(step, Assumed) for step in held[question.true]):
        return _TRUE
    if isinstance(leaf, Compare):
        return _compared(leaf, unknowns, knowledge, join)
    if question.false in held:
        return _FALSE
    if question.side is Side.UNKNOWN:
        return _NEITHER
    parts = [*_parts(question, leaf, unknowns, knowledge)]
    return LeafWays(
        true=join.one(_few_alike(parts, lambda ways: ways.true)),
        false=join.all(part.ways.false for part in parts),
        untrue=join.all(part.ways.untrue for part in parts),
        unfalse=join.one(_few_alike(parts, lambda ways: ways.unfalse)),
    )


def _few_alike(parts: Sequence[_Part], of: Callable[[LeafWays], Ways]) -> Iterator[Ways]:
    """One way of each part; of parts that do the same no more than there are different things to ask of them."""
    seen: Counter[Hashable] = Counter()
    for part in parts:
        seen[part.likeness] += 1
        if seen[part.likeness] <= part.demands:
            yield of(part.ways)


def _parts(question: LeafQuestion, leaf: Leaf, unknowns: Unknowns, knowledge: Knowledge) -> Iterator[_Part]:
    cells = tuple(cells_of(leaf, question.side, knowledge))
    if leaf.kind is Kind.SENSATION:
        places = dict.fromkeys((cell.place, cell.side) for cell in cells)
        for place, side in places:
            yield _at_place(question, place, side, unknowns)
        return
    for cell in cells:
        told = _told_without_side(leaf, cell, question.side, unknowns)
        yield _part(_FALSE if told else _of_cell(leaf, cell, question.side, unknowns), cell, unknowns)


def _part(ways: LeafWays, cell: Cell, unknowns: Unknowns) -> _Part:
    return _Part(ways, unknowns.likeness(cell), unknowns.layout.demands[unknowns.layout.sign[cell]])


def _told_without_side(leaf: Leaf, cell: Cell, asked: Side | None, unknowns: Unknowns) -> bool:
    """True if a row that names no side says that the leaf, asked of any side, is not so there."""
    results = unknowns.told.get(cell._replace(side=Side.NONE), ())
    return asked is None and cell.side is not Side.NONE and bool(results) and leaf.results.isdisjoint(results)


def _of_cell(leaf: Leaf, cell: Cell, asked: Side | None, unknowns: Unknowns) -> LeafWays:
    """Of what has no side, a leaf about a side is told only a denial."""
    values = unknowns.layout.fields[cell].values
    is_sideless = cell.side is Side.NONE and asked is not None
    spoken = {v for v in values if not is_sideless or v in (Result.ABSENT, Result.NEGATIVE)}
    return _split(cell, spoken & leaf.results, spoken - leaf.results, unknowns)


def _split(cell: Cell, passing: Iterable[Value], failing: Iterable[Value], unknowns: Unknowns) -> LeafWays:
    values = set(unknowns.layout.fields[cell].values)

    def ways(allowed: set[Value]) -> Ways:
        needed = unknowns.require(cell, allowed)
        return NEVER if needed is None else (needed,)

    true, false = set(passing), set(failing)
    return LeafWays(ways(true), ways(false), ways(values - true), ways(values - false))


def _at_place(question: LeafQuestion, place: str, side: Side, unknowns: Unknowns) -> _Part:
    """One place; of one that the case says nothing of it is the same in every case."""
    leaf = question.leaf
    assert isinstance(leaf, Leaf)
    asked = unknowns.layout.fields[Cell(leaf.kind, leaf.names[0], place, side)].asked
    if asked & unknowns.touched:
        return _sensation(leaf, place, side, question.side, unknowns)
    return _untouched(question, place, side, unknowns.layout)


@lru_cache(maxsize=1 << 14)
def _untouched(question: LeafQuestion, place: str, side: Side, layout: Layout) -> _Part:
    assert isinstance(question.leaf, Leaf)
    return _sensation(question.leaf, place, side, question.side, Unknowns(layout, {}, {}))


def _sensation(leaf: Leaf, place: str, side: Side, asked: Side | None, unknowns: Unknowns) -> _Part:
    """One place: what was found there by some quality that the leaf asks for settles it."""
    cells = [Cell(leaf.kind, name, place, side) for name in leaf.names]
    spoken = [side, Side.NONE] if asked is None else [side]
    told = [r for cell in cells for s in spoken for r in unknowns.told.get(cell._replace(side=s), ())]
    if told:
        top = max(told, key=STRENGTH.__getitem__)
        return _part(_TRUE if top in leaf.results else _FALSE, cells[0], unknowns)
    true = tuple(_strongest(leaf.results, cells, unknowns))
    false = tuple(_strongest(frozenset(STRENGTH) - leaf.results, cells, unknowns))
    return _part(LeafWays(true, false, false, true), cells[0], unknowns)


def _strongest(results: frozenset[Result], cells: Sequence[Cell], unknowns: Unknowns) -> Iterator[int]:
    """The ways in which the strongest of several qualities is one of some results."""
    heights = {STRENGTH[result] for result in results}
    for height in sorted(heights, reverse=True):
        if height + 1 in heights:
            continue
        run = [result for result in results if STRENGTH[result] <= height]
        below = [result for result in STRENGTH if STRENGTH[result] <= height]
        fit = [r for r in run if all(h in heights for h in range(STRENGTH[r], height + 1))]
        others = [unknowns.require(cell, below) or 0 for cell in cells]
        told: Counter[Hashable] = Counter()
        for cell in cells:
            sign = unknowns.layout.sign[cell]
            told[sign] += 1
            if told[sign] <= unknowns.layout.demands[sign]:
                way = unknowns.require(cell, fit) or 0
                for other in others:
                    way |= other
                yield way


def _compared(leaf: Compare, unknowns: Unknowns, knowledge: Knowledge, join: Algebra) -> LeafWays:
    cells = tuple(cells_of(leaf, None, knowledge))
    compare = OPERATORS[leaf.operator]
    if not is_lowest(leaf.measure, knowledge):
        values = unknowns.layout.fields[cells[0]].values
        numbers = {value for value in values if isinstance(value, float)}
        passing = {number for number in numbers if compare(number, leaf.number)}
        return _split(cells[0], passing | ({UNTAKEN} if leaf.if_unknown else set()), numbers - passing, unknowns)
    found = tuple(_lowest(cells, lambda grade: compare(grade, leaf.number), unknowns, join))
    other = tuple(_lowest(cells, lambda grade: not compare(grade, leaf.number), unknowns, join))
    return LeafWays(found, other, other, found)


def _lowest(cells: Sequence[Cell], passes: Callable[[float], bool], unknowns: Unknowns, join: Algebra) -> Ways:
    """The ways in which the lowest of all grades passes: one cell has a grade that does, and none a lower one."""

    def at(cell: Cell, allowed: Callable[[float], bool]) -> Ways:
        results = [v for v in unknowns.layout.fields[cell].values if isinstance(v, Result) and allowed(MRC[v])]
        needed = unknowns.require(cell, results)
        return NEVER if needed is None else (needed,)

    def run(low: float, high: float) -> Ways:
        floor = join.all(at(cell, lambda grade: grade >= low) for cell in cells) if low > GRADES[0] else NOW
        some = join.one(at(cell, lambda grade: low <= grade <= high) for cell in _different(cells, unknowns))
        return join.all((floor, some))

    return join.one(run(low, high) for low, high in _runs(GRADES, passes))


def _different(cells: Sequence[Cell], unknowns: Unknowns) -> Iterator[Cell]:
    seen: Counter[Hashable] = Counter()
    for cell in cells:
        seen[unknowns.likeness(cell)] += 1
        if seen[unknowns.likeness(cell)] <= unknowns.layout.demands[unknowns.layout.sign[cell]]:
            yield cell


def _runs(grades: Sequence[float], passes: Callable[[float], bool]) -> Iterator[tuple[float, float]]:
    """The runs of neighbouring grades that pass, by their ends."""
    run: list[float] = []
    for grade in grades:
        if passes(grade):
            run.append(grade)
        elif run:
            yield run[0], run[-1]
            run = []
    if run:
        yield run[0], run[-1]
