"""What is found of one leg is concluded of that leg: crossed, of both, unnamed, not examined, midline."""

import pytest

from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from tests.laterality.legs import LEGS, Row, in_the_mirror, wrong


@pytest.mark.parametrize("row", LEGS, ids=[row["say"] for row in LEGS])
def test_it_follows_of_the_leg_that_it_was_found_on(row: Row, knowledge: Knowledge) -> None:
    assert wrong(row, knowledge) == []
    assert wrong(in_the_mirror(row), knowledge) == []


def test_every_claim_of_the_tables_could_be_proved(knowledge: Knowledge) -> None:
    claims = {claim for row in LEGS for claim in (*row.get("holds", ()), *row.get("fails", ()))}
    provable = {clause.head for clause in program(knowledge).clauses if clause.head.predicate == "true"}

    on_a_side = {f"{head.subject}, {head.side}" for head in provable}
    assert claims <= on_a_side | {head.subject for head in provable}
