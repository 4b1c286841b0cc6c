"""How certain the first answer is."""

from dataclasses import replace

from dermarules.inference.certainty import certainty, differs
from dermarules.inference.rank import Ranked
from dermarules.inference.weigh import weigh
from dermarules.knowledgebase.base import default_knowledge
from dermarules.vocabulary import Certainty, Side
from tests.unit.inference.rows import DORSUM, FOOT_DROP, candidate, findings_alone, firsts, inferred, observed

PERONEAL = "nerve common_peroneal at fibular_head"
DECIDED = (
    *FOOT_DROP,
    "power: ankle_eversion, side: left, is: 3",
    f"{DORSUM}, side: left, is: reduced",
    "power: ankle_inversion, side: left, is: 5",
    "power: hip_abduction, side: left, is: 5",
    "reflex: ankle, side: left, is: normal",
    "sensation: pinprick, over: [lateral_leg_upper], side: left, is: normal",
)


def test_answer_is_clear_if_it_leads_and_what_decides_was_examined() -> None:
    found = inferred(*DECIDED)

    assert firsts(found) == ("nerve common_peroneal", Side.LEFT)
    assert found.certainty is Certainty.CLEAR


def far_ahead(first: str, second: str, *rows: str) -> Certainty:
    """The certainty on these findings, and no rule, if the first of two stood far ahead of the second on the left."""
    seen, knowledge = findings_alone(*rows), default_knowledge()
    pair = [weigh(candidate(name), Side.LEFT, seen, knowledge) for name in (first, second)]
    ahead = [Ranked(replace(w, total=total), ()) for w, total in zip(pair, (300, 0), strict=True)]
    return certainty(ahead, seen, knowledge)[0]


def test_answer_is_never_clear_if_the_deciding_place_was_not_examined() -> None:
    assert far_ahead(PERONEAL, "root L5", "power: ankle_dorsiflexion, side: left, is: 3") is Certainty.LEANING


def test_answer_is_clear_once_the_deciding_place_was_examined() -> None:
    rows = ("power: ankle_dorsiflexion, side: left, is: 3", "power: ankle_inversion, side: left, is: 5")

    assert far_ahead(PERONEAL, "root L5", *rows) is Certainty.CLEAR


def test_deciding_place_of_the_other_leg_decides_nothing() -> None:
    rows = ("power: ankle_dorsiflexion, side: left, is: 3", "power: ankle_inversion, side: right, is: 5")

    assert far_ahead(PERONEAL, "root L5", *rows) is Certainty.LEANING


def test_rival_that_contains_the_answer_does_not_make_it_less_clear() -> None:
    seen, knowledge = findings_alone("power: ankle_dorsiflexion, side: left, is: 3"), default_knowledge()
    names = (PERONEAL, "nerve deep_peroneal at anterior_compartment", "nerve sciatic at sciatic_notch", "plexus sacral")
    close = [Ranked(weigh(candidate(name), Side.LEFT, seen, knowledge), ()) for name in names]

    sure, rival = certainty([Ranked(replace(close[0].weighing, total=300), ()), *close[1:]], seen, knowledge)

    assert (sure, rival) == (Certainty.CLEAR, None)


def test_close_rival_leaves_the_answer_undecided() -> None:
    found = inferred("power: ankle_dorsiflexion, side: left, is: 3")

    assert found.certainty is Certainty.UNDECIDED
    assert found.rival is not None


def test_place_differs_if_one_reaches_it_firmly_and_the_other_not() -> None:
    seen = observed("power: ankle_inversion, side: left, is: 5", "power: ankle_dorsiflexion, side: left, is: 3")

    assert differs(candidate("root L5"), candidate(PERONEAL), seen["movement ankle_inversion", Side.LEFT])
    assert differs(candidate(PERONEAL), candidate("root L5"), seen["movement ankle_inversion", Side.LEFT])
    assert not differs(candidate("root L5"), candidate(PERONEAL), seen["movement ankle_dorsiflexion", Side.LEFT])
