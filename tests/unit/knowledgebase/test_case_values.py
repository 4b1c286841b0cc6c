"""A case written back into the case format: in one form, whatever the order and the place of its rows."""

from dataclasses import replace

import pytest

from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.case_values import case_values, numbered
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.provenance import Location
from tests.strategies import shipped_cases


def _bare(case: Case) -> Case:
    """What of a case an answer rests on."""
    rows = tuple(sorted(case.findings, key=lambda finding: (finding.key, finding.said)))
    return Case(case.id, rows, age=case.age, sex=case.sex)


def test_every_shipped_case_is_read_back_as_it_was(knowledge: Knowledge) -> None:
    cases = shipped_cases()

    read = [case_from_mapping(case_values(case), knowledge) for case in cases]

    assert [replace(case, location=Location("")) for case in read] == [
        replace(_bare(case), location=Location("")) for case in cases
    ]


def test_the_rows_of_each_kind_are_written_as_in_a_case_file(knowledge: Knowledge) -> None:
    rows = [
        {"feels": "numbness", "over": ["sole_medial", "sole_lateral"], "side": "both", "is": "present"},
        {"history": "back_pain", "is": "present", "derived_from": "his back hurts"},
        {"is": "T10", "level": "sensory"},
        {"is": 12.5, "measure": "symptom_days"},
        {"is": 60, "measure": "weakness_onset_days"},
        {"is": "4-", "power": "ankle_dorsiflexion", "side": "unknown"},
        {"is": "extensor", "reflex": "plantar", "side": "left"},
    ]
    patient = {"age": 52.5, "sex": "male"}
    case = case_from_mapping({"id": "a", "title": "A", "patient": patient, "findings": rows[::-1]}, knowledge)

    assert case_values(case) == {"id": "a", "patient": patient, "findings": rows}


def test_what_is_not_stated_is_not_written(knowledge: Knowledge) -> None:
    case = case_from_mapping({"id": "a", "findings": []}, knowledge)

    assert case_values(case) == {"id": "a", "patient": {}, "findings": []}


@pytest.mark.parametrize("order", [1, -1])
def test_the_place_of_a_finding_is_its_number_in_any_order(order: int, knowledge: Knowledge) -> None:
    rows = [{"sign": "slr", "side": "left", "is": "positive"}, {"history": "back_pain", "is": "present"}]
    case = numbered(case_from_mapping({"id": "a", "findings": rows[::order]}, knowledge))

    assert [(row.name, str(row.location)) for row in case.findings] == [
        ("back_pain", "findings:1"),
        ("slr", "findings:2"),
    ]
    assert case.location == Location("patient")
