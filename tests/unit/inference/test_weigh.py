"""What one finding adds or takes, and how many count together."""

from collections.abc import Sequence

import pytest

from dermarules.inference.candidates import Candidate
from dermarules.inference.evidence import is_target, matches
from dermarules.inference.sums import even
from dermarules.inference.weigh import weigh
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.vocabulary import Group, Side, TermKind, Tier
from tests.unit.inference.rows import DORSUM, candidate, findings_alone, inferred, terms, weighing

LEFT = Side.LEFT
PERONEAL = "nerve common_peroneal at fibular_head"


def counted(rows: Sequence[str], name: str, group: Group, side: Side = LEFT) -> list[int]:
    """What the terms of a group count, without any rule of the knowledge."""
    seen = findings_alone(*rows)
    found = weigh(candidate(name), side, seen, default_knowledge())
    return sorted((term.counted for term in found.terms if term.group is group), reverse=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(13.0, 12), (15.0, 16), (14.2, 14), (-13.0, -12), (-15.0, -16), (0.0, 0), (1.0, 0), (3.0, 4)],
)
def test_weights_are_even_and_halves_go_to_the_one_divisible_by_four(value: float, expected: int) -> None:
    assert even(value) == expected


def test_strongest_term_counts_in_full_and_the_next_at_half(knowledge: Knowledge) -> None:
    core = knowledge.weights.deficit.sensory["nerve"][Tier.CORE]
    skin = [
        name
        for (kind, name), tier in candidate("nerve tibial at tarsal_tunnel").reach.items()
        if kind == "skin" and tier is Tier.CORE
    ]

    found = counted(
        [f"sensation: pinprick, over: [{place}], side: left, is: reduced" for place in skin[:2]],
        "nerve tibial at tarsal_tunnel",
        Group.SENSORY,
    )

    assert found == [core, even(core / 2)]


def test_after_the_strongest_only_the_next_three_count_and_all_under_a_cap(knowledge: Knowledge) -> None:
    rows = ["sensation: pinprick, over: [foot, lower_leg, thigh], side: left, is: reduced"]

    found = counted(rows, "nerve sciatic at sciatic_notch", Group.SENSORY)

    assert len(found) > 10
    assert sum(found) <= knowledge.weights.group_cap
    assert found[4:] == [0] * (len(found) - 4)


def test_normal_and_abnormal_findings_are_counted_apart(knowledge: Knowledge) -> None:
    table = knowledge.weights
    rows = ["power: ankle_dorsiflexion, side: left, is: 3", "power: ankle_eversion, side: left, is: 5"]

    found = counted(rows, PERONEAL, Group.MOTOR)

    assert found == [table.deficit.motor["nerve"][Tier.CORE], table.normal.motor["nerve"][Tier.CORE]]


def test_many_normal_findings_are_capped_too(knowledge: Knowledge) -> None:
    rows = [
        f"power: {movement}, side: left, is: 5"
        for movement in knowledge.movements
        if knowledge.movements[movement].lateral
    ]

    found = counted(rows, "nerve sciatic at sciatic_notch", Group.MOTOR)

    assert sum(found) == -knowledge.weights.group_cap


def test_normal_core_power_argues_half_as_much_against_a_root_as_against_a_nerve(knowledge: Knowledge) -> None:
    normal = knowledge.weights.normal.motor

    assert 0.4 <= normal["root"][Tier.CORE] / normal["nerve"][Tier.CORE] <= 0.6


def test_deficit_in_a_variable_movement_counts_mildly_against_a_site(knowledge: Knowledge) -> None:
    variable = [
        name for (kind, name), tier in candidate(PERONEAL).reach.items() if kind == "movement" and tier is Tier.VARIABLE
    ]

    found = counted([f"power: {variable[0]}, side: left, is: 4"], PERONEAL, Group.MOTOR)

    assert found == [knowledge.weights.deficit.motor["nerve"][Tier.VARIABLE]]
    assert found[0] < 0


def test_normal_finding_at_a_variable_place_says_nothing() -> None:
    variable = [
        name for (kind, name), tier in candidate("root L5").reach.items() if kind == "skin" and tier is Tier.VARIABLE
    ]

    found = counted([f"sensation: pinprick, over: [{variable[0]}], side: left, is: normal"], "root L5", Group.SENSORY)

    assert found == [0]


def test_power_of_0_needs_a_core_share(knowledge: Knowledge) -> None:
    usual = [
        name for (kind, name), tier in candidate("root L5").reach.items() if kind == "movement" and tier is Tier.USUAL
    ]
    motor = knowledge.weights.deficit.motor["root"]

    assert counted([f"power: {usual[0]}, side: left, is: 3"], "root L5", Group.MOTOR) == [motor[Tier.USUAL]]
    assert counted([f"power: {usual[0]}, side: left, is: 0"], "root L5", Group.MOTOR) == [motor[Tier.VARIABLE]]


def test_felt_numbness_weighs_less_than_found_loss(knowledge: Knowledge) -> None:
    core = knowledge.weights.deficit.sensory["root"][Tier.CORE]

    felt = counted(["feels: numbness, over: [dorsum_foot_central], side: left, is: present"], "root L5", Group.SENSORY)

    assert felt == [even(knowledge.weights.felt_factor * core)]
    assert felt[0] < core


def test_pain_outside_a_territory_is_never_held_against_it() -> None:
    found = inferred(
        f"{DORSUM}, side: left, is: reduced", "feels: pain, over: [anterior_thigh_mid], side: left, is: present"
    )

    assert [t.counted for t in terms("root L5", LEFT, found).values() if "pain" in t.label] == []
    assert [o for o in weighing("root L5", LEFT, found).unexplained if o.place[1] == "anterior_thigh_mid"] == []


