"""Whole files: Parquet to Parquet by `dermarules cohort`, with the peak of its memory as the rows grow."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from patients import patients
from progress import say

from dermarules import to_table
from dermarules.knowledgebase.base import Knowledge

COUNTS = (10**4, 10**5, 10**6)
BIG = 10**7
GROUP = 1 << 16
ID = "id"
PEAK = str(Path(__file__).with_name("peak.py"))


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: its rows, the bytes of the file, the seconds from start to end, the peak in bytes."""

    rows: int
    size: int
    seconds: float
    peak: int

    @property
    def per_second(self) -> float:
        """Rows a second, the start of the process included."""
        return self.rows / self.seconds


def measure(knowledge: Knowledge, *, big: bool) -> tuple[Run, ...]:
    """Run the command on ever longer files."""
    counts = (*COUNTS, BIG) if big else COUNTS
    with tempfile.TemporaryDirectory() as scratch:
        return tuple(_run(knowledge, count, Path(scratch)) for count in counts)


def _run(knowledge: Knowledge, count: int, folder: Path) -> Run:
    say(f"files: write {count:,} rows")
    source, output = folder / f"{count}.parquet", folder / f"{count}.out.parquet"
    write(source, knowledge, count)
    say(f"files: localize {count:,} rows")
    size = source.stat().st_size
    command = [sys.executable, "-m", "dermarules", "cohort", str(source), str(output)]
    measured = subprocess.run([sys.executable, PEAK, *command], check=True, stdout=subprocess.PIPE, text=True)
    took, peak = measured.stdout.split()
    if pq.ParquetFile(output).metadata.num_rows != count:
        raise RuntimeError(f"{count:,} rows went in, and another number came out")
    source.unlink()
    output.unlink()
    return Run(count, size, float(took), int(peak))


def write(path: Path, knowledge: Knowledge, count: int) -> None:
    """So many rows, drawn again from the simulated patients, in row groups."""
    table = to_table(patients(knowledge))
    random = np.random.default_rng(0)
    schema = pa.schema([pa.field(ID, pa.int64()), *(field for field in table.schema if field.name != ID)])
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, count, GROUP):
            number = min(GROUP, count - start)
            drawn = table.take(pa.array(random.integers(table.num_rows, size=number)))
            ids = pa.array(np.arange(start, start + number))
            columns = [ids, *(_thinned(drawn[name], random) for name in schema.names[1:])]
            writer.write_table(pa.table(columns, schema=schema), row_group_size=GROUP)


def _thinned(column: pa.ChunkedArray, random: np.random.Generator) -> pa.Array:
    """A column with a fifth of its cells not examined."""
    whole = column.combine_chunks()
    keep = pa.array(random.random(len(whole), np.float32) >= 0.2)
    return pa.compute.if_else(keep, whole, pa.scalar(None, whole.type))
