"""Cited facts by name: every fact that a proof may rest on is found, and says who stands behind it."""

import pytest

from dermarules.inference.candidates import candidates
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.facts import known
from dermarules.vocabulary import Review


def test_every_fact_that_a_candidate_rests_on_is_in_the_knowledge(knowledge: Knowledge) -> None:
    names = {fact for map_id in knowledge.maps for c in candidates(knowledge, map_id) for fact in c.facts}

    assert {known(knowledge, name).fact for name in names} == names


@pytest.mark.parametrize(
    "name",
    [
        "movements/ankle_inversion",
        "muscles/tibialis_anterior",
        "reflexes/ankle",
        "lesion_sites/fibular_head",
        "plexus_variants/prefixed",
        "weights",
    ],
)
def test_fact_names_its_sources(knowledge: Knowledge, name: str) -> None:
    assert known(knowledge, name).sources


def test_fact_is_a_draft_if_one_part_of_it_is(knowledge: Knowledge) -> None:
    movement = knowledge.movements["ankle_inversion"]

    assert Review.DRAFT in (movement.review, movement.weighting.review)
    assert known(knowledge, "movements/ankle_inversion").review is Review.DRAFT


def test_unknown_table_is_a_mistake_of_the_caller(knowledge: Knowledge) -> None:
    with pytest.raises(ValueError, match="no table of facts is named 'planets'"):
        known(knowledge, "planets/mars")
