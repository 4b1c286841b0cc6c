"""Findings that make a condition true."""

from dataclasses import replace

import pytest

from dermarules.audit.examination import findings_of
from dermarules.audit.witness import Cell, Found, Witness, fewest
from dermarules.findings import Case
from dermarules.inference.experta_engine import derive
from dermarules.inference.infer import infer
from dermarules.knowledgebase.base import Knowledge
from dermarules.rules import All, Any, AtLeast, Compare, Condition, Derived, Leaf, Not
from dermarules.vocabulary import FULL_POWER, WEAK_POWER, Kind, Result, Side, SideTest, Tier

POWER = Leaf(Kind.POWER, ("knee_extension", "ankle_dorsiflexion"), WEAK_POWER, SideTest.SAME)
RETENTION = Leaf(Kind.HISTORY, ("urinary_retention",), frozenset({Result.PRESENT}))
BACK_PAIN = Leaf(Kind.HISTORY, ("back_pain",), frozenset({Result.PRESENT}))
HOOVER = Leaf(Kind.SIGN, ("hoover",), frozenset({Result.POSITIVE}))


def witness(condition: Condition, knowledge: Knowledge, found: Found | None = None) -> Found | None:
    reach = {("movement", "ankle_dorsiflexion"): Tier.CORE, ("skin", "dorsum_foot_central"): Tier.CORE}
    return Witness(knowledge, reach, fewest).of(condition, Side.LEFT, found or {})


def history(name: str, side: Side = Side.NONE) -> Cell:
    return Cell(Kind.HISTORY, name, side)


def test_abnormal_finding_lies_where_the_lesion_shows_it_best(knowledge: Knowledge) -> None:
    assert witness(POWER, knowledge) == {Cell(Kind.POWER, "ankle_dorsiflexion", Side.LEFT): Result.MRC_3}


def test_normal_finding_lies_outside_the_reach_of_the_lesion(knowledge: Knowledge) -> None:
    normal = replace(POWER, results=FULL_POWER)

    assert list(witness(normal, knowledge) or {}) == [Cell(Kind.POWER, "knee_extension", Side.LEFT)]


def test_nothing_is_added_to_a_condition_that_holds(knowledge: Knowledge) -> None:
    weak: Found = {Cell(Kind.POWER, "knee_extension", Side.LEFT): Result.MRC_4}

    assert witness(POWER, knowledge, weak) == {}


def test_condition_on_both_sides_needs_both(knowledge: Knowledge) -> None:
    both = witness(replace(POWER, side=SideTest.BOTH), knowledge)

    assert {cell.side for cell in both or {}} == {Side.LEFT, Side.RIGHT}


def test_condition_on_the_other_side_is_met_there(knowledge: Knowledge) -> None:
    other = witness(replace(POWER, side=SideTest.OTHER), knowledge)

    assert {cell.side for cell in other or {}} == {Side.RIGHT}


def test_all_parts_are_added_and_of_several_ways_the_shortest(knowledge: Knowledge) -> None:
    assert witness(All((RETENTION, Any((All((BACK_PAIN, POWER)), BACK_PAIN)))), knowledge) == {
        history("urinary_retention"): Result.PRESENT,
        history("back_pain"): Result.PRESENT,
    }


def test_as_many_parts_are_added_as_are_asked_for(knowledge: Knowledge) -> None:
    added = witness(AtLeast(2, (RETENTION, BACK_PAIN, HOOVER)), knowledge)

    assert list(added or {}) == [history("urinary_retention"), history("back_pain")]


def test_sign_of_one_side_is_found_on_the_side_of_the_lesion(knowledge: Knowledge) -> None:
    assert witness(HOOVER, knowledge) == {Cell(Kind.SIGN, "hoover", Side.LEFT): Result.POSITIVE}


def test_skin_is_tested_with_a_pin_where_any_quality_will_do(knowledge: Knowledge) -> None:
    numb = Leaf(
        Kind.SENSATION,
        ("light_touch", "pinprick"),
        frozenset({Result.ABSENT, Result.REDUCED}),
        SideTest.SAME,
        ("sole_medial", "dorsum_foot_central"),
    )

    assert witness(numb, knowledge) == {
        Cell(Kind.SENSATION, "pinprick", Side.LEFT, "dorsum_foot_central"): Result.REDUCED
    }


def test_reflex_result_without_a_usual_word_is_the_first_that_fits(knowledge: Knowledge) -> None:
    brisk = Leaf(Kind.REFLEX, ("ankle",), frozenset({Result.BRISK}), SideTest.SAME)

    assert witness(brisk, knowledge) == {Cell(Kind.REFLEX, "ankle", Side.LEFT): Result.BRISK}


def test_sensory_level_has_no_side(knowledge: Knowledge) -> None:
    level = Leaf(Kind.LEVEL, ("sensory",), frozenset({Result.PRESENT}))

    assert witness(level, knowledge) == {Cell(Kind.LEVEL, "sensory", Side.NONE): Result.PRESENT}


@pytest.mark.parametrize(("operator", "number"), [("le", 14.0), ("ge", 14.0), ("lt", 13.0), ("gt", 15.0)])
def test_number_meets_the_comparison(operator: str, number: float, knowledge: Knowledge) -> None:
    assert witness(Compare("symptom_days", operator, 14.0), knowledge) == {
        Cell(Kind.MEASURE, "symptom_days", Side.NONE): number
    }


def test_number_that_is_assumed_need_not_be_given(knowledge: Knowledge) -> None:
    assert witness(Compare("symptom_days", "le", 14.0, if_unknown=True), knowledge) == {}


def test_finding_is_made_absent_by_what_the_knowledge_asks_for(knowledge: Knowledge) -> None:
    assert witness(Derived("wasted_leg", present=False, side=SideTest.SAME), knowledge) == {
        history("leg_wasting", Side.LEFT): Result.ABSENT
    }


def test_no_way_is_known_to_make_something_false(knowledge: Knowledge) -> None:
    unstated = Derived("reflex_loss_leg", present=False, side=SideTest.SAME)

    assert witness(unstated, knowledge) is None
    assert witness(All((RETENTION, Not(BACK_PAIN), BACK_PAIN)), knowledge) is None
    assert witness(Any((unstated, Not(BACK_PAIN))), knowledge) is None


def test_witness_never_takes_back_what_it_holds(knowledge: Knowledge) -> None:
    denied = replace(BACK_PAIN, results=frozenset({Result.ABSENT}))

    assert witness(All((BACK_PAIN, denied)), knowledge) is None


def test_every_entry_condition_has_a_witness_that_the_engine_accepts(knowledge: Knowledge) -> None:
    for site in knowledge.wide_sites.values():
        added = Witness(knowledge, {}, fewest).of(site.requires, Side.LEFT, {})
        proof = infer(Case(site.id, findings_of(added or {})), knowledge, "consensus", derive).proof

        assert proof.about("true", f"localizations/{site.id}"), site.id