def test_reflex_lost_alike_on_both_sides_counts_less(knowledge: Knowledge) -> None:
    core = knowledge.weights.deficit.reflex["root"][Tier.CORE]

    one = counted(["reflex: ankle, side: left, is: absent"], "root S1", Group.REFLEX)
    both = counted(["reflex: ankle, side: both, is: absent"], "root S1", Group.REFLEX)

    assert one == [core]
    assert both == [even(knowledge.weights.symmetric_reflex_factor * core)]


def test_loss_outside_the_reach_is_unexplained_and_costs(knowledge: Knowledge) -> None:
    found = inferred("power: ankle_dorsiflexion, side: left, is: 3", "reflex: patellar, side: left, is: absent")

    cost = terms(PERONEAL, LEFT, found)["unexplained: deficit patellar, left"]

    assert cost.counted == knowledge.weights.unexplained.reflex
    assert [o.place for o in weighing(PERONEAL, LEFT, found).unexplained] == [("reflex", "patellar")]


def test_loss_on_the_other_side_is_unexplained() -> None:
    found = inferred("power: ankle_dorsiflexion, side: left, is: 3", "power: ankle_dorsiflexion, side: right, is: 3")

    assert "unexplained: deficit ankle_dorsiflexion, right" in terms(PERONEAL, LEFT, found)


def test_unexplained_findings_are_capped_by_kind_and_in_all(knowledge: Knowledge) -> None:
    found = inferred(
        f"{DORSUM}, side: left, is: reduced",
        "sensation: pinprick, over: [thigh, groin], side: both, is: absent",
        "power: hip_flexion, side: both, is: 2",
        "power: knee_extension, side: both, is: 2",
        "reflex: patellar, side: left, is: absent",
    )
    costs = [t.counted for t in terms(PERONEAL, LEFT, found).values() if t.kind is TermKind.UNEXPLAINED]

    assert sum(costs) == knowledge.weights.unexplained.total_cap


def test_loss_where_the_map_is_silent_neither_fits_nor_costs() -> None:
    silent = min(name for _, name in candidate("root L5").silent)

    found = inferred(
        f"{DORSUM}, side: left, is: reduced", f"sensation: pinprick, over: [{silent}], side: left, is: reduced"
    )

    assert [label for label in terms("root L5", LEFT, found) if silent in label and "reach" not in label] == []


def test_upper_motor_neuron_signs_cost_what_cannot_explain_them(knowledge: Knowledge) -> None:
    found = inferred("power: ankle_dorsiflexion, side: left, is: 3", "reflex: plantar, side: left, is: extensor")

    cost = terms("root L5", LEFT, found)["unexplained: upper motor neuron signs"]

    assert cost.counted == knowledge.weights.unexplained.umn
    assert "unexplained: upper motor neuron signs" not in terms("spinal_cord", Side.NONE, found)


def test_wide_site_without_its_entry_condition_loses(knowledge: Knowledge) -> None:
    found = inferred(f"{DORSUM}, side: both, is: reduced")

    label = "entry condition of cauda_equina not shown"

    assert terms("cauda_equina", Side.NONE, found)[label].counted == knowledge.weights.entry_missing


def test_wide_site_with_its_entry_condition_rests_on_it() -> None:
    found = inferred("sensation: pinprick, over: [perianal, saddle_inner], side: both, is: absent")

    term = terms("cauda_equina", Side.NONE, found)["entry condition of cauda_equina"]

    assert term.counted == 0
    assert [str(claim) for claim in term.premises] == ["true: localizations/cauda_equina"]


def test_total_is_the_sum_and_holds_the_prior(knowledge: Knowledge) -> None:
    found = inferred(f"{DORSUM}, side: left, is: reduced")

    l5 = weighing("root L5", LEFT, found)

    assert terms("root L5", LEFT, found)["prior of root L5"].counted == knowledge.weights.root_prior["L5"]
    assert l5.total == sum(term.counted for term in l5.terms)


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("root L5", "root L5", True),
        ("root L5", "root any", True),
        ("root L5", "peripheral any", True),
        ("root L5", "root L4", False),
        ("root L5", "nerve any", False),
        (PERONEAL, "nerve common_peroneal", True),
        (PERONEAL, "nerve common_peroneal at fibular_head", True),
        (PERONEAL, "nerve common_peroneal at popliteal_fossa", False),
        (PERONEAL, "nerve any", True),
        ("plexus sacral", "plexus any", True),
        ("plexus sacral", "plexus lumbar", False),
        ("cauda_equina", "cauda_equina", True),
        ("cauda_equina", "localization any", True),
        ("cauda_equina", "peripheral any", False),
        ("cauda_equina", "conus_medullaris", False),
    ],
)
def test_target_of_a_rule_names_candidates(name: str, target: str, expected: bool) -> None:
    named: Candidate = candidate(name)

    assert matches(named, target) is expected


def test_what_speaks_for_a_plexus_of_one_leg_does_not_speak_for_both() -> None:
    both = candidate("lumbosacral_plexus_bilateral")

    assert both.localization == "plexus lumbosacral"
    assert not is_target(both, ["plexus lumbosacral"])
    assert is_target(both, ["lumbosacral_plexus_bilateral"])
    assert is_target(candidate("plexus lumbosacral"), ["plexus lumbosacral"])
