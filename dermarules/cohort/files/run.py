"""A run: a file of cases in, a file of answers out, batch by batch.

A finished batch is a part in a folder beside the output. When all are there, they become the output, and the folder
goes. A run that stopped goes on after its last part.
"""

import errno
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dermarules import __version__
from dermarules.cohort.files.ahead import ahead
from dermarules.cohort.files.block import BadLine, Block, Source
from dermarules.cohort.files.comma_separated import open_comma_separated
from dermarules.cohort.files.json_lines import open_json_lines
from dermarules.cohort.files.parquet_rows import open_parquet_rows
from dermarules.cohort.files.parts import Notes, Part, RunError, add_part, begin, locked, read_notes, read_part, remove
from dermarules.cohort.files.repeats import repeats
from dermarules.cohort.files.side_file import side_path, write_side_file
from dermarules.cohort.files.summary import Summary
from dermarules.cohort.headings import ID
from dermarules.cohort.localizer import Localizer
from dermarules.cohort.long_form import is_long
from dermarules.durable import written_whole
from dermarules.errors import CaseError, Fault
from dermarules.knowledgebase.base import Knowledge, default_knowledge

BATCH_ROWS = 1 << 16
READERS: dict[str, Callable[[Path], Source]] = {
    ".parquet": open_parquet_rows,
    ".csv": open_comma_separated,
    ".jsonl": open_json_lines,
}

_LONG = (
    "a finding a row: the rows of one case may lie far apart. Give a file with a case a row, "
    "or read it as one table and use dermarules.localize_table"
)


@dataclass(frozen=True, slots=True)
class Job:
    """What to answer, where to, and how. `overwrite` replaces an output; `restart` drops what a run has begun."""

    source: Path
    output: Path
    map: str = "consensus"
    lenient: bool = False
    several: bool = False
    batch_rows: int = BATCH_ROWS
    overwrite: bool = False
    restart: bool = False

    @property
    def folder(self) -> Path:
        """Where the parts are until the output is whole."""
        return self.output.with_name(f"{self.output.name}.parts")

    def refusal(self) -> str | None:
        """Why the job cannot be meant, as far as the names of its files tell."""
        if self.source.suffix.lower() not in READERS:
            return f"{self.source}: cannot tell the kind of file by its name: use {', '.join(READERS)}"
        if self.output.suffix.lower() != ".parquet":
            return f"{self.output}: the output is a Parquet file: end its name in .parquet"
        if not self.output.parent.is_dir():
            return f"{self.output.parent}: there is no such folder"
        for made in (self.output, side_path(self.output)):
            if made.exists() and self.source.exists() and made.samefile(self.source):
                return f"{made}: the output would replace the input"
        if self.output.is_dir():
            return f"{self.output}: is a folder"
        if self.output.exists() and not self.overwrite:
            return f"{self.output} exists; give --overwrite to replace it"
        return None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: places of the file of `size` that are behind it, and the answers of this run."""

    doing: str
    done: int
    size: int
    rows: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a run found: the summary, the number of bad lines and the file that lists them, and what it passed over.

    `rows` is how many rows were read now; a run that went on had read others before.
    """

    summary: Summary
    rows: int
    bad: int
    side_file: Path
    passed_over: Counter[tuple[str, str]] = field(default_factory=Counter)
    ignored_columns: dict[str, str] = field(default_factory=dict)


def run(job: Job, knowledge: Knowledge | None = None, tell: Callable[[Progress], None] = lambda _: None) -> Done:
    """Do the job, or what is left of it. An error before any work if the file or its columns cannot be read."""
    refusal = job.refusal()
    if refusal is not None:
        raise ValueError(refusal)
    used = default_knowledge() if knowledge is None else knowledge
    source = _opened(job.source)
    localizer = _localizer(source, job, used)
    with _writing(job), locked(job.folder):
        parts = list(begin(job.folder, _kind(job, used), job.restart))
        place = read_notes(parts[-1]).end if parts else source.begin
        stamp = _stamp(job.source)

        def save(block: Block) -> tuple[int, int]:
            part = _answered(block, localizer)
            if _stamp(job.source) != stamp:
                raise RunError(f"{job.source}: the file was changed while it was read; begin again with --restart")
            parts.append(add_part(job.folder, len(parts), part))
            # Arrow keeps what it freed; between batches of unlike size that adds up.
            pa.default_memory_pool().release_unused()
            return block.end.offset, block.batch.num_rows

        rows = 0
        tell(Progress("localizing", place.offset, source.size, rows))
        # By map, so that no block is held while the next is waited for.
        for offset, many in map(save, ahead(source.blocks(place, job.batch_rows))):
            rows += many
            tell(Progress("localizing", offset, source.size, rows))
        done = replace(_finish(job, localizer, parts, tell), rows=rows)
        remove(job.folder)
    return done


