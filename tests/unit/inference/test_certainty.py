"""How certain the first answer is."""

from dataclasses import replace

from dermarules.inference.certainty import Doubt, certainty, doubts, is_told_from, separates
from dermarules.inference.evidence import Evidence, Fired
from dermarules.inference.rank import Ranked, rank
from dermarules.inference.weigh import weigh
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.proof import Claim
from dermarules.rules import Favours
from dermarules.vocabulary import Certainty, Side, Strength
from tests.unit.inference.rows import DORSUM, FOOT_DROP, candidate, findings_alone, firsts, inferred

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


def apart(first: str, rival: str, *rows: str) -> set[str]:
    """The places that speak for the first rather than for the rival, both on the left."""
    seen, knowledge = findings_alone(*rows), default_knowledge()
    one, other = (weigh(candidate(name), Side.LEFT, seen, knowledge) for name in (first, rival))
    return {o.place[1] for o in seen.observations if separates(one, other, o)}


def test_place_that_is_lost_speaks_for_the_one_that_takes_it() -> None:
    rows = ("power: ankle_inversion, side: left, is: 3", "power: ankle_dorsiflexion, side: left, is: 3")

    assert apart("root L5", PERONEAL, *rows) == {"ankle_inversion"}
    assert apart(PERONEAL, "root L5", *rows) == set()


def test_place_that_is_kept_speaks_for_the_one_that_spares_it() -> None:
    rows = ("power: ankle_inversion, side: left, is: 5", "power: ankle_dorsiflexion, side: left, is: 5")

    assert apart("root L5", PERONEAL, *rows) == set()
    assert apart(PERONEAL, "root L5", *rows) == {"ankle_inversion"}


def test_place_of_which_the_map_is_silent_speaks_for_neither() -> None:
    rows = ("sensation: pinprick, over: [lateral_foot_border], side: left, is: reduced",)

    assert ("skin", "lateral_foot_border") in candidate("root L5").silent
    assert apart("nerve sural at lateral_ankle", "root L5", *rows) == set()
    assert apart("nerve sural at lateral_ankle", "root L4", *rows) == {"lateral_foot_border"}


def test_examination_that_speaks_for_the_rival_does_not_make_an_answer_clear() -> None:
    rows = ("power: ankle_dorsiflexion, side: left, is: 3", "power: ankle_inversion, side: left, is: 3")

    assert far_ahead(PERONEAL, "root L5", *rows) is Certainty.LEANING
    assert far_ahead("root L5", PERONEAL, *rows) is Certainty.CLEAR


def against_two(near: int, far: int, first: int = 300) -> Certainty:
    """The certainty of a root with a nerve that was told from it, and a cord that was not and has no pattern shown."""
    rows = ("power: ankle_dorsiflexion, side: left, is: 3", "power: ankle_inversion, side: left, is: 3")
    seen, knowledge = findings_alone(*rows), default_knowledge()
    totals = {"root L5": first, PERONEAL: near, "spinal_cord": far}
    sides = {name: Side.NONE if name == "spinal_cord" else Side.LEFT for name in totals}
    weighed = [
        replace(weigh(candidate(name), sides[name], seen, knowledge), total=total) for name, total in totals.items()
    ]
    return certainty([Ranked(w, ()) for w in weighed], seen, knowledge)[0]


def test_wide_site_whose_pattern_was_not_shown_must_be_told_from_the_answer_if_it_would_come_near(
    knowledge: Knowledge,
) -> None:
    near = 300 - knowledge.weights.certainty.margin + knowledge.weights.entry_missing

    assert near > knowledge.weights.certainty.minimum
    assert against_two(near=100, far=near) is Certainty.LEANING
    assert against_two(near=100, far=near - 2) is Certainty.CLEAR
    assert against_two(near=0, far=near - 2) is Certainty.CLEAR


def test_wide_site_whose_pattern_was_not_shown_comes_into_question_only_if_it_suffices_all_the_same(
    knowledge: Knowledge,
) -> None:
    minimum = knowledge.weights.certainty.minimum

    assert against_two(near=-30, far=minimum, first=100) is Certainty.LEANING
    assert against_two(near=-30, far=minimum - 2, first=100) is Certainty.CLEAR


def test_margin_is_to_the_highest_rival_though_another_stands_before_it_in_a_tie(knowledge: Knowledge) -> None:
    limit = 300 - knowledge.weights.certainty.margin

    assert against_two(near=limit, far=0) is Certainty.CLEAR
    assert against_two(near=limit, far=limit + 2) is Certainty.UNDECIDED


def second(name: str, total: int, knowledge: Knowledge) -> Certainty:
    """The certainty of the L5 root, with the peroneal nerve told from it at 30, and another structure at this total."""
    rows = ("power: ankle_dorsiflexion, side: left, is: 3", "power: ankle_inversion, side: left, is: 3")
    seen = findings_alone(*rows)
    totals = {"root L5": 300, PERONEAL: 30, name: total}
    weighed = [replace(weigh(candidate(n), Side.LEFT, seen, knowledge), total=t) for n, t in totals.items()]
    return certainty([Ranked(w, ()) for w in weighed], seen, knowledge)[0]


def test_every_rival_that_would_suffice_by_itself_must_be_told_from_the_answer(knowledge: Knowledge) -> None:
    minimum = knowledge.weights.certainty.minimum

    assert second("root L4", minimum, knowledge) is Certainty.LEANING
    assert second("root L4", 30 - knowledge.weights.tie, knowledge) is Certainty.LEANING
    assert second("root L4", 30 - knowledge.weights.tie - 2, knowledge) is Certainty.CLEAR


STOCKING = (
    "sensation: vibration, over: [great_toe_dorsal, dorsum_foot_central, medial_malleolus], side: both, is: absent"
)


