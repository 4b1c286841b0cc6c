"""Rows given beside a case: read like rows of a case, and put in its place; every fault is told at once."""

import json
from typing import Any

import pytest

from dermarules.errors import CaseError
from dermarules.findings import Case, Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping, read_case
from dermarules.knowledgebase.changes import Changes
from dermarules.knowledgebase.given_rows import GivenRows, Rows, read_changes
from tests.strategies import EXAMPLES

FOOT_DROP = EXAMPLES / "foot_drop_weak_inversion.yaml"


@pytest.fixture
def case(knowledge: Knowledge) -> Case:
    return read_case(FOOT_DROP, knowledge)


def changed(case: Case, knowledge: Knowledge, add: Rows = (), change: Rows = (), remove: Rows = ()) -> Changes:
    return read_changes(case, GivenRows(add, change, remove), knowledge)


def faults(case: Case, knowledge: Knowledge, add: Rows = (), change: Rows = (), remove: Rows = ()) -> list[str]:
    with pytest.raises(CaseError) as error:
        changed(case, knowledge, add, change, remove)
    return str(error.value).splitlines()


def rows(*written: dict[str, Any], knowledge: Knowledge) -> set[Finding]:
    return set(case_from_mapping({"id": "x", "findings": list(written)}, knowledge).findings)


@pytest.mark.parametrize(
    "row",
    [
        {"reflex": "adductor", "side": "left", "is": "normal"},
        "{reflex: adductor, side: left, is: normal}",
        json.dumps({"reflex": "adductor", "side": "left", "is": "normal"}),
        ["reflex: adductor\nside: left\nis: normal\n"],
    ],
)
def test_a_row_is_a_mapping_or_yaml_or_json(row: Rows, case: Case, knowledge: Knowledge) -> None:
    (added,) = set(changed(case, knowledge, add=row).case.findings) - set(case.findings)

    assert {added} == rows({"reflex": "adductor", "side": "left", "is": "normal"}, knowledge=knowledge)


def test_a_change_of_one_side_leaves_the_other_as_it_was(case: Case, knowledge: Knowledge) -> None:
    found = changed(case, knowledge, change="{reflex: ankle, side: left, is: absent}")

    assert {row for row in found.case.findings if row.name == "ankle"} == rows(
        {"reflex": "ankle", "side": "left", "is": "absent"},
        {"reflex": "ankle", "side": "right", "is": "normal"},
        knowledge=knowledge,
    )
    assert [row.sides[0].value for row in found.turns[0].before] == ["left"]


def test_a_change_of_places_of_two_rows_takes_them_out_of_both(case: Case, knowledge: Knowledge) -> None:
    row = "{sensation: pinprick, over: [first_web_space, heel_plantar], side: left, is: absent}"
    found = changed(case, knowledge, change=row)

    assert {row.places: row.result.value for row in found.case.findings if row.name == "pinprick"} == {
        ("dorsum_foot_medial", "dorsum_foot_central"): "reduced",
        ("lateral_leg_upper", "medial_malleolus", "lateral_foot_border"): "normal",
        ("first_web_space", "heel_plantar"): "absent",
    }


@pytest.mark.parametrize(
    "row", ["{measure: symptom_days}", "{measure: symptom_days, is: 60}", {"measure": "symptom_days"}]
)
def test_what_is_removed_needs_no_result(row: Rows, case: Case, knowledge: Knowledge) -> None:
    found = changed(case, knowledge, remove=row)

    assert {row.name for row in case.findings} - {row.name for row in found.case.findings} == {"symptom_days"}


def test_an_area_is_removed_as_far_as_it_was_examined(case: Case, knowledge: Knowledge) -> None:
    found = changed(case, knowledge, remove="{sensation: pinprick, over: [sole], side: left}")

    assert [row.places for row in found.turns[0].before] == [("heel_plantar",)]


def test_what_is_removed_may_be_added_with_another_result(case: Case, knowledge: Knowledge) -> None:
    removed = "{power: ankle_inversion, side: left}"
    found = changed(case, knowledge, add="{power: ankle_inversion, side: left, is: 5}", remove=removed)

    assert [row.result.value for row in found.case.findings if row.name == "ankle_inversion"] == ["5"]


def test_changes_in_any_order_make_the_same_case(case: Case, knowledge: Knowledge) -> None:
    change = ["{power: ankle_inversion, side: left, is: 5}", "{reflex: ankle, side: left, is: absent}"]
    remove = ["{history: back_pain}", "{sensation: pinprick, over: [heel_plantar], side: left}"]

    one, other = (changed(case, knowledge, (), change[::step], remove[::step]).case.findings for step in (1, -1))

    assert set(one) == set(other)
    assert len(one) == len(other)


