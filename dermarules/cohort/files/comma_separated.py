"""A CSV file of cases: every cell is text, so that what a cell means does not depend on the cells around it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from dermarules.cohort.files.block import BadLine, Block, Place, one_batch
from dermarules.cohort.files.lines import Lines, read_lines
from dermarules.cohort.files.text import TOO_LONG, decoded, text_schema
from dermarules.errors import CaseError, Fault

# What stands between cells, and what a cell says that was not examined: nothing, or what R and numpy write.
_DELIMITERS = ",;\t"
_NOTHING = ["", "NA", "NaN"]
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class CommaSeparated:
    """A file of lines with cells, named by its first line."""

    path: Path
    schema: pa.Schema
    begin: Place
    size: int
    delimiter: str

    def blocks(self, begin: Place, rows: int) -> Iterator[Block]:
        """The blocks from a place on."""
        for lines in read_lines(self.path, begin, rows):
            yield self._block(lines)

    def _block(self, lines: Lines) -> Block:
        """The rows of the lines: at one go if each line is a row, else without the lines that are none."""
        if lines.is_too_long:
            return Block(
                self._parsed([]), np.empty(0, np.int64), (BadLine(lines.begin.line, None, TOO_LONG),), lines.end
            )
        batch = self._at_one_go(lines)
        if batch is not None:
            numbers = np.arange(lines.begin.line, lines.end.line, dtype=np.int64)
            return Block(batch, numbers, (), lines.end)
        good: dict[int, bytes] = {}
        bad: list[BadLine] = []
        for number, line in lines.each():
            fault = self._fault(line)
            if fault is None:
                good[number] = line + b"\n"
            else:
                bad.append(BadLine(number, None, fault))
        return Block(self._parsed(list(good.values())), np.array(list(good), np.int64), tuple(bad), lines.end)

    def _at_one_go(self, lines: Lines) -> pa.RecordBatch | None:
        """The lines as rows, if each is one: none is blank, and no quote or lone return runs over the end of a line."""
        text = lines.text
        if text.count(b"\r") != text.count(b"\r\n") or self._fault(
            text[text.rfind(b"\n", 0, -1) + 1 :].rstrip(b"\r\n")
        ):
            return None
        try:
            batch = self._parsed([text])
        except ValueError:
            return None
        return batch if batch.num_rows == lines.count else None

    def _parsed(self, lines: list[bytes]) -> pa.RecordBatch:
        text = b"".join(lines)
        if not text:
            return pa.RecordBatch.from_pylist([], schema=self.schema)
        table = arrow_csv.read_csv(
            io.BytesIO(text),
            read_options=arrow_csv.ReadOptions(
                column_names=self.schema.names, use_threads=False, block_size=len(text) + 1
            ),
            parse_options=arrow_csv.ParseOptions(delimiter=self.delimiter),
            convert_options=arrow_csv.ConvertOptions(
                column_types=self.schema, strings_can_be_null=True, null_values=_NOTHING
            ),
        )
        return one_batch(table)

    def _fault(self, line: bytes) -> str | None:
        """Why the line is no row."""
        try:
            cells = _cells(decoded(line), self.delimiter)
        except ValueError as fault:
            return str(fault)
        wanted = len(self.schema)
        return None if len(cells) == wanted else f"{len(cells)} fields, where the first line names {wanted}"


def open_comma_separated(path: Path) -> CommaSeparated:
    """The file, of which the first line is read; a fault in that line is an error."""
    first = next(read_lines(path, Place(0, 1), 1), None)
    if first is None or not first.text.strip():
        raise CaseError([Fault(str(path), 1, 1, "the first line is empty: it must name the columns")])
    try:
        text = decoded(first.text.removeprefix(_BYTE_ORDER_MARK).rstrip(b"\r\n"))
        delimiter = max(_DELIMITERS, key=text.count)
        names = [name.strip() for name in _cells(text, delimiter)]
    except ValueError as fault:
        raise CaseError([Fault(str(path), 1, 1, str(fault))]) from None
    return CommaSeparated(path, text_schema(names, str(path)), first.end, path.stat().st_size, delimiter)


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line; a ValueError if a quote would run over its end."""
    if "\r" in line:
        raise ValueError("a carriage return stands within the line")
    reader = csv.reader([f"{line}\n", ""], delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error as fault:
        raise ValueError(str(fault)) from None
    if reader.line_num > 1:
        raise ValueError("a quote is not closed")
    return cells
