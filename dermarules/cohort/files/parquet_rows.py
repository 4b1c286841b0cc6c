"""A Parquet file of cases, from which as many rows are read as a block holds, however large its row groups are."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dermarules.cohort.files.block import BadLine, Block, Place, one_batch
from dermarules.cohort.headings import ID
from dermarules.errors import CaseError, Fault

# Column chunks are read through buffers of this size, instead of a whole row group at a time.
_BUFFER = 1 << 16


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """A Parquet file; its lines are its rows, counted from 1."""

    path: Path
    schema: pa.Schema
    begin: Place
    size: int

    def blocks(self, begin: Place, rows: int) -> Iterator[Block]:
        """The blocks from a row on. Rows that are damaged count as read."""
        held: list[pa.RecordBatch] = []
        lines: list[int] = []
        bad: list[BadLine] = []
        many = 0
        at = begin.offset
        for first, piece in self._pieces(begin.offset, rows):
            if isinstance(piece, _Damaged):
                bad.append(piece.told(first))
                at = first + piece.rows
                continue
            for start, taken in _cut(first, piece, rows - many, rows):
                held.append(taken)
                lines.append(start)
                many += taken.num_rows
                at = start + taken.num_rows
                if many == rows:
                    yield _block(held, lines, bad, at)
                    held, lines, bad, many = [], [], [], 0
        if held or bad:
            yield _block(held or [pa.RecordBatch.from_pylist([], schema=self.schema)], lines or [at], bad, at)

    def _pieces(self, begin: int, rows: int) -> Iterator[tuple[int, "pa.RecordBatch | _Damaged"]]:
        """What the row groups hold from a row on, each with its first row."""
        with _opened(self.path) as file:
            first = 0
            for group in range(file.num_row_groups):
                end = first + file.metadata.row_group(group).num_rows
                if end > begin:
                    yield from _group(file, group, range(first, end), begin, rows)
                first = end


@dataclass(frozen=True, slots=True)
class _Damaged:
    rows: int
    reason: str

    def told(self, first: int) -> BadLine:
        return BadLine(first + 1, None, f"rows {first + 1} to {first + self.rows} cannot be read: {self.reason}")


def open_parquet_rows(path: Path) -> ParquetRows:
    """The file, of which the footer is read; an error if it has none."""
    try:
        with _opened(path) as file:
            return ParquetRows(path, file.schema_arrow, Place(0, 1), file.metadata.num_rows)
    except (pa.ArrowException, OSError) as fault:
        raise CaseError([Fault(str(path), 0, 0, f"not a Parquet file, or cut off: {_first_line(fault)}")]) from None


def _opened(path: Path) -> pq.ParquetFile:
    with pq.ParquetFile(path) as file:
        words = [field.name for field in file.schema_arrow if pa.types.is_string(field.type) and field.name != ID]
    return pq.ParquetFile(
        path, read_dictionary=words, pre_buffer=False, buffer_size=_BUFFER, page_checksum_verification=True
    )


def _group(
    file: pq.ParquetFile, group: int, span: range, begin: int, rows: int
) -> Iterator[tuple[int, pa.RecordBatch | _Damaged]]:
    """What a row group with this span of rows holds from a row on."""
    first = span.start
    try:
        for batch in file.iter_batches(batch_size=rows, row_groups=[group]):
            after = first + batch.num_rows
            if after > begin:
                yield max(first, begin), batch.slice(max(0, begin - first))
            first = after
    except (pa.ArrowException, OSError) as fault:
        first = max(first, begin)
        yield first, _Damaged(span.stop - first, _first_line(fault))


def _cut(first: int, piece: pa.RecordBatch, room: int, rows: int) -> Iterator[tuple[int, pa.RecordBatch]]:
    """A piece, cut where blocks end; there is room for so many rows in the first."""
    done = 0
    while done < piece.num_rows:
        yield first + done, piece.slice(done, room)
        done, room = done + room, rows


def _block(held: list[pa.RecordBatch], firsts: list[int], bad: list[BadLine], at: int) -> Block:
    lines = [np.arange(first + 1, first + 1 + piece.num_rows) for first, piece in zip(firsts, held, strict=True)]
    batch = held[0] if len(held) == 1 else one_batch(pa.Table.from_batches(held))
    return Block(batch, np.concatenate(lines).astype(np.int64), tuple(bad), Place(at, at + 1))


def _first_line(fault: Exception) -> str:
    return str(fault).partition("\n")[0]
