"""Whole tables: every fault before any work, an answer in every row, and a report for each."""

import pandas
import polars
import pyarrow as pa
import pytest

import dermarules
from dermarules.cohort import table as cohort_table
from dermarules.cohort.table import localize_table
from dermarules.errors import CaseError
from dermarules.knowledgebase.base import Knowledge
from dermarules.report import localize
from tests.unit.cohort.expected import row_of

NUMB_FOOT = {
    "id": ["one", "two", "three"],
    "age": [50, None, 70],
    "sex": ["female", None, "male"],
    "pinprick.dorsum_foot_central.left": ["reduced", "normal", None],
    "power.ankle_dorsiflexion.left": [4, 5, None],
    "history.urinary_retention": [None, False, True],
}


def test_the_public_names_lead_to_the_functions() -> None:
    assert dermarules.localize_table is localize_table
    assert {"to_table", "localize_table", "CohortAnswer"} <= set(dermarules.__all__)


def test_each_row_has_the_answer_of_its_case(knowledge: Knowledge) -> None:
    answer = localize_table(pa.table(NUMB_FOOT), knowledge=knowledge)

    assert [row | {"several": None} for row in answer.table.to_pylist()] == [
        row_of(answer.explain_row(row)) | {"several": None} for row in range(3)
    ]
    assert answer.table.column("id").to_pylist() == ["one", "two", "three"]


def test_a_row_is_explained_by_the_whole_report(knowledge: Knowledge) -> None:
    case = {
        "id": "one",
        "patient": {"age": 50, "sex": "female"},
        "findings": [
            {"sensation": "pinprick", "over": ["dorsum_foot_central"], "side": "left", "is": "reduced"},
            {"power": "ankle_dorsiflexion", "side": "left", "is": 4},
        ],
    }

    report = localize_table(pa.table(NUMB_FOOT), knowledge=knowledge).explain_row(0)

    assert report.to_json() == localize(case, knowledge=knowledge).to_json()
    assert report.to_text() == localize(case, knowledge=knowledge).to_text()


@pytest.mark.parametrize("row", [3, -4])
def test_there_is_no_row_beyond_the_last(row: int, knowledge: Knowledge) -> None:
    answer = localize_table(pa.table(NUMB_FOOT), knowledge=knowledge)

    assert answer.case(-1).id == "three"
    with pytest.raises(IndexError, match=f"row {row} of 3"):
        answer.explain_row(row)


