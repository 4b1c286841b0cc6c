"""Findings, places and localizations in plain English."""

from typing import Any

import pytest

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.proof import Claim
from dermarules.render.phrases import assumption_phrase, finding_phrase, measured_phrase
from dermarules.render.words import (
    condition_name,
    counted,
    either,
    listed,
    localization_name,
    lowered,
    places_phrase,
    site_name,
    stopped,
    the_localization,
)
from tests.voices import english


def said(finding: dict[str, Any], knowledge: Knowledge) -> str:
    return finding_phrase(
        case_from_mapping({"id": "x", "findings": [finding]}, knowledge).findings[0], english(knowledge)
    )


@pytest.mark.parametrize(
    ("finding", "phrase"),
    [
        ({"power": "ankle_dorsiflexion", "side": "left", "is": 3}, "weak ankle dorsiflexion (3/5), left"),
        ({"power": "ankle_dorsiflexion", "side": "both", "is": 5}, "full ankle dorsiflexion (5/5), both sides"),
        ({"power": "ankle_dorsiflexion", "side": "right", "is": "weak"}, "weak ankle dorsiflexion, right"),
        ({"power": "ankle_dorsiflexion", "side": "right", "is": "normal"}, "normal power of ankle dorsiflexion, right"),
        ({"muscle": "soleus", "side": "unknown", "is": "paralysed"}, "paralysis of soleus, side not stated"),
        ({"wasting": "soleus", "side": "left", "is": "present"}, "wasting of soleus, left"),
        ({"fasciculation": "soleus", "side": "left", "is": "absent"}, "no fasciculation of soleus, left"),
        ({"wasting": "ankle_dorsiflexion", "side": "left", "is": "present"}, "wasting of ankle dorsiflexion, left"),
        ({"reflex": "ankle", "side": "left", "is": "normal"}, "ankle (Achilles) reflex normal, left"),
        ({"reflex": "plantar", "side": "right", "is": "extensor"}, "plantar response (Babinski) extensor, right"),
        ({"sign": "slr", "side": "left", "is": "positive"}, "Straight leg raise (Lasegue) positive, left"),
        ({"history": "urinary_retention", "is": "absent"}, "denied: cannot pass urine, or the bladder stays full"),
        ({"history": "back_pain", "is": "present"}, "pain in the low back"),
        ({"measure": "symptom_days", "is": 10}, "time since the symptoms began: 10 days"),
        ({"level": "sensory", "is": "T10"}, "sensory level at T10"),
        ({"level": "sensory", "is": "present"}, "a sensory level on the trunk"),
        ({"level": "sensory", "is": "absent"}, "no sensory level on the trunk"),
        (
            {"sensation": "pinprick", "over": ["dorsum_foot_central"], "side": "left", "is": "reduced"},
            "reduced pinprick over the central dorsum of foot, left",
        ),
        (
            {"sensation": "any", "over": ["lateral_malleolus"], "side": "left", "is": "absent"},
            "sensation absent over the lateral malleolus, left",
        ),
        (
            {"sensation": "light_touch", "over": ["lateral_malleolus"], "side": "left", "is": "normal"},
            "light touch normal over the lateral malleolus, left",
        ),
        (
            {"feels": "shooting", "over": ["heel_plantar"], "side": "right", "is": "present"},
            "shooting pain over the plantar heel, right",
        ),
        (
            {"feels": "numbness", "over": ["heel_plantar"], "side": "right", "is": "absent"},
            "no numbness over the plantar heel, right",
        ),
    ],
)
def test_a_finding_reads_as_a_clinician_writes_it(finding: dict[str, Any], phrase: str, knowledge: Knowledge) -> None:
    assert said(finding, knowledge) == phrase


def test_an_area_stands_for_its_regions_and_others_are_named(knowledge: Knowledge) -> None:
    saddle = knowledge.areas["saddle"].regions
    assert places_phrase((*saddle, "heel_plantar"), english(knowledge)) == "the saddle and the plantar heel"


def test_many_places_are_counted(knowledge: Knowledge) -> None:
    places = ("mons_pubis", "hip_lateral", "knee_medial", "shin_upper", "calf_upper", "heel_medial", "sole_medial")
    assert places_phrase(places, english(knowledge)).endswith("the upper central calf and 2 more places")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("root L5", "the L5 root"),
        ("roots L5-S1", "the L5 to S1 roots"),
        ("nerve common_peroneal", "the common peroneal nerve"),
        ("plexus lumbosacral", "the lumbosacral plexus"),
        ("plexus lumbosacral_trunk", "the lumbosacral trunk"),
        ("plexus brachial", "the brachial plexus"),
        ("spinal_cord + nerve sciatic", "spinal cord and the sciatic nerve"),
        ("cauda_equina", "cauda equina"),
        ("nothing_to_localize", "nothing to localize"),
        ("upper_motor_neuron", "upper motor neuron"),
    ],
)
def test_a_localization_reads_as_a_neurologist_says_it(name: str, words: str, knowledge: Knowledge) -> None:
    assert the_localization(name, english(knowledge)) == words
    assert localization_name(name, english(knowledge)) == words.removeprefix("the ").replace(" and the ", " and ")


def test_small_words(knowledge: Knowledge) -> None:
    voice = english(knowledge)
    assert listed(["a", "b", "c"], voice) == "a, b and c"
    assert either(["a", "b"], voice) == "a or b"
    assert listed(["a"], voice) == "a"
    assert listed([], voice) == ""
    assert counted(1, "finding") == "1 finding"
    assert counted(0, "finding") == "0 findings"
    assert stopped("Is it so?") == "Is it so?"
    assert stopped("It is") == "It is."
    assert lowered("FAIR test", voice) == "FAIR test"
    assert lowered("A small residual", voice) == "a small residual"


def test_names_that_the_knowledge_lacks_are_still_readable(knowledge: Knowledge) -> None:
    assert condition_name("some_condition", english(knowledge)) == "some condition"
    assert site_name("some_site", english(knowledge)) == "some site"


def test_a_derived_measure_is_told_from_its_claim(knowledge: Knowledge) -> None:
    assert measured_phrase(Claim("found", "measure age_years: 43"), english(knowledge)) == "age: 43 years"
    assert measured_phrase(Claim("found", "something else"), english(knowledge)) == "something else"


def test_an_assumption_says_what_was_not_given(knowledge: Knowledge) -> None:
    claim = Claim("true", "weakness_onset_days le 42, or not known", "any")
    said = assumption_phrase(claim, "no reason", english(knowledge))
    assert said == "assumed, because not given: time since the weakness began at most 42 days"
    assert assumption_phrase(Claim("true", "else"), "a reason", english(knowledge)) == "assumed: a reason"
