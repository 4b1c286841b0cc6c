"""Lines of a text file, in blocks: none is lost, whatever the block holds, and the count of lines stays right."""

from pathlib import Path

import pytest

from dermarules.cohort.files import lines as module
from dermarules.cohort.files.block import Place
from dermarules.cohort.files.lines import Lines, read_lines

BEGIN = Place(0, 1)


@pytest.fixture(autouse=True)
def small_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_READ", 3)


def read(path: Path, rows: int, most_bytes: int = 1000, begin: Place = BEGIN) -> list[Lines]:
    return list(read_lines(path, begin, rows, most_bytes))


def written(folder: Path, text: bytes) -> Path:
    path = folder / "lines.txt"
    path.write_bytes(text)
    return path


def test_a_block_has_so_many_lines_and_the_last_has_the_rest(tmp_path: Path) -> None:
    blocks = read(written(tmp_path, b"one\ntwo\nthree\nfour\nfive\n"), 2)
    assert [block.text for block in blocks] == [b"one\ntwo\n", b"three\nfour\n", b"five\n"]
    assert [block.begin.line for block in blocks] == [1, 3, 5]


def test_a_last_line_without_its_end_is_a_line(tmp_path: Path) -> None:
    assert [block.text for block in read(written(tmp_path, b"one\ntwo"), 1)] == [b"one\n", b"two\n"]


def test_reading_goes_on_where_a_block_ends(tmp_path: Path) -> None:
    path = written(tmp_path, b"one\ntwo\nthree\nfour")
    blocks = read(path, 1)
    for number, block in enumerate(blocks, start=1):
        assert read(path, 1, begin=block.end) == blocks[number:]


def test_a_block_ends_early_where_its_lines_are_long(tmp_path: Path) -> None:
    blocks = read(written(tmp_path, b"aaaaaa\nbbbbbb\ncccccc\n"), 3, most_bytes=15)
    assert [block.text for block in blocks] == [b"aaaaaa\nbbbbbb\n", b"cccccc\n"]


@pytest.mark.parametrize("rest", [b"", b"\n", b"\nshort\n"])
def test_a_line_longer_than_a_block_is_left_out_and_counted(tmp_path: Path, rest: bytes) -> None:
    blocks = read(written(tmp_path, b"first\n" + b"x" * 50 + rest), 5, most_bytes=10)
    assert [(block.begin.line, block.text) for block in blocks if not block.is_too_long] == [
        (1, b"first\n"),
        *([(3, b"short\n")] if b"short" in rest else []),
    ]
    assert [block.begin.line for block in blocks if block.is_too_long] == [2]


def test_blank_lines_are_counted_and_not_given(tmp_path: Path) -> None:
    (block,) = read(written(tmp_path, b"one\r\n\n  \nfour\n"), 9)
    assert list(block.each()) == [(1, b"one"), (4, b"four")]


def test_an_empty_file_has_no_block(tmp_path: Path) -> None:
    assert read(written(tmp_path, b""), 1) == []
