"""The graphs: who is next to whom, and what lies beyond a lesion."""

from statistics import mean

import pytest

from dermarules.inference.graphs import (
    are_contiguous,
    branches_of,
    innervation,
    lesion,
    neighbouring_roots,
    root_adjacency,
)
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Tier


def test_roots_stand_in_one_line(knowledge: Knowledge) -> None:
    graph = root_adjacency(knowledge, "consensus")

    assert list(graph.nodes) == ["T12", "L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4", "S5", "Co1"]
    assert len(graph.edges) == len(graph.nodes) - 1


def test_overlap_of_neighbours_is_a_share(knowledge: Knowledge) -> None:
    overlaps = [data["overlap"] for *_, data in root_adjacency(knowledge, "consensus").edges(data=True)]

    assert all(0 <= overlap <= 1 for overlap in overlaps)
    assert any(overlap > 0 for overlap in overlaps)


def test_shares_of_the_tiers_are_the_means_of_the_evidence_on_the_consensus_map(knowledge: Knowledge) -> None:
    shares: dict[Tier, list[float]] = {}
    for root, felt in knowledge.evidence["numbness_by_area"].figures.items():
        tiers = knowledge.dermatomes[root].maps["consensus"].tiers()
        assert isinstance(felt, dict)
        for region in felt.keys() & tiers.keys():
            shares.setdefault(tiers[region], []).append(felt[region])

    assert knowledge.weights.overlap == {tier: round(mean(found), 1) for tier, found in shares.items()}


def test_overlap_is_what_two_roots_share_of_what_either_has(knowledge: Knowledge) -> None:
    share = knowledge.weights.overlap
    s4, s5 = (knowledge.dermatomes[root].maps["consensus"].tiers() for root in ("S4", "S5"))
    either = s4.keys() | s5.keys()
    shared = sum(min(share[s4[region]], share[s5[region]]) for region in s4.keys() & s5.keys())
    union = sum(max(share[tiers[region]] for tiers in (s4, s5) if region in tiers) for region in either)

    overlap = root_adjacency(knowledge, "consensus").edges["S4", "S5"]["overlap"]

    assert overlap == round(shared / union, 3)


def test_neighbours_of_l5_are_l4_and_s1(knowledge: Knowledge) -> None:
    assert set(neighbouring_roots(knowledge, "consensus", "L5")) == {"L4", "S1"}


@pytest.mark.parametrize(
    ("roots", "expected"), [(("L4", "L5", "S1"), True), (("L5",), True), (("L4", "S1"), False), ((), False)]
)
def test_roots_are_contiguous_if_none_between_them_is_missing(
    knowledge: Knowledge, roots: tuple[str, ...], expected: bool
) -> None:
    assert are_contiguous(knowledge, "consensus", roots) is expected


def test_every_muscle_and_answerable_nerve_is_reached_from_a_root(knowledge: Knowledge) -> None:
    graph = innervation(knowledge)
    muscles = {name for kind, name in graph if kind == "muscle"}

    assert muscles == set(knowledge.muscles)
    assert all(graph.in_degree(("nerve", nerve.id)) for nerve in knowledge.nerves.values())


def test_peroneal_lesion_at_the_fibular_head_spares_what_left_above_it(knowledge: Knowledge) -> None:
    lost = lesion(knowledge, "common_peroneal", "fibular_head")

    assert {"tibialis_anterior", "peroneus_longus", "extensor_digitorum_brevis"} <= set(lost.muscles)
    assert "biceps_femoris_short_head" not in lost.muscles
    assert "lateral_leg_upper" not in lost.skin
    assert "dorsum_foot_central" in lost.skin


def test_peroneal_lesion_above_the_fibular_head_takes_the_upper_lateral_leg(knowledge: Knowledge) -> None:
    assert "lateral_leg_upper" in lesion(knowledge, "common_peroneal", "popliteal_fossa").skin


def test_tibial_lesion_at_the_tarsal_tunnel_spares_the_calf_and_heel_and_takes_the_sole(knowledge: Knowledge) -> None:
    lost = lesion(knowledge, "tibial", "tarsal_tunnel")

    assert not {"gastrocnemius", "soleus", "tibialis_posterior"} & set(lost.muscles)
    assert "abductor_hallucis" in lost.muscles
    assert {"sole_medial", "sole_lateral"} <= set(lost.skin)


def test_lesion_of_a_whole_nerve_takes_all_of_its_branches(knowledge: Knowledge) -> None:
    whole = lesion(knowledge, "sciatic", None)

    assert {"tibialis_anterior", "gastrocnemius", "semitendinosus", "biceps_femoris_short_head"} <= set(whole.muscles)
    assert set(lesion(knowledge, "tibial", None).skin) <= set(whole.skin)


def test_sural_skin_keeps_something_if_only_one_of_its_two_origins_is_cut(knowledge: Knowledge) -> None:
    own = lesion(knowledge, "sural", None).skin
    from_tibial = lesion(knowledge, "tibial", None).skin
    from_both = lesion(knowledge, "sciatic", None).skin
    core = [region for region, tier in own.items() if tier is Tier.CORE]

    assert core
    assert {from_tibial[region] for region in core} == {Tier.USUAL}
    assert {from_both[region] for region in core} == {Tier.CORE}


def test_branches_hold_the_nerve_itself(knowledge: Knowledge) -> None:
    assert branches_of(knowledge, "sural") == {"sural"}
    assert {"obturator", "obturator_anterior", "obturator_posterior"} == branches_of(knowledge, "obturator")
