"""Ids in more than one line: each is found, across parts, and none is found by chance."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from dermarules.cohort.files import repeats as module
from dermarules.cohort.files.block import BadLine, Place
from dermarules.cohort.files.parts import Notes, Part, add_part
from dermarules.cohort.files.repeats import repeats


def parts(folder: Path, *batches: Sequence[str | int | None]) -> list[Path]:
    """Parts with these ids, each in the next line."""
    made, line = [], 1
    for number, ids in enumerate(batches):
        lines = np.arange(line, line + len(ids))
        line += len(ids)
        answers = pa.record_batch({"id": pa.array(ids)})
        made.append(add_part(folder, number, Part(answers, lines, Notes((), {}, Place(0, line)))))
    return made


def test_an_id_in_two_parts_is_found(tmp_path: Path) -> None:
    found = list(repeats(parts(tmp_path, ["a", "b"], ["c", "a"], ["a"]), tmp_path))
    assert found == [
        BadLine(4, "a", "the id is that of line 1 too; both are answered"),
        BadLine(5, "a", "the id is that of line 1 too; both are answered"),
    ]


def test_numbers_may_be_ids(tmp_path: Path) -> None:
    assert [bad.case for bad in repeats(parts(tmp_path, [7, 64, 128], [7, -1]), tmp_path)] == ["7"]


def test_ids_that_are_not_there_are_no_repeats(tmp_path: Path) -> None:
    assert list(repeats(parts(tmp_path, ["a", None], [None, "b"]), tmp_path)) == []


def test_many_different_ids_are_no_repeats(tmp_path: Path) -> None:
    batches = [[f"case {number}" for number in range(start, start + 500)] for start in range(0, 2000, 500)]
    assert list(repeats(parts(tmp_path, *batches), tmp_path)) == []


def test_ids_whose_hashes_meet_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_hashes", lambda ids: np.zeros(len(ids), np.int64))
    assert [bad.line for bad in repeats(parts(tmp_path, ["a", "b", None], ["b", "c"]), tmp_path)] == [4]


def test_nothing_is_left_in_the_folder(tmp_path: Path) -> None:
    made = parts(tmp_path, ["a"], ["a"])
    list(repeats(made, tmp_path))
    assert sorted(tmp_path.iterdir()) == made
