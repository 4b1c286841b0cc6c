"""What other findings would change: the answer, its certainty, the red flags and the urgency, each with its reason."""

import json
from typing import Any

import pytest

from dermarules.inference.certainty import Doubt
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.clearance import Standing
from dermarules.questions.flag_turns import FlagTurn
from dermarules.questions.moved import Moved
from dermarules.questions.what_if import WhatIf
from dermarules.report import Report, localize
from dermarules.vocabulary import Certainty, TermKind, Urgency
from tests.strategies import EXAMPLES

DROP: list[dict[str, Any]] = [
    {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
    {"power": "ankle_eversion", "side": "left", "is": 4},
    {"history": "back_pain", "is": "present"},
    {"history": "urinary_retention", "is": "absent"},
]


def report_of(findings: list[dict[str, Any]], knowledge: Knowledge) -> Report:
    return localize({"id": "a_case", "findings": findings}, knowledge=knowledge, engine="compiled")


@pytest.fixture(scope="module")
def drop(knowledge: Knowledge) -> Report:
    return report_of(DROP, knowledge)


@pytest.fixture(scope="module")
def weak_inversion(knowledge: Knowledge) -> Report:
    return localize(EXAMPLES / "foot_drop_weak_inversion.yaml", knowledge=knowledge, engine="compiled")


def place(name: str, value: WhatIf) -> Moved:
    return next(moved for moved in value.places if moved.localization == name)


def flag(name: str, value: WhatIf) -> FlagTurn:
    return next(turn for turn in value.flags if turn.flag == name)


def terms(moved: Moved) -> dict[str, int]:
    """What each term that turned makes of the total."""
    return {(turn.after or turn.before).label: turn.difference for turn in moved.terms}  # type: ignore[union-attr]


def test_full_inversion_and_abduction_take_a_foot_drop_from_the_root_to_the_nerve(drop: Report) -> None:
    full = [{"power": movement, "side": "left", "is": 5} for movement in ("ankle_inversion", "hip_abduction")]

    found = drop.what_if(add=full).value

    assert (found.before.gist.localization, found.after.gist.localization) == ("root L5", "nerve common_peroneal")
    assert (found.before.gist.certainty, found.after.gist.certainty) == (Certainty.UNDECIDED, Certainty.CLEAR)
    assert Doubt.CLOSE in found.before.doubts
    assert found.after.doubts == ()
    assert terms(place("root L5", found)) == {
        "normal ankle_inversion: core of root L5": -34,
        "normal hip_abduction: core of root L5": -16,
    }
    assert place("nerve common_peroneal", found).terms == ()


def test_a_denial_that_is_taken_back_opens_its_red_flag_and_makes_nothing_normal(drop: Report) -> None:
    found = drop.what_if(remove={"history": "urinary_retention"}).value
    turn = flag("ces_retention", found)

    assert (turn.before, turn.after) == (Standing.CLEARED, Standing.OPEN)
    assert "urinary_retention" in turn.ask
    assert [claim in drop.proof for claim in turn.claims_before] == [True]
    assert turn.claims_after == ()
    assert found.after.gist.urgency is found.before.gist.urgency


def test_a_weakness_that_is_taken_back_clears_no_red_flag(drop: Report) -> None:
    found = drop.what_if(remove=[{"power": "ankle_dorsiflexion", "side": "left"}]).value

    assert (flag("acute_foot_drop", found).before, flag("acute_foot_drop", found).after) == (
        Standing.RAISED,
        Standing.OPEN,
    )
    assert [turn.flag for turn in found.flags if turn.after is Standing.CLEARED] == []


def test_a_worse_grade_settles_the_red_flag_of_severe_weakness(weak_inversion: Report) -> None:
    found = weak_inversion.what_if(change={"power": "ankle_dorsiflexion", "side": "left", "is": 1}).value
    turn = flag("severe_weakness_unknown_onset", found)

    assert [row.result.value for row in found.rows[0].before] == ["3"]
    assert (turn.before, turn.after) == (Standing.OPEN, Standing.RAISED)
    assert found.before.gist.urgency is Urgency.URGENT_2_WEEKS
    assert found.after.gist.urgency is Urgency.SAME_DAY
    assert found.after.gist.localization == found.before.gist.localization


def test_a_grade_that_says_the_same_changes_nothing(weak_inversion: Report) -> None:
    reply = weak_inversion.what_if(change={"power": "ankle_inversion", "side": "left", "is": 3})

    assert reply.value.changes_nothing
    assert len(reply.value.rows) == 1


def test_a_finding_that_is_given_for_the_other_leg_raises_the_flag_there(knowledge: Knowledge) -> None:
    pale = [{"history": name, "side": "left", "is": "present"} for name in ("limb_pale", "limb_cold")]
    moved = [{**row, "side": "right"} for row in pale]

    turn = flag("acute_limb_ischaemia", report_of(pale, knowledge).what_if(add=moved, remove=pale).value)

    assert (turn.before, turn.after) == (Standing.RAISED, Standing.RAISED)
    assert (turn.sides_before, turn.sides_after) == (("left",), ("right",))


def test_a_localization_that_becomes_urgent_by_itself_is_told(drop: Report) -> None:
    found = drop.what_if(add={"history": "saddle_anaesthesia", "is": "present"}).value

    assert found.before.urgent_site is None
    assert found.after.urgent_site is not None
    assert found.after.urgent_site.localization == "cauda_equina"


def test_an_entry_condition_that_is_met_takes_back_what_its_lack_cost(drop: Report) -> None:
    moved = place("cauda_equina", drop.what_if(add={"history": "saddle_anaesthesia", "is": "present"}).value)

    (turn,) = [turn for turn in moved.terms if turn.before is not None]
    assert turn.before is not None
    assert turn.before.kind is TermKind.NO_ENTRY
    assert turn.after is not None
    assert turn.after.kind is TermKind.ENTRY
    assert turn.difference == -turn.before.counted > 0


def test_a_nerve_that_is_hurt_at_another_site_has_the_same_terms_there(knowledge: Knowledge) -> None:
    report = report_of([{"power": "ankle_plantarflexion", "side": "left", "is": 3}], knowledge)

    moved = place("nerve sciatic", report.what_if(add={"power": "toe_extension", "side": "left", "is": 3}).value)

    assert (moved.before and moved.before.claim.subject) == "nerve sciatic_tibial_division"
    assert (moved.after and moved.after.claim.subject) == "nerve sciatic at mid_thigh"
    assert terms(moved) == {"deficit toe_extension: core of nerve sciatic at mid_thigh": 26}


def test_the_json_holds_the_terms_with_the_claims_behind_them(drop: Report) -> None:
    reply = drop.what_if(add={"power": "ankle_inversion", "side": "left", "is": 5})
    answer = json.loads(reply.to_json())["answer"]
    root = next(moved for moved in answer["places"] if moved["localization"] == "root L5")

    assert [turn["after"]["premises"][0] for turn in root["terms"]] == ["seen: normal movement ankle_inversion, left"]
    assert root["terms"][0]["before"] is None
    assert answer["rows"][0]["after"]["name"] == "ankle_inversion"


def test_what_is_asked_of_a_report_does_not_hang_on_its_engine(drop: Report) -> None:
    same = localize({"id": "a_case", "findings": DROP}, knowledge=drop.knowledge)
    row = {"power": "ankle_inversion", "side": "left", "is": 5}

    assert same.what_if(add=row).to_json() == drop.what_if(add=row).to_json()
