"""The finished batches of a run, each in a file of its own beside the output, until the output is whole."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import filelock
import numpy as np
import pyarrow as pa

from dermarules.cohort.files.block import BadLine, Numbers, Place
from dermarules.cohort.headings import ID
from dermarules.durable import UNFINISHED, written_whole
from dermarules.errors import DermarulesError

_BEGUN = "run.json"
_LOCK = "lock"
_NOTES = b"dermarules.notes"
_LINE = "dermarules.line"
# Written and read fast; the output is compressed better.
_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


class RunError(DermarulesError):
    """A run that cannot begin, or cannot go on."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What there is to say of a batch: what has no answer, what was passed over, and where the next batch begins.

    `passed_over` counts, by column and value, the rows in which a value was taken as not examined.
    """

    bad: tuple[BadLine, ...]
    passed_over: Mapping[tuple[str, str], int]
    end: Place


@dataclass(frozen=True, slots=True)
class Part:
    """The answers to a batch, with the line of each, and the notes on it."""

    answers: pa.RecordBatch
    lines: Numbers
    notes: Notes


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder of a run, made if it is not there, for this process alone; the lock ends with the process."""
    folder.mkdir(exist_ok=True)
    lock = filelock.FileLock(folder / _LOCK, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise RunError(
            f"{folder}: another run writes this output now; wait for its end, or name another output"
        ) from None
    try:
        if not (folder / _LOCK).exists():
            raise RunError(f"{folder}: another run that wrote this output has just ended")
        yield
    finally:
        lock.release()


def begin(folder: Path, wanted: Mapping[str, str], restart: bool) -> tuple[Path, ...]:
    """The finished parts of this run, in order; an error if the folder holds those of a run of another kind."""
    begun = folder / _BEGUN
    if restart or not begun.exists():
        _empty(folder)
        with written_whole(begun, folder) as file:
            file.write(json.dumps(wanted, indent=2).encode())
        return ()
    had = json.loads(begun.read_text(encoding="utf-8"))
    changed = [f"{key} {had.get(key)} then, {value} now" for key, value in wanted.items() if had.get(key) != value]
    if changed:
        raise RunError(
            f"{folder}: a run was begun here and not finished, of another kind: {'; '.join(changed)}. "
            "Go on with what it began with, or give --restart to begin again"
        )
    for unfinished in folder.glob(f"*{UNFINISHED}"):
        unfinished.unlink()
    return tuple(_finished(folder))


def add_part(folder: Path, number: int, part: Part) -> Path:
    """The file of a part, once it is whole."""
    told = {
        "end": [part.notes.end.offset, part.notes.end.line],
        "bad": [[bad.line, bad.case, bad.reason] for bad in part.notes.bad],
        "passed_over": [[*what, many] for what, many in part.notes.passed_over.items()],
    }
    batch = part.answers.append_column(pa.field(_LINE, pa.int64()), pa.array(part.lines, pa.int64()))
    batch = batch.replace_schema_metadata({_NOTES: json.dumps(told).encode()})
    path = _path(folder, number)
    with written_whole(path, folder) as file, pa.ipc.new_file(file, batch.schema, options=_OPTIONS) as writer:
        writer.write_batch(batch)
    return path


def read_part(path: Path) -> Part:
    """The part that a file holds."""
    with pa.memory_map(str(path)) as file:
        batch = pa.ipc.open_file(file).get_batch(0)
    index = batch.schema.get_field_index(_LINE)
    answers = batch.remove_column(index).replace_schema_metadata(None)
    return Part(answers, batch.column(index).to_numpy(), read_notes(path))


def read_notes(path: Path) -> Notes:
    """The notes on the part that a file holds; the answers are not read."""
    with pa.memory_map(str(path)) as file:
        told = json.loads(pa.ipc.open_file(file).schema.metadata[_NOTES])
    return Notes(
        tuple(BadLine(*bad) for bad in told["bad"]),
        {(column, value): many for column, value, many in told["passed_over"]},
        Place(*told["end"]),
    )


def read_ids(path: Path) -> tuple[pa.Array, Numbers]:
    """The ids of the answers of a part, and the line of each; no ids if the cases have none."""
    with pa.memory_map(str(path)) as file:
        schema = pa.ipc.open_file(file).schema
    wanted = [index for index, name in enumerate(schema.names) if name in (ID, _LINE)]
    with pa.memory_map(str(path)) as file:
        batch = pa.ipc.open_file(file, options=pa.ipc.IpcReadOptions(included_fields=wanted)).get_batch(0)
    if ID not in batch.schema.names:
        return pa.nulls(0, pa.string()), np.empty(0, np.int64)
    return batch.column(ID), batch.column(_LINE).to_numpy()


def remove(folder: Path) -> None:
    """Take away the folder of a run that is over; some systems keep the lock of a run until it has ended."""
    _empty(folder)
    with suppress(OSError):
        (folder / _LOCK).unlink()
        folder.rmdir()


def _finished(folder: Path) -> Iterator[Path]:
    number = 0
    while (path := _path(folder, number)).exists():
        yield path
        number += 1


def _path(folder: Path, number: int) -> Path:
    return folder / f"part-{number:06d}.arrow"


def _empty(folder: Path) -> None:
    """Begin with the word of what was begun: without it, no part counts."""
    (folder / _BEGUN).unlink(missing_ok=True)
    for path in folder.iterdir():
        if path.name != _LOCK:
            path.unlink()
