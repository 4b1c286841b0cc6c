"""Red flags raised, open and cleared, and answers that are urgent by themselves."""

from dataclasses import replace

import pytest

from dermarules.inference.urgency import highest
from dermarules.knowledgebase.base import Knowledge
from dermarules.rules import Leaf
from dermarules.vocabulary import Kind, Result, Side, SideTest, Urgency
from tests.unit.inference.rows import case, inferred

ASKED_AND_DENIED = (
    "history: urinary_retention, is: absent",
    "history: new_urinary_incontinence, is: absent",
    "history: faecal_incontinence, is: absent",
    "history: saddle_anaesthesia, is: absent",
    "history: leg_weakness, is: absent",
)


def states(*rows: str, knowledge: Knowledge | None = None) -> tuple[list[str], list[str], list[str]]:
    """The ids of the red flags that are raised, open and cleared."""
    flags = inferred(*rows, knowledge=knowledge).flags
    return (
        [raised.flag.id for raised in flags.raised],
        [undecided.flag.id for undecided in flags.open],
        [cleared.flag.id for cleared in flags.cleared],
    )


def test_absent_perianal_pinprick_is_saddle_anaesthesia_and_an_emergency() -> None:
    found = inferred("sensation: pinprick, over: [perianal], side: both, is: absent").flags

    assert ("ces_saddle", Urgency.EMERGENCY_NOW) in [(r.flag.id, r.flag.then.urgency) for r in found.raised]


def test_weak_toe_extension_is_leg_weakness() -> None:
    assert "seed_leg_weakness" in states("power: toe_extension, side: left, is: 4")[0]


def test_most_urgent_flag_stands_first() -> None:
    raised = inferred(
        "power: ankle_dorsiflexion, side: left, is: 1", "history: urinary_retention, is: present"
    ).flags.raised

    ranks = [r.flag.then.urgency.rank for r in raised]
    assert ranks == sorted(ranks)
    assert ranks[0] == Urgency.EMERGENCY_NOW.rank


def test_leg_symptom_without_the_saddle_question_leaves_the_saddle_open() -> None:
    _, undecided, cleared = states("history: leg_pain_radiating, side: left, is: present")

    assert "ces_saddle" in undecided
    assert "ces_saddle" not in cleared


def test_denied_saddle_loss_alone_does_not_clear_the_saddle() -> None:
    _, undecided, cleared = states(
        "history: leg_pain_radiating, side: left, is: present", "history: saddle_anaesthesia, is: absent"
    )

    assert "ces_saddle" in undecided
    assert "ces_saddle" not in cleared


def test_denied_and_examined_saddle_is_cleared() -> None:
    _, undecided, cleared = states(
        "history: leg_pain_radiating, side: left, is: present",
        "history: saddle_anaesthesia, is: absent",
        "sensation: pinprick, over: [saddle_outer, saddle_inner, perianal], side: both, is: normal",
    )

    assert "ces_saddle" in cleared
    assert "ces_saddle" not in undecided


def test_saddle_examined_on_one_side_only_is_not_cleared() -> None:
    _, _, cleared = states(
        "history: saddle_anaesthesia, is: absent",
        "sensation: pinprick, over: [saddle_outer, saddle_inner, perianal], side: left, is: normal",
    )

    assert "ces_saddle" not in cleared


def test_normal_anal_tone_and_a_small_residual_clear_no_cauda_equina_flag() -> None:
    cleared = states(
        "history: leg_pain_radiating, side: left, is: present",
        "measure: pvr_ml, is: 20",
    )[2]

    assert "ces_saddle" not in cleared
    assert "ces_retention" not in cleared


def test_flag_that_nothing_touches_is_not_open() -> None:
    assert "gbs_respiratory" not in states("history: leg_pain_radiating, side: left, is: present")[1]


