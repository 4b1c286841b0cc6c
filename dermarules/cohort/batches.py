"""The kernel of a cluster: record batches of cases in, record batches of answers out.

It knows no cluster. Spark, Dask and Ray carry it to their workers, and each process there loads the knowledge once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from dermarules.cohort.arrow import pa
from dermarules.cohort.faults import table_error
from dermarules.cohort.interchange import as_table
from dermarules.cohort.localizer import Answered, BadRow, Localizer, with_gaps
from dermarules.errors import DermarulesError
from dermarules.knowledgebase.base import Knowledge, load_knowledge

FAULT = "fault"
# Faults of one batch that an error spells out; the others are counted.
_TOLD = 20
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class BatchKernel:
    """Localizes batches of the wide form on any machine; small, and the same for all.

    `folder` is where a worker finds the knowledge (None: in its own installation), and `digest` what it must find
    there. A strict kernel raises `CaseError` at the first batch with a row that cannot be read. A lenient one answers
    every row: the column `fault` says what is wrong with it, and a row that contradicts itself is empty otherwise.
    """

    digest: str
    folder: str | None = None
    map: str = "consensus"
    lenient: bool = False
    several: bool = False

    def answers(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The answers to each batch, row for row, in its order."""
        for batch in batches:
            yield self._answer(batch)

    def table(self, table: object) -> pa.Table:
        """The answers to an Arrow table or a frame of polars or pandas, row for row, in its order."""
        given = as_table(table)
        return pa.Table.from_batches(self.answers(given.to_batches()), self.output(given.schema))

    def output(self, schema: pa.Schema) -> pa.Schema:
        """The columns of the answers to tables of a schema; `CaseError` with every column that cannot be read."""
        return self._output(self.localizer(schema))

    def localizer(self, schema: pa.Schema) -> Localizer:
        """The localizer of a schema, made once per process."""
        with _LOCK:
            return _localizer(self, schema)

    def _output(self, localizer: Localizer) -> pa.Schema:
        plain = pa.schema([field.with_type(_plain(field.type)) for field in localizer.output])
        return plain.append(pa.field(FAULT, pa.string())) if self.lenient else plain

    def _answer(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        localizer = self.localizer(batch.schema)
        answered = localizer.localize(batch)
        output = self._output(localizer)
        if self.lenient:
            columns = [*with_gaps(answered, batch, localizer).columns, _faults(answered, localizer, batch)]
        elif answered.bad:
            raise table_error(_told(answered.bad, localizer.ids(batch)))
        else:
            columns = answered.batch.columns
        plain = [column.cast(field.type) for column, field in zip(columns, output, strict=True)]
        return pa.RecordBatch.from_arrays(plain, schema=output)


def batch_kernel(
    *, knowledge: Path | str | None = None, map: str = "consensus", lenient: bool = False, several: bool = False
) -> BatchKernel:
    """The kernel that holds every worker to the knowledge that is found here and now."""
    folder = None if knowledge is None else str(knowledge)
    return BatchKernel(_load(folder).digest, folder, map, lenient, several)


def _load(folder: str | None) -> Knowledge:
    return load_knowledge(None if folder is None else Path(folder))


@lru_cache(maxsize=2)
def _knowledge(folder: str | None, digest: str) -> Knowledge:
    """The knowledge of a worker, loaded once per process; never another one than the driver's."""
    found = _load(folder)
    if found.digest != digest:
        raise DermarulesError(
            f"this worker has other knowledge ({found.digest[:12]} in {folder or 'its installation'}) than the driver"
            f" ({digest[:12]}): ship the same dermarules, or the same knowledge folder, to every machine"
        )
    return found


@lru_cache(maxsize=8)
def _localizer(kernel: BatchKernel, schema: pa.Schema) -> Localizer:
    return Localizer(
        schema,
        knowledge=_knowledge(kernel.folder, kernel.digest),
        map=kernel.map,
        lenient=kernel.lenient,
        several=kernel.several,
    )


def _plain(kind: pa.DataType) -> pa.DataType:
    """The type without a dictionary, in lists as well: Spark has none."""
    if pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _told(bad: tuple[BadRow, ...], ids: "pa.Array | None") -> Iterator[str]:
    """Each bad row by its id; without ids there is no name for a row that holds on a whole cluster."""
    for row in bad[:_TOLD]:
        name = None if ids is None else ids[row.row].as_py()
        yield f"{f'row {row.row} of a batch' if name is None else f'id {name!r}'}: {row.reason}"
    if len(bad) > _TOLD:
        yield f"{len(bad) - _TOLD} more rows of the batch cannot be read"


def _faults(answered: Answered, localizer: Localizer, batch: pa.RecordBatch) -> pa.Array:
    """For each row what is wrong with it, or nothing. Only a batch in which something is wrong is read again."""
    reasons: dict[int, list[str]] = {}
    for slip in localizer.read(batch).slips if answered.ignored.values else ():
        for row in map(int, slip.rows):
            reasons.setdefault(row, []).append(str(slip))
    for bad in answered.bad:
        reasons.setdefault(bad.row, []).append(bad.reason)
    return pa.array(["; ".join(reasons[row]) if row in reasons else None for row in range(batch.num_rows)], pa.string())
