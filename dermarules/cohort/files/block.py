"""What is read of a file at a time: rows, the lines that they stand in, and the lines that could not be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file between two rows: how far into it, and the line that comes next.

    A text file is measured in bytes, and its first line is line 1. A Parquet file is measured in rows, and its first
    row is line 1.
    """

    offset: int
    line: int


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that has no answer, or no answer of its own: which, the case if it can be told, and why."""

    line: int
    case: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """Rows, the line of each, what lay among them and could not be read, and the place where the next block begins."""

    batch: pa.RecordBatch
    lines: Numbers
    bad: tuple[BadLine, ...]
    end: Place


def one_batch(table: pa.Table) -> pa.RecordBatch:
    """All rows of a table in one batch."""
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)


class Source(Protocol):
    """A file of cases. Its size is in the unit of `Place.offset`."""

    @property
    def schema(self) -> pa.Schema: ...

    @property
    def begin(self) -> Place: ...

    @property
    def size(self) -> int: ...

    def blocks(self, begin: Place, rows: int) -> Iterator[Block]:
        """The blocks from a place on, of so many rows at most. The same place gives the same blocks."""
        ...
