"""Cells as text: their types, their names, and what is wrong with bytes that are none."""

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from dermarules.cohort.headings import ID
from dermarules.errors import CaseError, Fault

# Few different words fill most columns; the ids of cases all differ.
TEXT = pa.string()
WORDS = pa.dictionary(pa.int32(), pa.string())
TOO_LONG = "the line is longer than what is read at a time"


def text_schema(names: Sequence[str], file: str) -> pa.Schema:
    """The columns of a text file; an error if a column has no name, or two have the same."""
    faults = [f"column {number} has no name" for number, name in enumerate(names, start=1) if not name]
    faults += [f"two columns are called '{name}'" for name, times in Counter(names).items() if name and times > 1]
    if faults:
        raise CaseError([Fault(file, 1, 1, fault) for fault in faults])
    return pa.schema([pa.field(name, TEXT if name == ID else WORDS) for name in names])


def decoded(line: bytes) -> str:
    """The bytes as text; a ValueError that names the first byte which is none."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise ValueError(f"byte {fault.start + 1} of the line, 0x{line[fault.start]:02x}, is not UTF-8") from None
