"""The first answer under every dermatome map, and with every plexus variant."""

from dataclasses import replace

import pytest

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.report import Report, localize

INNER_ANKLE = {
    "id": "inner_ankle",
    "findings": [
        {"sensation": "pinprick", "over": ["medial_malleolus"], "side": "left", "is": "reduced"},
        {"reflex": "patellar", "side": "left", "is": "reduced"},
    ],
}
INNER_KNEE = {
    "id": "knee",
    "findings": [
        {"sensation": "pinprick", "over": ["knee_medial", "medial_thigh_lower"], "side": "left", "is": "reduced"},
        {"power": "hip_adduction", "side": "left", "is": 4},
    ],
}
WHOLE_L5 = {
    "id": "whole_l5",
    "findings": [
        {"power": "ankle_dorsiflexion", "side": "left", "is": 4},
        {"power": "great_toe_extension", "side": "left", "is": 3},
        {"power": "ankle_inversion", "side": "left", "is": 4},
        {"power": "hip_abduction", "side": "left", "is": 4},
        {"power": "ankle_plantarflexion", "side": "left", "is": 5},
        {"power": "knee_extension", "side": "left", "is": 5},
        {"reflex": "ankle", "side": "left", "is": "normal"},
        {"reflex": "patellar", "side": "left", "is": "normal"},
        {"sensation": "pinprick", "over": ["dorsum_foot_central", "great_toe_dorsal"], "side": "left", "is": "reduced"},
        {"sensation": "pinprick", "over": ["lateral_foot_border", "medial_malleolus"], "side": "left", "is": "normal"},
        {"sign": "slr", "side": "left", "is": "positive"},
    ],
}
PERONEAL = {
    "id": "peroneal",
    "findings": [
        {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
        {"power": "ankle_eversion", "side": "left", "is": 3},
        {"power": "ankle_inversion", "side": "left", "is": 5},
        {"power": "hip_abduction", "side": "left", "is": 5},
        {"sensation": "pinprick", "over": ["first_web_space"], "side": "left", "is": "reduced"},
    ],
}


def on_maps(report: Report) -> dict[str, str]:
    return {each.map: each.localization for each in report.robustness if each.variant is None}


def in_variants(report: Report) -> dict[str, str]:
    return {each.variant: each.localization for each in report.robustness if each.variant is not None}


def test_answer_that_hangs_on_no_map_is_the_same_on_all(knowledge: Knowledge) -> None:
    found = localize(INNER_ANKLE).robustness

    assert on_maps(localize(INNER_ANKLE)) == dict.fromkeys(knowledge.maps, "root L4")
    assert all(each.is_same for each in found if each.variant is None)


def test_answer_of_the_map_in_use_is_the_same() -> None:
    for chosen in ("consensus", "keegan_garrett_1948", "seed"):
        report = localize(INNER_KNEE, map=chosen)
        (own,) = [each for each in report.robustness if each.map == chosen and each.variant is None]

        assert own.is_same
        assert own.localization == report.differential[0].localization


def test_answer_on_another_map_is_what_that_map_gives() -> None:
    for map_id, localization in on_maps(localize(INNER_KNEE)).items():
        assert localization == localize(INNER_KNEE, map=map_id).differential[0].localization


def test_variants_are_asked_on_the_map_of_the_case(knowledge: Knowledge) -> None:
    found = [each for each in localize(INNER_KNEE, map="seed").robustness if each.variant is not None]

    assert [(each.map, each.variant) for each in found] == [("seed", variant) for variant in knowledge.plexus_variants]


def test_complete_l5_examination_is_l4_with_a_prefixed_and_s1_with_a_postfixed_plexus() -> None:
    report = localize(WHOLE_L5)

    assert report.differential[0].localization == "root L5"
    assert in_variants(report) == {
        "prefixed": "root L4",
        "postfixed": "root S1",
        "furcal_l3": "root L5",
        "furcal_l5": "root L5",
    }
    assert [each.is_same for each in report.robustness if each.variant is not None] == [False, False, True, True]


def test_lost_knee_jerk_and_inner_ankle_is_l3_where_the_furcal_nerve_is_l3() -> None:
    assert in_variants(localize(INNER_ANKLE))["furcal_l3"] == "root L3"


def test_answer_that_is_a_nerve_hangs_on_no_plexus() -> None:
    report = localize(PERONEAL)

    assert set(in_variants(report).values()) == {report.differential[0].localization} == {"nerve common_peroneal"}


@pytest.mark.parametrize("findings", [WHOLE_L5, INNER_KNEE, PERONEAL], ids=lambda each: str(each["id"]))
def test_mirrored_case_has_the_mirrored_robustness(findings: dict[str, object], knowledge: Knowledge) -> None:
    case = case_from_mapping(findings, knowledge)
    left, right = localize(case).robustness, localize(case.mirrored()).robustness

    assert {each.side for each in left} == {"left"}
    assert right == tuple(replace(each, side="right") for each in left)


def test_asking_for_it_changes_nothing_in_the_report() -> None:
    asked, unasked = localize(WHOLE_L5), localize(WHOLE_L5)

    assert asked.robustness
    assert asked.differential == unasked.differential
    assert list(asked.proof.steps.items()) == list(unasked.proof.steps.items())
