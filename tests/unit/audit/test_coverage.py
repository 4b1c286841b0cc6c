"""Every rule is to be seen to fire, and to stay silent where it nearly fires."""

from dataclasses import replace
from typing import Any

from dermarules.audit.coverage import Coverage, coverage, coverage_table
from dermarules.knowledgebase.base import default_knowledge
from dermarules.report import localize
from dermarules.vocabulary import Review

WEAK = {"power": "ankle_dorsiflexion", "side": "left", "is": 4}
DIABETES = {"history": "diabetes", "is": "present"}
PAINFUL_FEET = {"feels": "pain", "over": ["foot"], "side": "both", "is": "present"}


def of(rule: str, *cases: list[dict[str, Any]]) -> Coverage:
    reports = [localize({"id": f"case_{n}", "findings": findings}) for n, findings in enumerate(cases)]
    (found,) = [entry for entry in coverage(reports, default_knowledge()) if entry.rule == rule]
    return found


def test_rule_that_fires_in_one_case_and_nearly_in_another_is_covered() -> None:
    found = of("rules/painful_feet_with_diabetes", [PAINFUL_FEET, DIABETES], [DIABETES], [WEAK])

    assert found.fires == ("case_0",)
    assert found.near_misses == ("case_1",)
    assert found.is_covered


def test_rule_that_no_case_touches_is_not_covered() -> None:
    found = of("rules/painful_feet_with_diabetes", [WEAK])

    assert not found.is_covered
    assert "lacks a case in which it fires and a near miss" in coverage_table([found])


def test_only_a_reviewed_rule_owes_its_coverage() -> None:
    found = of("red_flags/ces_saddle", [WEAK])

    assert not found.is_owed
    assert replace(found, review=Review.REVIEWED).is_owed
