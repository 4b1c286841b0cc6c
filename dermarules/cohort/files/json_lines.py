"""A file of cases with a JSON object on each line: every value is read as text, as in a CSV file."""

import io
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as arrow_json

from dermarules.cohort.files.block import BadLine, Block, Place, one_batch
from dermarules.cohort.files.lines import Lines, read_lines
from dermarules.cohort.files.text import TOO_LONG, decoded, text_schema
from dermarules.errors import CaseError, Fault

_BEGIN = Place(0, 1)
# To find the columns, blocks of this many lines are read.
_SCANNED = 1 << 16
# What Arrow may take the values of a key for, and what is the same text again as text.
_PLAIN = {pa.null(), pa.bool_(), pa.int64(), pa.string()}
_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class JsonLines:
    """A file with an object on each line. A key that a line lacks, or that is null, was not examined."""

    path: Path
    schema: pa.Schema
    begin: Place
    size: int

    def blocks(self, begin: Place, rows: int) -> Iterator[Block]:
        """The blocks from a place on."""
        for lines in read_lines(self.path, begin, rows):
            yield self._block(lines)

    def _block(self, lines: Lines) -> Block:
        table = _at_one_go(lines)
        if table is not None:
            numbers = np.arange(lines.begin.line, lines.end.line, dtype=np.int64)
            missing = pa.nulls(table.num_rows)
            columns = [table.column(name) if name in table.column_names else missing for name in self.schema.names]
            return Block(self._as_text(columns), numbers, (), lines.end)
        objects, bad = _one_by_one(lines)
        columns = [pa.array([o.get(name) for o in objects.values()], pa.string()) for name in self.schema.names]
        return Block(self._as_text(columns), np.array(list(objects), np.int64), tuple(bad), lines.end)

    def _as_text(self, columns: list[Any]) -> pa.RecordBatch:
        texts = [_worded(column).cast(field.type) for column, field in zip(columns, self.schema, strict=True)]
        return one_batch(pa.Table.from_arrays(texts, schema=self.schema))


def open_json_lines(path: Path) -> JsonLines:
    """The file, which is read once to know the keys of all its lines."""
    names: dict[str, None] = {}
    for lines in read_lines(path, _BEGIN, _SCANNED):
        table = _at_one_go(lines)
        found = table.column_names if table is not None else (key for o in _one_by_one(lines)[0].values() for key in o)
        names.update(dict.fromkeys(found))
    if not names:
        raise CaseError([Fault(str(path), 0, 0, "no line is a JSON object with a key")])
    return JsonLines(path, text_schema(list(names), str(path)), _BEGIN, path.stat().st_size)


def _worded(column: Any) -> Any:
    """The column as text; a number that is none was not examined."""
    if column.type == pa.float64():
        column = pc.if_else(pc.is_nan(column), None, column)
    return column.cast(pa.string())


def _at_one_go(lines: Lines) -> Any | None:
    """The lines as a table of plain columns, if each is an object of its own."""
    if not _are_objects(lines):
        return None
    try:
        lines.text.decode("utf-8")  # Arrow does not look
        table = arrow_json.read_json(
            io.BytesIO(lines.text),
            read_options=arrow_json.ReadOptions(use_threads=False, block_size=len(lines.text) + 1),
        )
    except ValueError:
        return None
    is_plain = table.num_rows == lines.count and all(map(_is_plain, table.columns))
    return table if is_plain else None


def _are_objects(lines: Lines) -> bool:
    """True if each line begins and ends as an object does: Arrow does not ask where a line ends."""
    text = lines.text
    ends = text.count(b"}\n") + text.count(b"}\r\n")
    return text.startswith(b"{") and text.count(b"\n{") == lines.count - 1 and ends == lines.count


def _is_plain(column: Any) -> bool:
    """True if the text of every value is still the same; of long whole numbers Arrow may have cut digits."""
    if column.type == pa.float64():
        most = pc.max(pc.abs(column)).as_py()
        return most is None or math.isnan(most) or most < _EXACT
    return column.type in _PLAIN


def _one_by_one(lines: Lines) -> tuple[dict[int, dict[str, str | None]], list[BadLine]]:
    """The objects by their lines, with values as text; and the lines that are none."""
    if lines.is_too_long:
        return {}, [BadLine(lines.begin.line, None, TOO_LONG)]
    objects: dict[int, dict[str, str | None]] = {}
    bad: list[BadLine] = []
    for number, line in lines.each():
        try:
            value = json.loads(decoded(line), object_pairs_hook=_object)
            if not isinstance(value, dict):
                raise ValueError("the line is not a JSON object")
            objects[number] = value
        except json.JSONDecodeError as fault:
            bad.append(BadLine(number, None, f"column {fault.colno}: not JSON: {fault.msg}"))
        except ValueError as fault:
            bad.append(BadLine(number, None, str(fault)))
    return objects, bad


def _object(pairs: list[tuple[str, Any]]) -> dict[str, str | None]:
    values = {_sound(key): _text(key, value) for key, value in pairs}
    if len(values) < len(pairs):
        raise ValueError("the line gives a key twice")
    return values


def _text(key: str, value: Any) -> str | None:
    match value:
        case None:
            return None
        case str():
            return _sound(value)
        case bool() | int():
            return json.dumps(value)
        case float():
            return None if math.isnan(value) else str(pa.scalar(value).cast(pa.string()))
        case _:
            raise ValueError(f"'{key}' is not a single value")


def _sound(text: str) -> str:
    """The text; a ValueError if it holds half a character, which JSON can write and nothing can read."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("the line holds half a character (a lone surrogate)") from None
    return text
