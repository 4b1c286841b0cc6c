"""What if: the difference is that of two reports, whichever way it is asked."""

import json
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from dermarules.findings import Case, Finding
from dermarules.knowledgebase.base import default_knowledge
from dermarules.knowledgebase.changes import Sought, changes
from dermarules.knowledgebase.given_rows import GivenRows, read_changes
from dermarules.questions.again import again
from dermarules.questions.answer import Answer
from dermarules.questions.clearance import Standing
from dermarules.questions.differential import side_of
from dermarules.questions.what_if import WhatIf, what_if
from dermarules.report import localize
from dermarules.vocabulary import BOTH_SIDES, Kind, Result, Side
from tests.properties.answers import ask, gist
from tests.strategies import cases, findings, without_contradictions

_NORMAL = Result.NORMAL
_STANDINGS = (Standing.RAISED, Standing.OPEN, Standing.CLEARED)
# Localization, side, rank and total.
Order = set[tuple[str, str | None, int, int]]
LEFT, UNKNOWN = (Side.LEFT,), (Side.UNKNOWN,)
# Two lesions, of which the addition makes one lie on another side.
SIDE_OF_ONE_TURNS = (
    Case(
        "turns",
        (
            Finding(Kind.POWER, "ankle_dorsiflexion", LEFT, Result.MRC_5),
            Finding(Kind.SENSATION, "any", UNKNOWN, Result.ABSENT, ("ankle_anterior", "groin_crease_central")),
        ),
    ),
    (Finding(Kind.MUSCLE, "abductor_digiti_minimi_foot", LEFT, Result.MRC_2),),
)


@st.composite
def cases_and_more(draw: st.DrawFn) -> tuple[Case, tuple[Finding, ...]]:
    """A case, and findings of things of which it says nothing."""
    case = draw(cases())
    return case, without_contradictions(draw(st.lists(findings(), max_size=4)), case.findings)


def added(case: Case, rows: Sequence[Finding]) -> tuple[WhatIf, Answer]:
    return what_if(localize(case, engine="compiled"), changes(case, rows, (), (), default_knowledge()))


def order(answer: Answer) -> Order:
    ranked = (place.weighing for place in answer.inference.ranked)
    return {(w.candidate.localization, side_of(w), rank, w.total) for rank, w in enumerate(ranked, start=1)}


def order_after(before: Answer, value: WhatIf) -> Order:
    """The order that the difference makes of that before."""
    gone = {(m.localization, m.side, m.before.rank, m.before.total) for m in value.places if m.before}
    come = {(m.localization, m.side, m.after.rank, m.after.total) for m in value.places if m.after}
    assert gone <= order(before)
    return (order(before) - gone) | come


def standings_after(before: Answer, value: WhatIf) -> tuple[frozenset[str], ...]:
    """The red flags raised, open and cleared that the difference makes of those before."""
    turned = {turn.flag for turn in value.flags}
    stayed = (flags - turned for flags in gist(before).flags)
    return tuple(
        flags | {turn.flag for turn in value.flags if turn.after is standing}
        for flags, standing in zip(stayed, _STANDINGS, strict=True)
    )


@example(given=SIDE_OF_ONE_TURNS)
@given(given=cases_and_more())
def test_what_if_rows_were_added_is_the_answer_to_the_case_with_them(given: tuple[Case, tuple[Finding, ...]]) -> None:
    case, rows = given
    value, after = added(case, rows)
    before, whole = ask(case), ask(case.with_findings((*case.findings, *rows)))

    assert gist(after) == gist(whole)
    assert order_after(before, value) == order(whole)
    assert standings_after(before, value) == gist(whole).flags
    assert (value.after.gist.urgency, value.after.gist.urgency_possible) == (whole.urgency, whole.urgency_possible)
    assert value.after.gist.certainty is whole.inference.certainty


@given(given=cases_and_more())
def test_the_terms_of_a_place_add_up_to_the_difference_of_its_totals(given: tuple[Case, tuple[Finding, ...]]) -> None:
    for moved in added(*given)[0].places:
        totals = [place.total if place else 0 for place in (moved.before, moved.after)]
        assert sum(turn.difference for turn in moved.terms) == totals[1] - totals[0]


