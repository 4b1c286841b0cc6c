"""The report as JSON: complete, canonical, and the whole proof in it."""

import json
from typing import Any

import pytest

from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import premises_of
from dermarules.report import Report

from .conftest import EMERGENCY, FOOT_DROP, TWO_LESIONS, Localizer


@pytest.fixture(scope="module")
def values(foot_drop: Report) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(foot_drop.to_json())
    return loaded


def test_it_says_what_it_is(values: dict[str, Any], knowledge: Knowledge) -> None:
    assert values["schema"] == "dermarules.report/1"
    assert (values["case"], values["map"]) == ("a_case", "consensus")
    assert values["knowledge"] == {"version": knowledge.version, "hash": knowledge.digest}


def test_the_differential_has_what_a_reader_needs(values: dict[str, Any], foot_drop: Report) -> None:
    first = values["differential"][0]
    assert (first["localization"], first["side"], first["site"]) == ("root L5", "left", None)
    assert first["weight_centibans"] == foot_drop.differential[0].weight_centibans
    assert first["certainty"] in ("clear", "leaning", "undecided")
    assert "deficit movement ankle_dorsiflexion, left" in first["explains"]
    assert {"unexplained", "contradicted", "sites", "claim"} < set(first)
    assert len(values["differential"]) == len(foot_drop.differential)


def test_red_flags_are_raised_open_or_cleared(values: dict[str, Any]) -> None:
    flags = values["red_flags"]
    raised = {flag["id"]: flag for flag in flags["raised"]}
    assert raised["acute_foot_drop"]["urgency"] == "same_day"
    assert raised["acute_foot_drop"]["action"].startswith("Same-day clinician assessment")
    assert all(flag["ask"] for flag in flags["open"])
    assert values["urgency"] == "same_day"
    assert values["urgency_possible"] == "emergency_now"
    assert all(set(flag) == {"id", "claims"} for flag in flags["cleared"])


def test_a_suspected_condition_has_the_code_of_its_side(values: dict[str, Any]) -> None:
    sciatica = next(s for s in values["suspects"] if s["condition"] == "sciatica_nos")
    assert sciatica["icd10cm"] == "M54.32"
    assert sciatica["hpo"] == "HP:0011868"


def test_json_lists_every_question(values: dict[str, Any], foot_drop: Report) -> None:
    assert len(values["questions"]) == len(foot_drop.questions) > 5
    assert {"about", "words", "urgency", "flags"} == set(values["questions"][0])


def test_the_proof_is_whole(values: dict[str, Any], foot_drop: Report) -> None:
    claims = values["proof"]["claims"]
    names = [entry["claim"] for entry in claims]
    assert names == [str(claim) for claim in foot_drop.proof]
    assert len(set(names)) == len(names)
    assert all(entry["steps"] for entry in claims)
    for claim, entry in zip(foot_drop.proof, claims, strict=True):
        for step, shown in zip(foot_drop.proof[claim], entry["steps"], strict=True):
            premises = shown.get("premises") or [p for t in shown.get("terms", ()) for p in t["premises"]]
            premises = premises or [shown[k] for k in ("first", "second") if k in shown]
            assert list(dict.fromkeys(premises)) == [str(p) for p in premises_of(step)]
            assert set(premises) <= set(names)


def test_every_kind_of_step_is_written(values: dict[str, Any]) -> None:
    kinds = {step["kind"] for entry in values["proof"]["claims"] for step in entry["steps"]}
    assert kinds == {"observed", "known", "assumed", "derived", "weighed", "compared"}


def test_the_same_case_gives_the_same_bytes_in_any_order(localized: Localizer, foot_drop: Report) -> None:
    other = localized(list(reversed(FOOT_DROP)), age=52, sex="male")
    assert other.to_json() == foot_drop.to_json()


def test_the_indent_is_the_readers(foot_drop: Report) -> None:
    assert "\n" not in foot_drop.to_json(indent=None)
    assert foot_drop.to_json(indent=None).startswith('{"case": "a_case", "deciding": ')


def test_an_urgent_localization_is_written(emergency: Report, silent: Report) -> None:
    urgent = json.loads(emergency.to_json())["urgency_of_localization"]
    assert urgent == {"localization": "cauda_equina", "urgency": "same_day"}
    assert json.loads(silent.to_json())["urgency_of_localization"] is None


def test_the_limits_are_written(localized: Localizer) -> None:
    limits = json.loads(localized(EMERGENCY, age=12).to_json())["limits"]
    assert limits[0].startswith("The patient is under 18")
    assert limits[1] == "Supports a decision; is not a medical device."


def test_a_code_goes_with_the_side_of_the_rule_and_not_of_both_lesions(localized: Localizer) -> None:
    suspects = json.loads(localized(TWO_LESIONS).to_json())["suspects"]
    peroneal = next(s for s in suspects if s["name"] == "Common fibular (peroneal) nerve lesion")
    assert peroneal["icd10cm"] == "G57.31"
