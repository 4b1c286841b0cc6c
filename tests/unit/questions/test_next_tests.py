"""What to examine next, what it would do, and when nothing single can change the answer."""

from typing import Any

import pytest

from dermarules.questions.again import again
from dermarules.questions.next_tests import Effort, NextTests, Stop, next_tests
from dermarules.report import Report, localize
from dermarules.vocabulary import Kind, Side
from tests.strategies import EXAMPLES

FOOT_DROP = ({"power": "ankle_dorsiflexion", "side": "right", "is": 3},)


def report(*findings: dict[str, Any]) -> Report:
    return localize({"id": "a_case", "findings": list(findings)})


@pytest.fixture(scope="module")
def drop() -> Report:
    return report(*FOOT_DROP)


@pytest.fixture(scope="module")
def asked(drop: Report) -> NextTests:
    return next_tests(drop)


def test_bladder_bowel_and_saddle_are_asked_before_anything_is_tested(asked: NextTests) -> None:
    assert "faecal_incontinence" in {question.about for question in asked.questions[:5]}


def test_tests_stand_in_the_order_of_what_they_tell(asked: NextTests) -> None:
    bits = [test.bits for test in asked.tests]

    assert bits == sorted(bits, reverse=True)
    assert bits[0] > 0


def test_probabilities_of_the_leading_answers_add_up(asked: NextTests) -> None:
    assert sum(hypothesis.probability for hypothesis in asked.hypotheses) == pytest.approx(1)


def test_foot_drop_is_told_apart_on_its_own_side(asked: NextTests) -> None:
    assert {test.side.value for test in asked.tests} == {"right"}


def test_outcome_is_what_the_case_answers_with_the_finding(drop: Report, asked: NextTests) -> None:
    first = asked.tests[0]
    assert first.kind is Kind.POWER
    row = {"power": first.name, "side": first.side.value, "is": 3}

    found = report(*FOOT_DROP, row).differential[0]

    assert (found.localization, found.side) == (first.abnormal.localization, first.abnormal.side)


def test_nothing_that_was_examined_is_proposed(drop: Report) -> None:
    first = next_tests(drop).tests[0]
    after = again(drop, (*drop.case.findings, *report({"power": first.name, "side": "right", "is": 5}).case.findings))

    assert (first.name, first.side) not in {(test.name, test.side) for test in next_tests(after).tests}


def test_foot_drop_alone_is_not_settled(asked: NextTests) -> None:
    assert asked.stop is Stop.GO_ON
    assert not asked.is_settled


def test_undressing_is_the_greatest_effort() -> None:
    assert list(Effort)[-1] is Effort.INTIMATE


def test_flags_that_nobody_asked_for_are_counted(asked: NextTests) -> None:
    assert asked.untold > 0


def test_the_page_says_how_to_test_and_what_each_outcome_does(drop: Report) -> None:
    text = drop.next_tests().to_text()

    assert text.startswith("What to ask and examine next\n")
    assert "Then: the tests that tell most between the leading answers" in text
    assert "effort: testing against resistance" in text
    assert "    if normal: common peroneal nerve, right, " in text
    assert "Go on: what is not examined can still change the first answer or the urgency." in text


def test_the_page_bounds_the_worst_path(drop: Report) -> None:
    assert "If the most telling test is always done next, " in drop.next_tests().to_text()


def test_the_page_is_told_in_german(drop: Report) -> None:
    assert drop.next_tests().to_text("de").startswith("Was als Nächstes zu fragen und zu untersuchen ist\n")


def test_what_is_examined_is_asked_for_on_its_side_and_what_is_asked_by_its_answer() -> None:
    reply = localize(EXAMPLES / "foot_drop_weak_inversion.yaml", engine="compiled").next_tests()
    sides = {question.about: question.sides for question in reply.value.questions}
    text = " ".join(reply.to_text(verbosity="short").split())

    assert sides["hip_flexion"] == (Side.RIGHT,)
    assert sides["perianal"] == (Side.LEFT, Side.RIGHT)
    assert sides["fever"] == ()
    assert "Great toe extension: Resist at the dorsum of the distal phalanx. (right: emergency now if abnormal)" in text
    assert "Have you had a fever? (emergency now if so)" in text
