"""Cells: the values of one column as codes or numbers. Each distinct value is read once, by the reader of cases."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dermarules.cohort.arrow import pa, pc
from dermarules.cohort.faults import told
from dermarules.cohort.headings import Heading, read_value
from dermarules.cohort.layout import is_text
from dermarules.inference.compiled.columns import UNKNOWN, Codes, Column, Measured, Numbers
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.located import shown
from dermarules.knowledgebase.misfits import MisfitError
from dermarules.knowledgebase.scalars import plain_scalar
from dermarules.vocabulary import MRC, RESULTS, WEAK_POWER, Kind, Result

Rows = npt.NDArray[np.int64]
_GRADES = WEAK_POWER | MRC.keys()


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
    if heading.is_measure:
        measure = knowledge.measures[heading.target]
        return read_numbers(
            heading.target,
            heading.name,
            values,
            (measure.minimum, measure.maximum),
            lambda value: _fault(heading, value, knowledge),
        )
    codes, slips = _codes(heading, values, knowledge)
    return Cells(Column(heading.findings, codes), slips)


def _codes(heading: Heading, values: pa.Array, knowledge: Knowledge) -> tuple[Codes, tuple[Slip, ...]]:
    distinct, indices = _distinct(values)
    code_of = {word: code for code, word in enumerate(heading.words)}
    table = np.full(len(distinct) + 1, UNKNOWN, np.int32)
    slips: list[Slip] = []
    for index, value in enumerate(distinct):
        said = _said(value, heading.kind)
        if said is None:
            continue
        word = shown(said)
        if isinstance(said, str | int) and word in code_of:
            table[index] = code_of[word]
            continue
        rows = np.flatnonzero(indices == index)
        if len(rows):
            slips.append(Slip(heading.name, shown(value), _fault(heading, said, knowledge), rows))
    return table[indices], tuple(slips)


def _said(value: object, kind: Kind) -> object:
    """A value in the words of the case format; None if it says that nothing was examined."""
    if isinstance(value, str):
        results = {result.value for result in RESULTS[kind]}
        value = value if value in results else _scalar(value)
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, float) and value.is_integer() and RESULTS[kind] >= _GRADES:
        return int(value)
    if isinstance(value, bool) and Result.PRESENT in RESULTS[kind]:
        return (Result.PRESENT if value else Result.ABSENT).value
    if isinstance(value, bool) and Result.POSITIVE in RESULTS[kind]:
        return (Result.POSITIVE if value else Result.NEGATIVE).value
    return value


def _scalar(text: str) -> object:
    """Text as a case file reads it: true and false are truth values, 4 is a number, nothing is nothing."""
    return plain_scalar(text)


def read_numbers(
    measure: str, column: str, values: pa.Array, span: tuple[float, float], fault: Callable[[object], str]
) -> Cells:
    """The cells of a column of numbers, each within its span; `fault` says what is wrong with a value."""
    kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
    if is_text(kind) or pa.types.is_boolean(kind):
        return _numbers_of_words(measure, column, values, span, fault)
    numbers = _floats(values)
    with np.errstate(invalid="ignore"):
        is_wrong = (numbers < span[0]) | (numbers > span[1])
    slips = tuple(
        Slip(column, shown(value), fault(value), np.flatnonzero(numbers == value))
        for value in map(float, np.unique(numbers[is_wrong]))
    )
    return Cells(Measured(measure, np.where(is_wrong, np.nan, numbers) if slips else numbers), slips)


def _floats(values: pa.Array) -> Numbers:
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    numbers: Numbers = pc.cast(values, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return numbers


def _numbers_of_words(
    measure: str, column: str, values: pa.Array, span: tuple[float, float], fault: Callable[[object], str]
) -> Cells:
    distinct, indices = _distinct(values)
    table = np.full(len(distinct) + 1, np.nan)
    slips: list[Slip] = []
    for index, value in enumerate(distinct):
        said = _scalar(value) if isinstance(value, str) else value
        if said is None:
            continue
        if isinstance(said, int | float) and not isinstance(said, bool) and span[0] <= said <= span[1]:
            table[index] = said
            continue
        rows = np.flatnonzero(indices == index)
        if len(rows):
            slips.append(Slip(column, shown(value), fault(said), rows))
    return Cells(Measured(measure, table[indices]), tuple(slips))


def _distinct(values: pa.Array) -> tuple[list[object], Codes]:
    """The distinct values of a column, and for each row the index of its own; the last is of what is not there."""
    if pa.types.is_null(values.type):
        return [], np.full(len(values), -1, np.int32)
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    indices = pc.cast(encoded.indices, pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False)
    return list(_plain(encoded.dictionary)), indices


def _plain(values: pa.Array) -> Iterator[object]:
    if pa.types.is_decimal(values.type):
        values = pc.cast(values, pa.float64(), safe=False)
    yield from values.to_pylist()


def _fault(heading: Heading, value: object, knowledge: Knowledge) -> str:
    try:
        read_value(heading.row, value, knowledge)
    except MisfitError as error:
        return told(error)
    raise AssertionError(f"{heading.name} takes {value!r}")