def test_open_flag_is_found_by_ask_when_and_without_it_by_a_true_part(knowledge: Knowledge) -> None:
    quiet = replace(knowledge.red_flags["ces_saddle"], ask_when=None)
    silent: Knowledge = replace(knowledge, red_flags={"ces_saddle": quiet})

    assert states("history: leg_pain_radiating, side: left, is: present", knowledge=silent)[1] == []


def test_self_care_needs_everything_denied_and_nothing_open() -> None:
    raised, undecided, _ = states("history: improving, is: present", *ASKED_AND_DENIED)

    assert undecided == []
    assert raised == ["self_care"]


@pytest.mark.parametrize("left_out", range(5))
def test_self_care_is_silent_if_one_question_was_not_asked(left_out: int) -> None:
    asked = [row for number, row in enumerate(ASKED_AND_DENIED) if number != left_out]

    assert "self_care" not in states("history: improving, is: present", *asked)[0]


def test_self_care_is_silent_beside_another_flag() -> None:
    raised = states(
        "history: improving, is: present", *ASKED_AND_DENIED, "history: foot_drop, side: left, is: present"
    )[0]

    assert raised
    assert "self_care" not in raised


def test_flag_of_one_side_is_cleared_only_if_it_is_false_on_both(knowledge: Knowledge) -> None:
    flag = one_sided(knowledge)
    both = "reflex: ankle, side: both, is: normal"

    assert states("reflex: ankle, side: left, is: normal", knowledge=flag)[2] == []
    assert states(both, knowledge=flag)[2] == ["sided"]
    assert states("reflex: ankle, side: left, is: absent", knowledge=flag)[0] == ["sided"]


def one_sided(knowledge: Knowledge) -> Knowledge:
    """The knowledge with one red flag only: the ankle reflex of a side is lost."""
    lost = Leaf(Kind.REFLEX, ("ankle",), frozenset({Result.REDUCED, Result.ABSENT}), SideTest.SAME)
    flag = replace(knowledge.red_flags["ces_saddle"], id="sided", when=lost, ask_when=None)
    return replace(knowledge, red_flags={"sided": flag})


def test_cauda_equina_first_is_urgent_whatever_the_flags_say() -> None:
    found = inferred("history: leg_pain_radiating, side: right, is: present", "history: urinary_urgency, is: present")

    assert found.ranked[0].weighing.candidate.name == "cauda_equina"
    assert found.floor is not None
    assert found.floor.urgency is Urgency.SAME_DAY


def test_site_without_its_entry_condition_sets_no_floor() -> None:
    assert inferred("power: ankle_dorsiflexion, side: left, is: 3").floor is None


def test_highest_is_the_most_urgent_and_routine_if_there_is_none() -> None:
    assert highest([Urgency.ROUTINE, Urgency.SAME_DAY]) is Urgency.SAME_DAY
    assert highest([Urgency.SELF_CARE_MONITOR]) is Urgency.SELF_CARE_MONITOR
    assert highest([]) is Urgency.ROUTINE


def test_unknown_onset_is_taken_as_acute_and_said_to_be_an_assumption() -> None:
    found = inferred("power: ankle_dorsiflexion, side: left, is: 3")
    assumed = [str(claim) for claim in found.proof if claim.predicate == "true" and "not known" in claim.subject]

    assert "acute_foot_drop" in [r.flag.id for r in found.flags.raised]
    assert assumed


def test_known_long_duration_lowers_the_urgency_of_a_foot_drop() -> None:
    found = inferred("power: ankle_dorsiflexion, side: left, is: 3", "measure: weakness_onset_days, is: 200")

    assert "acute_foot_drop" not in [r.flag.id for r in found.flags.raised]


def test_unnamed_side_raises_a_flag_too() -> None:
    (finding,) = case("power: ankle_dorsiflexion, side: unknown, is: 3").findings

    assert finding.sides == (Side.UNKNOWN,)
    assert "seed_leg_weakness" in states("power: ankle_dorsiflexion, side: unknown, is: 3")[0]
