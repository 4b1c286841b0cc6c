"""The localizer: batch by batch, from an Arrow table of cases to an Arrow table of answers.

    localizer = Localizer(schema)            # every column that nobody can read is told before any work
    for batch in batches:
        answered = localizer.localize(batch)

It holds nothing between batches, so that batches may be done in any order and anywhere. It reads the wide form; in the
long form the rows of one case may stand in several batches.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from dermarules.cohort.answers import answers, output_schema
from dermarules.cohort.arrow import pa
from dermarules.cohort.cells import Slip
from dermarules.cohort.clashes import Clash
from dermarules.cohort.faults import table_error
from dermarules.cohort.headings import ID, SEX
from dermarules.cohort.ignored import Ignored
from dermarules.cohort.layout import NO_COLUMN, Layout, layout
from dermarules.cohort.one_by_one import case_of
from dermarules.cohort.reading import Reader, Reading, rows_of
from dermarules.cohort.search import searched
from dermarules.findings import Case
from dermarules.inference.compiled.batch import evaluate
from dermarules.knowledgebase.base import Knowledge, default_knowledge


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out, by its number in the batch from 0, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of a batch, in its order without the bad rows, and what could not be read."""

    batch: pa.RecordBatch
    bad: tuple[BadRow, ...] = ()
    ignored: Ignored = field(default_factory=Ignored)


class Localizer:
    """Localizes tables of one schema in the wide form. `output` is the schema of the answers.

    Raises `CaseError` with every column that cannot be read; a lenient localizer passes over them. Where one lesion
    leaves something open, sets of lesions are searched only if `several` asks for it. `columns` says what is asked
    where the names alone do not: in a table that was turned from the long form.
    """

    def __init__(
        self,
        schema: pa.Schema,
        *,
        knowledge: Knowledge | None = None,
        map: str = "consensus",
        lenient: bool = False,
        several: bool = False,
        columns: Layout | None = None,
    ) -> None:
        self.knowledge = default_knowledge() if knowledge is None else knowledge
        if map not in self.knowledge.maps:
            raise ValueError(f"unknown map {map!r}: choose from {', '.join(self.knowledge.maps)}")
        self.schema = schema
        self.map = map
        self.lenient = lenient
        self.several = several
        self._layout = layout(schema, self.knowledge) if columns is None else columns
        faults = [f"{name}: {reason}" for name, reason in self.ignored_columns.items()]
        if not self._layout.headings:
            faults.append(NO_COLUMN)
        if faults and not (lenient and self._layout.headings):
            raise table_error(faults)
        self._id = self._layout.plain.get(ID)
        self.output = output_schema(None if self._id is None else schema.field(self._id).type)
        self._reader = Reader(list(self._layout.headings.values()), self.knowledge)

    @property
    def ignored_columns(self) -> Mapping[str, str]:
        """The columns that cannot be read, and why; a lenient localizer passes over them."""
        return self._layout.unknown

    def localize(self, batch: pa.RecordBatch) -> Answered:
        """The answers to the cases of a batch. Rows that cannot be read are left out, and told with the reason.

        A lenient localizer leaves out only the rows that contradict themselves; other values that say nothing count
        as not examined.
        """
        reading = self.read(batch)
        bad = bad_rows(reading, lenient=self.lenient)
        kept = np.ones(batch.num_rows, np.bool_)
        kept[[row.row for row in bad]] = False
        columns = tuple(rows_of(column, kept) for column in reading.columns) if bad else reading.columns
        outcomes = evaluate(columns, int(kept.sum()), self.knowledge, self.map)
        if self.several:
            outcomes = searched(outcomes, columns, self.knowledge, self.map)
        ids = self.ids(batch)
        if ids is not None and bad:
            ids = ids.filter(pa.array(kept))
        counts = {(slip.column, slip.value): len(slip.rows) for slip in reading.slips} if self.lenient else {}
        told = answers(outcomes, ids, self.knowledge, self.map, self.output)
        return Answered(told, bad, Ignored(self.ignored_columns, counts))

    def read(self, batch: pa.RecordBatch) -> Reading:
        """What the rows of a batch say."""
        if not batch.schema.equals(self.schema):
            raise ValueError("the batch has another schema than the localizer was made for")
        return self._reader.read([batch.column(index) for index in self._layout.headings])

    def ids(self, batch: pa.RecordBatch) -> "pa.Array | None":
        """The ids of the cases of a batch, if it has any."""
        if self._id is None:
            return None
        ids = batch.column(self._id)
        ids = ids.dictionary_decode() if pa.types.is_dictionary(ids.type) else ids
        return ids.cast(self.output.field(ID).type)

    def case(self, batch: pa.RecordBatch, row: int, unnamed: str = "") -> Case:
        """The case that a row states, called `unnamed` if it has no id; `CaseError` if it states none."""
        one = batch.slice(row, 1)
        reading = self.read(one)
        bad = bad_rows(reading, lenient=self.lenient)
        if bad:
            raise table_error([f"row {row}: {bad[0].reason}"])
        case = case_of(reading.columns, 0)
        name, sex = (
            None if index is None else one.column(index)[0].as_py() for index in map(self._layout.plain.get, (ID, SEX))
        )
        return replace(case, id=unnamed or f"row {row}" if name is None else str(name), sex=sex or "")


def bad_rows(reading: Reading, *, lenient: bool) -> tuple[BadRow, ...]:
    """The rows that have no answer, in order, with every reason."""
    reasons: dict[int, list[str]] = {}
    slips: tuple[Slip, ...] = () if lenient else reading.slips
    for told in chain[Slip | Clash](slips, reading.clashes):
        for row in map(int, told.rows):
            reasons.setdefault(row, []).append(str(told))
    return tuple(BadRow(row, "; ".join(reasons[row])) for row in sorted(reasons))


def with_gaps(answered: Answered, batch: pa.RecordBatch, localizer: Localizer) -> pa.RecordBatch:
    """The answers with an empty row, but for its id, for each row that has none."""
    if not answered.bad:
        return answered.batch
    kept = np.ones(batch.num_rows, np.bool_)
    kept[[bad.row for bad in answered.bad]] = False
    whole = answered.batch.take(pa.array(np.cumsum(kept) - 1, mask=~kept))
    ids = localizer.ids(batch)
    return whole if ids is None else whole.set_column(0, localizer.output.field(ID), ids)