@given(given=cases_and_more())
def test_every_claim_is_one_of_either_proof(given: tuple[Case, tuple[Finding, ...]]) -> None:
    value, after = added(*given)
    before = ask(given[0])
    for moved in value.places:
        for turn in moved.terms:
            assert turn.before is None or all(claim in before.proof for claim in turn.before.premises)
            assert turn.after is None or all(claim in after.proof for claim in turn.after.premises)
    for flag in value.flags:
        assert all(claim in before.proof for claim in flag.claims_before)
        assert all(claim in after.proof for claim in flag.claims_after)
    assert all(claim in before.proof for claim in value.before.claims)
    assert all(claim in after.proof for claim in value.after.claims)


@given(case=cases())
def test_what_if_of_nothing_changes_nothing(case: Case) -> None:
    reply = localize(case, engine="compiled").what_if()

    assert reply.value.changes_nothing
    assert "Nothing changes: order, weights, certainty, urgency and red flags stay as they are." in reply.to_text()


@given(given=cases_and_more())
def test_what_is_added_and_then_removed_gives_the_same_report(given: tuple[Case, tuple[Finding, ...]]) -> None:
    case, rows = given
    with_rows = localize(case.with_findings((*case.findings, *rows)), engine="compiled")
    removed = changes(with_rows.case, (), (), [Sought(row, has_result=False) for row in rows], default_knowledge())
    value, after = what_if(with_rows, removed)
    there = added(case, rows)[0]

    assert removed.case == case
    assert gist(after) == gist(ask(case))
    assert (value.after, value.before) == (there.before, there.after)


@given(case=cases(), draw=st.data())
def test_a_row_that_is_taken_apart_says_the_same(case: Case, draw: st.DataObject) -> None:
    row = draw.draw(st.sampled_from(case.findings or (Finding(Kind.REFLEX, "ankle", BOTH_SIDES, _NORMAL),)))
    whole = case if case.findings else case.with_findings([row])
    part = replace(row, sides=row.sides[:1], places=row.places[:1])
    apart = changes(whole, (), [part], (), default_knowledge()).case

    assert gist(again(ask(whole), apart.findings)) == gist(ask(whole))


def written(row: Finding) -> dict[str, object]:
    """The row of a case file that states a finding."""
    sides = "both" if row.sides == BOTH_SIDES else row.sides[0].value
    told = row.level or row.result.value if row.number is None else row.number
    parts = {
        row.kind.value: row.name,
        "over": list(row.places),
        "side": "" if row.sides == (Side.NONE,) else sides,
        "is": told,
    }
    return {key: value for key, value in parts.items() if value not in ("", [])}


@given(given=cases_and_more(), shuffled=st.randoms())
def test_rows_as_text_in_any_order_change_the_same(given: tuple[Case, tuple[Finding, ...]], shuffled: Random) -> None:
    case, rows = given
    texts = [json.dumps(written(row)) for row in rows]
    shuffled.shuffle(texts)
    read = read_changes(case, GivenRows(add=texts), default_knowledge())
    report = localize(case, engine="compiled")

    assert what_if(report, read)[0].places == added(case, rows)[0].places
    assert report.what_if(add=texts).to_json().count('"gist"') == 2


@given(given=cases_and_more(), draw=st.data())
def test_whatever_changes_is_told_in_every_form(given: tuple[Case, tuple[Finding, ...]], draw: st.DataObject) -> None:
    case, rows = given
    gone = draw.draw(st.lists(st.sampled_from(case.findings), unique=True, max_size=3)) if case.findings else []
    report = localize(case, engine="compiled")
    reply = report.what_if(add=[written(row) for row in rows], remove=[written(row) for row in gone])

    assert all(reply.to_text(language, amount) for language in ("en", "de") for amount in ("short", "medium", "full"))
    assert reply.to_html().startswith("<div")
    assert json.loads(reply.to_json())["schema"] == "dermarules.what-if/1"
