"""What each candidate would take out: derived, and as a neurologist expects it."""

import pytest

from dermarules.inference.candidates import candidates, ranges
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Extent, Tier
from tests.unit.inference.rows import candidate

PERONEAL = "nerve common_peroneal at fibular_head"


def test_names_and_orders_of_candidates_are_all_different(knowledge: Knowledge) -> None:
    made = candidates(knowledge, "consensus")

    assert len({c.name for c in made}) == len(made)
    assert [c.order for c in made] == list(range(len(made)))


@pytest.mark.parametrize(
    ("name", "place", "tier"),
    [
        ("root L5", ("skin", "dorsum_foot_central"), Tier.CORE),
        ("root L5", ("movement", "ankle_inversion"), Tier.CORE),
        ("root L5", ("movement", "great_toe_extension"), Tier.CORE),
        ("root L5", ("movement", "hip_abduction"), Tier.CORE),
        ("root L5", ("reflex", "ankle"), None),
        ("root S1", ("reflex", "ankle"), Tier.CORE),
        ("root S1", ("movement", "ankle_plantarflexion"), Tier.CORE),
        ("root S1", ("skin", "lateral_foot_border"), Tier.CORE),
        ("root L4", ("reflex", "patellar"), Tier.CORE),
        ("root L4", ("skin", "medial_malleolus"), Tier.CORE),
        ("root L3", ("reflex", "patellar"), Tier.USUAL),
        (PERONEAL, ("movement", "ankle_dorsiflexion"), Tier.CORE),
        (PERONEAL, ("movement", "ankle_eversion"), Tier.CORE),
        (PERONEAL, ("skin", "lateral_leg_upper"), None),
        (PERONEAL, ("muscle", "biceps_femoris_short_head"), None),
        (PERONEAL, ("reflex", "ankle"), None),
        ("nerve deep_peroneal at anterior_compartment", ("muscle", "peroneus_longus"), None),
        ("nerve deep_peroneal at anterior_compartment", ("skin", "first_web_space"), Tier.CORE),
        ("nerve sciatic at sciatic_notch", ("movement", "knee_flexion"), Tier.CORE),
        ("nerve sciatic at sciatic_notch", ("movement", "hip_abduction"), None),
        ("nerve tibial at popliteal_fossa", ("reflex", "ankle"), Tier.CORE),
        ("nerve tibial at tarsal_tunnel", ("reflex", "ankle"), None),
        ("nerve femoral at inguinal_ligament", ("reflex", "patellar"), Tier.CORE),
        ("nerve saphenous at adductor_canal", ("reflex", "patellar"), None),
        ("nerve lateral_femoral_cutaneous at inguinal_ligament", ("movement", "hip_flexion"), None),
    ],
)
def test_candidate_reaches_a_place(name: str, place: tuple[str, str], tier: Tier | None) -> None:
    assert candidate(name).reach.get(place) is tier


def test_weak_inversion_is_at_most_variable_in_a_peroneal_lesion() -> None:
    assert candidate(PERONEAL).reach.get(("movement", "ankle_inversion")) in (None, Tier.VARIABLE)


def test_sciatic_lesion_at_mid_thigh_is_below_the_branches_to_the_hamstrings() -> None:
    mid_thigh = candidate("nerve sciatic at mid_thigh").reach

    assert ("muscle", "semitendinosus") not in mid_thigh
    assert mid_thigh["movement", "ankle_plantarflexion"] is Tier.CORE
    assert mid_thigh["movement", "ankle_dorsiflexion"] is Tier.CORE


def test_sciatic_lesion_at_the_notch_is_above_the_hamstrings() -> None:
    notch = candidate("nerve sciatic at sciatic_notch").reach

    assert notch["muscle", "semitendinosus"] is Tier.CORE
    assert notch["muscle", "biceps_femoris_short_head"] is Tier.CORE


def test_part_of_a_nerve_is_reported_as_the_nerve() -> None:
    assert candidate("nerve sciatic_peroneal_division at mid_thigh").localization == "nerve sciatic"


def test_nerve_that_is_no_answer_and_reported_as_none_is_no_candidate(knowledge: Knowledge) -> None:
    names = {c.localization for c in candidates(knowledge, "consensus")}

    assert "nerve nerve_to_psoas" not in names


def test_roots_that_the_leg_does_not_show_alone_are_no_candidates(knowledge: Knowledge) -> None:
    roots = [c.name for c in candidates(knowledge, "consensus") if c.klass == "root"]

    assert roots == [f"root {root}" for root in ("L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4", "S5")]


def test_no_place_is_both_reached_and_silent(knowledge: Knowledge) -> None:
    for map_id in knowledge.maps:
        assert all(not c.silent & c.reach.keys() for c in candidates(knowledge, map_id))


def test_map_that_states_points_is_silent_of_all_other_skin(knowledge: Knowledge) -> None:
    assert knowledge.maps["isncsci"].extent is Extent.POINTS
    root = candidate("root L5", "isncsci")

    skin = {place for place in root.reach if place[0] == "skin"}
    assert {name for _, name in skin | root.silent} == set(knowledge.regions)


def test_unlisted_skin_beside_a_root_and_of_its_neighbour_is_silent_on_a_territory_map(knowledge: Knowledge) -> None:
    root = candidate("root L5")
    own = [name for kind, name in root.reach if kind == "skin"]
    beside = {neighbour for region in own for neighbour in knowledge.regions[region].neighbours}

    assert root.silent
    assert {name for _, name in root.silent} <= beside


def test_map_changes_roots_and_not_nerves() -> None:
    assert candidate("root L5", "seed").reach != candidate("root L5").reach
    assert candidate(PERONEAL, "seed").reach == candidate(PERONEAL).reach


def test_family_of_a_nerve_holds_what_contains_it_and_what_it_contains() -> None:
    family = candidate(PERONEAL).family

    assert {"nerve sciatic", "plexus sacral", "plexus lumbosacral", "nerve deep_peroneal"} <= family
    assert "nerve tibial" not in family
    assert "root L5" not in family


def test_family_of_a_root_holds_its_plexus_and_the_cauda_equina() -> None:
    assert {"plexus sacral", "plexus lumbosacral", "cauda_equina"} <= candidate("root L5").family


def test_range_of_roots_reaches_what_its_members_reach_at_the_stronger_tier(knowledge: Knowledge) -> None:
    (run,) = [c for c in ranges(knowledge, "consensus") if c.name == "roots L5-S1"]

    assert run.roots == ("L5", "S1")
    assert run.reach.keys() == candidate("root L5").reach.keys() | candidate("root S1").reach.keys()
    assert run.reach["reflex", "ankle"] is Tier.CORE
    assert run.reach["skin", "dorsum_foot_central"] is Tier.CORE
    assert run.prior == max(candidate("root L5").prior, candidate("root S1").prior) + knowledge.weights.ranges.price[2]


def test_cauda_equina_is_read_over_both_sides_and_a_root_is_not() -> None:
    assert candidate("cauda_equina").is_bilateral
    assert not candidate("root S1").is_bilateral


def test_muscle_goes_with_the_movement_that_it_serves_most() -> None:
    reach = candidate("cauda_equina").reach

    assert reach["muscle", "gastrocnemius"] is reach["movement", "ankle_plantarflexion"]
