"""What age takes from the weight of a finding, and what it leaves."""

import pytest

from dermarules.inference.sums import even
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim
from dermarules.vocabulary import Side, Tier
from tests.unit.inference.rows import inferred, terms

ANKLES = "reflex: ankle, side: both, is: absent"
TOES = "over: [great_toe_dorsal], side: both, is: absent"
AGE_SIXTY_FIVE, OLD, YOUNG = 65, 78, 40


def weight(rows: tuple[str, ...], label: str, age: float | None, place: str = "root S1") -> int:
    return terms(place, Side.LEFT, inferred(*rows, age=age))[label].weight


def test_ankle_jerks_lost_on_both_sides_count_half_in_the_old(knowledge: Knowledge) -> None:
    label = "deficit ankle: core of root S1"
    core = knowledge.weights.deficit.reflex["root"][Tier.CORE] * knowledge.weights.symmetric_reflex_factor
    factor = knowledge.modifiers["ankle_jerks_low_after_65"].factor

    assert weight((ANKLES,), label, YOUNG) == even(core)
    assert weight((ANKLES,), label, OLD) == even(core * factor)


@pytest.mark.parametrize("age", [None, YOUNG, AGE_SIXTY_FIVE])
def test_an_unknown_age_is_not_old_and_neither_is_65(age: float | None) -> None:
    found = inferred(ANKLES, age=age)

    assert found.evidence.lessened == {}


def test_one_lost_ankle_jerk_is_as_telling_in_the_old() -> None:
    rows = ("reflex: ankle, side: left, is: absent", "reflex: ankle, side: right, is: normal")
    label = "deficit ankle: core of root S1"

    assert weight(rows, label, OLD) == weight(rows, label, YOUNG)


def test_a_lost_knee_jerk_is_as_telling_in_the_old() -> None:
    assert inferred("reflex: patellar, side: both, is: absent", age=OLD).evidence.lessened == {}


def test_lost_ankle_jerks_cost_the_old_less_where_they_stay_unexplained() -> None:
    rows = (ANKLES, "sensation: pinprick, over: [lateral_thigh_upper], side: left, is: reduced")
    label, place = "unexplained: deficit ankle, left", "nerve lateral_femoral_cutaneous at inguinal_ligament"

    assert weight(rows, label, YOUNG, place) < weight(rows, label, OLD, place) < 0


def test_vibration_alone_counts_less_in_the_old_and_pinprick_counts_in_full() -> None:
    label = "deficit great_toe_dorsal: core of root L5"
    vibration, pinprick = (f"sensation: vibration, {TOES}",), (f"sensation: pinprick, {TOES}",)

    assert weight(vibration, label, OLD, "root L5") < weight(vibration, label, YOUNG, "root L5")
    assert weight(pinprick, label, OLD, "root L5") == weight(pinprick, label, YOUNG, "root L5")
    assert inferred(*vibration, *pinprick, age=OLD).evidence.lessened == {}


def test_vibration_lost_on_one_side_only_counts_in_full_in_the_old() -> None:
    row = "sensation: vibration, over: [great_toe_dorsal], side: left, is: absent"

    assert inferred(row, age=OLD).evidence.lessened == {}


def test_a_straight_leg_raise_counts_less_in_the_old() -> None:
    row = ("sign: slr, side: left, is: positive",)

    assert weight(row, "rule slr_positive", OLD) == even(weight(row, "rule slr_positive", YOUNG) * 0.5)


def test_the_proof_tells_by_what_fact_and_what_finding_something_counts_less() -> None:
    found = inferred(ANKLES, age=OLD)
    fact = Claim("known", "modifiers/ankle_jerks_low_after_65")

    premises = terms("root S1", Side.LEFT, found)["deficit ankle: core of root S1"].premises

    assert fact in premises
    assert Claim("found", "measure age_years: 78", "none") in {
        leaf for premise in premises for leaf in found.proof.leaves(premise)
    }


def test_a_modifier_only_lessens(knowledge: Knowledge) -> None:
    assert all(0 < modifier.factor < 1 for modifier in knowledge.modifiers.values())
