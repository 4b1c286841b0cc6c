"""Cases with an expectation, for the tests of the audit."""

from typing import Any

from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping

SURE_L5: list[dict[str, Any]] = [
    {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
    {"power": "ankle_inversion", "side": "left", "is": 3},
    {"power": "hip_abduction", "side": "left", "is": 3},
    {"power": "great_toe_extension", "side": "left", "is": 2},
    {"sensation": "pinprick", "over": ["dorsum_foot_central", "great_toe_dorsal"], "side": "left", "is": "reduced"},
    {"history": "leg_pain_radiating", "side": "left", "is": "present"},
]


def case(
    name: str,
    knowledge: Knowledge,
    findings: list[dict[str, Any]] | None = None,
    tags: tuple[str, ...] = (),
    **expect: Any,
) -> Case:
    """A case that expects something; with a sure lesion of the left L5 root unless findings are given."""
    given = SURE_L5 if findings is None else findings
    return case_from_mapping({"id": name, "findings": given, "tags": list(tags), "expect": expect}, knowledge)
