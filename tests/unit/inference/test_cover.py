"""Several lesions: only where no single one explains the findings, and each for a deficit of its own."""

from dermarules.inference.infer import Inference
from dermarules.notation import SEVERAL
from dermarules.vocabulary import TermKind
from tests.unit.inference.rows import inferred

RIGHT_FEMORAL = (
    "power: knee_extension, side: right, is: 2",
    "power: hip_adduction, side: right, is: 5",
    "reflex: patellar, side: right, is: absent",
    "sensation: pinprick, over: [anterior_thigh_mid, medial_leg_lower], side: right, is: reduced",
)
LEFT_PERONEAL = (
    "power: ankle_dorsiflexion, side: left, is: 1",
    "power: ankle_eversion, side: left, is: 2",
    "power: ankle_inversion, side: left, is: 5",
)


def several(found: Inference) -> list[str]:
    return [r.weighing.candidate.localization for r in found.ranked if SEVERAL in r.weighing.candidate.localization]


def test_deficits_of_two_legs_need_two_nerves() -> None:
    first = inferred(*RIGHT_FEMORAL, *LEFT_PERONEAL).ranked[0].weighing

    assert first.candidate.localization == "nerve femoral + nerve common_peroneal"
    assert {side.value for _, side in first.candidate.parts} == {"left", "right"}
    assert first.unexplained == ()


def test_further_lesion_has_its_price() -> None:
    first = inferred(*RIGHT_FEMORAL, *LEFT_PERONEAL).ranked[0].weighing

    assert [term.counted for term in first.terms if term.kind is TermKind.PRICE] == [-90]
    assert first.total == sum(term.counted for term in first.terms)


def test_one_lesion_that_explains_all_stays_alone() -> None:
    assert several(inferred(*LEFT_PERONEAL)) == []


def test_symptoms_of_one_leg_do_not_make_two_lesions() -> None:
    numb = "feels: numbness, over: [{}], side: left, is: present"

    assert several(inferred(numb.format("groin_crease_medial"), numb.format("little_toe_dorsal"))) == []


def test_same_nerve_of_both_legs_is_one_answer_with_both_sides() -> None:
    numb = "feels: numbness, over: [lateral_thigh_upper, lateral_thigh_lower], side: both, is: present"
    first = inferred(numb).ranked[0].weighing

    assert first.candidate.localization == "nerve lateral_femoral_cutaneous"
    assert {side.value for _, side in first.candidate.parts} == {"left", "right"}


# Found by a search for counterexamples, when only the first of two twins was tried.
def test_lesion_of_either_leg_is_tried_as_well_as_its_twin() -> None:
    both = "sensation: any, over: [ankle_anterior], side: both, is: absent"
    tender = "sensation: any, over: [anterior_thigh_lower], side: {}, is: increased"

    assert several(inferred(both, tender.format("left"))) == several(inferred(both, tender.format("right"))) != []


def test_nothing_is_added_to_a_cord_lesion() -> None:
    found = inferred(
        "level: sensory, is: T10",
        "power: hip_flexion, side: both, is: 2",
        "power: ankle_dorsiflexion, side: both, is: 2",
        "reflex: ankle, side: both, is: absent",
    )

    assert not any("spinal_cord" in name for name in several(found))


def test_neighbouring_roots_of_one_leg_are_a_range_and_no_two_lesions() -> None:
    found = inferred(
        "power: hip_adduction, side: left, is: 3",
        "power: ankle_dorsiflexion, side: left, is: 3",
        "power: ankle_plantarflexion, side: left, is: 3",
        "power: hip_abduction, side: left, is: 3",
        "sensation: pinprick, over: [lateral_foot_border, dorsum_foot_central], side: left, is: reduced",
    )

    assert not {"root L5 + root S1", "root L4 + root L5", "root S1 + root S2"} & set(several(found))
