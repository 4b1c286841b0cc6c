"""A whole table at once: every fault of it is told before any work."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from dermarules.cohort.arrow import pa, pc
from dermarules.cohort.cells import Slip
from dermarules.cohort.clashes import Clash
from dermarules.cohort.cohort_answer import CohortAnswer
from dermarules.cohort.faults import table_error
from dermarules.cohort.ignored import Ignored, joined
from dermarules.cohort.interchange import as_table
from dermarules.cohort.layout import is_text, layout
from dermarules.cohort.localizer import Answered, BadRow, Localizer, with_gaps
from dermarules.cohort.long_form import Pivoted, is_long, pivot
from dermarules.knowledgebase.base import Knowledge, default_knowledge

# Rows that are in work at one time; what is derived of them and not told takes about a kilobyte a row.
_BATCH = 1 << 16


def localize_table(
    table: object,
    *,
    knowledge: Knowledge | None = None,
    map: str = "consensus",
    lenient: bool = False,
    several: bool = False,
) -> CohortAnswer:
    """Localize every case of a table, wide (a case a row) or long (a finding a row).

    `table` is an Arrow table, a frame of polars or pandas, or whatever offers an Arrow stream. Raises `CaseError` with
    every unknown column, every value that says nothing and every row that contradicts itself, before any work; if
    `lenient`, they are counted in `ignored` and `bad` instead. `several` searches for several lesions where one leaves
    something open.
    """
    base = default_knowledge() if knowledge is None else knowledge
    given = as_table(table)
    pivoted = pivot(given, base) if is_long(given.schema) else Pivoted(given, layout(given.schema, base))
    cases = _encoded(pivoted)
    # What is not lenient stops at the faults; after that there is nothing left to be lenient about.
    localizer = Localizer(cases.schema, knowledge=base, map=map, lenient=True, several=several, columns=pivoted.layout)
    batches = cases.to_batches(max_chunksize=_BATCH)
    ids = _repeated_ids(batches, localizer)
    if not lenient:
        faults = [f"{name}: {reason}" for name, reason in localizer.ignored_columns.items()]
        faults.extend(f"id: {name!r} stands in {count} rows" for name, count in ids.items())
        faults.extend(_faults(batches, localizer))
        if faults:
            raise table_error(faults)
    answered = [localizer.localize(batch) for batch in batches]
    whole = [with_gaps(each, batch, localizer) for each, batch in zip(answered, batches, strict=True)]
    return CohortAnswer(
        pa.Table.from_batches(whole, localizer.output),
        joined([Ignored(localizer.ignored_columns, ids=ids), *(each.ignored for each in answered)]),
        tuple(_numbered(answered, batches)),
        cases,
        localizer,
    )


def _encoded(pivoted: Pivoted) -> pa.Table:
    """The table with its words as numbers, once and for all; numbers stay as they are."""
    table = pivoted.table
    for index, heading in pivoted.layout.headings.items():
        if is_text(table.schema.field(index).type) and not heading.measures:
            column = table.column(index).dictionary_encode()
            table = table.set_column(index, heading.name, column)
    return table


def _repeated_ids(batches: Sequence[pa.RecordBatch], localizer: Localizer) -> dict[str, int]:
    ids = [found.drop_null() for batch in batches if (found := localizer.ids(batch)) is not None]
    if not ids:
        return {}
    counted = pc.value_counts(pa.chunked_array(ids))
    repeated = counted.filter(pc.greater(counted.field("counts"), 1)).to_pylist()
    return {str(each["values"]): each["counts"] for each in repeated}


def _faults(batches: Sequence[pa.RecordBatch], localizer: Localizer) -> Iterator[str]:
    """Every value that says nothing and every contradiction, each once, with the rows in which it stands."""
    firsts: dict[str, int] = {}
    counts: Counter[str] = Counter()
    offset = 0
    for batch in batches:
        reading = localizer.read(batch)
        for told in chain[Slip | Clash](reading.slips, reading.clashes):
            firsts.setdefault(str(told), offset + int(told.rows[0]))
            counts[str(told)] += len(told.rows)
        offset += batch.num_rows
    for message, row in firsts.items():
        others = f"; and in {counts[message] - 1} more" if counts[message] > 1 else ""
        yield f"{message}; in row {row}{others}"


def _numbered(answered: Iterable[Answered], batches: Iterable[pa.RecordBatch]) -> Iterator[BadRow]:
    """The bad rows by their number in the table."""
    offset = 0
    for each, batch in zip(answered, batches, strict=True):
        yield from (replace(bad, row=offset + bad.row) for bad in each.bad)
        offset += batch.num_rows
