"""Rows that contradict themselves are those that the reader of cases refuses."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dermarules.cohort.localizer import Localizer
from dermarules.cohort.long_form import pivot
from dermarules.errors import CaseError
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.knowledgebase.cases import case_from_mapping

# Columns that overlap: an area and its regions, both sides and one, a movement and its main muscle, a level.
OVERLAPPING: dict[str, dict[str, object]] = {
    "pinprick.sole.left": {"sensation": "pinprick", "over": ["sole"], "side": "left"},
    "pinprick.sole_medial.both": {"sensation": "pinprick", "over": ["sole_medial"], "side": "both"},
    "pinprick.sole_medial.left": {"sensation": "pinprick", "over": ["sole_medial"], "side": "left"},
    "pain.sole_medial.left": {"feels": "pain", "over": ["sole_medial"], "side": "left"},
    "pain.sole.both": {"feels": "pain", "over": ["sole"], "side": "both"},
    "power.ankle_dorsiflexion.left": {"power": "ankle_dorsiflexion", "side": "left"},
    "power.ankle_dorsiflexion.both": {"power": "ankle_dorsiflexion", "side": "both"},
    "muscle.tibialis_anterior.left": {"muscle": "tibialis_anterior", "side": "left"},
    "muscle.tibialis_anterior.unknown": {"muscle": "tibialis_anterior", "side": "unknown"},
    "reflex.ankle.left": {"reflex": "ankle", "side": "left"},
    "reflex.ankle.both": {"reflex": "ankle", "side": "both"},
    "history.foot_drop": {"history": "foot_drop"},
    "history.foot_drop.left": {"history": "foot_drop", "side": "left"},
}
SKIN = ("normal", "reduced", "absent", "increased")
POWER = ("0", "3", "4-", "4", "5", "weak", "normal", "paralysed")
REFLEX = ("normal", "reduced", "absent", "brisk")
TRUTH = ("present", "absent")
WORDS = {"pinprick": SKIN, "pain": TRUTH, "power": POWER, "muscle": POWER, "reflex": REFLEX, "history": TRUTH}


def rows(names: list[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({name: st.sampled_from(WORDS[name.partition(".")[0]]) for name in names})


@settings(max_examples=300)
@given(row=st.lists(st.sampled_from(sorted(OVERLAPPING)), unique=True, min_size=2, max_size=4).flatmap(rows))
def test_a_row_is_bad_if_and_only_if_the_case_is(row: dict[str, str]) -> None:
    knowledge = default_knowledge()
    batch = pa.record_batch({name: [word] for name, word in row.items()})
    findings = [OVERLAPPING[name] | {"is": word} for name, word in row.items()]

    reading = Localizer(batch.schema, knowledge=knowledge).read(batch)

    assert bool(reading.clashes) is is_refused(findings, knowledge)


def is_refused(findings: list[dict[str, object]], knowledge: Knowledge) -> bool:
    try:
        case_from_mapping({"id": "row", "findings": findings}, knowledge)
    except CaseError:
        return True
    return False


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (
            {"pinprick.sole.left": ["normal"], "pinprick.sole_medial.left": ["absent"]},
            "pinprick.sole.left is normal and pinprick.sole_medial.left is absent",
        ),
        (
            {"power.ankle_dorsiflexion.both": ["5"], "power.ankle_dorsiflexion.left": ["weak"]},
            "power.ankle_dorsiflexion.both is 5 and power.ankle_dorsiflexion.left is weak",
        ),
        (
            {"power.ankle_dorsiflexion.left": ["0"], "muscle.tibialis_anterior.left": ["normal"]},
            "power.ankle_dorsiflexion.left is 0 and muscle.tibialis_anterior.left is normal",
        ),
    ],
)
def test_a_clash_names_both_columns(columns: dict[str, list[str]], message: str, knowledge: Knowledge) -> None:
    batch = pa.record_batch(columns)

    answered = Localizer(batch.schema, knowledge=knowledge).localize(batch)

    assert [bad.reason for bad in answered.bad] == [message]


def test_two_numbers_of_one_measure_clash(knowledge: Knowledge) -> None:
    rows = {"case": ["a", "a", "b", "b"], "kind": ["measure"] * 4, "target": ["pvr_ml"] * 4, "is": [100, 300, 100, 100]}
    pivoted = pivot(pa.table(rows), knowledge)
    localizer = Localizer(pivoted.table.schema, knowledge=knowledge, columns=pivoted.layout)

    reading = localizer.read(pivoted.table.to_batches()[0])

    assert [(str(clash), clash.rows.tolist()) for clash in reading.clashes] == [("pvr_ml is 100 and 300", [0])]
    assert len(reading.columns) == 1
