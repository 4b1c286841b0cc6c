"""Tables and single cases fill the inputs alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermarules.findings import Case, Finding
from dermarules.inference.compiled.atoms import Atom
from dermarules.inference.compiled.circuit import Some
from dermarules.inference.compiled.columns import AGE, UNKNOWN, Column, Measured
from dermarules.inference.compiled.inputs import Given, Inputs
from dermarules.inference.compiled.measure_planes import Stands
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.vocabulary import Kind, Result, Side
from tests.planes import Compiled, told
from tests.small_knowledge import LIMITS, MEASURES, bare_findings
from tests.strategies import findings

NAN = float("nan")


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Column | Measured], list[Case]]:
    """Columns of any findings, and the cases that their rows are."""
    rows = draw(st.sampled_from([1, 63, 64, 65, 130]))
    random = np.random.default_rng(draw(st.integers(0, 99)))
    columns: list[Column | Measured] = []
    rows_of: list[list[Finding]] = [[] for _ in range(rows)]
    for meant in draw(st.lists(st.lists(findings() | bare_findings(), min_size=1, max_size=5), max_size=5)):
        codes = random.integers(UNKNOWN, len(meant), rows).astype(np.int32)
        columns.append(Column(tuple(meant), codes))
        for row in np.flatnonzero(codes != UNKNOWN):
            rows_of[row].append(meant[codes[row]])
    for name in draw(st.lists(st.sampled_from(MEASURES), max_size=3)):
        values = random.choice([NAN, *LIMITS, 2.5], rows)
        columns.append(Measured(name, values))
        for row in np.flatnonzero(~np.isnan(values)):
            number = float(values[row])
            rows_of[row].append(Finding(Kind.MEASURE, name, (Side.NONE,), Result.MEASURED, number=number))
    ages: list[float | None] = [None] * rows
    if draw(st.booleans()):
        values = random.choice([NAN, 17.0, 40.0, 66.0, 90.0], rows)
        columns.append(Measured(AGE, values))
        ages = [None if np.isnan(value) else float(value) for value in values]
    return columns, [Case("row", tuple(row), age=age) for row, age in zip(rows_of, ages, strict=True)]


@given(table=tables())
def test_row_of_a_table_says_what_the_case_says(table: tuple[list[Column | Measured], list[Case]]) -> None:
    columns, cases = table
    said = Compiled(default_knowledge(), columns).table(len(cases))

    for row in {0, len(cases) // 2, len(cases) - 1}:
        assert said[row] == told(cases[row], default_knowledge())


def test_next_batch_may_have_other_columns(knowledge: Knowledge) -> None:
    keys = [Atom(Kind.REFLEX, "ankle", "", side, Result.ABSENT) for side in (Side.LEFT, Side.RIGHT)]
    inputs = Inputs(keys, knowledge)
    left, right = (Finding(Kind.REFLEX, "ankle", (key.side,), Result.ABSENT) for key in keys)
    codes = np.array([0, UNKNOWN], np.int32)

    batches = [inputs.of_table([Column((finding,), codes)], 2)[:, 0].tolist() for finding in (left, right, left)]

    assert batches == [[1, 0], [0, 1], [1, 0]]


def test_table_may_be_empty(knowledge: Knowledge) -> None:
    lost = Finding(Kind.REFLEX, "ankle", (Side.LEFT,), Result.ABSENT)
    columns: list[Column | Measured] = [Column((lost,), np.empty(0, np.int32)), Measured(AGE, np.empty(0))]

    assert Compiled(knowledge, columns).table(0) == []


def test_only_what_the_columns_can_say_is_given(knowledge: Knowledge) -> None:
    lost = Finding(Kind.REFLEX, "ankle", (Side.LEFT,), Result.ABSENT)
    given = Given([Column((lost,), np.array([0], np.int32)), Measured(AGE, np.array([50.0]))], knowledge)

    assert Atom(Kind.REFLEX, "ankle", "", Side.LEFT, Result.ABSENT) in given
    assert Atom(Kind.REFLEX, "ankle", "", Side.RIGHT, Result.ABSENT) not in given
    assert Stands("age_years", "ge", 60) in given
    assert Stands("pvr_ml", "ge", 200) not in given


@pytest.mark.parametrize("rows", [1, 64, 65])
def test_bits_after_the_last_row_are_not_set(knowledge: Knowledge, rows: int) -> None:
    lost = Finding(Kind.REFLEX, "ankle", (Side.LEFT, Side.RIGHT), Result.ABSENT)
    atoms = [Atom(Kind.REFLEX, "ankle", "", side, Result.ABSENT) for side in lost.sides]
    inputs = Inputs([atoms[0], Some(frozenset(atoms)), Stands("age_years", "ge", 60)], knowledge)

    planes = inputs.of_table([Column((lost,), np.zeros(rows, np.int32)), Measured(AGE, np.full(rows, 61.0))], rows)

    assert [sum(int(word).bit_count() for word in plane) for plane in planes] == [rows, rows, rows]


def test_not_a_number_is_not_taken(knowledge: Knowledge) -> None:
    keys = [Stands("pvr_ml", operator, 200) for operator in ("lt", "le", "eq", "ge", "gt", "ne")]
    taken = Atom(Kind.MEASURE, "pvr_ml", "", Side.NONE, Result.MEASURED)
    inputs = Inputs([*keys, taken], knowledge)

    planes = inputs.of_table([Measured("pvr_ml", np.array([NAN, 100.0, 200.0, 300.0]))], 4)

    assert planes[:, 0].tolist() == [0b0010, 0b0110, 0b0100, 0b1100, 0b1000, 0b1010, 0b1110]
