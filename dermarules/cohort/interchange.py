"""Interchange: whatever speaks Arrow is a table, without a copy where Arrow allows."""

from dermarules.cohort.arrow import pa
from dermarules.knowledgebase.misfits import type_of


def as_table(table: object) -> pa.Table:
    """The Arrow table of a pyarrow table or batch, a polars or pandas frame, or whatever offers an Arrow stream."""
    if isinstance(table, pa.Table):
        return table
    if isinstance(table, pa.RecordBatch):
        return pa.Table.from_batches([table])
    if hasattr(table, "__arrow_c_stream__"):
        return pa.table(table)
    if hasattr(table, "collect") and hasattr(table, "collect_schema"):
        raise TypeError("a lazy frame holds no rows yet; call .collect() first")
    raise TypeError(f"an Arrow table or a frame of polars or pandas is needed, not {type_of(table)}")
