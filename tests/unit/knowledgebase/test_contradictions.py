"""Rows of one case that cannot both be true are told, with both places."""

from pathlib import Path

import pytest

from dermarules.errors import CaseError
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping, read_case


def told(knowledge: Knowledge, *rows: object) -> list[str]:
    with pytest.raises(CaseError) as error:
        case_from_mapping({"id": "x", "findings": list(rows)}, knowledge)
    return [fault.message for fault in error.value.faults]


def ankle(side: str, result: object) -> dict[str, object]:
    return {"reflex": "ankle", "side": side, "is": result}


def test_a_thing_that_is_both_normal_and_absent_is_told_with_both_lines(tmp_path: Path, small: Knowledge) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "id: x\nfindings:\n  - {reflex: ankle, side: both, is: normal}\n  - {reflex: ankle, side: left, is: absent}\n"
    )
    with pytest.raises(CaseError) as error:
        read_case(path, small)
    assert str(error.value) == (f"{path}:4:37: findings.1.is: ankle reflex, left, is absent here and normal in line 3")


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (
            {"sensation": "pinprick", "over": ["sole"], "side": "left", "is": "normal"},
            {"sensation": "pinprick", "over": ["sole_medial"], "side": "left", "is": "absent"},
            "findings.1.is: pinprick over sole medial, left, is absent here and normal in findings.0",
        ),
        (
            {"power": "ankle_inversion", "side": "left", "is": "weak"},
            {"power": "ankle_inversion", "side": "left", "is": 5},
            "findings.1.is: ankle inversion, left, is 5 here and weak in findings.0",
        ),
        (
            ankle("left", "brisk"),
            ankle("left", "reduced"),
            "findings.1.is: ankle reflex, left, is reduced here and brisk in findings.0",
        ),
        (
            {"wasting": "soleus", "side": "left", "is": "present"},
            {"wasting": "soleus", "side": "left", "is": "absent"},
            "findings.1.is: wasting of soleus, left, is absent here and present in findings.0",
        ),
        (
            {"history": "back_pain", "is": "present"},
            {"history": "back_pain", "is": "absent"},
            "findings.1.is: back pain is absent here and present in findings.0",
        ),
        (
            {"measure": "symptom_days", "is": 10},
            {"measure": "symptom_days", "is": 12},
            "findings.1.is: symptom days is 12 here and 10 in findings.0",
        ),
        (
            {"level": "sensory", "is": "T10"},
            {"level": "sensory", "is": "T12"},
            "findings.1.is: sensory is T12 here and T10 in findings.0",
        ),
        (
            {"power": "ankle_inversion", "side": "left", "is": 5},
            {"muscle": "tibialis_posterior", "side": "both", "is": 2},
            "findings.1.is: tibialis posterior is 2 here and ankle inversion, which it mainly makes, 5 in findings.0",
        ),
        (
            {"muscle": "tibialis_posterior", "side": "left", "is": "normal"},
            {"power": "ankle_inversion", "side": "left", "is": "paralysed"},
            "findings.1.is: ankle inversion is paralysed here and tibialis posterior, its main muscle, normal in "
            "findings.0",
        ),
    ],
)
def test_contradictory_rows_are_told(small: Knowledge, first: object, second: object, message: str) -> None:
    assert told(small, first, second) == [message]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ankle("left", "absent"), ankle("left", "absent")),
        (ankle("left", "absent"), ankle("left", "reduced")),
        (ankle("left", "absent"), ankle("right", "normal")),
        (ankle("left", "absent"), ankle("unknown", "normal")),
        (
            {"sensation": "pinprick", "over": ["heel"], "side": "left", "is": "absent"},
            {"sensation": "light_touch", "over": ["heel"], "side": "left", "is": "normal"},
        ),
        (
            {"sensation": "pinprick", "over": ["heel"], "side": "left", "is": "reduced"},
            {"sensation": "pinprick", "over": ["heel"], "side": "left", "is": "increased"},
        ),
        ({"level": "sensory", "is": "present"}, {"level": "sensory", "is": "T10"}),
        (
            {"power": "ankle_plantarflexion", "side": "left", "is": 5},
            {"muscle": "soleus", "side": "left", "is": 0},
        ),
        (
            {"power": "ankle_inversion", "side": "left", "is": 5},
            {"muscle": "tibialis_posterior", "side": "left", "is": 4},
        ),
        (
            {"power": "ankle_inversion", "side": "left", "is": 5},
            {"muscle": "tibialis_posterior", "side": "right", "is": 0},
        ),
    ],
)
def test_rows_that_can_both_be_true_are_read(small: Knowledge, first: object, second: object) -> None:
    assert len(case_from_mapping({"id": "x", "findings": [first, second]}, small).findings) == 2
