"""Reports to look at: a foot drop from the L5 root, and an emergency."""

from collections.abc import Callable
from typing import Any

import pytest

from dermarules.knowledgebase.base import Knowledge
from dermarules.report import Report, localize

Localizer = Callable[..., Report]

FOOT_DROP: list[dict[str, Any]] = [
    {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
    {"power": "ankle_eversion", "side": "left", "is": 4},
    {"power": "ankle_inversion", "side": "left", "is": 4},
    {"power": "hip_abduction", "side": "left", "is": 4},
    {"sensation": "pinprick", "over": ["dorsum_foot_central", "great_toe_medial"], "side": "left", "is": "reduced"},
    {"history": "leg_pain_radiating", "side": "left", "is": "present"},
    {"measure": "symptom_days", "is": 10},
]
EMERGENCY: list[dict[str, Any]] = [
    {"history": "urinary_retention", "is": "present"},
    {"history": "back_pain", "is": "present"},
    {"sensation": "pinprick", "over": ["perianal"], "side": "both", "is": "absent"},
]

TWO_LESIONS: list[dict[str, Any]] = [
    {"power": "knee_extension", "side": "left", "is": 1},
    {"reflex": "patellar", "side": "left", "is": "absent"},
    {"sensation": "pinprick", "over": ["anterior_thigh_mid", "medial_leg_upper"], "side": "left", "is": "absent"},
    {"power": "hip_adduction", "side": "left", "is": 5},
    {"power": "ankle_dorsiflexion", "side": "right", "is": 1},
    {"power": "ankle_eversion", "side": "right", "is": 1},
    {"power": "ankle_inversion", "side": "right", "is": 5},
    {"power": "hip_abduction", "side": "right", "is": 5},
    {"sensation": "pinprick", "over": ["first_web_space"], "side": "right", "is": "absent"},
    {"sign": "tinel_fibular_head", "side": "right", "is": "positive"},
]


@pytest.fixture(scope="session")
def localized(knowledge: Knowledge) -> Localizer:
    """The report of some findings."""

    def report(findings: list[dict[str, Any]], **patient: Any) -> Report:
        return localize(
            {"id": "a_case", "title": "A case", "patient": patient, "findings": findings}, knowledge=knowledge
        )

    return report


@pytest.fixture(scope="session")
def foot_drop(localized: Localizer) -> Report:
    return localized(FOOT_DROP, age=52, sex="male")


@pytest.fixture(scope="session")
def emergency(localized: Localizer) -> Report:
    return localized(EMERGENCY)


@pytest.fixture(scope="session")
def silent(localized: Localizer) -> Report:
    """A case in which one thing was examined, and found normal."""
    return localized([{"power": "ankle_dorsiflexion", "side": "left", "is": 5}])
