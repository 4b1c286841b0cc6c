"""What becomes of simulated patients, and how it is counted."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dermarules.audit.intervals import Share
from dermarules.audit.simulate import Outcome, rank_of, shares, simulate, sites, taken_for
from dermarules.inference.candidates import Candidate
from dermarules.knowledgebase.base import Knowledge
from dermarules.report import localize
from dermarules.vocabulary import Certainty, Urgency
from tests.unit.inference.rows import case

RIGHT = Outcome(
    klass="wide",
    site="cauda_equina",
    localization="cauda_equina",
    completeness=1.0,
    rank=1,
    answer="cauda_equina",
    certainty=Certainty.CLEAR,
    urgency=Urgency.EMERGENCY_NOW,
    floor=Urgency.SAME_DAY,
    is_abnormal=True,
)
THIRD = replace(RIGHT, rank=3, answer="root S3", urgency=Urgency.ROUTINE)
UNDECIDED = replace(RIGHT, certainty=Certainty.UNDECIDED)
UNSEEN = replace(
    RIGHT, rank=None, answer="nothing_to_localize", certainty=Certainty.LEANING, floor=None, is_abnormal=False
)


def site(name: str, knowledge: Knowledge) -> Candidate:
    return next(candidate for candidate in sites(knowledge) if candidate.name == name)


@pytest.mark.parametrize(
    ("mark", "outcomes", "share"),
    [
        ("first", (RIGHT, THIRD, UNSEEN), Share(1, 3)),
        ("among the first three", (RIGHT, THIRD, UNSEEN), Share(2, 3)),
        ("clear and right", (RIGHT, THIRD, UNDECIDED), Share(1, 3)),
        ("clear and wrong", (RIGHT, THIRD, UNDECIDED), Share(1, 3)),
        ("undecided", (RIGHT, UNDECIDED), Share(1, 2)),
        ("nothing abnormal", (RIGHT, UNSEEN), Share(1, 2)),
        ("same day or sooner", (RIGHT, THIRD), Share(1, 2)),
        ("at least the floor", (RIGHT, THIRD, UNSEEN), Share(1, 2)),
    ],
)
def test_mark_is_a_share_of_the_outcomes(mark: str, outcomes: Sequence[Outcome], share: Share) -> None:
    assert shares(outcomes)[mark] == share


def test_lesions_are_taken_for_what_was_answered_most() -> None:
    assert taken_for((RIGHT, THIRD, THIRD, UNSEEN), most=1) == (("root S3", 2),)


def test_patient_with_a_lesion_becomes_an_outcome(knowledge: Knowledge) -> None:
    outcome = simulate(knowledge, site("cauda_equina", knowledge), 1.0, 0)

    assert (outcome.klass, outcome.localization, outcome.floor) == ("wide", "cauda_equina", Urgency.SAME_DAY)
    assert outcome.is_abnormal
    assert outcome.urgency.rank <= Urgency.SAME_DAY.rank


def test_lesion_on_the_other_side_is_not_the_lesion(knowledge: Knowledge) -> None:
    numb = "sensation: pinprick, over: [lateral_thigh_upper, lateral_thigh_lower], side: {}, is: reduced"
    lesion = site("nerve lateral_femoral_cutaneous at inguinal_ligament", knowledge)

    assert rank_of(localize(case(numb.format("left")), knowledge=knowledge), lesion) == 1
    assert rank_of(localize(case(numb.format("right")), knowledge=knowledge), lesion) is None