def test_rule_that_speaks_for_both_tells_them_not_apart() -> None:
    found = inferred(STOCKING, "history: gait_ataxia, is: present")
    sides = {w.candidate.localization: w for w in (r.weighing for r in found.ranked)}

    labels = [{t.label for t in sides[name].terms} for name in ("polyneuropathy", "spinal_cord")]

    assert all("rule sensory_ataxia" in each for each in labels)
    assert found.certainty is not Certainty.CLEAR


def test_sign_that_the_answer_explains_and_the_rival_leaves_open_tells_them_apart() -> None:
    without, knowledge = findings_alone("power: ankle_dorsiflexion, side: left, is: 3"), default_knowledge()
    upgoing = replace(without, upper_motor_neuron=(Claim("true", "findings/umn_signs"),))

    def told(first: str, rival: str, seen: Evidence) -> bool:
        sides = {name: Side.NONE if name == "spinal_cord" else Side.LEFT for name in (first, rival)}
        one, other = (weigh(candidate(name), side, seen, knowledge) for name, side in sides.items())
        return is_told_from(one, other, seen)

    assert not told("spinal_cord", "root L5", without)
    assert told("spinal_cord", "root L5", upgoing)
    assert not told("root L5", "spinal_cord", upgoing)


FELT_DORSUM = "feels: numbness, over: [dorsum_foot_central, great_toe_dorsal], side: left, is: present"


def with_rules(first: str, row: str, *strengths: Strength, against: bool = False) -> Certainty:
    """The certainty of an answer far ahead of nothing to localize, on one finding and one rule of each strength."""
    said = (Favours((first,), strength, against) for strength in strengths)
    fired = tuple(Fired(f"r{n}", favours, Side.NONE, Claim("true", f"rules/r{n}")) for n, favours in enumerate(said))
    seen, knowledge = replace(findings_alone(row), fired=fired), default_knowledge()
    side = Side.NONE if first == "spinal_cord" else Side.LEFT
    found = replace(weigh(candidate(first), side, seen, knowledge), total=300)
    return certainty([Ranked(found, ()), *rank(findings_alone(), knowledge, "consensus")], seen, knowledge)[0]


def test_loss_that_any_larger_structure_explains_is_not_enough_for_a_clear_answer() -> None:
    weak = "power: ankle_dorsiflexion, side: left, is: 3"

    assert with_rules(PERONEAL, weak) is Certainty.CLEAR
    assert with_rules("spinal_cord", weak) is Certainty.LEANING
    assert with_rules("spinal_cord", weak, Strength.WEAK) is Certainty.LEANING
    assert with_rules("spinal_cord", weak, Strength.MODERATE) is Certainty.CLEAR


def test_what_is_only_felt_needs_a_strong_rule_for_a_clear_answer() -> None:
    assert with_rules(PERONEAL, FELT_DORSUM, Strength.MODERATE) is Certainty.LEANING
    assert with_rules(PERONEAL, FELT_DORSUM, Strength.STRONG) is Certainty.CLEAR


def test_answer_that_a_rule_speaks_strongly_against_is_not_clear() -> None:
    weak = "power: ankle_dorsiflexion, side: left, is: 3"

    assert with_rules(PERONEAL, weak, Strength.MODERATE, against=True) is Certainty.CLEAR
    assert with_rules(PERONEAL, weak, Strength.STRONG, against=True) is Certainty.LEANING


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


def test_several_lesions_that_hardly_beat_one_of_them_are_undecided() -> None:
    found = inferred(
        "power: ankle_dorsiflexion, side: left, is: 4",
        "power: ankle_inversion, side: left, is: 4",
        "power: hip_abduction, side: left, is: 4",
        "sensation: pinprick, over: [dorsum_foot_central, great_toe_dorsal], side: left, is: reduced",
        "sensation: pinprick, over: [lateral_thigh_lower, lateral_thigh_upper], side: left, is: absent",
        "power: knee_extension, side: left, is: 5",
        "reflex: patellar, side: left, is: normal",
    )

    assert firsts(found)[0] == "root L5 + nerve lateral_femoral_cutaneous"
    assert found.rival is not None
    assert found.rival.candidate.localization == "root L5"
    assert found.certainty is Certainty.UNDECIDED


def test_several_lesions_are_never_clear() -> None:
    found = inferred(
        "power: knee_extension, side: right, is: 2",
        "power: hip_adduction, side: right, is: 5",
        "reflex: patellar, side: right, is: absent",
        "sensation: pinprick, over: [anterior_thigh_mid, medial_leg_lower], side: right, is: reduced",
        "power: ankle_dorsiflexion, side: left, is: 1",
        "power: ankle_eversion, side: left, is: 2",
        "power: ankle_inversion, side: left, is: 5",
    )

    assert firsts(found)[0] == "nerve femoral + nerve common_peroneal"
    assert found.certainty is Certainty.LEANING


def doubts_of(*rows: str) -> tuple[Doubt, ...]:
    found = inferred(*rows)
    return doubts(found.ranked, found.evidence, found.knowledge)


def test_clear_answer_leaves_no_doubt() -> None:
    assert doubts_of(*DECIDED) == ()


def test_every_doubt_is_named_the_gravest_first() -> None:
    assert doubts_of("power: ankle_dorsiflexion, side: left, is: 4") == (Doubt.CLOSE, Doubt.UNTOLD)


def test_that_there_is_nothing_is_never_clear() -> None:
    assert doubts_of("history: back_pain, is: present") == (Doubt.UNEXAMINED, Doubt.NO_PLACE)
    assert doubts_of("power: ankle_dorsiflexion, side: left, is: 5") == (Doubt.NO_PLACE,)
