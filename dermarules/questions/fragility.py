"""Fragility: which single finding, if it were wrong by one step, would change the answer or its urgency.

Every such case is really run. A finding that would contradict another if it were wrong is not wrong alone; such steps
are counted and not run.
"""

from dataclasses import dataclass
from enum import Enum

from dermarules.findings import Case, Finding
from dermarules.knowledgebase.contradictions import contradictions
from dermarules.questions.answer import Answer
from dermarules.questions.many import Gist, gist_of, gists
from dermarules.questions.one_step import OneStep, Slip, one_step


class Turn(Enum):
    """What an error would turn: the first localization, its side, the urgency, what is not excluded, or how sure."""

    LOCALIZATION = "localization"
    SIDE = "side"
    URGENCY = "urgency"
    URGENCY_POSSIBLE = "urgency_possible"
    CERTAINTY = "certainty"


# What a doctor would act on; the rest only says how far the same answer may be trusted.
_GRAVE = frozenset({Turn.LOCALIZATION, Turn.SIDE, Turn.URGENCY})


@dataclass(frozen=True, slots=True)
class Fragile:
    """A finding that is wrong by one step, and what the answer would be."""

    step: OneStep
    turns: tuple[Turn, ...]
    becomes: Gist


@dataclass(frozen=True, slots=True)
class Fragility:
    """What hangs on a single finding.

    `fragile` are the errors that change the first answer or the urgency; `shaky` those that change only how sure it is
    or what urgency is not excluded. Of all errors that were tried (`tried`), `harmless` change nothing of this;
    `impossible` ones were not tried, for another finding would contradict them. `measures` were tried as not given.
    """

    now: Gist
    fragile: tuple[Fragile, ...]
    shaky: tuple[Fragile, ...]
    tried: int
    harmless: int
    impossible: int
    measures: int


def fragility(answer: Answer) -> Fragility:
    """Which single finding, if wrong by one step, changes the first answer or the urgency; each is run."""
    now = gist_of(answer.inference)
    wrong = _each_wrong(answer)
    possible = [(step, case) for step, case in wrong if not _contradicts_itself(step, case, answer)]
    found = gists([case for _, case in possible], answer)
    turned = [Fragile(step, _turns(now, then), then) for (step, _), then in zip(possible, found, strict=True)]
    fragile = tuple(each for each in turned if not _GRAVE.isdisjoint(each.turns))
    shaky = tuple(each for each in turned if each.turns and _GRAVE.isdisjoint(each.turns))
    return Fragility(
        now=now,
        fragile=fragile,
        shaky=shaky,
        tried=len(turned),
        harmless=len(turned) - len(fragile) - len(shaky),
        impossible=len(wrong) - len(turned),
        measures=sum(step.slip is Slip.NOT_GIVEN for step, _ in possible),
    )


def _each_wrong(answer: Answer) -> list[tuple[OneStep, Case]]:
    """Each step of each row, with the case in which that row is wrong and the others are as they were."""
    rows = answer.case.findings
    return [
        (step, answer.case.with_findings(_instead(rows, number, step)))
        for number, row in enumerate(rows)
        for step in one_step(row, answer.knowledge)
    ]


def _instead(rows: tuple[Finding, ...], number: int, step: OneStep) -> tuple[Finding, ...]:
    new = () if step.instead is None else (step.instead,)
    return (*rows[:number], *rows[number + 1 :], *new)


def _contradicts_itself(step: OneStep, case: Case, answer: Answer) -> bool:
    """True if what would be found instead, the last row of the case, and another row cannot both be true."""
    if step.instead is None:
        return False
    last = len(case.findings) - 1
    misfits = contradictions(tuple(enumerate(case.findings)), answer.knowledge)
    return any(misfit.path[1] == last for misfit in misfits)


def _turns(now: Gist, then: Gist) -> tuple[Turn, ...]:
    return tuple(turn for turn in Turn if getattr(now, turn.value) != getattr(then, turn.value))
