"""Where along its course a nerve is injured: what branch order shows, and what it leaves open."""

from dermarules.knowledgebase.base import default_knowledge
from dermarules.questions.along import ElsewhereAlong, elsewhere_along
from tests.unit.inference.rows import inferred

PERONEAL = (
    "power: ankle_dorsiflexion, side: left, is: 1",
    "power: ankle_eversion, side: left, is: 2",
    "power: ankle_inversion, side: left, is: 5",
    "sensation: pinprick, over: [dorsum_foot, lateral_leg_lower], side: left, is: reduced",
)
DEEP_PERONEAL = (
    "power: ankle_dorsiflexion, side: left, is: 1",
    "power: great_toe_extension, side: left, is: 2",
    "power: ankle_eversion, side: left, is: 5",
    "sensation: pinprick, over: [first_web_space], side: left, is: reduced",
)


def along(*rows: str) -> dict[str, ElsewhereAlong]:
    found = elsewhere_along(inferred(*rows), default_knowledge(), "consensus")
    return {each.candidate.name: each for each in found}


def test_foot_drop_alone_cannot_tell_the_fibular_head_from_the_sciatic_nerve() -> None:
    thigh = along(*PERONEAL)["nerve sciatic_peroneal_division at mid_thigh"]

    assert thigh.against == ()
    assert ("muscle", "biceps_femoris_short_head") in thigh.telling[:3]


def test_strong_short_head_and_spared_upper_calf_speak_against_a_lesion_above_the_fibular_head() -> None:
    spared = (
        "muscle: biceps_femoris_short_head, side: left, is: 5",
        "sensation: pinprick, over: [lateral_leg_upper], side: left, is: normal",
    )

    found = along(*PERONEAL, *spared)

    assert [o.place[1] for o in found["nerve common_peroneal at popliteal_fossa"].against] == ["lateral_leg_upper"]
    assert "biceps_femoris_short_head" in {
        o.place[1] for o in found["nerve sciatic_peroneal_division at mid_thigh"].against
    }


def test_deep_fascicles_at_the_fibular_head_cannot_be_told_from_the_deep_peroneal_nerve() -> None:
    fascicles = along(*DEEP_PERONEAL)["nerve common_peroneal at fibular_head, fascicles of deep_peroneal"]

    assert fascicles.is_above
    assert (fascicles.against, fascicles.telling) == ((), ())


def test_spared_hamstrings_speak_against_a_sciatic_lesion_at_the_notch() -> None:
    found = along(
        "power: ankle_dorsiflexion, side: left, is: 1",
        "power: ankle_plantarflexion, side: left, is: 2",
        "power: knee_flexion, side: left, is: 5",
        "sensation: pinprick, over: [dorsum_foot, sole], side: left, is: reduced",
    )

    assert [o.place[1] for o in found["nerve sciatic at sciatic_notch"].against] == ["knee_flexion"]


def test_loss_that_a_branch_does_not_supply_speaks_against_a_lesion_further_down() -> None:
    branch = along(*PERONEAL)["nerve superficial_peroneal at lateral_compartment"]

    assert not branch.is_above
    assert [o.place[1] for o in branch.against] == ["ankle_dorsiflexion"]


def test_roots_and_wide_sites_have_no_course() -> None:
    assert along("power: great_toe_extension, side: left, is: 3", "power: ankle_inversion, side: left, is: 3") == {}
