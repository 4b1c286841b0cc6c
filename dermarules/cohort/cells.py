"""Cells: the values of one column as codes or numbers. Each distinct value is read once, by the reader of cases."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dermarules.cohort.arrow import pa, pc
from dermarules.cohort.headings import Heading
from dermarules.cohort.layout import is_text
from dermarules.inference.compiled.columns import UNKNOWN, Codes, Column, Measured, Numbers
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.located import shown
from dermarules.knowledgebase.scalars import plain_scalar
from dermarules.vocabulary import RESULTS, Kind, Result

Rows = npt.NDArray[np.intp]
_TRUTHS = ((Result.PRESENT, Result.ABSENT), (Result.POSITIVE, Result.NEGATIVE))


@dataclass(frozen=True, slots=True, eq=False)
class Slip:
    """A value of a column that says nothing, why, and the rows in which it stands."""

    column: str
    value: str
    message: str
    rows: Rows

    def __str__(self) -> str:
        return f"{self.column}: {self.message}"


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A column as it was read; where a value is a slip, nothing was examined."""

    column: Column | Measured
    slips: tuple[Slip, ...]


def read_cells(heading: Heading, values: pa.Array, knowledge: Knowledge) -> Cells:
    """The cells of a column."""
    if not heading.measures:
        return _words(heading, values, knowledge)
    plain = values.dictionary_decode() if pa.types.is_dictionary(values.type) else values
    if is_text(plain.type) or pa.types.is_boolean(plain.type):
        return _written_numbers(heading, plain, knowledge)
    return _numbers(heading, plain, knowledge)


def _words(heading: Heading, values: pa.Array, knowledge: Knowledge) -> Cells:
    found, indices = distinct(values)
    code_of = {word: code for code, word in enumerate(heading.words)}
    codes = np.full(len(found) + 1, UNKNOWN, np.int32)
    slips: list[Slip] = []
    for index, value in enumerate(found):
        said = _said(value, heading.kind)
        if isinstance(said, str | int) and shown(said) in code_of:
            codes[index] = code_of[shown(said)]
        elif said is not None:
            slips.append(_slip(heading, value, said, np.flatnonzero(indices == index), knowledge))
    return Cells(Column(heading.findings, codes[indices]), tuple(slips))


def _said(value: object, kind: Kind) -> object:
    """A value in the words of the case format; None if it says that nothing was examined."""
    if isinstance(value, str):
        value = value if any(value == result.value for result in RESULTS[kind]) else plain_scalar(value)
    if isinstance(value, float) and not math.isinf(value):
        # Columns with gaps become floating in many tools: 4.0 is the grade 4, and not a number is a gap.
        return None if math.isnan(value) else int(value) if value.is_integer() else value
    if isinstance(value, bool):
        results = RESULTS[kind]
        return next(((yes if value else no).value for yes, no in _TRUTHS if yes in results and no in results), value)
    return value


def _written_numbers(heading: Heading, values: pa.Array, knowledge: Knowledge) -> Cells:
    found, indices = distinct(values)
    numbers = np.full(len(found) + 1, np.nan)
    slips: list[Slip] = []
    least, most = heading.span
    for index, value in enumerate(found):
        said = plain_scalar(value) if isinstance(value, str) else value
        if isinstance(said, int | float) and not isinstance(said, bool) and least <= said <= most:
            numbers[index] = said
        elif said is not None:
            slips.append(_slip(heading, value, said, np.flatnonzero(indices == index), knowledge))
    return Cells(Measured(heading.measures, numbers[indices]), tuple(slips))


def _numbers(heading: Heading, values: pa.Array, knowledge: Knowledge) -> Cells:
    numbers: Numbers = pc.cast(values, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    least, most = heading.span
    is_outside = (numbers < least) | (numbers > most)
    if not is_outside.any():
        return Cells(Measured(heading.measures, numbers), ())
    outside = map(float, np.unique(numbers[is_outside]))
    slips = tuple(_slip(heading, n, n, np.flatnonzero(numbers == n), knowledge) for n in outside)
    return Cells(Measured(heading.measures, np.where(is_outside, np.nan, numbers)), slips)


def _slip(heading: Heading, value: object, said: object, rows: Rows, knowledge: Knowledge) -> Slip:
    return Slip(heading.name, shown(value), heading.fault(said, knowledge), rows)


def distinct(values: pa.Array) -> tuple[list[object], Codes]:
    """The distinct values of a column, and for each row the index of its own; -1 where there is none."""
    if pa.types.is_null(values.type):
        return [], np.full(len(values), UNKNOWN, np.int32)
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    indices: Codes = pc.cast(encoded.indices, pa.int32()).fill_null(UNKNOWN).to_numpy(zero_copy_only=False)
    words = encoded.dictionary
    if encoded is values:
        # A slice carries the dictionary of its whole table.
        used = np.flatnonzero(np.bincount(indices + 1, minlength=len(words) + 1)[1:])
        place = np.full(len(words) + 1, UNKNOWN, np.int32)
        place[used] = np.arange(len(used), dtype=np.int32)
        indices, words = place[indices], words.take(pa.array(used))
    if pa.types.is_decimal(words.type):
        words = pc.cast(words, pa.float64(), safe=False)
    return words.to_pylist(), indices
