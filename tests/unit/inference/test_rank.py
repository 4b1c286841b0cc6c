"""The order of answers."""

from dataclasses import replace
from itertools import pairwise

from dermarules.inference.rank import NOTHING, rank
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Certainty, Side
from tests.unit.inference.rows import DORSUM, FOOT_DROP, findings_alone, firsts, inferred, order


def test_weak_inversion_turns_a_foot_drop_from_the_nerve_to_the_root() -> None:
    weak = inferred(*FOOT_DROP, "power: ankle_inversion, side: left, is: 3", "power: hip_abduction, side: left, is: 4")
    full = inferred(*FOOT_DROP, "power: ankle_inversion, side: left, is: 5", "power: hip_abduction, side: left, is: 5")

    assert firsts(weak) == ("root L5", Side.LEFT)
    assert firsts(full)[0] in ("nerve common_peroneal", "nerve deep_peroneal")


def test_normal_ankle_reflex_does_not_exclude_l5() -> None:
    found = inferred(*FOOT_DROP, "power: ankle_inversion, side: left, is: 4", "reflex: ankle, side: left, is: normal")

    assert firsts(found) == ("root L5", Side.LEFT)


def test_nothing_abnormal_is_an_answer_and_not_a_clear_one() -> None:
    found = inferred("power: knee_extension, side: both, is: 5", "reflex: ankle, side: both, is: normal")

    assert firsts(found) == (NOTHING, Side.NONE)
    assert found.certainty is Certainty.LEANING


def test_nothing_examined_is_undecided() -> None:
    found = inferred()

    assert order(found) == [NOTHING]
    assert found.certainty is Certainty.UNDECIDED
    assert found.rival is None


def test_something_abnormal_puts_nothing_to_localize_far_behind() -> None:
    assert order(inferred(f"{DORSUM}, side: left, is: absent"))[0] != NOTHING


def test_each_localization_stands_once_for_a_side() -> None:
    ranked = inferred(*FOOT_DROP, f"{DORSUM}, side: both, is: reduced").ranked
    places = [(r.weighing.candidate.localization, r.weighing.side) for r in ranked]

    assert len(set(places)) == len(places)


def test_unnamed_side_gives_an_answer_on_an_unnamed_side() -> None:
    found = inferred("power: ankle_dorsiflexion, side: unknown, is: 3", "power: ankle_inversion, side: unknown, is: 3")

    assert firsts(found) == ("root L5", Side.UNKNOWN)


def test_sites_that_the_findings_do_not_tell_apart_stand_together() -> None:
    found = inferred("power: hip_adduction, side: left, is: 3")
    (obturator,) = [r for r in found.ranked if r.weighing.candidate.localization == "nerve obturator"]

    sites = {w.candidate.site for w in (obturator.weighing, *obturator.same_elsewhere)}

    assert {"pelvic_sidewall", "obturator_canal"} <= sites


def test_totals_fall_but_for_ties(knowledge: Knowledge) -> None:
    totals = [r.weighing.total for r in inferred(*FOOT_DROP, f"{DORSUM}, side: left, is: reduced").ranked]

    assert all(later - earlier <= knowledge.weights.tie for earlier, later in pairwise(totals))


def test_within_a_tie_the_one_with_fewer_untested_core_places_comes_first(knowledge: Knowledge) -> None:
    wide_tie = replace(knowledge, weights=replace(knowledge.weights, tie=1000))

    ranked = rank(findings_alone(*FOOT_DROP), wide_tie, "consensus")

    untested = [r.weighing.untested_core for r in ranked]
    assert untested == sorted(untested)


def test_within_a_tie_the_commoner_comes_first_when_both_were_tested_alike(knowledge: Knowledge) -> None:
    wide_tie = replace(knowledge, weights=replace(knowledge.weights, tie=1000))

    ranked = [r.weighing for r in rank(findings_alone(*FOOT_DROP), wide_tie, "consensus")]

    keys = [(w.untested_core, -w.candidate.prior, w.candidate.order) for w in ranked]
    assert keys == sorted(keys)


def test_sides_of_a_tie_stand_by_their_totals_and_not_left_first(knowledge: Knowledge) -> None:
    wide_tie = replace(knowledge, weights=replace(knowledge.weights, tie=1000))
    rows = [
        f"{DORSUM}, side: both, is: reduced",
        "sensation: pinprick, over: [great_toe_dorsal], side: right, is: reduced",
    ]

    ranked = [r.weighing for r in rank(findings_alone(*rows), wide_tie, "consensus")]

    l5 = [w for w in ranked if w.candidate.name == "root L5"]
    assert l5[0].total >= l5[1].total
