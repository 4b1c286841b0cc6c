"""The side file: which lines have no answer, or share the id of another, and why."""

import csv
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from dermarules.cohort.files.block import BadLine
from dermarules.durable import written_whole

COLUMNS = ("line", "id", "reason")


def side_path(output: Path) -> Path:
    """The side file of an output: answers.bad.csv of answers.parquet."""
    return output.with_suffix(".bad.csv")


def write_side_file(path: Path, bad: Iterator[BadLine], folder: Path) -> int:
    """Write the bad lines, and say how many they are; where there is none, no side file is left.

    It is in the folder until it is whole.
    """
    first = next(bad, None)
    if first is None:
        path.unlink(missing_ok=True)
        return 0
    with written_whole(path, folder) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        many = 0
        for line in chain([first], bad):
            many += 1
            writer.writerow((line.line, line.case, line.reason))
        text.flush()
        text.detach()
    return many
