"""The tests of the rules put to the rows of a case: each is true by some rows, false by some, or unknown."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from dermarules.findings import Finding
from dermarules.proof import Claim, Derivation
from dermarules.replay.conditions import Book, Key, Test
from dermarules.replay.rows import Rows
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import BOTH_SIDES, MRC, WEAK_POWER, Kind, Result, Side

_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "eq": operator.eq,
    "ge": operator.ge,
    "gt": operator.gt,
}
# Of what was found at one place and side with several modalities, the first of these counts.
_STRONGEST = (Result.ABSENT, Result.REDUCED, Result.INCREASED, Result.NORMAL)

Told = tuple[Claim, Finding]


def tested(book: Book, rows: Rows, partial: Set[Claim]) -> Iterator[tuple[Claim, Derivation]]:
    """Every way in which rows prove that a test is true or false; a lower grade may be there than a `partial` one."""
    by_key: dict[Key, dict[Claim, Finding]] = {}
    for claim, row in rows.items():
        for name in row.places or (row.name,):
            by_key.setdefault((row.kind, name), {})[claim] = row
    for pair in dict.fromkeys(pair for key in by_key for pair in book.touched_by.get(key, ())):
        about = [by_key[key] for key in book.keys_of[pair] if key in by_key]
        for truth, premises in _answers(book.tests[pair], _in_order(about, rows), partial):
            yield pair[0 if truth else 1], Derivation(f"leaf {pair[0].subject}", premises)


def _in_order(about: Sequence[Rows], rows: Rows) -> Sequence[Told]:
    """What is told of several things, in the order of the rows."""
    if len(about) == 1:
        return [*about[0].items()]
    told = set().union(*about)
    return [(claim, row) for claim, row in rows.items() if claim in told]


def _answers(test: Test, told: Sequence[Told], partial: Set[Claim]) -> Iterator[tuple[bool, tuple[Claim, ...]]]:
    leaf = test.leaf
    if isinstance(leaf, Compare):
        for claim, row in told:
            if row.number is not None:
                lower = [grade for grade in MRC.values() if grade < row.number] if claim in partial else []
                passed = {_COMPARE[leaf.operator](number, leaf.number) for number in (row.number, *lower)}
                yield from ((holds, (claim,)) for holds in passed if len(passed) == 1)
        return
    cells = _cells(test, leaf, told)
    true = dict.fromkeys(claim for cell in cells.values() for claim, row in cell if row.result in leaf.results)
    yield from ((True, (claim,)) for claim in true)
    against = () if true else _against(test, leaf, cells)
    if against:
        yield False, against


def _cells(test: Test, leaf: Leaf, told: Sequence[Told]) -> dict[tuple[str, Side], list[Told]]:
    """What the rows say of each place and side that the test asks about."""
    cells: dict[tuple[str, Side], list[Told]] = {}
    for claim, row in told:
        if row.name not in leaf.names:
            continue
        for name in [place for place in row.places if place in leaf.places] if leaf.places else [row.name]:
            for side in _sides(row, test):
                cells.setdefault((name, side), []).append((claim, row))
    if leaf.kind is not Kind.SENSATION:
        return cells
    return {cell: _strongest(found) for cell, found in cells.items()}


def _strongest(found: Sequence[Told]) -> list[Told]:
    results = {row.result for _, row in found}
    top = next(result for result in _STRONGEST if result in results)
    return [(claim, row) for claim, row in found if row.result is top]


def _sides(row: Finding, test: Test) -> tuple[Side, ...]:
    """On which sides a row answers the test. What is denied without a side is denied on both."""
    if test.side is None:
        return row.sides
    is_denied = row.result in (Result.ABSENT, Result.NEGATIVE)
    may_be_here = is_denied or test.unsaid_fits or test.side is Side.UNKNOWN
    is_told = test.side in row.sides or (Side.NONE in row.sides and may_be_here)
    return (test.side,) if is_told else ()


def _against(test: Test, leaf: Leaf, cells: Mapping[tuple[str, Side], Sequence[Told]]) -> tuple[Claim, ...]:
    """One row against each place and side where the test could be true; none if one of them was not examined."""
    against = {cell: _false(leaf, found) for cell, found in cells.items()}
    rows: dict[Claim, None] = {}
    for name in leaf.places or leaf.names:
        asked = BOTH_SIDES if test.side is None else (test.side,)
        for side in (Side.NONE,) if against.get((name, Side.NONE)) else asked:
            if not against.get((name, side)):
                return ()
            rows[against[name, side][0]] = None
    return tuple(rows)


def _false(leaf: Leaf, found: Sequence[Told]) -> list[Claim]:
    """The rows with another result. Weak without a grade may be as weak as asked; each quality must be denied."""
    if leaf.kind is Kind.FEELS and leaf.places and not {row.name for _, row in found}.issuperset(leaf.names):
        return []
    may_be = leaf.results <= WEAK_POWER
    return [claim for claim, row in found if not (may_be and row.result is Result.WEAK)]
