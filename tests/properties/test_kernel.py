"""The compiled engine says of many cases at once what the engine for one case says of each."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dermarules.cohort import one_by_one
from dermarules.findings import Case
from dermarules.inference import rank
from dermarules.inference.compiled.batch import evaluate, evaluate_cases
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.vocabulary import Kind
from tests.columns import columns_of, rows_of
from tests.knowledge_bases import cases_of_few_words, knowledge_bases
from tests.strategies import cases, shipped_cases

SLOW = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def one_lesion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets of lesions are not searched: the compiled engine does not either."""

    def none(*_: object) -> list[Weighing]:
        return []

    monkeypatch.setattr(rank, "covers", none)


def assert_alike(of: Sequence[Case], knowledge: Knowledge, map_id: str) -> None:
    columns = columns_of(of)
    compiled = evaluate(columns, len(of), knowledge, map_id)
    single = one_by_one.evaluate(columns, len(of), knowledge, map_id)
    assert rows_of(compiled) == rows_of(single)


def test_cases_may_be_given_as_they_are() -> None:
    of = [case for case in shipped_cases() if not any(f.kind is Kind.MEASURE for f in case.findings)]

    by_columns = evaluate(columns_of(of), len(of), default_knowledge(), "consensus")
    as_cases = evaluate_cases(of, default_knowledge(), "consensus")

    assert rows_of(as_cases) == rows_of(by_columns)
    assert rows_of(evaluate_cases(of[:1], default_knowledge(), "consensus")) == rows_of(as_cases)[:1]


@pytest.mark.usefixtures("one_lesion")
@pytest.mark.parametrize("map_id", ["consensus", "keegan_garrett_1948"])
def test_shipped_cases_have_the_same_answers_in_a_batch(map_id: str) -> None:
    assert_alike(shipped_cases(), default_knowledge(), map_id)


@pytest.mark.usefixtures("one_lesion")
@SLOW
@given(st.lists(cases(max_size=16), min_size=1, max_size=30))
def test_random_cases_have_the_same_answers_in_a_batch(drawn: list[Case]) -> None:
    assert_alike(drawn, default_knowledge(), "consensus")


@pytest.mark.usefixtures("one_lesion")
@SLOW
@given(knowledge_bases(), st.lists(cases_of_few_words(), min_size=1, max_size=30))
def test_random_rules_have_the_same_answers_in_a_batch(knowledge: Knowledge, drawn: list[Case]) -> None:
    assert_alike(drawn, knowledge, "consensus")


def test_rows_not_marked_as_several_are_final() -> None:
    columns = columns_of(shipped_cases())
    size = len(shipped_cases())
    compiled = evaluate(columns, size, default_knowledge(), "consensus")
    single = one_by_one.evaluate(columns, size, default_knowledge(), "consensus")

    final = ~compiled.several
    alike = [one == two for one, two in zip(rows_of(compiled), rows_of(single), strict=True)]
    assert all(same for same, is_final in zip(alike, final, strict=True) if is_final)
    assert not (single.several & final).any()


def test_no_cases_have_no_answers() -> None:
    assert rows_of(evaluate(columns_of([]), 0, default_knowledge(), "consensus")) == []


def test_a_case_of_which_nothing_is_known_is_nothing_to_localize() -> None:
    rows = rows_of(evaluate([], 1, default_knowledge(), "consensus"))

    assert [place[0].localization for place in rows[0]["places"]] == ["nothing_to_localize"]  # type: ignore[attr-defined]