def test_every_fault_of_every_row_is_told_at_once_with_its_place(case: Case, knowledge: Knowledge) -> None:
    assert faults(
        case,
        knowledge,
        add=["{power: hip_abductio, side: lft, is: 9}", "", "{power: [", "\ud800"],
        change={"power": "ankle_inversion", "side": "left"},
        remove=[3, "{sensation: pinprick, side: left}", "{powr: ankle_inversion}"],  # type: ignore[list-item]
    ) == [
        "--add (1):1:9: power: unknown movement 'hip_abductio' (did you mean 'hip_abduction'?)",
        "--add (1):1:29: side: unknown side 'lft' (did you mean 'left'?)",
        "--add (1):1:38: is: there is no grade 9; MRC grades are 0, 1, 2, 3, 4-, 4, 4+ and 5; "
        "without a grade write weak, normal or paralysed",
        "--add (2):1:1: no row; write one such as {power: ankle_dorsiflexion, side: left, is: 4}",
        "--add (3):2:1: not YAML: did not find expected node content, while parsing a flow node",
        "--add (4):1:1: not UTF-8 text",
        "--remove (2):1:1: missing field 'over'",
        "--remove (3):1:2: powr: unknown kind of finding 'powr' (did you mean 'power'?)",
        "change: missing field 'is'",
        "remove (1): a finding is needed, not the number 3",
    ]


def test_a_row_that_cannot_be_read_does_not_hide_one_that_has_no_place(case: Case, knowledge: Knowledge) -> None:
    told = faults(case, knowledge, add="{sign: slr, side: left, is: maybe}", remove="{history: fever}")

    assert told == [
        "--add:1:29: is: unknown result 'maybe'; it is one of positive, negative",
        "--remove:1:1: fever was not found: there is nothing to remove",
    ]


def test_what_was_not_found_cannot_be_changed_and_the_nearest_is_named(case: Case, knowledge: Knowledge) -> None:
    assert faults(
        case,
        knowledge,
        change=["{power: ankle_dorsiflexion, side: both, is: 4}", "{muscle: soleus, side: left, is: 3}"],
    ) == [
        "--change (1):1:1: ankle dorsiflexion, right, was not found: it can be added, not changed "
        "(found: ankle dorsiflexion, left, 3)",
        "--change (2):1:1: soleus, left, was not found: it can be added, not changed",
    ]


def test_what_was_found_otherwise_cannot_be_removed_as_such(case: Case, knowledge: Knowledge) -> None:
    assert faults(case, knowledge, remove="{power: ankle_dorsiflexion, side: left, is: 4}") == [
        "--remove:1:1: ankle dorsiflexion, left, is 3 in the case, not 4; leave out 'is'"
    ]
    assert faults(case, knowledge, remove="{sensation: pinprick, over: [shin_upper], side: left}") == [
        "--remove:1:1: pinprick over shin upper, left, was not found: there is nothing to remove (found: pinprick over "
        "dorsum foot medial, left, reduced; pinprick over dorsum foot central, left, reduced; "
        "pinprick over first web space, left, reduced and 4 more)"
    ]


def test_what_is_added_must_not_contradict_the_case(case: Case, knowledge: Knowledge) -> None:
    told = faults(case, knowledge, add="{reflex: ankle, side: both, is: absent}")

    assert told == [
        f"--add:1:1: ankle reflex, left, is absent here and normal in {FOOT_DROP.as_posix()}:18; "
        "change it, or remove it and add another"
    ]


def test_what_is_added_must_not_contradict_what_else_is_added(case: Case, knowledge: Knowledge) -> None:
    add = [{"power": "hip_abduction", "side": "left", "is": grade} for grade in (5, 1)]

    assert faults(case, knowledge, add=add) == [
        "add (2): hip abduction, left, is 1 here and 5 in add (1); change it, or remove it and add another"
    ]


def test_a_muscle_that_is_changed_must_go_with_its_movement(knowledge: Knowledge) -> None:
    written = [
        {"power": "ankle_dorsiflexion", "side": "left", "is": 5},
        {"muscle": "tibialis_anterior", "side": "left", "is": 5},
    ]
    case = case_from_mapping({"id": "x", "findings": written}, knowledge)

    (told,) = faults(case, knowledge, change={"muscle": "tibialis_anterior", "side": "left", "is": 0})

    assert told.startswith("change: tibialis anterior is 0 here and ankle dorsiflexion, which it mainly makes, 5 in ")


def test_one_thing_is_changed_once_and_not_removed_as_well(case: Case, knowledge: Knowledge) -> None:
    change = [f"{{power: ankle_inversion, side: left, is: {grade}}}" for grade in (3, 5)]

    assert "--change (2):1:1: ankle inversion, left, is changed twice, first to 3" in faults(
        case, knowledge, change=change
    )
    assert faults(case, knowledge, change=change[0], remove="{power: ankle_inversion, side: left}") == [
        "--change:1:1: ankle inversion, left, is changed and removed; do one of the two"
    ]