def test_a_table_in_pieces_is_the_same_table(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table(NUMB_FOOT)
    whole = localize_table(table, knowledge=knowledge).table
    monkeypatch.setattr(cohort_table, "_BATCH", 2)

    in_batches = localize_table(table, knowledge=knowledge)
    in_chunks = localize_table(pa.concat_tables([table.slice(0, 1), table.slice(1)]), knowledge=knowledge)

    assert in_batches.table.to_pylist() == in_chunks.table.to_pylist() == whole.to_pylist()
    assert in_chunks.case(2) == in_batches.case(2)


class Stream:
    """Offers an Arrow stream and nothing else."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


FRAMES = {
    "stream": Stream(pa.table(NUMB_FOOT)),
    "batch": pa.record_batch(NUMB_FOOT),
    "pandas": pandas.DataFrame(NUMB_FOOT),
    "pandas categories": pandas.DataFrame(NUMB_FOOT).astype({"pinprick.dorsum_foot_central.left": "category"}),
    "polars": polars.DataFrame(NUMB_FOOT),
    "polars categories": polars.DataFrame(NUMB_FOOT).with_columns(
        polars.col("pinprick.dorsum_foot_central.left").cast(polars.Categorical)
    ),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_whatever_speaks_arrow_is_a_table(frame: object, knowledge: Knowledge) -> None:
    expected = localize_table(pa.table(NUMB_FOOT), knowledge=knowledge)

    answer = localize_table(frame, knowledge=knowledge)

    assert answer.table.equals(expected.table)
    assert answer.case(0) == expected.case(0)


def test_an_answer_becomes_a_frame(knowledge: Knowledge) -> None:
    answer = localize_table(pa.table(NUMB_FOOT), knowledge=knowledge)

    assert polars.DataFrame(answer)["id"].to_list() == ["one", "two", "three"]
    assert answer.table.to_pandas()["urgency"].tolist() == answer.table.column("urgency").to_pylist()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([1], "an Arrow table or a frame of polars or pandas is needed, not a list"),
        (polars.DataFrame(NUMB_FOOT).lazy(), "a lazy frame holds no rows yet; call .collect() first"),
    ],
)
def test_what_is_no_table_is_a_mistake_of_the_caller(table: object, message: str) -> None:
    with pytest.raises(TypeError) as error:
        localize_table(table)

    assert str(error.value) == message


FAULTY = pa.table(
    {
        "id": ["a", "b", "b"],
        "hospital": ["x", "y", "z"],
        "pinprick.sole.left": ["redcued", "normal", "redcued"],
        "pinprick.sole_medial.left": [None, "absent", None],
        "history.fever": [True, False, None],
    }
)


def test_every_fault_is_told_before_any_work(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dermarules.cohort.localizer.evaluate", None)

    with pytest.raises(CaseError) as error:
        localize_table(FAULTY, knowledge=knowledge)

    assert str(error.value).splitlines() == [
        "table: hospital: unknown column 'hospital'",
        "table: id: 'b' stands in 2 rows",
        "table: pinprick.sole.left is normal and pinprick.sole_medial.left is absent; in row 1",
        "table: pinprick.sole.left: unknown result 'redcued' (did you mean 'reduced'?); in row 0; and in 1 more",
    ]


def test_a_lenient_reading_counts_the_faults(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cohort_table, "_BATCH", 1)

    answer = localize_table(FAULTY, knowledge=knowledge, lenient=True)

    assert str(answer.ignored).splitlines() == [
        "column hospital: unknown column 'hospital'",
        "pinprick.sole.left 'redcued': 2 rows",
        "id 'b': 2 rows",
    ]
    assert [(bad.row, bad.reason) for bad in answer.bad] == [
        (1, "pinprick.sole.left is normal and pinprick.sole_medial.left is absent")
    ]


def test_a_row_that_contradicts_itself_has_no_answer(knowledge: Knowledge) -> None:
    answer = localize_table(FAULTY, knowledge=knowledge, lenient=True)

    row = answer.table.slice(1, 1).to_pylist()[0]

    assert {name for name, value in row.items() if value is not None} == {"id"}
    assert answer.table.column("id").to_pylist() == ["a", "b", "b"]
    with pytest.raises(CaseError) as error:
        answer.explain_row(1)
    assert str(error.value) == ("table: row 1: pinprick.sole.left is normal and pinprick.sole_medial.left is absent")


def test_a_table_without_ids_gets_none(knowledge: Knowledge) -> None:
    answer = localize_table(pa.table({"history.fever": [True]}), knowledge=knowledge, lenient=True)

    assert "id" not in answer.table.schema.names
    assert answer.case(0).id == "row 0"
    assert answer.ignored.ids == {}


def test_ids_may_be_missing(knowledge: Knowledge) -> None:
    some = localize_table(pa.table({"id": ["a", None, None], "history.fever": [True, None, None]}), knowledge=knowledge)
    none = localize_table(pa.table({"id": [None], "history.fever": [True]}), knowledge=knowledge)

    assert some.table.column("id").to_pylist() == ["a", None, None]
    assert some.case(2).id == "row 2"
    assert none.table.column("id").to_pylist() == [None]


def test_an_empty_table_has_an_empty_answer(knowledge: Knowledge) -> None:
    answer = localize_table(pa.table({"history.fever": pa.array([], pa.bool_())}), knowledge=knowledge)

    assert len(answer) == 0
    assert answer.table.schema.names[0] == "first_localization"
    assert answer.urgencies == {}
    assert answer.localizations == {}


@pytest.mark.parametrize("table", [pa.table({}), pa.table({"id": ["a"], "sex": ["male"]})])
@pytest.mark.parametrize("lenient", [False, True])
def test_a_table_without_findings_is_a_fault(table: pa.Table, lenient: bool, knowledge: Knowledge) -> None:
    with pytest.raises(CaseError, match="no column is known"):
        localize_table(table, knowledge=knowledge, lenient=lenient)


def test_several_lesions_are_searched_on_request(knowledge: Knowledge) -> None:
    two_nerves = dermarules.read_cases("examples/cases/two_nerves_apart.yaml")
    table = dermarules.to_table(two_nerves)

    answer = localize_table(table, knowledge=knowledge, several=True)

    assert " + " in answer.table.column("first_localization")[0].as_py()
    assert answer.table.column("first_localization")[0].as_py() == answer.explain_row(0).differential[0].localization


def test_an_answer_tells_what_it_holds(knowledge: Knowledge) -> None:
    answer = localize_table(FAULTY, knowledge=knowledge, lenient=True)

    told = dict(answer.__rich_repr__())

    assert repr(answer).splitlines()[:2] == ["CohortAnswer", "  cases: 3"]
    assert told["urgency"] == "routine 2"
    assert told["without an answer"] == "1"
    assert told["ignored"] == "columns 1, values 2"
    assert told["knowledge"] == f"{knowledge.version} ({knowledge.digest[:12]})"
    assert "<tr><th>cases</th><td>3</td></tr>" in answer._repr_html_()
