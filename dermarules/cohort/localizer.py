"""The localizer: batch by batch, from an Arrow table of cases to an Arrow table of answers.

    localizer = Localizer(schema)            # every column that nobody can read is told before any work
    for batch in batches:
        answered = localizer.localize(batch)

It holds nothing between batches, so that batches may be done in any order and anywhere. Not for the long form, in
which the rows of one case may stand in several batches.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from dermarules.cohort.answers import answers, output_schema
from dermarules.cohort.arrow import pa
from dermarules.cohort.cells import Slip
from dermarules.cohort.clashes import Clash
from dermarules.cohort.faults import table_error
from dermarules.cohort.headings import ID
from dermarules.cohort.layout import NO_COLUMN, layout
from dermarules.cohort.one_by_one import evaluate
from dermarules.cohort.reading import Reader, Reading
from dermarules.inference.compiled.columns import AGE, Bools, Column, Measured
from dermarules.knowledgebase.base import Knowledge, default_knowledge


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out, by its number in the batch from 0, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """What was passed over: columns with the reason, and by column and value the number of rows."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of a batch, in its order without the bad rows, and what could not be read."""

    batch: pa.RecordBatch
    bad: tuple[BadRow, ...] = ()
    ignored: Ignored = Ignored()


class Localizer:
    """Localizes tables of one schema in the wide form. `output` is the schema of the answers."""

    def __init__(
        self,
        schema: pa.Schema,
        *,
        knowledge: Knowledge | None = None,
        map: str = "consensus",
        lenient: bool = False,
    ) -> None:
        self.knowledge = default_knowledge() if knowledge is None else knowledge
        if map not in self.knowledge.maps:
            raise ValueError(f"unknown map {map!r}: choose from {', '.join(self.knowledge.maps)}")
        self.schema = schema
        self.map = map
        self.lenient = lenient
        self.layout = layout(schema, self.knowledge)
        faults = [f"{name}: {reason}" for name, reason in self.layout.unknown.items()]
        if faults and not lenient:
            raise table_error(faults)
        if self.layout.is_empty:
            raise table_error([NO_COLUMN])
        self.output = output_schema(schema.field(self.layout.plain[ID]).type if ID in self.layout.plain else None)
        self._reader = Reader(list(self.layout.headings.values()), self.knowledge)
        positions = {heading: index for index, heading in self.layout.headings.items()}
        self._positions = [positions[heading] for heading in self._reader.order]

    @property
    def ignored_columns(self) -> Mapping[str, str]:
        """The columns that are passed over, and why."""
        return self.layout.unknown

    def read(self, batch: pa.RecordBatch) -> Reading:
        """What the rows of a batch say."""
        if not batch.schema.equals(self.schema):
            raise ValueError("the batch has another schema than the localizer was made for")
        age = self.layout.plain.get(AGE)
        columns = [batch.column(index) for index in self._positions]
        return self._reader.read(columns, None if age is None else batch.column(age))

    def localize(self, batch: pa.RecordBatch) -> Answered:
        """The answers to the cases of a batch. Rows that cannot be read are left out, and told with the reason.

        A lenient localizer leaves out only the rows that contradict themselves; other values that say nothing count
        as not examined.
        """
        reading = self.read(batch)
        bad = bad_rows(reading, lenient=self.lenient)
        columns, kept = reading.columns, np.ones(batch.num_rows, np.bool_)
        if bad:
            kept[[row.row for row in bad]] = False
            columns = tuple(_only(column, kept) for column in columns)
        outcomes = evaluate(columns, int(kept.sum()), self.knowledge, self.map)
        ids = batch.column(self.layout.plain[ID]) if ID in self.layout.plain else None
        if ids is not None and bad:
            ids = ids.filter(pa.array(kept))
        ignored = Ignored(self.layout.unknown, _counts(reading) if self.lenient else {})
        return Answered(answers(outcomes, ids, self.knowledge, self.map, self.output), bad, ignored)


def bad_rows(reading: Reading, *, lenient: bool) -> tuple[BadRow, ...]:
    """The rows that have no answer, in order, with every reason."""
    reasons: dict[int, list[str]] = {}
    slips: tuple[Slip, ...] = () if lenient else reading.slips
    for told in chain[Slip | Clash](slips, reading.clashes):
        for row in map(int, told.rows):
            reasons.setdefault(row, []).append(str(told))
    return tuple(BadRow(row, "; ".join(reasons[row])) for row in sorted(reasons))


def _only(column: Column | Measured, kept: Bools) -> Column | Measured:
    if isinstance(column, Column):
        return replace(column, codes=column.codes[kept])
    return replace(column, values=column.values[kept])


def _counts(reading: Reading) -> dict[tuple[str, str], int]:
    return {(slip.column, slip.value): len(slip.rows) for slip in reading.slips}


def joined(ignored: Iterable[Ignored]) -> Ignored:
    """What was passed over in several batches."""
    columns: dict[str, str] = {}
    values: dict[tuple[str, str], int] = {}
    for each in ignored:
        columns |= each.columns
        for what, count in each.values.items():
            values[what] = values.get(what, 0) + count
    return Ignored(columns, values)
