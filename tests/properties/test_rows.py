"""What an answer may not depend on: the order of findings, how often they are said, how rows are cut."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dermarules.findings import Case, Finding
from tests.properties.answers import ask, gist
from tests.strategies import cases


@given(case=cases(min_size=2), draw=st.data())
def test_order_of_findings_changes_no_answer_and_no_proof(case: Case, draw: st.DataObject) -> None:
    shuffled = case.with_findings(draw.draw(st.permutations(case.findings)))

    first, second = ask(case), ask(shuffled)

    assert gist(second) == gist(first)
    assert second.differential == first.differential
    assert second.questions == first.questions
    assert list(second.proof.steps.items()) == list(first.proof.steps.items())


@given(case=cases(), draw=st.data())
def test_row_said_twice_counts_once(case: Case, draw: st.DataObject) -> None:
    again = draw.draw(st.lists(st.sampled_from(case.findings), max_size=3))

    assert gist(ask(case.with_findings([*case.findings, *again]))) == gist(ask(case))


@given(case=cases())
def test_one_row_over_several_places_is_several_rows(case: Case) -> None:
    assert gist(ask(case.with_findings(split(case)))) == gist(ask(case))


def split(case: Case) -> list[Finding]:
    """The findings with one place and one side in each row."""
    return [
        replace(finding, places=places, sides=(side,))
        for finding in case.findings
        for places in (tuple((place,) for place in finding.places) or ((),))
        for side in finding.sides
    ]
