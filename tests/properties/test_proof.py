"""Every conclusion has its ground, and every sum its terms."""

from hypothesis import given

from dermarules.findings import Case
from dermarules.proof import Assumed, Claim, Known, Observed, Proof, Weighed, premises_of
from tests.properties.answers import ask
from tests.strategies import cases

GROUND = (Observed, Known, Assumed)


def leaves(proof: Proof, claims: list[Claim]) -> set[Claim]:
    return {leaf for claim in claims for leaf in proof.leaves(claim)}


@given(case=cases())
def test_every_leaf_is_a_finding_a_cited_fact_or_an_assumption(case: Case) -> None:
    found = ask(case)
    concluded = [found.differential[0].claim, *(claim for flag in found.red_flags.raised for claim in flag.claims)]

    at_the_bottom = leaves(found.proof, concluded)

    assert at_the_bottom
    assert {claim for claim in at_the_bottom if claim not in found.proof} == set()
    assert {step for claim in at_the_bottom for step in found.proof[claim] if not isinstance(step, GROUND)} == set()


@given(case=cases())
def test_every_premise_in_a_proof_is_proved(case: Case) -> None:
    proof = ask(case).proof
    premises = {premise for claim in proof for step in proof[claim] for premise in premises_of(step)}

    assert {claim for claim in premises if claim not in proof} == set()


@given(case=cases())
def test_every_cleared_red_flag_rests_on_what_was_found(case: Case) -> None:
    found = ask(case)

    at_the_bottom = leaves(found.proof, [claim for flag in found.red_flags.cleared for claim in flag.claims])

    assert {claim for claim in at_the_bottom if claim not in found.proof} == set()
    assert {type(step) for claim in at_the_bottom for step in found.proof[claim]} <= {Observed}


@given(case=cases())
def test_every_total_is_the_sum_of_what_its_terms_count(case: Case) -> None:
    found = ask(case)
    weighed = [step for claim in found.proof for step in found.proof[claim] if isinstance(step, Weighed)]

    assert weighed
    assert [step.total for step in weighed] == [sum(term.counted for term in step.terms) for step in weighed]
    assert all(abs(term.counted) <= abs(term.weight) for step in weighed for term in step.terms)
    assert all(term.premises for step in weighed for term in step.terms)


@given(case=cases())
def test_every_listed_weight_is_the_total_in_the_proof(case: Case) -> None:
    found = ask(case)

    totals = [
        step.total for place in found.differential for step in found.proof[place.claim] if isinstance(step, Weighed)
    ]

    assert totals == [place.weight_centibans for place in found.differential]
