"""Scores: what is counted, over which cases, and how sure it is."""

import pytest

from dermarules.audit.intervals import Share
from dermarules.audit.score import Outcome, score, score_values
from dermarules.audit.table import score_table
from dermarules.errors import CaseError, Fault
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from tests.unit.audit.written import SURE_L5, case


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        (Share(9, 10), 0.596, 0.982),
        (Share(0, 10), 0.0, 0.278),
        (Share(10, 10), 0.722, 1.0),
        (Share(81, 263), 0.255, 0.366),
    ],
)
def test_the_interval_is_wilsons(share: Share, low: float, high: float) -> None:
    assert share.interval is not None
    assert share.interval == pytest.approx((low, high), abs=0.001)


def test_of_nothing_there_is_no_rate() -> None:
    assert Share(0, 0).rate is None
    assert Share(0, 0).interval is None


@pytest.fixture(scope="module")
def outcomes(knowledge: Knowledge) -> tuple[Outcome, ...]:
    cases: list[Case | CaseError] = [
        case("right", knowledge, localization="root L5", side="left", key_strength="A", category="root"),
        case("lenient", knowledge, localization="nerve tibial", also_accept=["root L5"], side="left", key_strength="B"),
        case("wrong_side", knowledge, localization="root L5", side="right", key_strength="A", category="root"),
        case("urgent", knowledge, urgency="same_day"),
        case("calm", knowledge, urgency="routine"),
        case_from_mapping({"id": "silent", "findings": SURE_L5}, knowledge),
        CaseError([Fault("cases.yaml", 9, 3, "unknown movement 'ancle'")]),
    ]
    return score(cases, knowledge, "consensus")


def test_cases_that_expect_nothing_are_not_scored(outcomes: tuple[Outcome, ...]) -> None:
    assert [o.id for o in outcomes] == ["right", "lenient", "wrong_side", "urgent", "calm", "cases.yaml:9"]


def test_the_shares_are_over_the_cases_to_which_they_apply(outcomes: tuple[Outcome, ...]) -> None:
    overall = score_values(outcomes)["overall"]
    assert overall["n"] == 6
    assert overall["errors"] == 1
    assert overall["counts"]["top1_strict"] == {"k": 1, "n": 4}
    assert overall["counts"]["top1_lenient"] == {"k": 2, "n": 4}
    assert overall["counts"]["side_right"] == {"k": 2, "n": 3}
    assert overall["counts"]["emergency_sensitivity"] == {"k": 1, "n": 1}
    assert overall["counts"]["over_triage"] == {"k": 1, "n": 1}
    assert overall["counts"]["urgency_right"] == {"k": 1, "n": 2}
    assert overall["top1_strict"] == 0.25
    assert overall["intervals"]["top1_strict"] == [0.0456, 0.6994]


def test_a_clear_answer_that_is_wrong_is_counted(outcomes: tuple[Outcome, ...]) -> None:
    clear = [o for o in outcomes if o.marks["clear"]]
    assert [o.marks["clear_wrong"] for o in clear] == [o.marks["top1_lenient"] is False for o in clear]
    assert all(o.marks["clear_wrong"] is None for o in outcomes if not o.marks["clear"])


def test_groups_are_by_key_strength_and_category(outcomes: tuple[Outcome, ...]) -> None:
    values = score_values(outcomes)
    assert {name: group["n"] for name, group in values["by_key_strength"].items()} == {"A": 2, "B": 1}
    assert {name: group["n"] for name, group in values["by_category"].items()} == {"root": 2}
    assert values["by_key_strength"]["A"]["emergency_sensitivity"] is None
    assert values["by_key_strength"]["A"]["intervals"]["emergency_sensitivity"] is None


def test_a_miss_has_what_was_expected_what_was_got_and_its_rank(outcomes: tuple[Outcome, ...]) -> None:
    assert score_values(outcomes)["misses"] == [
        {"id": "wrong_side", "expected": "root L5, right", "got": "root L5, left", "rank": None},
        {"id": "cases.yaml:9", "expected": None, "got": "fault: unknown movement 'ancle'", "rank": None},
    ]


def test_an_urgency_that_differs_is_listed(outcomes: tuple[Outcome, ...]) -> None:
    assert score_values(outcomes)["urgency_misses"] == [{"id": "calm", "expected": "routine", "got": "same_day"}]


def test_the_table_gives_k_of_n_with_an_interval(outcomes: tuple[Outcome, ...]) -> None:
    table = score_table(outcomes)
    assert table.startswith("6 cases with an expectation\n")
    assert "  first, as published          1 of 4      25.0%   (4.6% to 69.9%)\n" in table
    assert "  wrong_side: got root L5, left; expected root L5, right, not ranked\n" in table
    assert "  cases.yaml:9: got fault: unknown movement 'ancle'; expected what could not be read, not ranked\n" in table
    assert "  calm: got same_day; expected routine\n" in table


def test_a_table_without_misses_says_so(knowledge: Knowledge) -> None:
    table = score_table(score([case("right", knowledge, localization="root L5")], knowledge, "consensus"))
    assert "No misses." in table
    assert "Every published urgency was met." in table
    assert "  emergencies raised        does not apply\n" in table


def test_progress_is_told_case_by_case(knowledge: Knowledge) -> None:
    told: list[int] = []
    score([case("a", knowledge), case("b", knowledge)], knowledge, "consensus", told.append)
    assert told == [1, 2]
