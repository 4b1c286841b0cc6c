"""Who would answer otherwise: every dissent that is told is run again with the knowledge really changed."""

from dataclasses import replace
from itertools import combinations

import pytest

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.facts import authority
from dermarules.questions.differential import side_of
from dermarules.questions.dissent import Cause, Dissent, dissent
from dermarules.questions.other_facts import First, OtherFacts, exchanged
from dermarules.report import Report, localize
from dermarules.vocabulary import Review
from tests.strategies import EXAMPLES

CASES = (
    "foot_drop_weak_inversion",
    "article_pain_whole_leg",
    "numb_thigh_hip_flexion_weak",
    "root_and_thigh_nerve",
    "published_sural_sprain",
    "stiff_foot_drop_trunk_level",
    "one_sole_numb",
)


def asked(name: str) -> tuple[Report, Dissent]:
    report = localize(EXAMPLES / f"{name}.yaml", engine="compiled")
    return report, dissent(report)


def first_with(report: Report, knowledge: Knowledge) -> First:
    """What comes first when the case is localized from the start with another knowledge base."""
    again = localize(report.case, knowledge=knowledge, map=report.map, engine="compiled")
    weighing = again.inference.ranked[0].weighing
    return First(weighing.candidate.localization, side_of(weighing), bool(weighing.explained))


def without_rules(knowledge: Knowledge, names: set[str]) -> Knowledge:
    return replace(knowledge, rules={name: rule for name, rule in knowledge.rules.items() if name not in names})


@pytest.mark.parametrize("name", CASES)
def test_every_exchange_turns_the_answer_when_it_is_run_and_none_of_its_parts_does(name: str) -> None:
    report, found = asked(name)
    for exchange in found.exchanges:
        roots = [fact.split("/")[1] for fact in exchange.facts]

        assert (
            first_with(report, exchanged(report.knowledge, report.map, exchange.map, frozenset(roots)))
            == exchange.first
        )
        assert not exchange.first.is_same(found.first)
        for fewer in combinations(roots, len(roots) - 1):
            part = exchanged(report.knowledge, report.map, exchange.map, frozenset(fewer))
            assert first_with(report, part).is_same(found.first)


@pytest.mark.parametrize("name", CASES)
def test_leaving_out_a_rule_is_the_knowledge_without_it(name: str) -> None:
    report, found = asked(name)
    told = {each.facts[0]: each.first for each in found.withdrawals if each.cause is Cause.FACT}
    rules = {each.rule for each in report.inference.evidence.fired}
    assert found.tried_facts == len(rules) + sum(root.answer for root in report.knowledge.roots.values())
    for rule in rules:
        run = first_with(report, without_rules(report.knowledge, {rule}))
        expected = told.get(f"rules/{rule}", found.first)

        assert run.is_same(expected)


@pytest.mark.parametrize("name", CASES)
def test_a_map_that_dissents_is_decided_by_roots_or_dissents_as_a_whole(name: str) -> None:
    _, found = asked(name)
    dissenting = {each.map for each in found.maps if not each.is_same and each.has_ground}

    assert {each.map for each in found.exchanges} | set(found.as_a_whole) == dissenting
    assert {each.map for each in found.exchanges}.isdisjoint(found.as_a_whole)


def test_root_l5_hangs_on_what_the_map_says_of_its_skin() -> None:
    _, found = asked("foot_drop_weak_inversion")

    assert [each.map for each in found.maps if not each.is_same] == ["isncsci"]
    assert [(each.map, each.facts) for each in found.exchanges] == [("isncsci", ("dermatomes/L5/isncsci",))]
    assert [each.variant for each in found.variants if not each.is_same] == ["prefixed", "postfixed"]
    assert [each.facts for each in found.withdrawals] == [("dermatomes/L5/consensus",)]


def test_two_roots_are_exchanged_where_one_is_not_enough() -> None:
    _, found = asked("article_pain_whole_leg")

    assert [(each.map, each.facts) for each in found.exchanges] == [
        ("seed", ("dermatomes/S1/seed", "dermatomes/S2/seed"))
    ]


def test_a_source_is_withdrawn_with_all_that_rests_on_it_alone() -> None:
    report, found = asked("published_sural_sprain")
    (by_source,) = (each for each in found.withdrawals if each.cause is Cause.SOURCE)
    (drafts,) = (each for each in found.withdrawals if each.cause is Cause.DRAFT)

    assert by_source.source == "expert_default"
    assert all(authority(report.knowledge, fact).sources == ("expert_default",) for fact in by_source.facts)
    assert (
        first_with(report, without_rules(report.knowledge, {f.split("/")[1] for f in by_source.facts}))
        == by_source.first
    )
    assert all(authority(report.knowledge, fact).review is Review.DRAFT for fact in drafts.facts)


def test_a_fact_that_others_bear_out_is_not_withdrawn_with_one_of_its_sources() -> None:
    report, found = asked("foot_drop_weak_inversion")

    assert len(authority(report.knowledge, "dermatomes/L5/consensus").sources) > 1
    assert not [each for each in found.withdrawals if each.cause is Cause.SOURCE]


def test_a_root_without_known_skin_is_neither_fitted_nor_contradicted() -> None:
    """Numb skin alone: without what is known of the skin of L4, the nerve that shares it is first."""
    report, _ = asked("numb_inner_leg_knee_jerk_reduced")
    by = OtherFacts(report)

    assert by.now.localization == "root L4"
    assert by.without((), {"L4"}).localization == "nerve saphenous"
    assert by.without((), {"S2"}).is_same(by.now)
    assert by.without((), ()) == by.now


def test_a_case_without_findings_has_no_dissent() -> None:
    report = localize({"id": "empty", "findings": []}, engine="compiled")
    found = dissent(report)

    assert not found.exchanges
    assert not found.withdrawals
    assert not found.as_a_whole
    assert "nothing to localize" in report.dissent().to_text().lower()


def test_the_page_names_who_dissents_and_what_decides() -> None:
    report, _ = asked("foot_drop_weak_inversion")
    text = " ".join(report.dissent().to_text().split())

    assert "ISNCSCI key sensory points, dissenting: the common peroneal nerve, left." in text
    assert 'The skin of L5 as "ISNCSCI key sensory points" has it would be enough' in text
    assert "[dermatomes/L5/isncsci:" in text


def test_the_order_of_findings_changes_nothing() -> None:
    report, found = asked("root_and_thigh_nerve")
    turned = localize(report.case.with_findings(reversed(report.case.findings)), engine="compiled")

    assert dissent(turned) == found
