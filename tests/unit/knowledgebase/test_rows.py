"""Rows of a case: every kind of finding is read, and every fault is told with the way out."""

import pytest

from dermarules.errors import CaseError
from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.vocabulary import BOTH_SIDES, Kind, Result, Side

LEFT = (Side.LEFT,)


def read(knowledge: Knowledge, **row: object) -> Finding:
    (finding,) = case_from_mapping({"id": "x", "findings": [row]}, knowledge).findings
    return finding


def told(knowledge: Knowledge, *rows: object) -> list[str]:
    with pytest.raises(CaseError) as error:
        case_from_mapping({"id": "x", "findings": list(rows)}, knowledge)
    return [fault.message for fault in error.value.faults]


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (
            {"feels": "pain", "over": ["heel"], "side": "both", "is": "present"},
            Finding(Kind.FEELS, "pain", BOTH_SIDES, Result.PRESENT, ("heel",)),
        ),
        (
            {"power": "ankle_inversion", "side": "right", "is": 3},
            Finding(Kind.POWER, "ankle_inversion", (Side.RIGHT,), Result.MRC_3),
        ),
        (
            {"power": "ankle_inversion", "side": "unknown", "is": "4-"},
            Finding(Kind.POWER, "ankle_inversion", (Side.UNKNOWN,), Result.MRC_4_MINUS),
        ),
        (
            {"sign": "romberg", "side": "left", "is": "positive"},
            Finding(Kind.SIGN, "romberg", (Side.NONE,), Result.POSITIVE),
        ),
        (
            {"power": "anal_contraction", "is": "weak"},
            Finding(Kind.POWER, "anal_contraction", (Side.NONE,), Result.WEAK),
        ),
        (
            {"muscle": "soleus", "side": "left", "is": "paralysed"},
            Finding(Kind.MUSCLE, "soleus", LEFT, Result.PARALYSED),
        ),
        ({"wasting": "soleus", "side": "left", "is": "present"}, Finding(Kind.WASTING, "soleus", LEFT, Result.PRESENT)),
        (
            {"fasciculation": "ankle_inversion", "side": "left", "is": "absent"},
            Finding(Kind.FASCICULATION, "ankle_inversion", LEFT, Result.ABSENT),
        ),
        (
            {"reflex": "plantar", "side": "left", "is": "extensor"},
            Finding(Kind.REFLEX, "plantar", LEFT, Result.EXTENSOR),
        ),
        ({"reflex": "anal_wink", "is": "absent"}, Finding(Kind.REFLEX, "anal_wink", (Side.NONE,), Result.ABSENT)),
        ({"sign": "slr", "side": None, "is": "positive"}, Finding(Kind.SIGN, "slr", (Side.NONE,), Result.POSITIVE)),
        (
            {"history": "leg_weakness", "side": "left", "is": "present"},
            Finding(Kind.HISTORY, "leg_weakness", LEFT, Result.PRESENT),
        ),
        (
            {"measure": "symptom_days", "is": 10},
            Finding(Kind.MEASURE, "symptom_days", (Side.NONE,), Result.MEASURED, number=10.0),
        ),
        ({"level": "sensory", "is": "T10"}, Finding(Kind.LEVEL, "sensory", (Side.NONE,), Result.PRESENT, level="T10")),
        ({"level": "sensory", "is": "absent"}, Finding(Kind.LEVEL, "sensory", (Side.NONE,), Result.ABSENT)),
    ],
)
def test_every_kind_of_finding_is_read(small: Knowledge, row: dict[str, object], finding: Finding) -> None:
    assert read(small, **row) == finding


GRADES = "MRC grades are 0, 1, 2, 3, 4-, 4, 4+ and 5; without a grade write weak, normal or paralysed"
NO_SIDE = "findings.0: missing field 'side': left, right, both, or unknown if the source does not say which"


