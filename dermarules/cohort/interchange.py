"""Interchange: whatever speaks Arrow is a table, without a copy where Arrow allows."""

from dermarules.cohort.arrow import pa
from dermarules.knowledgebase.misfits import type_of


def as_table(table: object) -> pa.Table:
    """The Arrow table of a pyarrow table or batch, a polars or pandas frame, or whatever offers an Arrow stream."""
    if isinstance(table, pa.RecordBatch):
        return _readable(pa.Table.from_batches([table]))
    if hasattr(table, "__arrow_c_stream__"):
        return _readable(pa.table(table))
    if hasattr(table, "collect") and hasattr(table, "collect_schema"):
        raise TypeError("a lazy frame holds no rows yet; call .collect() first")
    raise TypeError(f"an Arrow table or a frame of polars or pandas is needed, not {type_of(table)}")


def _readable(table: pa.Table) -> pa.Table:
    """The table without views of text, which polars makes and few functions of Arrow take."""
    for index, field in enumerate(table.schema):
        column = table.column(index)
        if pa.types.is_string_view(field.type):
            table = table.set_column(index, field.name, column.cast(pa.string()))
        elif pa.types.is_dictionary(field.type) and pa.types.is_string_view(field.type.value_type):
            chunks = [
                pa.DictionaryArray.from_arrays(chunk.indices, chunk.dictionary.cast(pa.string()))
                for chunk in column.chunks
            ]
            kind = pa.dictionary(field.type.index_type, pa.string())
            table = table.set_column(index, field.name, pa.chunked_array(chunks, kind))
    return table
