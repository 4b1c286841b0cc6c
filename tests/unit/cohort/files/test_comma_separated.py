"""CSV files: every line is a row or is told, and every cell is text."""

from pathlib import Path

import pyarrow as pa
import pytest

from dermarules.cohort.files.block import BadLine, Block
from dermarules.cohort.files.comma_separated import open_comma_separated
from dermarules.errors import CaseError


def blocks(folder: Path, text: str | bytes, rows: int = 100) -> list[Block]:
    path = folder / "cases.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    source = open_comma_separated(path)
    return list(source.blocks(source.begin, rows))


def only(folder: Path, text: str | bytes) -> Block:
    (block,) = blocks(folder, text)
    return block


def test_cells_are_text_in_every_block_whatever_they_hold(tmp_path: Path) -> None:
    first, second = blocks(tmp_path, "id,age\n1,3\n2,old\n", rows=1)
    assert first.batch.to_pylist() == [{"id": "1", "age": "3"}]
    assert second.batch.to_pylist() == [{"id": "2", "age": "old"}]
    assert first.batch.schema == second.batch.schema


def test_rows_know_their_lines(tmp_path: Path) -> None:
    assert list(only(tmp_path, "id,age\n1,3\n2,4\n").lines) == [2, 3]
    assert list(only(tmp_path, "id,age\n\n1,3\n\n2,4").lines) == [3, 5]


@pytest.mark.parametrize("cell", ["", "NA", "NaN", '""'])
def test_nothing_in_a_cell_is_not_examined(tmp_path: Path, cell: str) -> None:
    assert only(tmp_path, f"id,age\n1,{cell}\n").batch.column("age").null_count == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2,4,5", "3 fields, where the first line names 2"),
        ("2", "1 fields, where the first line names 2"),
        ('2,"4', "a quote is not closed"),
        ('2a"b,"4', "a quote is not closed"),
        ("2\rx,4", "a carriage return stands within the line"),
        (f"{'2' * 131073},4,", "field larger than field limit (131072)"),
    ],
)
def test_a_line_that_is_no_row_is_told_and_the_others_are_read(tmp_path: Path, line: str, reason: str) -> None:
    block = only(tmp_path, f'id,age\n1,3\n{line}\n"3",5\n')
    assert block.batch.column("id").to_pylist() == ["1", "3"]
    assert list(block.lines) == [2, 4]
    assert block.bad == (BadLine(3, None, reason),)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    block = only(tmp_path, b"id,age\n1,3\n2,\xff\n")
    assert block.batch.column("id").to_pylist() == ["1"]
    assert block.bad == (BadLine(3, None, "byte 3 of the line, 0xff, is not UTF-8"),)


def test_a_block_without_a_row_has_the_columns(tmp_path: Path) -> None:
    block = only(tmp_path, "id,age\n1,2,3\n")
    assert block.batch.num_rows == 0
    assert block.batch.schema.names == ["id", "age"]


def test_a_line_that_is_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dermarules.cohort.files.lines.read_lines.__defaults__", (20,))
    told = [block.bad for block in blocks(tmp_path, "id,age\n" + "1" * 30 + ",2\n3,4\n")]
    assert told == [(BadLine(2, None, "the line is longer than what is read at a time"),), ()]


@pytest.mark.parametrize("text", ["id;age\n1;3\n", "id\tage\r\n1\t3\r\n", "\ufeffid,age\n1,3\n", 'id ,"age"\n"1",3'])
def test_other_dialects_are_read(tmp_path: Path, text: str) -> None:
    assert only(tmp_path, text).batch.to_pylist() == [{"id": "1", "age": "3"}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "the first line is empty: it must name the columns"),
        (b"\n1,2\n", "the first line is empty: it must name the columns"),
        (b"id,,age,\n", "column 2 has no name"),
        (b"id,age,age\n", "two columns are called 'age'"),
        (b'id,"age\n', "a quote is not closed"),
        ("id,age\n".encode("utf-16"), "byte 1 of the line, 0xff, is not UTF-8"),
    ],
)
def test_a_fault_in_the_first_line_is_an_error(tmp_path: Path, text: bytes, message: str) -> None:
    with pytest.raises(CaseError) as caught:
        blocks(tmp_path, text)
    assert message in {fault.message for fault in caught.value.faults}
    assert all(fault.line == 1 for fault in caught.value.faults)


def test_ids_are_plain_text_and_other_cells_are_words(tmp_path: Path) -> None:
    assert only(tmp_path, "id,age\n1,3\n").batch.schema.types == [
        pa.string(),
        pa.dictionary(pa.int32(), pa.string()),
    ]
