"""The engine agrees with a plain forward chainer, on the whole knowledge and on small programs, each time anew."""

from collections.abc import Iterator

import pytest
from hypothesis import given

from dermarules.findings import Case
from dermarules.inference import experta_engine
from dermarules.inference.clauses import Clause
from dermarules.inference.leaves import ground
from dermarules.inference.program import program
from dermarules.knowledgebase.base import default_knowledge
from dermarules.proof import Claim
from tests import oracle
from tests.strategies import cases, clause_programs


def proved(base: list[Claim], clauses: list[Clause]) -> dict[Claim, frozenset[Clause]]:
    return {claim: frozenset(found) for claim, found in experta_engine.derive(base, clauses).items()}


@given(case=cases())
def test_engine_on_the_touched_clauses_proves_what_the_oracle_proves_on_all(case: Case) -> None:
    rules = program(default_knowledge())
    start = ground(case, default_knowledge(), rules)
    from_rows = [clause for clause in start.clauses if clause.stratum < 0]

    touched = experta_engine.derive(start.base, start.clauses)

    everything = oracle.derive(start.base, [*from_rows, *rules.clauses])
    assert {claim: frozenset(found) for claim, found in touched.items()} == everything


@given(small=clause_programs())
def test_engine_agrees_with_the_oracle_on_small_programs(small: tuple[list[Claim], list[Clause]]) -> None:
    base, clauses = small

    assert proved(base, clauses) == oracle.derive(base, clauses)


@given(small=clause_programs())
def test_order_of_clauses_and_claims_changes_no_derivation(small: tuple[list[Claim], list[Clause]]) -> None:
    base, clauses = small

    assert proved(base, clauses) == proved(base[::-1], clauses[::-1])


@given(small=clause_programs())
def test_no_clause_is_used_twice(small: tuple[list[Claim], list[Clause]]) -> None:
    derivations = experta_engine.derive(*small)

    assert all(len(set(found)) == len(found) for found in derivations.values())


FEVER, COUGH, COLD, WELL = (Claim("true", name) for name in ("fever", "cough", "cold", "well"))


class Thorn(tuple[Claim, ...]):
    """Claims that cannot be looked at."""

    def __iter__(self) -> Iterator[Claim]:
        raise RuntimeError("a thorn")


def test_engine_is_thrown_away_after_an_exception() -> None:
    first = Clause(COUGH, (FEVER,), "first")
    thorny = Clause(COLD, (COUGH,), "thorny", unless=Thorn((WELL,)))
    with pytest.raises(RuntimeError, match="a thorn"):
        experta_engine.derive([FEVER], [first, thorny])

    assert experta_engine._shared.engine is None
    assert experta_engine.derive([WELL], [Clause(COLD, (WELL,), "next")]) == {COLD: (Clause(COLD, (WELL,), "next"),)}


def test_next_case_holds_nothing_of_the_last() -> None:
    clauses = [Clause(COLD, (FEVER, COUGH), "both")]

    assert COLD in experta_engine.derive([FEVER, COUGH], clauses)
    assert experta_engine.derive([FEVER], clauses) == {}


def test_claim_of_the_case_that_is_also_proved_keeps_its_derivation() -> None:
    clause = Clause(COUGH, (FEVER,), "first")

    assert experta_engine.derive([FEVER, COUGH], [clause]) == {COUGH: (clause,)}


def test_circle_of_claims_proves_nothing_by_itself() -> None:
    circle = [Clause(COUGH, (COLD,), "there"), Clause(COLD, (COUGH,), "back")]

    assert experta_engine.derive([FEVER], circle) == {}


def test_every_way_to_prove_a_claim_is_kept() -> None:
    ways = [Clause(COLD, (FEVER,), "by fever"), Clause(COLD, (COUGH,), "by cough")]

    assert set(experta_engine.derive([FEVER, COUGH], ways)[COLD]) == set(ways)


def test_absence_waits_until_its_stratum() -> None:
    clauses = [
        Clause(WELL, (FEVER,), "absence", stratum=1, unless=(COLD,)),
        Clause(COLD, (COUGH,), "presence", stratum=0),
    ]

    assert set(experta_engine.derive([FEVER, COUGH], clauses)) == {COLD}
    assert set(experta_engine.derive([FEVER], clauses)) == {WELL}
