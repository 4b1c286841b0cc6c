"""The values of a column: the words of the case format, and what other tools make of them."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from dermarules.cohort.cells import Cells, read_cells
from dermarules.cohort.headings import heading
from dermarules.inference.compiled.columns import Column, Measured
from dermarules.knowledgebase.base import Knowledge


def cells(name: str, values: pa.Array, knowledge: Knowledge) -> Cells:
    return read_cells(heading(name, knowledge), values, knowledge)


def results(name: str, values: pa.Array, knowledge: Knowledge) -> list[str | None]:
    """What each row finds, as a word."""
    read = cells(name, values, knowledge)
    assert isinstance(read.column, Column)
    assert read.column.codes.dtype == np.int32
    assert read.slips == ()
    words = [finding.level or finding.result.value for finding in read.column.findings]
    return [None if code == -1 else words[code] for code in read.column.codes]


def numbers(name: str, values: pa.Array, knowledge: Knowledge) -> list[float]:
    read = cells(name, values, knowledge)
    assert isinstance(read.column, Measured)
    assert read.slips == ()
    return [-1.0 if np.isnan(value) else value for value in read.column.values.tolist()]


@pytest.mark.parametrize(
    "values",
    [
        pa.array(["4-", "5", None, "weak"]),
        pa.array(["4-", "5", None, "weak"], pa.large_string()),
        pa.array(["4-", "5", None, "weak"]).dictionary_encode(),
        pa.array(["4-", "5", "", "weak"]),
        pa.array(["x", "4-", "5", None, "weak"]).dictionary_encode()[1:],
        pa.array(["4-", "5.0", "null", "weak"]),
    ],
)
def test_words_are_those_of_a_case_and_null_is_not_examined(values: pa.Array, knowledge: Knowledge) -> None:
    assert results("power.hip_flexion.left", values, knowledge) == ["4-", "5", None, "weak"]


@pytest.mark.parametrize(
    "values",
    [
        pa.array([4, 5, None], pa.int8()),
        pa.array([4, 5, None], pa.uint64()),
        pa.array([4.0, 5.0, None]),
        pa.array([4.0, 5.0, float("nan")]),
        pa.array([Decimal("4.0"), Decimal("5.0"), None]),
        pa.array([4, 5, None]).dictionary_encode(),
    ],
)
def test_grades_may_be_numbers_of_any_type(values: pa.Array, knowledge: Knowledge) -> None:
    assert results("power.hip_flexion.left", values, knowledge) == ["4", "5", None]


@pytest.mark.parametrize("values", [pa.array([True, False, None]), pa.array(["true", "False", None])])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("history.fever", ["present", "absent", None]),
        ("pain.sole.left", ["present", "absent", None]),
        ("wasting.psoas_major.left", ["present", "absent", None]),
        ("sign.slr.left", ["positive", "negative", None]),
    ],
)
def test_truth_values_say_present_or_positive(
    name: str, words: list[str | None], values: pa.Array, knowledge: Knowledge
) -> None:
    assert results(name, values, knowledge) == words


def test_a_column_of_nothing_examines_nothing(knowledge: Knowledge) -> None:
    assert results("level.sensory", pa.nulls(2), knowledge) == [None, None]
    assert numbers("age", pa.nulls(2), knowledge) == [-1, -1]


def test_the_codes_of_a_column_do_not_depend_on_its_rows(knowledge: Knowledge) -> None:
    first = cells("pinprick.sole.left", pa.array(["absent"]), knowledge).column
    second = cells("pinprick.sole.left", pa.array(["reduced", "absent"]), knowledge).column

    assert isinstance(first, Column)
    assert isinstance(second, Column)
    assert first.findings == second.findings
    assert first.codes[0] == second.codes[1]


@pytest.mark.parametrize(
    "values",
    [
        pa.array([0.5, 30, None]),
        pa.array([0.5, 30, float("nan")]),
        pa.array(["0.5", "30", None]),
        pa.array(["0.5", "30", ""]).dictionary_encode(),
        pa.array([Decimal("0.5"), Decimal(30), None]),
        pa.array([0.5, 30, None]).dictionary_encode(),
    ],
)
def test_a_measure_is_a_number_however_it_is_written(values: pa.Array, knowledge: Knowledge) -> None:
    assert numbers("measure.symptom_days", values, knowledge) == [0.5, 30, -1]


def test_large_dictionaries_are_read_as_far_as_they_are_used(knowledge: Knowledge) -> None:
    words = pa.array([*(f"word {number}" for number in range(500)), "reduced", "normal"])
    values = pa.DictionaryArray.from_arrays(pa.array([501, None, 500, 501]), words)

    assert results("pinprick.sole.left", values, knowledge) == ["normal", None, "reduced", "normal"]


@pytest.mark.parametrize(
    ("name", "values", "slips"),
    [
        (
            "pinprick.sole.left",
            pa.array(["reduced", "redcued", None, "redcued"]),
            [("redcued", "unknown result 'redcued' (did you mean 'reduced'?)", [1, 3])],
        ),
        (
            "pinprick.sole.left",
            pa.array([True, None, False]),
            [
                ("True", "unknown result, the truth value true; it is one of normal, reduced, absent, increased", [0]),
                (
                    "False",
                    "unknown result, the truth value false; it is one of normal, reduced, absent, increased",
                    [2],
                ),
            ],
        ),
        (
            "reflex.ankle.left",
            pa.array(["extensor"]),
            [("extensor", "the ankle reflex is never extensor; it is absent, brisk, normal, reduced", [0])],
        ),
        (
            "history.fever",
            pa.array([1]),
            [("1", "unknown result, the number 1; it is one of absent, present", [0])],
        ),
        (
            "level.sensory",
            pa.array(["T13"]),
            [("T13", "unknown segment 'T13'; it is one like T10, or absent", [0])],
        ),
        (
            "measure.symptom_days",
            pa.array([-3.0, 1, float("inf"), -3]),
            [
                ("-3", "-3 is outside the possible range, 0 to 36500 days", [0, 3]),
                ("inf", "inf is outside the possible range, 0 to 36500 days", [2]),
            ],
        ),
        (
            "measure.symptom_days",
            pa.array(["a week", "1e9"]),
            [
                ("a week", "a number is needed, not the text 'a week'", [0]),
                ("1e9", "1000000000 is outside the possible range, 0 to 36500 days", [1]),
            ],
        ),
        (
            "measure.symptom_days",
            pa.array([True]),
            [("True", "a number is needed, not the truth value true", [0])],
        ),
        ("age", pa.array([40, 300]), [("300", "300 is outside the possible range, 0 to 120 years", [1])]),
    ],
)
def test_a_value_that_says_nothing_is_told_as_in_a_case(
    name: str, values: pa.Array, slips: list[tuple[str, str, list[int]]], knowledge: Knowledge
) -> None:
    read = cells(name, values, knowledge)

    assert [(slip.value, slip.message, slip.rows.tolist()) for slip in read.slips] == slips
    assert {str(slip) for slip in read.slips} == {f"{name}: {message}" for _, message, _ in slips}


def test_a_value_that_says_nothing_counts_as_not_examined(knowledge: Knowledge) -> None:
    word = cells("pinprick.sole.left", pa.array(["redcued"]), knowledge).column
    number = cells("age", pa.array([300]), knowledge).column

    assert isinstance(word, Column)
    assert isinstance(number, Measured)
    assert word.codes.tolist() == [-1]
    assert np.isnan(number.values).all()
