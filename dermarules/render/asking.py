"""What was not asked that matters, and the small print."""

from dermarules.findings import Case
from dermarules.questions.answer import Answer
from dermarules.questions.ask import Question
from dermarules.render.letter import Line, Section
from dermarules.render.words import ADULT_AGE, ADULTS, NOT_A_DEVICE, URGENCY, counted, listed

_QUESTIONS = 5
_FLAGS = 3
_DIGEST = 12


def unasked(answer: Answer) -> Section:
    """The first questions that open red flags wait for, at most five."""
    lines = [_question(question) for question in answer.questions[:_QUESTIONS]]
    more = len(answer.questions) - len(lines)
    if more:
        lines.append(Line(f"{counted(more, 'further question')}: see the JSON report."))
    return Section("What was not asked and matters", tuple(lines) or (Line(_nothing(answer)),))


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