def _opened(path: Path) -> Source:
    try:
        return READERS[path.suffix.lower()](path)
    except OSError as fault:
        raise CaseError([Fault(str(path), 0, 0, f"cannot be read: {fault.strerror or fault}")]) from None


def _localizer(source: Source, job: Job, knowledge: Knowledge) -> Localizer:
    if is_long(source.schema):
        raise CaseError([Fault(str(job.source), 0, 0, _LONG)])
    try:
        return Localizer(source.schema, knowledge=knowledge, map=job.map, lenient=job.lenient, several=job.several)
    except CaseError as error:
        raise CaseError([replace(fault, file=str(job.source)) for fault in error.faults]) from None


def _kind(job: Job, knowledge: Knowledge) -> dict[str, str]:
    """What must be the same for a run to go on."""
    return {
        "input": _stamp(job.source),
        "knowledge": knowledge.digest,
        "map": job.map,
        "lenient": str(job.lenient),
        "several": str(job.several),
        "rows of a batch": str(job.batch_rows),
        "dermarules": __version__,
    }


def _stamp(path: Path) -> str:
    """What changes when a file is changed."""
    now = path.stat()
    return f"{path.name}, {now.st_size} bytes, changed at {now.st_mtime_ns} ns"


def _answered(block: Block, localizer: Localizer) -> Part:
    answered = localizer.localize(block.batch)
    kept = np.ones(block.batch.num_rows, np.bool_)
    kept[[row.row for row in answered.bad]] = False
    ids = block.batch.column(ID) if ID in block.batch.schema.names else None
    bad = [
        BadLine(int(block.lines[row.row]), None if ids is None else _word(ids[row.row].as_py()), row.reason)
        for row in answered.bad
    ]
    in_order = sorted((*block.bad, *bad), key=lambda line: line.line)
    return Part(answered.batch, block.lines[kept], Notes(tuple(in_order), answered.ignored.values, block.end))


def _word(name: object) -> str | None:
    return None if name is None else str(name)


def _finish(job: Job, localizer: Localizer, paths: Sequence[Path], tell: Callable[[Progress], None]) -> Done:
    """Make the output and the side file of the parts; the output comes last, so that it is there when all is done."""
    summary, passed_over, rows = Summary(), Counter[tuple[str, str]](), 0
    schema = localizer.output
    searchable = [field.name for field in schema if not pa.types.is_list(field.type)]
    with written_whole(job.output, job.folder) as file:
        with pq.ParquetWriter(file, schema, compression="zstd", write_statistics=searchable) as writer:
            for number, part in enumerate(ahead(map(read_part, paths)), start=1):
                writer.write_batch(part.answers)
                summary = summary.plus(part.answers)
                passed_over.update(part.notes.passed_over)
                rows += part.answers.num_rows
                tell(Progress("writing", number, len(paths), rows))
        side_file = side_path(job.output)
        bad = write_side_file(side_file, _bad_lines(paths, job.folder), job.folder)
    return Done(summary, rows, bad, side_file, passed_over, dict(localizer.ignored_columns))


def _bad_lines(paths: Sequence[Path], folder: Path) -> Iterator[BadLine]:
    for path in paths:
        yield from read_notes(path).bad
    yield from repeats(paths, folder)


@contextmanager
def _writing(job: Job) -> Iterator[None]:
    """Say of a disk that is full, or that cannot be written to, what is left and how to go on."""
    try:
        yield
    except OSError as fault:
        why = "the disk is full" if fault.errno == errno.ENOSPC else (fault.strerror or str(fault))
        raise RunError(
            f"{job.output}: the run stopped: {why}. The finished batches are kept in {job.folder}; "
            "when that is mended, the same command goes on after them"
        ) from fault
