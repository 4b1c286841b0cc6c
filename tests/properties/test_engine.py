"""Both engines agree with a plain forward chainer: on the whole knowledge, on random ones and on small programs."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest
from hypothesis import given, settings

from dermarules.findings import Case
from dermarules.inference import chain, experta_engine
from dermarules.inference.clauses import Clause, Derivations, Ground
from dermarules.inference.infer import ENGINES, Chainer, Inference, infer
from dermarules.inference.leaves import ground
from dermarules.inference.program import index, program
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.proof import Claim
from dermarules.report import localize
from tests import oracle
from tests.knowledge_bases import cases_of_few_words, knowledge_bases
from tests.strategies import cases, clause_programs

# What follows from claims by clauses, as each engine and the oracle say it.
Follow = Callable[[Iterable[Claim], Sequence[Clause]], Derivations]


def compiled(base: Iterable[Claim], clauses: Sequence[Clause]) -> Derivations:
    return chain.derive(Ground(dict.fromkeys(base, ()), (), index(tuple(clauses))))


FOLLOW = pytest.mark.parametrize("follow", [experta_engine.follow, compiled])


def proved(follow: Follow, base: list[Claim], clauses: list[Clause]) -> dict[Claim, frozenset[Clause]]:
    return {claim: frozenset(found) for claim, found in follow(base, clauses).items()}


def voices(case: Case, knowledge: Knowledge, map_id: str = "consensus") -> list[Inference]:
    """What experta, the compiled engine and the oracle infer."""
    engines = [ENGINES["experta"], ENGINES["compiled"], oracle.chain]
    return [infer(case, knowledge, map_id, engine) for engine in engines]


@given(knowledge=knowledge_bases(), case=cases_of_few_words())
@settings(max_examples=20)
def test_engines_and_oracle_infer_the_same_from_random_knowledge(knowledge: Knowledge, case: Case) -> None:
    experta, compiled, plain = voices(case, knowledge)

    assert list(compiled.proof.steps.items()) == list(experta.proof.steps.items()) == list(plain.proof.steps.items())
    assert compiled == experta == plain


@given(case=cases())
@settings(max_examples=15)
def test_engines_and_oracle_infer_the_same_from_the_shipped_knowledge(case: Case) -> None:
    experta, compiled, plain = voices(case, default_knowledge(), "lee_2008")

    assert list(compiled.proof.steps.items()) == list(experta.proof.steps.items()) == list(plain.proof.steps.items())
    assert compiled == experta == plain


@given(case=cases())
@settings(max_examples=10)
def test_report_is_the_same_to_the_byte_whichever_engine_chained_the_rules(case: Case) -> None:
    experta, compiled = localize(case, engine="experta"), localize(case, engine="compiled")

    assert compiled.to_json() == experta.to_json()
    assert compiled.why().value == experta.why().value
    assert compiled == experta


@pytest.mark.parametrize("derive", [experta_engine.derive, chain.derive], ids=["experta", "compiled"])
@given(case=cases())
def test_engine_on_the_touched_clauses_proves_what_the_oracle_proves_on_all(derive: Chainer, case: Case) -> None:
    rules = program(default_knowledge())
    start = ground(case, default_knowledge(), rules)

    derived = derive(start)

    everything = oracle.derive(start.base, [*start.leaves, *rules.clauses])
    assert {claim: frozenset(found) for claim, found in derived.items()} == everything


@FOLLOW
@given(small=clause_programs())
def test_engine_agrees_with_the_oracle_on_small_programs(
    follow: Follow, small: tuple[list[Claim], list[Clause]]
) -> None:
    base, clauses = small

    assert proved(follow, base, clauses) == oracle.derive(base, clauses)


@FOLLOW
@given(small=clause_programs())
def test_order_of_clauses_and_claims_changes_no_derivation(
    follow: Follow, small: tuple[list[Claim], list[Clause]]
) -> None:
    base, clauses = small

    assert proved(follow, base, clauses) == proved(follow, base[::-1], clauses[::-1])


@FOLLOW
@given(small=clause_programs())
def test_no_clause_is_used_twice(follow: Follow, small: tuple[list[Claim], list[Clause]]) -> None:
    derivations = follow(*small)

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
        experta_engine.follow([FEVER], [first, thorny])

    assert experta_engine._shared.engine is None
    assert experta_engine.follow([WELL], [Clause(COLD, (WELL,), "next")]) == {COLD: (Clause(COLD, (WELL,), "next"),)}


@FOLLOW
def test_next_case_holds_nothing_of_the_last(follow: Follow) -> None:
    clauses = [Clause(COLD, (FEVER, COUGH), "both")]

    assert COLD in follow([FEVER, COUGH], clauses)
    assert follow([FEVER], clauses) == {}


@FOLLOW
def test_claim_of_the_case_that_is_also_proved_keeps_its_derivation(follow: Follow) -> None:
    clause = Clause(COUGH, (FEVER,), "first")

    assert follow([FEVER, COUGH], [clause]) == {COUGH: (clause,)}


@FOLLOW
def test_circle_of_claims_proves_nothing_by_itself(follow: Follow) -> None:
    circle = [Clause(COUGH, (COLD,), "there"), Clause(COLD, (COUGH,), "back")]

    assert follow([FEVER], circle) == {}


@FOLLOW
def test_every_way_to_prove_a_claim_is_kept(follow: Follow) -> None:
    ways = [Clause(COLD, (FEVER,), "by fever"), Clause(COLD, (COUGH,), "by cough")]

    assert set(follow([FEVER, COUGH], ways)[COLD]) == set(ways)


@FOLLOW
def test_absence_waits_until_its_stratum(follow: Follow) -> None:
    clauses = [
        Clause(WELL, (FEVER,), "absence", stratum=1, unless=(COLD,)),
        Clause(COLD, (COUGH,), "presence", stratum=0),
    ]

    assert set(follow([FEVER, COUGH], clauses)) == {COLD}
    assert set(follow([FEVER], clauses)) == {WELL}
