"""What is known of a case that may have to do with its being answered right."""

from collections.abc import Sequence
from typing import Any

import pytest

from dermarules.audit.study import (
    Studied,
    core_places_examined,
    expected,
    has_deficit,
    has_time,
    is_in_reach,
    is_like_first,
    is_pattern_shown,
    is_told_from_first,
    missed,
    placed,
    study,
)
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Certainty, Side
from tests.unit.audit.written import case

DROP: dict[str, Any] = {"power": "ankle_dorsiflexion", "side": "left", "is": 3}
FELT: dict[str, Any] = {"feels": "numbness", "over": ["great_toe_dorsal"], "side": "left", "is": "present"}


def one(knowledge: Knowledge, findings: Sequence[dict[str, Any]] | None = None, **expect: Any) -> Studied:
    given = None if findings is None else list(findings)
    (found,) = study({"here": [case("one", knowledge, given, **expect)]}, knowledge, "consensus")
    return found


def test_cases_keep_their_part_and_those_without_expectation_are_left_out(knowledge: Knowledge) -> None:
    told, silent = case("told", knowledge, localization="root L5"), case("silent", knowledge)

    found = study({"a": [told], "b": [told, silent.with_findings(())]}, knowledge, "consensus")

    assert [(each.id, each.part) for each in found] == [("told", "a"), ("told", "b"), ("silent", "b")]
    assert [each.id for each in placed(found)] == ["told", "told"]


def test_what_became_of_a_case_is_that_of_the_score(knowledge: Knowledge) -> None:
    right, wrong = one(knowledge, localization="root L5"), one(knowledge, localization="nerve tibial")

    assert right.outcome.got == "root L5, left"
    assert missed([right, wrong]) == [wrong]
    assert right.certainty is right.report.differential[0].certainty


def test_lead_is_over_the_highest_rival_that_is_not_nested(knowledge: Knowledge) -> None:
    found = one(knowledge, localization="root L5")
    names = {r.weighing.candidate.localization: r.weighing.total for r in found.report.inference.ranked}

    assert found.lead is not None
    assert found.lead >= knowledge.weights.certainty.margin
    assert found.first.total - found.lead in names.values()
    assert found.first.total - found.lead != names["plexus lumbosacral"]


def test_expected_answer_is_weighed_though_it_was_not_ranked(knowledge: Knowledge) -> None:
    found = one(knowledge, [DROP], localization="nerve obturator", side="right")

    assert {(w.candidate.localization, w.side) for w in expected(found)} == {("nerve obturator", Side.RIGHT)}


@pytest.mark.parametrize(
    ("side", "findings", "sides"),
    [
        ("left", [DROP], {Side.LEFT}),
        (None, [DROP], {Side.LEFT}),
        ("both", [{**DROP, "side": "both"}], {Side.LEFT, Side.RIGHT}),
        (None, [{"history": "back_pain", "is": "present"}], {Side.UNKNOWN}),
    ],
)
def test_expected_answer_is_weighed_where_the_case_has_it_or_where_something_was_seen(
    side: str | None, findings: list[dict[str, Any]], sides: set[Side], knowledge: Knowledge
) -> None:
    found = one(knowledge, findings, localization="root L5", side=side)

    assert {w.side for w in expected(found)} == sides


def test_bilateral_answer_is_weighed_once(knowledge: Knowledge) -> None:
    assert {w.side for w in expected(one(knowledge, localization="spinal_cord"))} == {Side.NONE}


def test_core_places_are_counted_if_they_were_examined_on_the_side_of_the_answer(knowledge: Knowledge) -> None:
    inverted = {"power": "ankle_inversion", "side": "left", "is": 5}

    assert core_places_examined(one(knowledge, [DROP, inverted, FELT], localization="root L5")) == 2
    assert core_places_examined(one(knowledge, [DROP, inverted], localization="root L5", side="right")) == 0
    assert core_places_examined(one(knowledge, [DROP], localization="spinal_cord")) is None


def test_something_abnormal_is_in_reach_or_is_not(knowledge: Knowledge) -> None:
    assert is_in_reach(one(knowledge, [FELT], localization="root L5"))
    assert not is_in_reach(one(knowledge, [DROP], localization="nerve obturator"))
    assert not is_in_reach(one(knowledge, [FELT], localization="root L5", side="right"))
    assert not is_in_reach(one(knowledge, [{**DROP, "is": 5}], localization="root L5"))


def test_pattern_of_a_wide_place_is_shown_or_is_not(knowledge: Knowledge) -> None:
    upgoing = {"reflex": "plantar", "side": "left", "is": "extensor"}

    assert is_pattern_shown(one(knowledge, [DROP, upgoing], localization="spinal_cord")) is True
    assert is_pattern_shown(one(knowledge, [DROP], localization="spinal_cord")) is False
    assert is_pattern_shown(one(knowledge, [DROP], localization="root L5")) is None


def test_expected_answer_is_told_from_the_first_or_is_not(knowledge: Knowledge) -> None:
    found = one(knowledge, [DROP], localization="root L5", side="left")
    first = found.first.candidate.localization

    assert first != "root L5"
    assert not is_told_from_first(found)
    assert is_like_first(found)

    kept = one(knowledge, [DROP, {"power": "ankle_inversion", "side": "left", "is": 5}], localization="root L5")
    assert not is_told_from_first(kept)
    assert not is_like_first(kept)


def test_deficit_is_what_an_examination_found(knowledge: Knowledge) -> None:
    assert has_deficit(one(knowledge, [DROP], localization="root L5"))
    assert not has_deficit(one(knowledge, [FELT], localization="root L5"))


def test_time_is_a_number_of_days(knowledge: Knowledge) -> None:
    assert has_time(one(knowledge, [DROP, {"measure": "symptom_days", "is": 3}], localization="root L5"))
    assert not has_time(one(knowledge, [DROP, {"measure": "temperature_c", "is": 39}], localization="root L5"))


def test_answer_without_a_rival_has_no_lead(knowledge: Knowledge) -> None:
    found = one(knowledge, [], urgency="routine")

    assert found.lead is None
    assert found.certainty is Certainty.UNDECIDED
    assert not found.names_place
