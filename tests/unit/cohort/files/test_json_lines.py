"""Files with a JSON object on each line: every line is a row or is told, and every value is text."""

from pathlib import Path

import pytest

from dermarules.cohort.files.block import BadLine, Block
from dermarules.cohort.files.json_lines import open_json_lines
from dermarules.errors import CaseError


def blocks(folder: Path, text: str | bytes, rows: int = 100) -> list[Block]:
    path = folder / "cases.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    source = open_json_lines(path)
    return list(source.blocks(source.begin, rows))


def test_the_columns_are_the_keys_of_all_lines(tmp_path: Path) -> None:
    first, second = blocks(tmp_path, '{"id": "a", "x": 1}\n{"id": "b", "y": "no"}\n', rows=1)
    assert first.batch.to_pylist() == [{"id": "a", "x": "1", "y": None}]
    assert second.batch.to_pylist() == [{"id": "b", "x": None, "y": "no"}]
    assert first.batch.schema == second.batch.schema


@pytest.mark.parametrize("broken", ["", "broken\n"])
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3", "3"),
        ("3.0", "3"),
        ("2.50", "2.5"),
        ("true", "true"),
        ("null", None),
        ("NaN", None),
        ('"4+"', "4+"),
        ("12345678901234567890", "12345678901234567890"),
        ("9007199254740993", "9007199254740993"),
        ('"2020-01-01"', "2020-01-01"),
    ],
)
def test_a_value_is_the_same_text_whether_its_block_has_a_bad_line_or_not(
    tmp_path: Path, value: str, text: str | None, broken: str
) -> None:
    (block,) = blocks(tmp_path, f'{{"id": 7, "x": {value}, "y": 1}}\n{broken}')
    assert block.batch.to_pylist() == [{"id": "7", "x": text, "y": "1"}]
    assert len(block.bad) == bool(broken)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "b"', "column 11: not JSON: Expecting ',' delimiter"),
        ('{"id": "b"} {"id": "c"}', "column 13: not JSON: Extra data"),
        ('["b"]', "the line is not a JSON object"),
        ('{"id": "b", "id": "c"}', "the line gives a key twice"),
        ('{"id": "b", "x": {"y": 1}}', "'x' is not a single value"),
    ],
)
def test_a_line_that_is_no_row_is_told_and_the_others_are_read(tmp_path: Path, line: str, reason: str) -> None:
    (block,) = blocks(tmp_path, f'{{"id": "a", "x": 1}}\n{line}\n\n{{"id": "d", "x": "many"}}')
    assert block.batch.to_pylist() == [{"id": "a", "x": "1"}, {"id": "d", "x": "many"}]
    assert list(block.lines) == [1, 4]
    assert block.bad == (BadLine(2, None, reason),)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, b'{"id": "a"}\n{"id": "\xff"}\n')
    assert block.batch.to_pylist() == [{"id": "a"}]
    assert block.bad == (BadLine(2, None, "byte 9 of the line, 0xff, is not UTF-8"),)


def test_a_line_that_is_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dermarules.cohort.files.lines.read_lines.__defaults__", (20,))
    told = [block.bad for block in blocks(tmp_path, '{"id": "' + "a" * 30 + '"}\n{"id": "b"}\n')]
    assert told == [(BadLine(1, None, "the line is longer than what is read at a time"),), ()]


@pytest.mark.parametrize("text", ["", "\n", "{}\n", "nothing\n"])
def test_a_file_without_a_key_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(CaseError, match="no line is a JSON object with a key"):
        blocks(tmp_path, text)
