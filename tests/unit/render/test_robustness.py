"""What the letter says of other maps and other plexuses: in every form, and only where it matters."""

import json
from dataclasses import replace

import pytest

from dermarules.questions.robustness import FirstAnswer
from dermarules.report import Report

from .conftest import Localizer

PERONEAL = [
    {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
    {"power": "ankle_inversion", "side": "left", "is": 5},
    {"power": "hip_abduction", "side": "left", "is": 5},
]
HANGS_ON_THE_MAP = [
    {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
    {"power": "ankle_inversion", "side": "left", "is": 4},
    {"sensation": "pinprick", "over": ["first_web_space"], "side": "left", "is": "reduced"},
]
VARIANTS = (
    "With a prefixed plexus, the L4 root; with a postfixed plexus, the S1 root; with other variants of the plexus, "
    "the same."
)


def where(report: Report) -> str:
    """The first part of the section on the place, as one line."""
    return " ".join(report.to_text().partition("\nWhere")[2].partition("Differential")[0].split())


def answered(report: Report, *answers: FirstAnswer) -> str:
    """The section as if these were the first answers."""
    other = replace(report)
    vars(other)["robustness"] = answers
    return where(other)


def same(map_id: str, variant: str | None = None) -> FirstAnswer:
    return FirstAnswer(map_id, variant, "root L5", "left", True, True)


def test_a_root_says_on_which_maps_and_with_which_plexus_it_stays(foot_drop: Report) -> None:
    assert "The L5 root on all 6 dermatome maps. [draft]" in where(foot_drop)
    assert f"{VARIANTS} [plexus_variants/prefixed: phillips_1991, " in where(foot_drop)


def test_every_form_says_it(foot_drop: Report) -> None:
    for text in (foot_drop.to_text(), foot_drop.to_markdown(), foot_drop._repr_html_()):
        assert "The L5 root on all 6 dermatome maps." in text
        assert VARIANTS in " ".join(text.split())


def test_json_lists_every_map_and_every_variant(foot_drop: Report) -> None:
    listed = json.loads(foot_drop.to_json())["robustness"]
    variants = list(foot_drop.knowledge.plexus_variants)

    assert [each["map"] for each in listed] == [*foot_drop.knowledge.maps, *["consensus"] * len(variants)]
    assert [each["plexus_variant"] for each in listed] == [*[None] * 6, *variants]
    assert listed[0] == {
        "map": "consensus",
        "plexus_variant": None,
        "localization": "root L5",
        "side": "left",
        "is_same": True,
        "has_ground": True,
    }
    assert [each["localization"] for each in listed if not each["is_same"]] == ["root L4", "root S1"]


def test_maps_that_give_another_answer_are_named_with_it(localized: Localizer) -> None:
    assert (
        'The L5 root on 3 of 6 dermatome maps; the sciatic nerve on "Table of the teaching article", '
        '"ISNCSCI key sensory points" and "Keegan and Garrett 1948". '
        "[dermatome_maps/seed; dermatome_maps/isncsci; dermatome_maps/keegan_garrett_1948] [draft]"
    ) in where(localized(HANGS_ON_THE_MAP))


def test_a_map_that_does_not_speak_of_the_findings_counts_for_no_answer(localized: Localizer) -> None:
    report = localized(
        [
            {"sensation": "pinprick", "over": ["medial_thigh_lower"], "side": "left", "is": "reduced"},
            {"history": "leg_pain_radiating", "side": "left", "is": "present"},
        ]
    )
    silent = [each.map for each in report.robustness if not each.has_ground]

    assert silent == ["seed", "isncsci"]
    assert (
        'nothing to go by on "Table of the teaching article" and "ISNCSCI key sensory points". '
        "[dermatome_maps/seed; dermatome_maps/isncsci]"
    ) in where(report)


def test_a_nerve_that_is_first_whatever_the_map_and_the_plexus_says_nothing_of_them(localized: Localizer) -> None:
    report = localized(PERONEAL)

    assert report.differential[0].localization == "nerve common_peroneal"
    assert all(each.is_same for each in report.robustness)
    assert "dermatome maps" not in where(report)
    assert "variants of the plexus" not in where(report)


def test_a_nerve_says_what_changes_it(localized: Localizer) -> None:
    other = FirstAnswer("consensus", "prefixed", "root L4", "left", False, True)

    text = answered(localized(PERONEAL), same("consensus"), other, same("consensus", "postfixed"))

    assert "With a prefixed plexus, the L4 root; with other variants of the plexus, the same." in text
    assert "dermatome maps" not in text


def test_nothing_that_changes_with_the_plexus_is_said_in_few_words(foot_drop: Report) -> None:
    text = answered(foot_drop, same("consensus"), same("consensus", "prefixed"))

    assert "With all known variants of the plexus, the same." in text


def test_variants_that_give_one_answer_are_said_together(foot_drop: Report) -> None:
    other = [FirstAnswer("consensus", variant, "root L4", "left", False, True) for variant in ("prefixed", "furcal_l3")]

    assert "With a prefixed plexus or a furcal nerve from L3, the L4 root. [" in answered(foot_drop, *other)


@pytest.mark.parametrize(("side", "said"), [("left", "the S1 root on"), ("right", "the S1 root, right on")])
def test_side_is_said_where_it_differs(side: str, said: str, foot_drop: Report) -> None:
    other = FirstAnswer("seed", None, "root S1", side, False, True)

    assert f'The L5 root on 1 of 2 dermatome maps; {said} "Table of the teaching article".' in answered(
        foot_drop, same("consensus"), other
    )


def test_base_without_variants_says_nothing_of_them(foot_drop: Report) -> None:
    assert "plexus" not in answered(foot_drop, same("consensus"))


def test_name_that_begins_with_a_vowel_has_its_article(foot_drop: Report) -> None:
    variants = foot_drop.knowledge.plexus_variants
    named = {**variants, "prefixed": replace(variants["prefixed"], name="Upper plexus")}
    report = replace(foot_drop, knowledge=replace(foot_drop.knowledge, plexus_variants=named))

    other = FirstAnswer("consensus", "prefixed", "root L4", "left", False, True)
    assert "With an upper plexus, the L4 root." in answered(report, other)
