"""The order of answers, and how certain the first one is."""

from dataclasses import replace
from itertools import pairwise

from dermarules.inference.infer import Inference
from dermarules.inference.rank import NOTHING, Ranked, certainty, differs, rank
from dermarules.inference.weigh import weigh
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.vocabulary import Certainty, Side
from tests.unit.inference.rows import DORSUM, candidate, findings_alone, inferred, observed, order

FOOT_DROP = ("power: ankle_dorsiflexion, side: left, is: 3", "power: great_toe_extension, side: left, is: 3")
PERONEAL = "nerve common_peroneal at fibular_head"


def firsts(found: Inference) -> tuple[str, Side]:
    first = found.ranked[0].weighing
    return first.candidate.localization, first.side


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


PERIANAL_LEFT = "sensation: pinprick, over: [perianal, saddle_inner], side: left, is: reduced"


def test_loss_of_half_the_saddle_leaves_cauda_equina_or_one_root_undecided() -> None:
    found = inferred(PERIANAL_LEFT, "sensation: pinprick, over: [perianal, saddle_inner], side: right, is: normal")

    assert firsts(found)[0] == "cauda_equina"
    assert found.certainty is Certainty.UNDECIDED


def test_loss_of_both_halves_of_the_saddle_is_no_single_root() -> None:
    found = inferred("sensation: pinprick, over: [perianal, saddle_inner, saddle_outer], side: both, is: reduced")

    singles = [r.weighing for r in found.ranked if r.weighing.candidate.klass in ("root", "nerve", "plexus")]
    assert all(weighing.unexplained for weighing in singles)


TRUNK = (
    *(
        f"power: {movement}, side: left, is: 3"
        for movement in ("ankle_dorsiflexion", "ankle_inversion", "ankle_eversion", "hip_abduction", "knee_flexion")
    ),
    "sensation: pinprick, over: [dorsum_foot_central, lateral_leg_lower], side: left, is: reduced",
    "reflex: medial_hamstring, side: left, is: reduced",
)


def test_normal_core_of_l5_leaves_the_root_or_the_lumbosacral_trunk_undecided() -> None:
    found = inferred(
        *TRUNK,
        "power: trunk_extension, side: left, is: 5",
        "sensation: pinprick, over: [great_toe_medial], side: left, is: normal",
    )

    assert {r.weighing.candidate.localization for r in found.ranked[:2]} == {"root L5", "plexus lumbosacral_trunk"}
    assert found.certainty is Certainty.UNDECIDED


def test_rarity_alone_does_not_make_a_nested_answer_clear() -> None:
    found = inferred(*TRUNK, "power: trunk_extension, side: left, is: 5")
    first, second = (r.weighing for r in found.ranked[:2])

    assert (first.candidate.localization, second.candidate.localization) == ("root L5", "plexus lumbosacral_trunk")
    assert first.total - second.total >= 20
    assert found.certainty is Certainty.UNDECIDED


def test_root_within_a_plexus_is_clear_where_nothing_speaks_against_it() -> None:
    found = inferred(*TRUNK, "sensation: pinprick, over: [great_toe_dorsal], side: left, is: reduced")

    assert firsts(found) == ("root L5", Side.LEFT)
    assert found.certainty is Certainty.CLEAR


def test_localization_that_takes_out_the_same_places_leaves_the_answer_undecided(knowledge: Knowledge) -> None:
    found = inferred(*FOOT_DROP, "power: ankle_inversion, side: left, is: 5", f"{DORSUM}, side: left, is: reduced")
    first = found.ranked[0]
    twin = replace(
        first.weighing.candidate, localization="nerve twin", family=frozenset({first.weighing.candidate.name})
    )
    other = replace(first.weighing, candidate=twin, total=first.weighing.total - 50)

    sure, _ = certainty((first, Ranked(other, ()), *found.ranked[1:]), found.evidence, knowledge)

    assert found.certainty is Certainty.CLEAR
    assert sure is Certainty.UNDECIDED