@pytest.mark.parametrize(
    ("row", "messages"),
    [
        (None, ["findings.0: a finding is needed, not nothing"]),
        ([], ["findings.0: a finding is needed, not an empty list"]),
        ({}, ["findings.0: an empty finding"]),
        ({1: 2}, ["findings.0.1: unknown kind of finding, the number 1"]),
        (
            {"refleks": "ankle", "is": "absent"},
            ["findings.0.refleks: unknown kind of finding 'refleks' (did you mean 'reflex'?)"],
        ),
        (
            {"reflex": "ankle", "sign": "slr", "is": "absent"},
            ["findings.0: 'reflex' and 'sign' in one row; write two rows"],
        ),
        (
            {"reflex": "ankle", "side": "left", "is": "absent", "sid": 1},
            ["findings.0.sid: unknown field 'sid' (did you mean 'side'?)"],
        ),
        ({"reflex": "ankle", "is": "absent"}, [NO_SIDE]),
        ({"sensation": "pinprick", "over": ["perianal"], "is": "absent"}, [NO_SIDE]),
        ({"feels": "pain", "side": "left"}, ["findings.0: missing field 'is'", "findings.0: missing field 'over'"]),
        (
            {"power": "ankle_inversion", "side": "left", "is": 7},
            [f"findings.0.is: there is no grade 7; {GRADES}"],
        ),
        (
            {"power": "ankle_inversion", "side": "left", "is": 4.5},
            [f"findings.0.is: there is no grade 4.5; {GRADES}"],
        ),
        (
            {"power": "ankle_inversion", "side": "left", "is": True},
            [f"findings.0.is: unknown grade, the truth value true; {GRADES}"],
        ),
        (
            {"muscle": "soleus", "side": "left", "is": "5-"},
            [f"findings.0.is: unknown grade '5-' (did you mean '5'?); {GRADES}"],
        ),
        (
            {"power": ["ankle_inversion"], "side": "left", "is": 4},
            ["findings.0.power: one name is needed, not a list; write a row for each power"],
        ),
        (
            {"sensation": "pin", "over": ["heal"], "side": "lft", "is": "numb"},
            [
                "findings.0.is: unknown result 'numb'; it is one of normal, reduced, absent, increased",
                "findings.0.over.0: unknown region 'heal' (did you mean 'heel'?)",
                "findings.0.sensation: unknown modality 'pin'; it is one of any, light_touch, pinprick, temperature, "
                "vibration, proprioception, pressure",
                "findings.0.side: unknown side 'lft' (did you mean 'left'?)",
            ],
        ),
        (
            {"feels": "pain", "over": "sole", "side": "left", "is": "present"},
            ["findings.0.over: a list of regions is needed; write [sole]"],
        ),
        (
            {"feels": "pain", "over": [], "side": "left", "is": "present"},
            ["findings.0.over: at least one region is needed"],
        ),
        (
            {"reflex": "ankle", "side": "left", "is": "extensor"},
            ["findings.0.is: the ankle reflex is never extensor; it is absent, brisk, normal, reduced"],
        ),
        ({"sign": "lasegue", "is": "positive"}, ["findings.0.sign: unknown sign 'lasegue' (did you mean 'slr'?)"]),
        (
            {"history": "urinary_retentio", "is": False},
            [
                "findings.0.history: unknown history item 'urinary_retentio' (did you mean 'urinary_retention'?)",
                "findings.0.is: unknown result, the truth value false; it is one of absent, present",
            ],
        ),
        (
            {"measure": "symptom_days", "is": -3},
            ["findings.0.is: -3 is outside the possible range, 0 to 36500 days"],
        ),
        (
            {"measure": "symptom_days", "is": float("nan")},
            ["findings.0.is: nan is outside the possible range, 0 to 36500 days"],
        ),
        (
            {"measure": "symptom_days", "is": 10**5000},
            ["findings.0.is: a number of many digits is outside the possible range, 0 to 36500 days"],
        ),
        ({"sign": "slr", "is": {}}, ["findings.0.is: unknown result, a mapping; it is one of positive, negative"]),
        ({"measure": "symptom_days", "is": b"10"}, ["findings.0.is: a number is needed, not a Python bytes"]),
        (
            {"feels": "pain", "over": [10**5000], "side": "left", "is": "present"},
            ["findings.0.over.0: unknown region, a number beyond all measure"],
        ),
        ({"measure": "symptom_days", "is": "ten"}, ["findings.0.is: a number is needed, not the text 'ten'"]),
        ({"level": "sensory", "is": "T13"}, ["findings.0.is: unknown segment 'T13'; it is one like T10, or absent"]),
        (
            {"history": "back_pain", "is": "present", "derived_from": 5},
            ["findings.0.derived_from: text is needed, not the number 5"],
        ),
    ],
)
def test_a_fault_of_a_finding_is_told(small: Knowledge, row: object, messages: list[str]) -> None:
    assert told(small, row) == messages
