"""Of any case: what a rule lacks is what the engine lacks, and whoever gives it gets what it would prove."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from dermarules.findings import Case
from dermarules.knowledgebase.base import default_knowledge
from dermarules.notation import root_claim
from dermarules.questions.again import again
from dermarules.questions.unmet import Lack, Missing, Reader, Unmet
from dermarules.report import localize
from dermarules.rules import Condition, binds_side
from dermarules.vocabulary import LATERAL_SIDES, Side
from tests.strategies import cases

KNOWLEDGE = default_knowledge()
CONDITIONS: dict[str, Condition] = {
    **{f"rules/{rule.id}": rule.when for rule in KNOWLEDGE.rules.values()},
    **{f"red_flags/{flag.id}": flag.when for flag in KNOWLEDGE.red_flags.values()},
    **{f"localizations/{site.id}": site.requires for site in KNOWLEDGE.wide_sites.values()},
}


def missing_in(part: Unmet) -> Iterator[Missing]:
    if isinstance(part, Missing):
        yield part
        return
    for each in part.parts:
        yield from missing_in(each)


@given(case=cases())
@settings(max_examples=15)
def test_a_rule_lacks_something_on_a_side_where_it_does_not_hold_and_nothing_where_it_does(case: Case) -> None:
    report = localize(case, engine="compiled")
    reader = Reader(report)
    for owner, condition in CONDITIONS.items():
        for side in LATERAL_SIDES if binds_side(condition) else (Side.NONE,):
            lacking = reader.unmet(owner, condition, (side,))
            holds = root_claim(owner, side) in report.proof

            assert holds is not bool(lacking), (owner, side)
            for test in (test for each in lacking for test in missing_in(each.parts)):
                assert test.claim not in report.proof
                assert all(claim in report.proof for claim in test.found)
                assert bool(test.found) is (test.lack in (Lack.OTHERWISE, Lack.OVERRULED))


@given(case=cases(), owner=st.sampled_from(sorted(CONDITIONS)), draw=st.data())
@settings(max_examples=100)
def test_the_finding_that_a_test_wants_meets_it(case: Case, owner: str, draw: st.DataObject) -> None:
    report = localize(case, engine="compiled")
    lacking = Reader(report).unmet(owner, CONDITIONS[owner])
    tests = {test.claim: test for each in lacking for test in missing_in(each.parts) if test.lack is Lack.NOT_EXAMINED}
    if not tests:
        return
    test = tests[draw.draw(st.sampled_from(sorted(tests)))]
    wants = test.wants if test.needs_all else (draw.draw(st.sampled_from(test.wants)),)
    then = again(report, (*case.findings, *(each.finding for each in wants)))

    assert test.claim in then.proof
