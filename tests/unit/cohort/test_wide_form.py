"""Cases become a table, a column for each finding."""

from pathlib import Path

import pyarrow as pa
import pytest

from dermarules.cohort.wide_form import to_table
from dermarules.errors import CaseError
from dermarules.findings import Case, Finding
from dermarules.vocabulary import BOTH_SIDES, Kind, Result, Side

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "cases"


def test_each_place_and_side_has_a_column() -> None:
    skin = Finding(Kind.SENSATION, "pinprick", BOTH_SIDES, Result.REDUCED, ("sole_medial", "heel_plantar"))
    days = Finding(Kind.MEASURE, "symptom_days", (Side.NONE,), Result.MEASURED, number=3.0)
    level = Finding(Kind.LEVEL, "sensory", (Side.NONE,), Result.PRESENT, level="T10")

    table = to_table([Case("one", (skin, days), age=50), Case("two", (level,), sex="male")])

    assert table.to_pydict() == {
        "id": ["one", "two"],
        "age": [50, None],
        "sex": [None, "male"],
        "pinprick.heel_plantar.left": ["reduced", None],
        "pinprick.heel_plantar.right": ["reduced", None],
        "pinprick.sole_medial.left": ["reduced", None],
        "pinprick.sole_medial.right": ["reduced", None],
        "measure.symptom_days": [3.0, None],
        "level.sensory": [None, "T10"],
    }
    assert table.schema.field("measure.symptom_days").type == pa.float64()


def test_cases_may_be_mappings_or_a_file() -> None:
    case = {"id": "one", "findings": [{"history": "fever", "is": "present"}]}

    assert to_table([case]).column("history.fever").to_pylist() == ["present"]
    assert to_table(EXAMPLES / "foot_drop_l5_root.yaml").column("id").to_pylist() == ["foot_drop_l5_root"]


def test_no_cases_make_an_empty_table() -> None:
    table = to_table([])

    assert (table.num_rows, table.schema.names) == (0, ["id", "age", "sex"])


def test_a_cell_holds_one_result() -> None:
    weak = Finding(Kind.POWER, "hip_flexion", (Side.LEFT,), Result.WEAK)
    graded = Finding(Kind.POWER, "hip_flexion", (Side.LEFT,), Result.MRC_4)

    with pytest.raises(CaseError) as error:
        to_table([Case("one", (weak, graded, weak))])

    assert str(error.value).splitlines() == [
        "table: case 'one': power.hip_flexion.left is 4 and weak; a table tells one result",
        "table: case 'one': power.hip_flexion.left is weak and 4; a table tells one result",
    ]
