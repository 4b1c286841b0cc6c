"""What hangs on a single finding: errors of one step, and what each would make of the answer."""

import pytest

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.questions.again import again
from dermarules.questions.fragility import Fragility, Turn, fragility
from dermarules.questions.many import gist_of
from dermarules.questions.one_step import one_step
from dermarules.report import Report, localize
from dermarules.vocabulary import BOTH_SIDES, Kind, Result, Side
from tests.strategies import EXAMPLES

LEFT = (Side.LEFT,)


@pytest.fixture(scope="module")
def report() -> Report:
    return localize(EXAMPLES / "foot_drop_weak_inversion.yaml", engine="compiled")


@pytest.fixture(scope="module")
def found(report: Report) -> Fragility:
    return fragility(report)


@pytest.fixture
def knowledge() -> Knowledge:
    return default_knowledge()


@pytest.mark.parametrize(
    ("finding", "instead"),
    [
        (Finding(Kind.POWER, "ankle_dorsiflexion", LEFT, Result.MRC_3), {Result.MRC_2, Result.MRC_4_MINUS}),
        (Finding(Kind.POWER, "ankle_dorsiflexion", LEFT, Result.MRC_5), {Result.MRC_4_PLUS}),
        (Finding(Kind.POWER, "ankle_dorsiflexion", LEFT, Result.MRC_0), {Result.MRC_1}),
        (Finding(Kind.POWER, "ankle_dorsiflexion", LEFT, Result.WEAK), {Result.NORMAL}),
        (Finding(Kind.REFLEX, "ankle", LEFT, Result.NORMAL), {Result.REDUCED, Result.BRISK}),
        (Finding(Kind.REFLEX, "plantar", LEFT, Result.FLEXOR), {Result.MUTE, Result.EXTENSOR}),
        (Finding(Kind.SENSATION, "pinprick", LEFT, Result.ABSENT, ("shin_upper",)), {Result.NORMAL, Result.REDUCED}),
        (Finding(Kind.HISTORY, "back_pain", (Side.NONE,), Result.PRESENT), {Result.ABSENT}),
    ],
)
def test_a_result_is_wrong_by_one_step(finding: Finding, instead: set[Result], knowledge: Knowledge) -> None:
    steps = [step.instead for step in one_step(finding, knowledge)]

    assert {each.result for each in steps if each is not None and each.sides == finding.sides} == instead


def test_a_side_is_wrong_as_the_other_side_or_as_one_of_both(knowledge: Knowledge) -> None:
    left = Finding(Kind.POWER, "ankle_dorsiflexion", LEFT, Result.MRC_3)
    both = Finding(Kind.REFLEX, "ankle", BOTH_SIDES, Result.NORMAL)

    assert [s.instead.sides for s in one_step(left, knowledge) if s.instead and s.instead.sides != LEFT] == [
        (Side.RIGHT,)
    ]
    assert {s.instead.sides for s in one_step(both, knowledge) if s.instead} >= {LEFT, (Side.RIGHT,)}


def test_a_number_is_tried_as_not_given(knowledge: Knowledge) -> None:
    (step,) = one_step(Finding(Kind.MEASURE, "symptom_days", (Side.NONE,), Result.MEASURED, number=60.0), knowledge)

    assert step.instead is None


def test_every_error_that_is_told_turns_the_answer_so_when_it_is_run(report: Report, found: Fragility) -> None:
    for each in (*found.fragile, *found.shaky):
        rows = [row for row in report.case.findings if row is not each.step.finding]
        run = again(report, [*rows, *([each.step.instead] if each.step.instead else [])])

        assert gist_of(run.inference) == each.becomes != found.now


def test_every_error_that_was_tried_is_counted(found: Fragility) -> None:
    assert found.tried == len(found.fragile) + len(found.shaky) + found.harmless


def test_a_denied_retention_that_was_there_makes_an_emergency(found: Fragility) -> None:
    (each,) = [e for e in found.fragile if e.step.finding.name == "urinary_retention"]

    assert Turn.URGENCY in each.turns
    assert "ces_retention" in each.becomes.raised - found.now.raised


def test_the_page_tells_what_the_answer_would_be(report: Report) -> None:
    text = " ".join(report.fragility().to_text().split())

    assert "Weak ankle dorsiflexion (3/5), left; if instead weak ankle dorsiflexion (2/5), left: the urgency" in text
    assert "Time since the weakness began: 60 days; if it were not given: the urgency would be same day" in text
    assert "Denied: loss of bowel control; if it were present: undecided instead of clear; the urgency" in text
    assert "41 possible errors in 18 findings, each run as a case of its own; 26 change nothing of this." in text


def test_a_case_without_findings_hangs_on_nothing() -> None:
    empty = localize({"id": "nothing", "findings": []}).fragility()

    assert empty.value.tried == 0
    assert "No single finding, wrong by one step, changes the first answer or the urgency." in empty.to_text()
