"""Clashes: two columns that cannot both be true in one row, as the reader of cases judges them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from dermarules.cohort.cells import Rows
from dermarules.findings import Finding
from dermarules.inference.compiled.columns import Bools, Codes, Column, Measured
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.contradictions import contradictions
from dermarules.vocabulary import Kind, Side

_Thing = tuple[Kind, str, str, Side]


@dataclass(frozen=True, slots=True, eq=False)
class Clash:
    """Two columns that contradict each other in some rows, in words."""

    message: str
    rows: Rows

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two columns that may contradict each other, by their numbers: `excludes` says which codes of theirs do."""

    first: int
    second: int
    excludes: Bools


def pairs(asked: Sequence[tuple[Finding, ...]], knowledge: Knowledge) -> tuple[Pair, ...]:
    """The pairs of columns that may contradict each other, among columns with these findings."""
    excluding = _Excluding(knowledge)
    candidates = sorted({pair for group in _together(asked, knowledge).values() for pair in combinations(group, 2)})
    made = (Pair(a, b, excluding.table(asked[a], asked[b])) for a, b in candidates)
    return tuple(pair for pair in made if pair.excludes.any())


def clashes(pairs: Sequence[Pair], columns: Sequence[Column], names: Sequence[str]) -> Iterator[Clash]:
    """Each clash that rows hold."""
    paired = {number for pair in pairs for number in (pair.first, pair.second)}
    held = {number: _held(columns[number]) for number in paired}
    for pair in pairs:
        if not pair.excludes[held[pair.first][:, np.newaxis], held[pair.second]].any():
            continue
        first, second = columns[pair.first], columns[pair.second]
        rows = np.flatnonzero(pair.excludes[first.codes, second.codes])
        if len(rows):
            yield from _told(pair, first, second, names, rows)


def _held(column: Column) -> Rows:
    """The codes that some row holds."""
    return np.flatnonzero(np.bincount(column.codes + 1, minlength=1)[1:])


def number_clashes(first: Measured, second: Measured) -> Iterator[Clash]:
    """The clashes of two statements of one measure."""
    rows = np.flatnonzero((first.values != second.values) & ~np.isnan(first.values) & ~np.isnan(second.values))
    said = np.stack([first.values[rows], second.values[rows]])
    for one, other in np.unique(said, axis=1).T:
        here = rows[(said[0] == one) & (said[1] == other)]
        yield Clash(f"{first.name} is {one:g} and {other:g}", here)


def _told(pair: Pair, first: Column, second: Column, names: Sequence[str], rows: Rows) -> Iterator[Clash]:
    width = len(second.findings)
    both: Codes = first.codes[rows] * width + second.codes[rows]
    for code in np.unique(both):
        one, other = first.findings[code // width], second.findings[code % width]
        message = f"{names[pair.first]} is {_word(one)} and {names[pair.second]} is {_word(other)}"
        yield Clash(message, rows[both == code])


def _word(finding: Finding) -> str:
    return finding.level or finding.result.value


def _together(asked: Sequence[tuple[Finding, ...]], knowledge: Knowledge) -> Mapping[_Thing, list[int]]:
    """The columns that speak of one thing, or of a muscle and a movement that it makes, on one side."""
    together: dict[_Thing, list[int]] = {}
    for index, findings in enumerate(asked):
        for thing in _things(findings[0], knowledge):
            together.setdefault(thing, []).append(index)
    return together


def _things(finding: Finding, knowledge: Knowledge) -> Iterator[_Thing]:
    for place, side in product(finding.places or ("",), finding.sides):
        yield finding.kind, finding.name, place, side
    if finding.kind is Kind.POWER:
        for mover, side in product(knowledge.movements[finding.name].movers, finding.sides):
            yield Kind.MUSCLE, mover.muscle, "", side


class _Excluding:
    """Which findings of two columns exclude each other; what holds of one thing holds of every thing of its kind."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._of_kind: dict[tuple[Kind, tuple[str, ...], tuple[str, ...]], Bools] = {}

    def table(self, firsts: tuple[Finding, ...], seconds: tuple[Finding, ...]) -> Bools:
        """One row and column more than there are codes: what was not examined (code -1) excludes nothing."""
        if (firsts[0].kind, firsts[0].name) != (seconds[0].kind, seconds[0].name):
            return self._judged(firsts, seconds)
        key = (firsts[0].kind, tuple(map(_word, firsts)), tuple(map(_word, seconds)))
        if key not in self._of_kind:
            self._of_kind[key] = self._judged(tuple(map(_anywhere, firsts)), tuple(map(_anywhere, seconds)))
        return self._of_kind[key]

    def _judged(self, firsts: tuple[Finding, ...], seconds: tuple[Finding, ...]) -> Bools:
        table = np.zeros((len(firsts) + 1, len(seconds) + 1), np.bool_)
        for (i, one), (j, other) in product(enumerate(firsts), enumerate(seconds)):
            table[i, j] = any(contradictions([(0, one), (1, other)], self.knowledge))
        return table


def _anywhere(finding: Finding) -> Finding:
    """The finding at one place and side: two columns that are compared share one."""
    return Finding(finding.kind, finding.name, (Side.NONE,), finding.result, level=finding.level)
