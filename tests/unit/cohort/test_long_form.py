"""The long form, a finding a row, means what the wide form means."""

import pyarrow as pa
import pytest

from dermarules.cohort.table import localize_table
from dermarules.errors import CaseError
from dermarules.knowledgebase.base import Knowledge

NAMES = ("case", "kind", "target", "side", "is")
ROWS = (
    ("b", "pinprick", "sole", "left", "reduced"),
    ("a", "power", "ankle_dorsiflexion", "left", "4"),
    ("b", "reflex", "ankle", "left", "normal"),
    ("c", None, None, None, None),
    ("a", "measure", "symptom_days", None, "30"),
    ("a", "age", None, None, "44"),
    ("b", "sex", None, None, "female"),
    ("b", "history", "fever", None, "true"),
    ("b", "pinprick", "sole", "left", "reduced"),
    ("b", "power", "ankle_dorsiflexion", "left", None),
)
WIDE = {
    "id": ["b", "a", "c"],
    "pinprick.sole.left": ["reduced", None, None],
    "power.ankle_dorsiflexion.left": [None, 4, None],
    "reflex.ankle.left": ["normal", None, None],
    "measure.symptom_days": [None, 30, None],
    "age": [None, 44, None],
    "sex": ["female", None, None],
    "history.fever": [True, None, None],
}


def long(rows: tuple[tuple[object, ...], ...]) -> pa.Table:
    return pa.table({name: pa.array(column) for name, column in zip(NAMES, zip(*rows, strict=True), strict=True)})


def test_rows_of_a_case_are_brought_together(knowledge: Knowledge) -> None:
    answer = localize_table(long(ROWS), knowledge=knowledge)
    expected = localize_table(pa.table(WIDE), knowledge=knowledge)

    assert answer.table.equals(expected.table)
    assert [set(answer.case(row).findings) for row in range(3)] == [
        set(expected.case(row).findings) for row in range(3)
    ]
    assert [(case.age, case.sex) for case in map(answer.case, range(3))] == [(None, "female"), (44, ""), (None, "")]


def test_words_may_be_categories(knowledge: Knowledge) -> None:
    table = long(ROWS)
    for index, name in enumerate(NAMES):
        table = table.set_column(index, name, table.column(name).dictionary_encode())
    unused = pa.DictionaryArray.from_arrays(table.column(0).chunk(0).indices, pa.array(["b", "a", "c", "d"]))

    answer = localize_table(table.set_column(0, "case", unused), knowledge=knowledge)

    assert answer.table.column("id").to_pylist() == ["b", "a", "c"]


def test_results_may_be_numbers_and_sides_left_out(knowledge: Knowledge) -> None:
    table = pa.table({"case": [1, 1], "kind": ["measure", "age"], "target": ["symptom_days", None], "is": [2.5, 44]})

    case = localize_table(table, knowledge=knowledge).case(0)

    assert (case.id, case.age, case.findings[0].number) == ("1", 44, 2.5)


def test_a_case_may_say_two_things_that_agree(knowledge: Knowledge) -> None:
    rows = (("a", "power", "ankle_dorsiflexion", "left", "weak"), ("a", "power", "ankle_dorsiflexion", "left", "4"))

    case = localize_table(long(rows), knowledge=knowledge).case(0)

    assert sorted(finding.result.value for finding in case.findings) == ["4", "weak"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            (("a", "reflex", "ankle", "left", "brisk"), ("a", "reflex", "ankle", "left", "absent")),
            "table: reflex.ankle.left is brisk and reflex.ankle.left is absent; in row 0",
        ),
        (
            (("a", "age", None, None, "44"), ("a", "age", None, None, "45")),
            "table: age is 44 and 45; in row 0",
        ),
        (
            (("a", "history", "fever", None, "present"), ("a", "sex", None, None, "f"), ("a", "sex", None, None, "m")),
            "table: sex: two are told of one case",
        ),
        (
            (("a", "history", "fever", None, "present"), ("a", "id", None, None, "f")),
            "table: id: it stands in the column case",
        ),
        ((("a", "history", "fever", None, "present"), (None, "history", "fever", None, "absent")),
            "table: case: row 1 names no case",
        ),
        (
            (("a", "history", "fever", None, "present"), ("a", "pinprik", "sole", "left", "absent")),
            "table: pinprik.sole.left: unknown kind of column 'pinprik' (did you mean 'pinprick'?)",
        ),
    ],
)  # fmt: skip
def test_what_a_case_cannot_say_is_told(
    rows: tuple[tuple[object, ...], ...], message: str, knowledge: Knowledge
) -> None:
    with pytest.raises(CaseError) as error:
        localize_table(long(rows), knowledge=knowledge)

    assert str(error.value) == message


def test_a_lenient_reading_passes_over_what_is_unknown(knowledge: Knowledge) -> None:
    rows = (("a", "history", "fever", None, "present"), ("a", "pinprik", "sole", "left", "absent"))
    table = long(rows).append_column("ward", pa.array(["x", "y"]))

    answer = localize_table(table, knowledge=knowledge, lenient=True)

    assert set(answer.ignored.columns) == {"ward", "pinprik.sole.left"}


def test_every_column_of_the_wrong_kind_is_told(knowledge: Knowledge) -> None:
    table = pa.table({"kind": [1], "target": ["sole"], "side": ["left"], "is": [[1]], "ward": ["x"]})
    doubled = pa.Table.from_arrays([*table.columns, table.column("side")], [*table.schema.names, "side"])

    with pytest.raises(CaseError) as error:
        localize_table(doubled, knowledge=knowledge)

    assert str(error.value).splitlines() == [
        "table: is: a column holds words, numbers or truth values, not list<item: int64>",
        "table: kind: words are needed, not int64",
        "table: missing field 'case'",
        "table: side: 2 columns of this name",
        "table: ward: unknown column 'ward'",
    ]


def test_the_id_of_a_case_is_a_word_or_a_whole_number(knowledge: Knowledge) -> None:
    table = pa.table({"case": [1.5], "kind": ["history"], "target": ["fever"], "is": ["present"]})

    with pytest.raises(CaseError, match="case: ids are text or whole numbers, not double"):
        localize_table(table, knowledge=knowledge)


def test_a_table_without_rows_has_no_column_that_is_known(knowledge: Knowledge) -> None:
    with pytest.raises(CaseError, match="no column is known"):
        localize_table(long(ROWS).slice(0, 0), knowledge=knowledge)
