"""Ids that stand in more than one line, in whatever batches.

The hashes of all ids are dealt out over files, so that each file can be looked through by itself; only the ids whose
hashes meet are compared. In memory are the hashes of one file at a time, and the ids that do stand twice.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa

from dermarules.cohort.files.block import BadLine, Numbers
from dermarules.cohort.files.parts import read_ids
from dermarules.durable import UNFINISHED

_FILES = 64


def repeats(parts: Sequence[Path], folder: Path) -> Iterator[BadLine]:
    """Each line whose id an earlier line has; its answer stands in the output all the same."""
    suspects = _hashes_that_meet(parts, folder)
    if not len(suspects):
        return
    firsts: dict[object, int] = {}
    for ids, lines in map(read_ids, parts):
        for index in np.flatnonzero(np.isin(_hashes(ids), suspects)):
            name, line = ids[index].as_py(), int(lines[index])
            first = firsts.setdefault(name, line)
            if first != line and name is not None:
                yield BadLine(line, str(name), f"the id is that of line {first} too; both are answered")


def _hashes_that_meet(parts: Sequence[Path], folder: Path) -> Numbers:
    paths = [folder / f"hashes-{number:02d}{UNFINISHED}" for number in range(_FILES)]
    with ExitStack() as opened:
        files = [opened.enter_context(path.open("wb")) for path in paths]
        for ids, _ in map(read_ids, parts):
            hashes = _hashes(ids.drop_null())
            dealt = hashes[np.argsort(hashes % _FILES, kind="stable")]
            ends = np.cumsum(np.bincount(dealt % _FILES, minlength=_FILES))
            for file, few in zip(files, np.split(dealt, ends[:-1]), strict=True):
                few.tofile(file)
    met = [_met(np.fromfile(path, np.int64)) for path in paths]
    for path in paths:
        path.unlink()
    return np.concatenate(met)


def _met(hashes: Numbers) -> Numbers:
    hashes.sort()
    return np.unique(hashes[1:][hashes[1:] == hashes[:-1]])


def _hashes(ids: pa.Array) -> Numbers:
    return np.fromiter(map(hash, ids.to_pylist()), np.int64, len(ids))
