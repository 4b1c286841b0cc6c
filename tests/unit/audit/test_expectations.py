"""Expectations of a case: each failure in words, with the proof of what was said."""

from typing import Any

import pytest

from dermarules.audit.expectations import explained, verdict
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from tests.unit.audit import written


def case(knowledge: Knowledge, tags: tuple[str, ...] = (), **expect: Any) -> Case:
    return written.case("l5", knowledge, tags=tags, **expect)


def failures(knowledge: Knowledge, **expect: Any) -> tuple[str, ...]:
    return verdict(case(knowledge, **expect), knowledge, "consensus").failures


@pytest.mark.parametrize(
    "expect",
    [
        {},
        {"localization": "root L5", "side": "left", "urgency": "same_day"},
        {"localization": "nerve tibial", "also_accept": ["root L5"]},
        {"below": ["nerve common_peroneal", "muscle_disease"]},
        {"localization": "root L5", "below": ["nerve common_peroneal"]},
        {"because": ["radiating_leg_pain", "acute_foot_drop"], "silent": ["slr_positive", "ces_retention"]},
    ],
)
def test_what_is_met_is_no_failure(expect: dict[str, Any], knowledge: Knowledge) -> None:
    assert failures(knowledge, **expect) == ()


@pytest.mark.parametrize(
    ("expect", "failure"),
    [
        ({"localization": "root S1"}, "localization: expected root S1, got root L5, left"),
        (
            {"localization": "root S1", "also_accept": ["root S2"], "side": "left"},
            "localization: expected root S1, left (or root S2), got root L5, left",
        ),
        ({"localization": "root L5", "side": "right"}, "localization: expected root L5, right, got root L5, left"),
        ({"side": "right"}, "side: expected right, got left"),
        ({"localization": "root L5", "site": "fibular_head"}, "site: expected fibular_head, got none"),
        ({"urgency": "routine"}, "urgency: expected routine, got same_day"),
        ({"below": ["root L5"]}, "root L5 should rank below the first answer; it is at place 1"),
        (
            {"localization": "nerve common_peroneal", "below": ["root L5"]},
            "root L5 should rank below nerve common_peroneal; it is at place 1",
        ),
        ({"because": ["slr_positive"]}, "rule slr_positive did not fire"),
        ({"silent": ["radiating_leg_pain"]}, "rule radiating_leg_pain fired"),
        ({"silent": ["acute_foot_drop"]}, "rule acute_foot_drop fired"),
    ],
)
def test_what_is_not_met_is_said(expect: dict[str, Any], failure: str, knowledge: Knowledge) -> None:
    assert failure in failures(knowledge, **expect)


def test_red_flags_are_exactly_those_raised(knowledge: Knowledge) -> None:
    found = failures(knowledge, red_flags=["ces_retention"])
    assert found[0] == "red flags not raised: ces_retention"
    assert found[1].startswith("red flags raised and not expected: acute_foot_drop, ")


def test_a_tag_chooses_the_map(knowledge: Knowledge) -> None:
    assert verdict(case(knowledge, ("map_seed",)), knowledge, "consensus").report.map == "seed"
    assert verdict(case(knowledge, ("map_of_mine", "teaching")), knowledge, "consensus").report.map == "consensus"


def test_a_case_without_expectation_fails_nothing(knowledge: Knowledge) -> None:
    silent = case_from_mapping({"id": "x", "findings": written.SURE_L5}, knowledge)
    assert verdict(silent, knowledge, "consensus").failures == ()


def test_a_failure_comes_with_the_proof_and_why_not(knowledge: Knowledge) -> None:
    said = explained(verdict(case(knowledge, localization="nerve common_peroneal"), knowledge, "consensus"))
    assert said.startswith("FAILED l5 (")
    assert "  localization: expected nerve common_peroneal, got root L5, left\n" in said
    assert "What was said, and why:\nl5: why L5 root, left\n" in said
    assert "Why not nerve common_peroneal:\nl5: why common peroneal nerve" in said


def test_of_what_nothing_speaks_for_there_is_nothing_to_tell(knowledge: Knowledge) -> None:
    said = explained(verdict(case(knowledge, localization="nerve femoral"), knowledge, "consensus"))
    assert "Why not nerve femoral:\nNothing that was found speaks for nerve femoral: it was not ranked.\n" in said
