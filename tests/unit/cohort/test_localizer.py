"""Batches in, batches out; what cannot be read is told and left out."""

import pyarrow as pa
import pytest

from dermarules.cohort.localizer import BadRow, Localizer
from dermarules.errors import CaseError
from dermarules.knowledgebase.base import Knowledge
from dermarules.report import localize
from tests.unit.cohort.expected import row_of


def batch(**columns: object) -> pa.RecordBatch:
    """A batch with these columns; two underscores stand for a dot."""
    return pa.record_batch({name.replace("__", "."): values for name, values in columns.items()})


def test_a_row_says_what_the_case_says(knowledge: Knowledge) -> None:
    rows = batch(
        id=["one"],
        age=[52],
        pinprick__dorsum_foot_central__left=["reduced"],
        power__ankle_dorsiflexion__left=["4-"],
        reflex__ankle__both=["normal"],
        sign__slr__left=[True],
        history__urinary_retention=[False],
        level__sensory=pa.array([None], pa.string()),
        measure__symptom_days=[30.0],
    )
    case = {
        "id": "one",
        "patient": {"age": 52},
        "findings": [
            {"sensation": "pinprick", "over": ["dorsum_foot_central"], "side": "left", "is": "reduced"},
            {"power": "ankle_dorsiflexion", "side": "left", "is": "4-"},
            {"reflex": "ankle", "side": "both", "is": "normal"},
            {"sign": "slr", "side": "left", "is": "positive"},
            {"history": "urinary_retention", "is": "absent"},
            {"measure": "symptom_days", "is": 30},
        ],
    }

    answered = Localizer(rows.schema, knowledge=knowledge).localize(rows)

    assert answered.bad == ()
    assert answered.batch.to_pylist() == [{**row_of(localize(case, knowledge=knowledge)), "several": False}]


def test_bad_rows_are_told_and_the_rest_is_done(knowledge: Knowledge) -> None:
    rows = batch(
        id=[1, 2, 3],
        pinprick__sole__left=["redcued", "reduced", None],
        power__ankle_dorsiflexion__left=[7, None, 5],
        muscle__tibialis_anterior__left=[None, 4, 0],
    )

    answered = Localizer(rows.schema, knowledge=knowledge).localize(rows)

    assert answered.batch.column("id").to_pylist() == [2]
    assert answered.bad == (
        BadRow(
            0,
            "pinprick.sole.left: unknown result 'redcued' (did you mean 'reduced'?); "
            "power.ankle_dorsiflexion.left: there is no grade 7; MRC grades are 0, 1, 2, 3, 4-, 4, 4+ and 5; "
            "without a grade write weak, normal or paralysed",
        ),
        BadRow(2, "power.ankle_dorsiflexion.left is 5 and muscle.tibialis_anterior.left is 0"),
    )


def test_a_lenient_localizer_counts_what_it_passes_over(knowledge: Knowledge) -> None:
    rows = batch(hospital=["A", "B", "A"], pinprick__sole__left=["redcued", "redcued", None])

    answered = Localizer(rows.schema, knowledge=knowledge, lenient=True).localize(rows)

    assert answered.bad == ()
    assert answered.batch.num_rows == 3
    assert str(answered.ignored) == "column hospital: unknown column 'hospital'\npinprick.sole.left 'redcued': 2 rows"


def test_every_unknown_column_is_told_before_any_work(knowledge: Knowledge) -> None:
    schema = pa.schema(
        [
            ("pinprick.dorsum_fot.left", pa.string()),
            ("history.fevr", pa.bool_()),
            ("notes", pa.list_(pa.string())),
            ("id", pa.float64()),
            ("sex", pa.int8()),
            ("history.fever", pa.bool_()),
            ("history.cancer", pa.bool_()),
            ("history.cancer", pa.bool_()),
        ]
    )

    with pytest.raises(CaseError) as error:
        Localizer(schema, knowledge=knowledge)

    assert str(error.value).splitlines() == [
        "table: history.cancer: 2 columns of this name",
        "table: history.fevr: unknown history item 'fevr' (did you mean 'fever'?)",
        "table: id: ids are text or whole numbers, not double",
        "table: notes: a column holds words, numbers or truth values, not list<item: string>",
        "table: pinprick.dorsum_fot.left: unknown region 'dorsum_fot' (did you mean 'dorsum_foot'?)",
        "table: sex: sex is a word, not int8",
    ]


@pytest.mark.parametrize("lenient", [False, True])
def test_a_table_without_a_known_column_is_no_table_of_cases(lenient: bool, knowledge: Knowledge) -> None:
    with pytest.raises(CaseError, match="no column is known; a column is named like"):
        Localizer(pa.schema([("id", pa.string())]), knowledge=knowledge, lenient=lenient)


def test_an_unknown_map_is_a_mistake_of_the_caller(knowledge: Knowledge) -> None:
    with pytest.raises(ValueError, match="unknown map 'atlas': choose from consensus"):
        Localizer(pa.schema([("history.fever", pa.bool_())]), knowledge=knowledge, map="atlas")


def test_a_batch_of_another_schema_is_a_mistake_of_the_caller(knowledge: Knowledge) -> None:
    localizer = Localizer(pa.schema([("history.fever", pa.bool_())]), knowledge=knowledge)

    with pytest.raises(ValueError, match="the batch has another schema than the localizer was made for"):
        localizer.localize(batch(history__fever=["present"]))


def test_no_rows_give_no_answers(knowledge: Knowledge) -> None:
    rows = batch(history__fever=pa.array([], pa.string()))
    localizer = Localizer(rows.schema, knowledge=knowledge)

    answered = localizer.localize(rows)

    assert answered.batch.num_rows == 0
    assert answered.batch.schema == localizer.output


@pytest.mark.parametrize(
    ("given", "told"),
    [(pa.int64(), pa.int64()), (pa.large_string(), pa.string()), (pa.dictionary(pa.int8(), pa.string()), pa.string())],
)
def test_ids_stay_numbers_or_text(given: pa.DataType, told: pa.DataType, knowledge: Knowledge) -> None:
    schema = pa.schema([("id", given), ("history.fever", pa.bool_())])

    assert Localizer(schema, knowledge=knowledge).output.field("id").type == told


def test_a_row_is_the_case_that_it_states(knowledge: Knowledge) -> None:
    rows = batch(id=["a", None], sex=["male", None], history__fever=["present", "gone"])
    localizer = Localizer(rows.schema, knowledge=knowledge)

    case = localizer.case(rows, 0)

    assert (case.id, case.sex, [finding.name for finding in case.findings]) == ("a", "male", ["fever"])
    with pytest.raises(CaseError) as error:
        localizer.case(rows, 1)
    assert str(error.value) == ("table: row 1: history.fever: unknown result 'gone'; it is one of absent, present")


def test_batches_may_be_done_in_any_order(knowledge: Knowledge) -> None:
    rows = batch(id=[1, 2, 3], power__hip_flexion__left=[3, 5, None])
    localizer = Localizer(rows.schema, knowledge=knowledge)
    whole = localizer.localize(rows).batch.to_pylist()

    parts = [localizer.localize(rows.slice(row, 1)).batch.to_pylist() for row in (2, 0, 1)]

    assert [parts[1], parts[2], parts[0]] == [[row] for row in whole]
