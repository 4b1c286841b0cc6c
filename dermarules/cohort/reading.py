"""Reading: rows become columns of codes; values that say nothing, and rows that contradict themselves, are told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from dermarules.cohort.arrow import pa
from dermarules.cohort.cells import Rows, Slip, read_cells
from dermarules.cohort.clashes import Clash, clashes, number_clashes, pairs
from dermarules.cohort.headings import Heading
from dermarules.inference.compiled.columns import Bools, Column, Measured
from dermarules.knowledgebase.base import Knowledge


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the rows say. A slip counts as not examined; a row with a clash has no single meaning."""

    columns: tuple[Column | Measured, ...]
    slips: tuple[Slip, ...]
    clashes: tuple[Clash, ...]


class Reader:
    """Reads the rows of a table with these headings; two of them may be the same."""

    def __init__(self, headings: Sequence[Heading], knowledge: Knowledge) -> None:
        self.headings = tuple(headings)
        self.knowledge = knowledge
        self._worded = tuple(heading for heading in headings if not heading.measures)
        self._pairs = pairs([heading.findings for heading in self._worded], knowledge)

    def read(self, values: Sequence[pa.Array]) -> Reading:
        """What the rows say; there is an array for each heading."""
        cells = [read_cells(heading, each, self.knowledge) for heading, each in zip(self.headings, values, strict=True)]
        columns = [cell.column for cell in cells if isinstance(cell.column, Column)]
        measured = [cell.column for cell in cells if isinstance(cell.column, Measured)]
        at_odds = (
            *clashes(self._pairs, columns, [heading.name for heading in self._worded]),
            *_at_odds(measured),
        )
        slips = tuple(slip for cell in cells for slip in cell.slips)
        return Reading((*columns, *_once(measured)), slips, at_odds)


def _at_odds(measured: Sequence[Measured]) -> Iterator[Clash]:
    for first, second in combinations(measured, 2):
        if first.name == second.name:
            yield from number_clashes(first, second)


def _once(measured: Sequence[Measured]) -> Iterator[Measured]:
    """Each measure once; where one is told twice, the first that tells it."""
    made: dict[str, Measured] = {}
    for each in measured:
        earlier = made.get(each.name)
        values = each.values if earlier is None else np.where(np.isnan(earlier.values), each.values, earlier.values)
        made[each.name] = replace(each, values=values)
    yield from made.values()


def rows_of(column: Column | Measured, which: Rows | Bools) -> Column | Measured:
    """Some rows of a column: those of these numbers, or those where it is true."""
    if isinstance(column, Column):
        return replace(column, codes=column.codes[which])
    return replace(column, values=column.values[which])
