"""What the roots of a person with another plexus take out, and that nothing else is moved."""

import pytest

from dermarules.inference.candidates import Candidate, candidates, other_candidates, ranges, root_candidates
from dermarules.inference.evidence import is_target
from dermarules.inference.variation import usual_roots, varied
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.facts import known
from dermarules.vocabulary import Tier

DORSUM = ("skin", "dorsum_foot_central")
INVERSION = ("movement", "ankle_inversion")
QUADRICEPS = ("muscle", "rectus_femoris")
TIBIALIS = ("muscle", "tibialis_anterior")
ANKLE, KNEE = ("reflex", "ankle"), ("reflex", "patellar")


def root(name: str, knowledge: Knowledge, variant: str | None) -> Candidate:
    (found,) = [c for c in root_candidates(knowledge, "consensus", variant) if c.roots == (name,)]
    return found


def test_without_a_variant_the_knowledge_is_the_same_object(knowledge: Knowledge) -> None:
    assert varied(knowledge, None) is knowledge


@pytest.mark.parametrize(
    ("variant", "name", "place", "tier"),
    [
        ("prefixed", "L4", DORSUM, Tier.CORE),
        ("prefixed", "L4", INVERSION, Tier.CORE),
        ("prefixed", "L5", ANKLE, Tier.CORE),
        ("prefixed", "L3", KNEE, Tier.CORE),
        ("prefixed", "L2", KNEE, Tier.USUAL),
        ("prefixed", "L5", DORSUM, Tier.VARIABLE),
        ("prefixed", "S1", ANKLE, Tier.VARIABLE),
        ("postfixed", "S1", DORSUM, Tier.CORE),
        ("postfixed", "S1", INVERSION, Tier.CORE),
        ("postfixed", "S2", ANKLE, Tier.CORE),
        ("postfixed", "L5", KNEE, Tier.CORE),
        ("postfixed", "L3", DORSUM, None),
        ("furcal_l3", "L3", KNEE, Tier.CORE),
        ("furcal_l3", "L4", KNEE, Tier.VARIABLE),
        ("furcal_l3", "L3", ("skin", "medial_malleolus"), Tier.CORE),
        ("furcal_l3", "L4", QUADRICEPS, Tier.VARIABLE),
        ("furcal_l3", "L4", TIBIALIS, Tier.CORE),
        ("furcal_l5", "L4", TIBIALIS, Tier.VARIABLE),
        ("furcal_l5", "L4", QUADRICEPS, Tier.CORE),
        ("furcal_l5", "L5", QUADRICEPS, Tier.VARIABLE),
    ],
)
def test_root_of_a_variant_reaches_a_place(
    variant: str, name: str, place: tuple[str, str], tier: Tier | None, knowledge: Knowledge
) -> None:
    assert root(name, knowledge, variant).reach.get(place) is tier


def test_nothing_but_roots_is_moved(knowledge: Knowledge) -> None:
    usual, other = (candidates(knowledge, "consensus", variant) for variant in (None, "prefixed"))

    assert usual[10:] == other[10:] == other_candidates(knowledge)
    assert [c.order for c in other] == [c.order for c in usual]


def test_every_root_of_every_variant_rests_on_facts_of_the_knowledge(knowledge: Knowledge) -> None:
    for variant in knowledge.plexus_variants:
        facts = {fact for c in root_candidates(knowledge, "consensus", variant) for fact in c.facts}

        assert f"plexus_variants/{variant}" in facts
        assert {known(knowledge, fact).fact for fact in facts} == facts


def test_rule_that_names_a_root_means_the_root_that_plays_its_part(knowledge: Knowledge) -> None:
    usual, prefixed = root("L5", knowledge, None), root("L4", knowledge, "prefixed")

    assert usual_roots(knowledge, "prefixed", "L4") == ("L5",)
    assert is_target(usual, ["root L5"])
    assert is_target(prefixed, ["root L5"])
    assert not is_target(prefixed, ["root L4"])


def test_root_of_which_only_a_part_is_moved_keeps_its_name_in_rules(knowledge: Knowledge) -> None:
    assert usual_roots(knowledge, "furcal_l5", "L4") == ("L4",)
    assert usual_roots(knowledge, "furcal_l5", "L5") == ("L5",)


def test_range_of_roots_is_made_of_the_roots_of_the_variant(knowledge: Knowledge) -> None:
    (run,) = [c for c in ranges(knowledge, "consensus", "prefixed") if c.name == "roots L4-L5"]

    assert run.plays == ("L5", "S1")
    assert run.reach[ANKLE] is Tier.CORE
    assert run.reach[DORSUM] is Tier.CORE


def test_no_place_is_both_reached_and_silent_in_a_variant(knowledge: Knowledge) -> None:
    for variant in knowledge.plexus_variants:
        assert all(not c.silent & c.reach.keys() for c in root_candidates(knowledge, "consensus", variant))


def test_every_place_that_a_root_supplies_is_supplied_in_every_variant(knowledge: Knowledge) -> None:
    usual = {place for c in root_candidates(knowledge, "consensus", None) for place in c.reach}
    for variant in knowledge.plexus_variants:
        assert {place for c in root_candidates(knowledge, "consensus", variant) for place in c.reach} == usual
