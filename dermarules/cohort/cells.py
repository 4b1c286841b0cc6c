"""Cells: the values of one column as codes or numbers. Each distinct value is read once, by the reader of cases."""

import math
from collections.abc import Mapping, Sequence
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
_FEW = 64
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
    wrong: dict[int, object] = {}
    for index, value in enumerate(found):
        said = _said(value, heading.kind)
        if isinstance(said, str | int) and shown(said) in code_of:
            codes[index] = code_of[shown(said)]
        elif said is not None:
            wrong[index] = said
    return Cells(Column(heading.findings, codes[indices]), _slips(heading, found, wrong, indices, knowledge))


def _said(value: object, kind: Kind) -> object:
    """A value in the words of the case format; None if it says that nothing was examined."""
    if isinstance(value, str):
        value = value if any(value == result.value for result in RESULTS[kind]) else plain_scalar(value)
    if isinstance(value, float):
        # Columns with gaps become floating in many tools: 4.0 is the grade 4, and what is not a number is a gap.
        return None if math.isnan(value) else _whole(value)
    if isinstance(value, bool):
        results = RESULTS[kind]
        return next(((yes if value else no).value for yes, no in _TRUTHS if yes in results and no in results), value)
    return value


def _written_numbers(heading: Heading, values: pa.Array, knowledge: Knowledge) -> Cells:
    found, indices = distinct(values)
    numbers = np.full(len(found) + 1, np.nan)
    wrong: dict[int, object] = {}
    least, most = heading.span
    for index, value in enumerate(found):
        said = plain_scalar(value) if isinstance(value, str) else value
        if isinstance(said, int | float) and not isinstance(said, bool) and least <= said <= most:
            numbers[index] = said
        elif said is not None:
            wrong[index] = said
    return Cells(Measured(heading.measures, numbers[indices]), _slips(heading, found, wrong, indices, knowledge))


def _numbers(heading: Heading, values: pa.Array, knowledge: Knowledge) -> Cells:
    numbers: Numbers = pc.cast(values, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    least, most = heading.span
    is_outside = (numbers < least) | (numbers > most)
    if not is_outside.any():
        return Cells(Measured(heading.measures, numbers), ())
    outside, places = np.unique(numbers[is_outside], return_inverse=True)
    indices = np.full(len(numbers), UNKNOWN, np.int32)
    indices[is_outside] = places
    slips = _slips(heading, outside.tolist(), dict(enumerate(outside.tolist())), indices, knowledge)
    return Cells(Measured(heading.measures, np.where(is_outside, np.nan, numbers)), slips)


def _slips(
    heading: Heading, found: Sequence[object], wrong: Mapping[int, object], indices: Codes, knowledge: Knowledge
) -> tuple[Slip, ...]:
    """A slip for each wrong value that rows hold; a dictionary may have more. `wrong` holds them as they were read."""
    rows = np.flatnonzero(np.isin(indices, list(wrong)))
    if not len(rows):
        return ()
    ordered = rows[np.argsort(indices[rows], kind="stable")]
    held, starts = np.unique(indices[ordered], return_index=True)
    return tuple(
        Slip(heading.name, shown(_whole(found[index])), heading.fault(_whole(wrong[index]), knowledge), those)
        for index, those in zip(held.tolist(), np.split(ordered, starts[1:]), strict=True)
    )


def _whole(value: object) -> object:
    """A number as people write it: 7, not 7.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def distinct(values: pa.Array) -> tuple[list[object], Codes]:
    """The distinct values of a column, and for each row the index of its own; -1 where there is none."""
    if values.null_count == len(values):
        return [], np.full(len(values), UNKNOWN, np.int32)
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    indices: Codes = pc.cast(encoded.indices, pa.int32()).fill_null(UNKNOWN).to_numpy(zero_copy_only=False)
    words = encoded.dictionary
    if len(words) > max(_FEW, len(values)):
        # A slice carries the dictionary of its whole table.
        used, places = np.unique(indices, return_inverse=True)
        has_gap = int(used[0] == UNKNOWN)
        indices = (places - has_gap).astype(np.int32)
        words = words.take(pa.array(used[has_gap:]))
    if pa.types.is_decimal(words.type):
        words = pc.cast(words, pa.float64(), safe=False)
    return words.to_pylist(), indices
