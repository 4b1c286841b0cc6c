"""Parquet files: blocks of so many rows, however the file groups them, and what is damaged is told."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dermarules.cohort.files.block import BadLine, Block, Place
from dermarules.cohort.files.parquet_rows import open_parquet_rows
from dermarules.errors import CaseError

ROWS = 100
TABLE = pa.table({"id": [f"c{row}" for row in range(ROWS)], "x": ["no", "yes", None, "no"] * 25, "n": [0.5] * ROWS})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "cases.parquet"
    pq.write_table(TABLE, file, row_group_size=30, write_page_checksum=True)
    return file


def blocks(path: Path, rows: int, begin: Place | None = None) -> list[Block]:
    source = open_parquet_rows(path)
    return list(source.blocks(begin or source.begin, rows))


def damage(path: Path, group: int) -> None:
    """Turn over the bits of the ids of a row group."""
    chunk = pq.ParquetFile(path).metadata.row_group(group).column(0)
    content = bytearray(path.read_bytes())
    for at in range(chunk.data_page_offset, chunk.data_page_offset + chunk.total_compressed_size // 2):
        content[at] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("rows", [1, 7, 30, 45, 100, 1000])
def test_blocks_have_so_many_rows_whatever_the_row_groups(path: Path, rows: int) -> None:
    read = blocks(path, rows)
    assert [block.batch.num_rows for block in read] == [
        *[rows] * (ROWS // rows),
        *([ROWS % rows] if ROWS % rows else []),
    ]
    assert [row for block in read for row in block.batch.to_pylist()] == TABLE.to_pylist()
    assert [int(line) for block in read for line in block.lines] == list(range(1, ROWS + 1))


@pytest.mark.parametrize("rows", [7, 45])
def test_reading_goes_on_where_a_block_ends(path: Path, rows: int) -> None:
    read = blocks(path, rows)
    for number, block in enumerate(read, start=1):
        rest = blocks(path, rows, block.end)
        assert [b.batch.to_pylist() for b in rest] == [b.batch.to_pylist() for b in read[number:]]
        assert [b.lines.tolist() for b in rest] == [b.lines.tolist() for b in read[number:]]


@pytest.mark.parametrize("group", [0, 1, 3])
def test_a_damaged_row_group_is_told_and_the_others_are_read(path: Path, group: int) -> None:
    damage(path, group)
    lost = range(30 * group, min(30 * group + 30, ROWS))
    read = blocks(path, 25)
    assert [row["id"] for block in read for row in block.batch.to_pylist()] == [
        f"c{row}" for row in range(ROWS) if row not in lost
    ]
    ((line, reason),) = [(bad.line, bad.reason) for block in read for bad in block.bad]
    assert line == lost.start + 1
    assert reason.startswith(f"rows {lost.start + 1} to {lost.stop} cannot be read: ")
    assert read[-1].end == Place(ROWS, ROWS + 1)


def test_a_wholly_damaged_file_gives_no_row(tmp_path: Path) -> None:
    file = tmp_path / "cases.parquet"
    pq.write_table(TABLE, file, write_page_checksum=True)
    damage(file, 0)
    (block,) = blocks(file, 10)
    assert block.batch.num_rows == 0
    assert isinstance(block.bad[0], BadLine)


@pytest.mark.parametrize("content", [b"", b"PAR1 is not enough", None])
def test_a_file_that_is_cut_off_is_an_error(path: Path, content: bytes | None) -> None:
    path.write_bytes(path.read_bytes()[:-50] if content is None else content)
    with pytest.raises(CaseError, match="not a Parquet file, or cut off: "):
        open_parquet_rows(path)


def test_a_file_without_rows_has_no_block(tmp_path: Path) -> None:
    file = tmp_path / "cases.parquet"
    pq.write_table(TABLE.slice(0, 0), file)
    assert blocks(file, 10) == []
