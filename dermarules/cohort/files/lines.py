"""A text file as blocks of whole lines, of which only one is held at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dermarules.cohort.files.block import Place

# A block ends at this many bytes even if it has few lines: the memory of a run must not grow with their length.
MOST_BYTES = 1 << 25
_READ = 1 << 22
_NEWLINE = ord("\n")


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that follow each other, each with its end; where they begin, and where the next block does.

    A line that is longer than a block is left out: the block is then empty, and `is_too_long`.
    """

    text: bytes
    begin: Place
    end: Place

    @property
    def count(self) -> int:
        return self.end.line - self.begin.line

    @property
    def is_too_long(self) -> bool:
        return not self.text

    def each(self) -> Iterator[tuple[int, bytes]]:
        """Each line that is not blank, without its end, after its number."""
        for number, line in enumerate(self.text.split(b"\n"), start=self.begin.line):
            if line.strip():
                yield number, line.removesuffix(b"\r")


def read_lines(path: Path, begin: Place, rows: int, most_bytes: int = MOST_BYTES) -> Iterator[Lines]:
    """The lines of a file from a place on, in blocks of so many lines or so many bytes at most."""
    with path.open("rb") as file:
        file.seek(begin.offset)
        held, is_end = b"", False
        while True:
            while not is_end and len(held) < most_bytes and held.count(b"\n") < rows:
                more = file.read(_READ)
                held += more
                is_end = not more
            if is_end and held and not held.endswith(b"\n"):
                held += b"\n"
            if not held:
                return
            ends = np.flatnonzero(np.frombuffer(held, np.uint8, min(len(held), most_bytes)) == _NEWLINE)
            taken = min(rows, len(ends))
            if taken:
                length = int(ends[taken - 1]) + 1
                text, held = held[:length], held[length:]
                end = Place(begin.offset + length, begin.line + taken)
            else:
                skipped = 0
                while held and b"\n" not in held:
                    skipped += len(held)
                    held = file.read(_READ)
                rest = held.partition(b"\n")[2]
                end = Place(begin.offset + skipped + len(held) - len(rest), begin.line + 1)
                text, held = b"", rest
            yield Lines(text, begin, end)
            begin = end
