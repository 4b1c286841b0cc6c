"""What was not asked that matters, and the small print."""

from collections.abc import Iterator, Sequence

from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.answer import Answer
from dermarules.questions.ask import Question
from dermarules.render.letter import Line, Section
from dermarules.render.words import ADULT_AGE, ADULTS, NOT_A_DEVICE, URGENCY, counted, listed
from dermarules.rules import Derived, Leaf, walk

_QUESTIONS = 5
_FLAGS = 3
_DIGEST = 12


def unasked(answer: Answer) -> Section:
    """The questions that open red flags wait for, at most five; bladder, bowel, saddle and both legs come first."""
    signs = answer.knowledge.weights.signs
    sphincter = frozenset(_asked_by(signs.sphincter, answer.knowledge))
    both_legs = frozenset(_asked_by(signs.both_legs, answer.knowledge))
    ordered = sorted(answer.questions, key=lambda q: (q.about not in sphincter, q.about not in both_legs))
    lines = [_question(question) for question in _first(ordered)]
    more = len(ordered) - len(lines)
    if more:
        lines.append(Line(f"{counted(more, 'further question')}: see the JSON report."))
    return Section("What was not asked and matters", tuple(lines) or (Line(_nothing(answer)),))


def _first(questions: Sequence[Question]) -> list[Question]:
    """The first questions that each serve a red flag which none before serves, filled up with the next in order."""
    served: set[str] = set()
    new: list[Question] = []
    for question in questions:
        if not served.issuperset(question.flags):
            new.append(question)
            served.update(question.flags)
    chosen = [*new, *(question for question in questions if question not in new)][:_QUESTIONS]
    return sorted(chosen, key=questions.index)


def _asked_by(finding: str, knowledge: Knowledge) -> Iterator[str]:
    """The ids of what a derived finding asks about."""
    for part in walk(knowledge.derived[finding].when):
        if isinstance(part, Leaf):
            yield from part.names
        elif isinstance(part, Derived):
            yield from _asked_by(part.finding, knowledge)


def _question(question: Question) -> Line:
    flags = [f"red_flags/{flag}" for flag in question.flags[:_FLAGS]]
    more = len(question.flags) - len(flags)
    named = listed([*flags, f"{more} more"] if more else flags)
    urgency = f"{URGENCY[question.urgency].lower()} if so, " if question.urgency else ""
    return Line(question.words, (f"{urgency}{named}",))


def _nothing(answer: Answer) -> str:
    if answer.red_flags.open:
        return "The red flags that are open wait for an examination: see the JSON report."
    return "Nothing that a red flag waits for."


def limits(case: Case) -> tuple[str, ...]:
    """What the reader is to keep in mind."""
    return (ADULTS, NOT_A_DEVICE) if case.age is not None and case.age < ADULT_AGE else (NOT_A_DEVICE,)


def footer(answer: Answer) -> tuple[str, ...]:
    """Under which map and knowledge this holds, and its limits."""
    knowledge = answer.knowledge
    digest = knowledge.digest[:_DIGEST]
    made = f"Map {answer.map}; knowledge {knowledge.version} ({digest}); engine {answer.engine}."
    return (made, *limits(answer.case))
