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
SLR_NEGATIVE = {"sign": "slr", "side": "left", "is": "negative"}
NIGHT_PAIN = {"history": "night_pain", "is": "present"}
BACK_PAIN = {"history": "back_pain", "is": "present"}
NO_REST_PAIN = {"history": "ischaemic_rest_pain", "side": "both", "is": "absent"}
TONE_KEPT = {"history": "reduced_anal_tone", "is": "absent"}
VIBRATION_LOST = {"sensation": "vibration", "over": ["great_toe_plantar"], "side": "both", "is": "absent"}
PIN_LOST = {"sensation": "pinprick", "over": ["great_toe_plantar"], "side": "both", "is": "absent"}


def plantar(side: str, result: str) -> dict[str, Any]:
    return {"reflex": "plantar", "side": side, "is": result}


def of(rule: str, *cases: list[dict[str, Any]]) -> Coverage:
    reports = [localize({"id": f"case_{n}", "findings": findings}) for n, findings in enumerate(cases)]
    (found,) = [entry for entry in coverage(reports, default_knowledge()) if entry.rule == rule]
    return found


def test_rule_that_fires_in_one_case_and_nearly_in_another_is_covered() -> None:
    found = of("rules/painful_feet_with_diabetes", [PAINFUL_FEET, DIABETES], [DIABETES], [WEAK])

    assert found.fires == ("case_0",)
    assert found.near_misses == ("case_1",)
    assert found.lacks == ""


def test_rule_that_no_case_touches_is_not_covered() -> None:
    found = of("rules/painful_feet_with_diabetes", [WEAK])

    assert found.lacks == "a case in which it fires and a near miss"
    assert "lacks a case in which it fires and a near miss" in coverage_table([found])


def test_case_that_lacks_two_of_three_parts_is_no_near_miss() -> None:
    found = of("rules/night_pain_tumour", [NIGHT_PAIN], [NIGHT_PAIN, BACK_PAIN])

    assert found.near_misses == ("case_1",)


def test_rule_of_one_part_nearly_fires_where_that_was_examined_with_another_result() -> None:
    found = of("rules/slr_positive", [SLR_NEGATIVE], [WEAK])

    assert found.near_misses == ("case_0",)


def test_rule_of_alternatives_nearly_fires_where_one_of_them_was_denied() -> None:
    found = of("red_flags/chronic_limb_threat", [NO_REST_PAIN], [WEAK])

    assert found.near_misses == ("case_0",)


def test_rule_that_is_a_name_nearly_fires_where_what_the_name_stands_for_does() -> None:
    found = of("red_flags/ces_anal_tone", [TONE_KEPT], [WEAK])

    assert found.near_misses == ("case_0",)


def test_rule_about_both_sides_nearly_fires_where_one_side_holds() -> None:
    one_side = [plantar("left", "extensor"), plantar("right", "flexor")]

    found = of("rules/umn_on_both_sides", one_side, [plantar("both", "flexor")], [plantar("left", "flexor")])

    assert found.near_misses == ("case_0", "case_1")


def test_what_is_asked_of_both_sides_is_one_part() -> None:
    found = of("rules/dissociated_loss_cord", [PIN_LOST, VIBRATION_LOST], [VIBRATION_LOST])

    assert found.near_misses == ("case_0",)


def test_only_a_reviewed_rule_owes_its_coverage() -> None:
    found = of("red_flags/ces_saddle", [WEAK])

    assert not found.is_owed
    assert replace(found, review=Review.REVIEWED).is_owed


def test_reviewed_rule_that_was_seen_both_ways_owes_nothing() -> None:
    found = Coverage("red_flags/ces_saddle", Review.REVIEWED, ("numb",), ("tested",))

    assert not found.is_owed
