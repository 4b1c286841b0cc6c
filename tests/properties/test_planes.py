"""The planes of the compiled engine say what the engine that chains clauses says, of every case."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermarules.findings import Case, Finding
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.knowledgebase.cases import read_each
from tests.planes import Compiled, told
from tests.properties.answers import ask
from tests.small_knowledge import bare_cases, knowledge_bases
from tests.strategies import cases, findings, shipped_cases

RULE_CASES = sorted((Path(__file__).parents[1] / "cases" / "rules").glob("*.yaml"))


@cache
def everything() -> Compiled:
    return Compiled(default_knowledge())


@given(case=cases())
def test_planes_say_what_follows(case: Case) -> None:
    assert everything().told(case) == told(case, default_knowledge())


@given(found=st.lists(findings(), min_size=2, max_size=12), age=st.none() | st.integers(18, 95))
def test_planes_say_what_follows_from_contradictions(found: list[Finding], age: int | None) -> None:
    case = Case("random", tuple(found), age=age)

    assert everything().told(case) == told(case, default_knowledge())


@pytest.mark.parametrize("case", shipped_cases(), ids=lambda case: case.id)
def test_planes_say_what_is_answered_of_shipped_cases(case: Case) -> None:
    answered = ask(case)
    compiled = everything().told(case)

    assert compiled == told(case, default_knowledge())
    assert compiled.raised == {flag.id for flag in answered.red_flags.raised}
    assert compiled.open == {flag.id for flag in answered.red_flags.open}
    assert (compiled.urgency, compiled.urgency_possible) == (answered.urgency, answered.urgency_possible)


@pytest.mark.parametrize("path", RULE_CASES, ids=lambda path: path.stem)
def test_planes_say_what_follows_of_the_cases_of_the_rules(path: Path) -> None:
    read = [case for case in read_each(path, default_knowledge()) if isinstance(case, Case)]

    assert read
    assert [everything().told(case) for case in read] == [told(case, default_knowledge()) for case in read]


@given(knowledge=knowledge_bases(), drawn=st.lists(bare_cases(), min_size=3, max_size=8))
def test_planes_say_what_follows_by_any_rules(knowledge: Knowledge, drawn: list[Case]) -> None:
    compiled = Compiled(knowledge)

    assert [compiled.told(case) for case in drawn] == [told(case, knowledge) for case in drawn]
