"""Conditions and discs that go with an answer: their names, their codes, and that they weigh nothing."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from dermarules.diseases import Codes
from dermarules.inference.candidates import ranges
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.suggestions import ConditionSuggestion, DiscSuggestion, code_for, suggestions
from dermarules.report import Report, localize
from dermarules.vocabulary import Review, Side

SLR = {"sign": "slr", "side": "left", "is": "positive"}
L4: list[dict[str, Any]] = [
    {"reflex": "patellar", "side": "left", "is": "reduced"},
    {"power": "knee_extension", "side": "left", "is": 4},
    {"power": "ankle_dorsiflexion", "side": "left", "is": 4},
    {"sensation": "pinprick", "over": ["medial_malleolus", "medial_leg_lower"], "side": "left", "is": "reduced"},
]
L5: list[dict[str, Any]] = [
    {"power": "great_toe_extension", "side": "left", "is": 4},
    {"power": "ankle_inversion", "side": "left", "is": 4},
    {"power": "hip_abduction", "side": "left", "is": 4},
    {"sensation": "pinprick", "over": ["dorsum_foot_central", "great_toe_dorsal"], "side": "left", "is": "reduced"},
]
S1: list[dict[str, Any]] = [
    {"power": "ankle_plantarflexion", "side": "left", "is": 4},
    {"reflex": "ankle", "side": "left", "is": "absent"},
    {"sensation": "pinprick", "over": ["lateral_foot_border", "heel_lateral"], "side": "left", "is": "reduced"},
]
TUNNEL: list[dict[str, Any]] = [
    {"sensation": "pinprick", "over": ["sole", "heel_medial"], "side": "right", "is": "reduced"},
    {"power": "toe_abduction", "side": "right", "is": 4},
    {"power": "ankle_plantarflexion", "side": "right", "is": 5},
    {"sign": "tinel_tarsal_tunnel", "side": "right", "is": "positive"},
]


def report(findings: list[dict[str, Any]], knowledge: Knowledge | None = None) -> Report:
    return localize({"id": "suggested", "findings": findings}, knowledge=knowledge)


def condition(name: str, found: Report) -> ConditionSuggestion:
    (one,) = [c for c in found.suggestions.conditions if c.condition == name]
    return one


def levels(found: Report) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [(disc.level, disc.places, disc.icd10cm) for disc in found.suggestions.discs]


@pytest.mark.parametrize(
    ("findings", "localization", "discs"),
    [
        (L4, "root L4", [("L3-4", ("paracentral",), "M51.16"), ("L4-5", ("foraminal",), "M51.16")]),
        (L5, "root L5", [("L4-5", ("paracentral",), "M51.16"), ("L5-S1", ("foraminal",), "M51.17")]),
        (S1, "root S1", [("L5-S1", ("paracentral",), "M51.17")]),
    ],
)
def test_a_disc_of_the_level_above_or_at_the_foramen_of_the_root_is_suggested(
    findings: list[dict[str, Any]], localization: str, discs: list[tuple[str, tuple[str, ...], str]]
) -> None:
    found = report([*findings, SLR])

    assert found.differential[0].localization == localization
    assert levels(found) == discs


def test_of_a_run_of_roots_the_disc_that_hits_them_all_is_suggested(knowledge: Knowledge) -> None:
    found = report([*L5, *S1, SLR])
    (run,) = [c for c in ranges(knowledge, "consensus") if c.name == "roots L5-S1"]
    first = found.inference.ranked[0]
    weighing = replace(first.weighing, candidate=run, side=Side.LEFT)
    inference = replace(found.inference, ranked=(replace(first, weighing=weighing),))

    (disc,) = suggestions(inference, found.differential[0], knowledge).discs

    assert (disc.level, disc.places, disc.roots) == ("L5-S1", ("paracentral", "foraminal"), ("S1", "L5"))


def test_a_root_among_several_lesions_has_its_disc() -> None:
    thigh: list[dict[str, Any]] = [
        {
            "sensation": "pinprick",
            "over": ["lateral_thigh_upper", "lateral_thigh_lower"],
            "side": "left",
            "is": "absent",
        },
        {"power": "knee_extension", "side": "left", "is": 5},
        {"reflex": "patellar", "side": "left", "is": "normal"},
    ]
    history: list[dict[str, Any]] = [
        {"history": "back_pain", "is": "present"},
        {"history": "cough_provoked_leg_pain", "side": "left", "is": "present"},
    ]

    found = report([*L5, SLR, *thigh, *history])

    assert found.differential[0].localization == "root L5 + nerve lateral_femoral_cutaneous"
    assert levels(found) == [("L4-5", ("paracentral",), "M51.16"), ("L5-S1", ("foraminal",), "M51.17")]
    assert condition("meralgia_paresthetica", found).icd10cm == "G57.12"


def test_a_disc_has_its_roots_its_sources_and_the_rule_that_brings_it_to_mind() -> None:
    disc = report([*L5, SLR]).suggestions.discs[0]

    assert isinstance(disc, DiscSuggestion)
    assert disc.roots == ("L5",)
    assert disc.hpo == "HP:0008441"
    assert disc.review is Review.SOURCED
    assert {"radiopaedia_transiting", "icd10cm2026", "hpo2025"} <= set(disc.sources)
    assert [claim.subject for claim in disc.claims] == ["rules/disc_suspected"]


def test_no_disc_is_suggested_where_nothing_brings_one_to_mind_or_on_the_other_side() -> None:
    assert levels(report(L5)) == []
    assert levels(report([*L5, {"sign": "slr", "side": "right", "is": "positive"}])) == []


def test_no_disc_level_is_suggested_for_a_nerve() -> None:
    assert levels(report([*TUNNEL, {**SLR, "side": "right"}])) == []


def test_the_level_stands_instead_of_the_disc_as_such() -> None:
    with_level, without = report([*L5, SLR]), report([*TUNNEL, {**SLR, "side": "right"}])

    assert "disc_herniation_lumbar" not in with_level.suspects
    assert condition("disc_herniation_lumbar", without).icd10cm == "M51.26"


def test_a_level_that_nobody_read_a_source_for_is_a_draft(knowledge: Knowledge) -> None:
    level = replace(knowledge.disc_levels["L4-5"], review=Review.DRAFT)
    drafted = replace(knowledge, disc_levels=dict(knowledge.disc_levels) | {"L4-5": level})

    found = report([*L5, SLR], drafted)

    assert [disc.review for disc in found.suggestions.discs] == [Review.DRAFT, Review.SOURCED]
    assert re.search(r"If a disc: L4/L5 paracentral .*\[draft\]", " ".join(found.to_text().split()))


def test_suggestions_come_after_the_inference_and_change_nothing_in_it(knowledge: Knowledge) -> None:
    bare = replace(
        knowledge,
        disc_levels={},
        conditions={name: replace(c, labels=(), icd10cm=None, hpo=None) for name, c in knowledge.conditions.items()},
    )

    full, stripped = report([*L5, SLR], knowledge), report([*L5, SLR], bare)

    assert full.differential == stripped.differential
    assert list(full.proof.steps.items()) == list(stripped.proof.steps.items())
    assert stripped.suggestions.discs == ()


def test_the_first_answer_has_a_condition_and_its_code_without_any_rule() -> None:
    named = condition("radiculopathy_lumbosacral", report(L5))

    assert (named.icd10cm, named.hpo, named.claims) == ("M54.17", "HP:0011868", ())
    assert report(L5).suspects[0] == "radiculopathy_lumbosacral"


def test_the_condition_of_a_site_stands_instead_of_that_of_the_nerve(knowledge: Knowledge) -> None:
    found = report(TUNNEL)
    elsewhere, there = (replace(found.differential[0], site=site) for site in (None, "tarsal_tunnel"))

    of_nerve, of_site = (suggestions(found.inference, first, knowledge).conditions[0] for first in (elsewhere, there))

    assert (of_nerve.condition, of_nerve.icd10cm) == ("tibial_neuropathy", "G57.41")
    assert (of_site.condition, of_site.icd10cm) == ("tarsal_tunnel", "G57.51")


def test_each_of_several_lesions_has_the_code_of_its_side() -> None:
    found = report(
        [
            {"power": "knee_extension", "side": "left", "is": 1},
            {"reflex": "patellar", "side": "left", "is": "absent"},
            {
                "sensation": "pinprick",
                "over": ["anterior_thigh_mid", "medial_leg_upper"],
                "side": "left",
                "is": "absent",
            },
            {"power": "hip_adduction", "side": "left", "is": 5},
            {"power": "ankle_dorsiflexion", "side": "right", "is": 1},
            {"power": "ankle_eversion", "side": "right", "is": 1},
            {"power": "ankle_inversion", "side": "right", "is": 5},
            {"power": "hip_abduction", "side": "right", "is": 5},
            {"sensation": "pinprick", "over": ["first_web_space"], "side": "right", "is": "absent"},
        ]
    )

    assert condition("femoral_neuropathy", found).icd10cm == "G57.22"
    assert condition("common_peroneal_neuropathy", found).icd10cm == "G57.31"


def test_a_condition_that_rules_name_on_both_sides_is_bilateral() -> None:
    found = report([{"sign": "tinel_tarsal_tunnel", "side": "both", "is": "positive"}])

    assert condition("tarsal_tunnel", found).icd10cm == "G57.53"


def test_nothing_found_suggests_nothing() -> None:
    found = report([{"power": "ankle_dorsiflexion", "side": "left", "is": 5}])

    assert found.suspects == ()
    assert "Consider" not in found.to_text()


@pytest.mark.parametrize(
    ("side", "code"),
    [("left", "M54.32"), ("right", "M54.31"), ("both", "M54.30"), ("unknown", "M54.30"), (None, "M54.30")],
)
def test_a_code_goes_with_the_side(side: str | None, code: str, knowledge: Knowledge) -> None:
    assert code_for(knowledge.conditions["sciatica_nos"].icd10cm, side) == code


def test_a_condition_without_codes_has_none() -> None:
    assert code_for(None, "left") is None
    assert code_for(Codes(), "left") is None


def test_every_form_calls_them_suggestions_and_shows_their_codes() -> None:
    found = report([*L5, SLR])

    for form in (found.to_text(), found.to_markdown(), found._repr_html_()):
        words = " ".join(form.split())
        assert "Consider (suggestions, to be confirmed by the usual means):" in words
        assert "Lumbosacral radiculopathy (L5, S1) (ICD-10-CM M54.17, HP:0011868)" in words
        assert "If a disc: L4/L5 paracentral (ICD-10-CM M51.16, HP:0008441) or L5/S1 foraminal (ICD-10-CM" in words


def test_the_json_has_conditions_and_discs_with_their_review() -> None:
    values = json.loads(report([*L5, SLR]).to_json())

    assert values["suspects"][0] == {
        "condition": "radiculopathy_lumbosacral",
        "name": "Lumbosacral radiculopathy (L5, S1)",
        "side": "left",
        "icd10cm": "M54.17",
        "hpo": "HP:0011868",
        "review": "sourced",
        "sources": ["icd10cm2026", "hpo2025"],
        "claims": ["true: rules/slr_positive, left"],
    }
    assert [(disc["level"], disc["icd10cm"], disc["review"]) for disc in values["discs"]] == [
        ("L4-5", "M51.16", "sourced"),
        ("L5-S1", "M51.17", "sourced"),
    ]


def test_every_code_of_the_knowledge_has_the_form_of_its_vocabulary(knowledge: Knowledge) -> None:
    conditions = knowledge.conditions.values()
    codes = [code_for(c.icd10cm, side) for c in conditions for side in ("left", "right", "both", None) if c.icd10cm]
    terms = [term for c in conditions for term in (c.hpo, *c.hpo_related) if term]

    assert [code for code in codes if not re.fullmatch(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", code or "")] == []
    assert [term for term in terms if not re.fullmatch(r"HP:\d{7}", term)] == []


def test_a_condition_with_a_code_names_the_vocabulary_that_has_it(knowledge: Knowledge) -> None:
    without = [c.id for c in knowledge.conditions.values() if c.icd10cm and "icd10cm2026" not in c.sources]
    without += [c.id for c in knowledge.conditions.values() if c.hpo and "hpo2025" not in c.sources]

    assert without == []


def test_every_nerve_of_the_leg_and_every_root_that_can_be_an_answer_has_a_condition(knowledge: Knowledge) -> None:
    labelled = {label for c in knowledge.conditions.values() for label in c.labels}

    assert {f"root {root.id}" for root in knowledge.roots.values() if root.answer} <= labelled
    assert {"nerve sciatic", "nerve femoral", "nerve common_peroneal", "nerve tibial", "plexus sacral"} <= labelled


@pytest.mark.parametrize(
    ("rows", "name", "code"),
    [
        # A rule that may be of either leg, for nobody said of which: the foot that drops is the left one.
        (
            [
                {"history": "lesion_near_fibular_head", "is": "present"},
                {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
                {"power": "ankle_eversion", "side": "left", "is": 3},
            ],
            "common_peroneal_neuropathy",
            "G57.32",
        ),
        # A rule that names no side goes by the side of what it rests on.
        ([{"history": "leg_swelling", "side": "right", "is": "present"}], "dvt", "I82.401"),
        ([{"history": "leg_swelling", "side": "both", "is": "present"}], "dvt", "I82.403"),
        ([{"history": "leg_swelling", "side": "unknown", "is": "present"}], "dvt", "I82.409"),
        ([{"history": "leg_swelling", "is": "present"}], "dvt", "I82.409"),
        ([{"history": "leg_pain_radiating", "is": "present"}], "sciatica_nos", "M54.30"),
    ],
)
def test_a_code_says_no_more_of_the_side_than_the_case(rows: list[dict[str, Any]], name: str, code: str) -> None:
    assert condition(name, report(rows)).icd10cm == code
