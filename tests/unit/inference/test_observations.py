"""One observation for each place and side, the strongest finding once."""

from dermarules.inference.observations import observe
from dermarules.knowledgebase.base import default_knowledge
from dermarules.notation import State, row_claim
from dermarules.vocabulary import Side
from tests.unit.inference.rows import case, observed

LEFT, RIGHT, UNKNOWN = Side.LEFT, Side.RIGHT, Side.UNKNOWN


def states(*rows: str) -> dict[tuple[str, Side], State]:
    return {place: o.state for place, o in observed(*rows).items()}


def test_row_over_two_places_on_both_sides_is_four_observations() -> None:
    seen = states("sensation: pinprick, over: [heel_plantar, sole_lateral], side: both, is: reduced")

    assert seen == {
        (f"skin {place}", side): State.DEFICIT for place in ("heel_plantar", "sole_lateral") for side in (LEFT, RIGHT)
    }


def test_of_several_modalities_the_strongest_finding_counts() -> None:
    seen = states(
        "sensation: pinprick, over: [heel_plantar], side: left, is: normal",
        "sensation: vibration, over: [heel_plantar], side: left, is: absent",
    )

    assert seen == {("skin heel_plantar", LEFT): State.DEFICIT}


def test_observation_rests_only_on_the_rows_that_made_it() -> None:
    seen = observed(
        "sensation: pinprick, over: [heel_plantar], side: left, is: normal",
        "sensation: vibration, over: [heel_plantar], side: left, is: absent",
    )

    (row,) = seen["skin heel_plantar", LEFT].rows
    assert str(row) == "found: sensation vibration over heel_plantar: absent, left"


def test_found_loss_beats_felt_numbness_beats_normal() -> None:
    felt = "feels: numbness, over: [heel_plantar], side: left, is: present"
    normal = "sensation: pinprick, over: [heel_plantar], side: left, is: normal"
    lost = "sensation: vibration, over: [heel_plantar], side: left, is: reduced"

    assert states(felt, normal) == {("skin heel_plantar", LEFT): State.FELT}
    assert states(felt, lost) == {("skin heel_plantar", LEFT): State.DEFICIT}


def test_increased_sensation_is_a_symptom_and_not_a_loss() -> None:
    row = "sensation: pinprick, over: [heel_plantar], side: left, is: increased"

    assert states(row) == {("skin heel_plantar", LEFT): State.FELT}


def test_pain_stands_beside_what_was_found_at_the_place() -> None:
    found = observe(
        case(
            "feels: pain, over: [heel_plantar], side: left, is: present",
            "sensation: pinprick, over: [heel_plantar], side: left, is: normal",
        ),
        default_knowledge(),
    )

    assert [(o.place, o.state) for o in found] == [
        (("skin", "heel_plantar"), State.NORMAL),
        (("skin", "heel_plantar"), State.PAIN),
    ]


def test_burning_is_felt_and_shooting_is_pain() -> None:
    assert states("feels: burning, over: [heel_plantar], side: left, is: present") == {
        ("skin heel_plantar", LEFT): State.FELT
    }
    assert states("feels: shooting, over: [heel_plantar], side: left, is: present") == {
        ("skin heel_plantar", LEFT): State.PAIN
    }


def test_denied_numbness_is_weaker_than_normal_and_denied_pain_is_nothing() -> None:
    assert states("feels: numbness, over: [heel_plantar], side: left, is: absent") == {
        ("skin heel_plantar", LEFT): State.DENIED
    }
    assert states("feels: pain, over: [heel_plantar], side: left, is: absent") == {}


def test_power_of_0_and_1_is_severe_and_2_is_not() -> None:
    seen = observed("power: knee_extension, side: left, is: 1", "power: hip_flexion, side: left, is: 2")

    assert seen["movement knee_extension", LEFT].severe
    assert not seen["movement hip_flexion", LEFT].severe


def test_wasting_and_fasciculation_are_deficits_of_the_muscle_and_their_absence_is_nothing() -> None:
    assert states("wasting: tibialis_anterior, side: left, is: present") == {
        ("muscle tibialis_anterior", LEFT): State.DEFICIT
    }
    assert states("fasciculation: tibialis_anterior, side: left, is: present") == {
        ("muscle tibialis_anterior", LEFT): State.DEFICIT
    }
    assert states("wasting: tibialis_anterior, side: left, is: absent") == {}


def test_brisk_reflex_is_no_deficit_and_no_more_than_normal() -> None:
    assert states("reflex: ankle, side: left, is: brisk") == {("reflex ankle", LEFT): State.NORMAL}


def test_extensor_plantar_is_no_deficit_of_an_arc() -> None:
    assert states("reflex: plantar, side: left, is: extensor") == {}


def test_reflex_lost_on_both_sides_is_marked_as_symmetric() -> None:
    both = observed("reflex: ankle, side: left, is: absent", "reflex: ankle, side: right, is: reduced")
    one = observed("reflex: ankle, side: left, is: absent", "reflex: ankle, side: right, is: normal")

    assert both["reflex ankle", LEFT].symmetric
    assert both["reflex ankle", RIGHT].symmetric
    assert not one["reflex ankle", LEFT].symmetric


def test_told_foot_drop_is_felt_weakness_of_ankle_dorsiflexion() -> None:
    assert states("history: foot_drop, side: left, is: present") == {("movement ankle_dorsiflexion", LEFT): State.FELT}
    assert states("history: foot_drop, side: left, is: absent") == {}


def test_history_of_leg_weakness_is_no_observation_of_a_place() -> None:
    assert states("history: leg_weakness, side: left, is: present") == {}


def test_unnamed_side_is_never_merged_with_a_named_one() -> None:
    seen = states("reflex: ankle, side: unknown, is: absent", "reflex: ankle, side: left, is: normal")

    assert seen == {("reflex ankle", UNKNOWN): State.DEFICIT, ("reflex ankle", LEFT): State.NORMAL}


def test_claim_of_a_row_names_its_result_and_sides() -> None:
    (both,) = case("power: knee_extension, side: both, is: 4-").findings
    (level,) = case("level: sensory, is: T10").findings
    (number,) = case("measure: symptom_days, is: 12").findings

    assert str(row_claim(both)) == "found: power knee_extension: 4-, both"
    assert str(row_claim(level)) == "found: level sensory: T10"
    assert str(row_claim(number)) == "found: measure symptom_days: 12"


def test_modalities_that_are_lost_at_a_place_are_kept() -> None:
    seen = observed(
        "sensation: vibration, over: [heel_plantar], side: left, is: absent",
        "sensation: pinprick, over: [heel_plantar], side: left, is: normal",
        "sensation: light_touch, over: [sole_medial], side: left, is: normal",
    )

    assert seen["skin heel_plantar", LEFT].modalities == {"vibration"}
    assert seen["skin sole_medial", LEFT].modalities == frozenset()
