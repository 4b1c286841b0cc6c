"""Files that are there whole or not at all, even after a power cut."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".tmp"


@contextmanager
def written_whole(path: Path, folder: Path) -> Iterator[BinaryIO]:
    """A file to write to, that takes its name when all of it is on the disk; on an error nothing is left of it.

    Until then it is in a folder of the same disk.
    """
    unfinished = folder / f"{path.name}{UNFINISHED}"
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system has a way to."""
    if os.name != "posix":  # pragma: no cover - elsewhere a folder cannot be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
