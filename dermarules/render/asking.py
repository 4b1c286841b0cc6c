"""What was not asked that matters, and the small print."""

from dermarules.findings import Case
from dermarules.knowledgebase.languages import Language
from dermarules.questions.answer import Answer
from dermarules.questions.ask import Question
from dermarules.render.letter import Line, Section
from dermarules.render.question_words import question_words
from dermarules.render.voice import Voice
from dermarules.render.words import and_more, capital, urgency_word

_QUESTIONS = 5
_FLAGS = 3
_DIGEST = 12
_ADULT_AGE = 18


def unasked(answer: Answer, voice: Voice) -> Section:
    """The first questions that open red flags wait for, at most five."""
    lines = [_question(question, voice) for question in answer.questions[:_QUESTIONS]]
    more = len(answer.questions) - len(lines)
    if more:
        lines.append(Line(voice.say("asking.further", n=more)))
    return Section(voice.say("asking.title"), tuple(lines) or (Line(_nothing(answer, voice)),))


def _question(question: Question, voice: Voice) -> Line:
    flags = [f"red_flags/{flag}" for flag in question.flags[:_FLAGS]]
    named = and_more(flags, len(question.flags) - len(flags), voice)
    if question.urgency:
        named = voice.say("asking.urgency", urgency=urgency_word(question.urgency, voice), flags=named)
    return Line(capital(question_words(question.about, question.words, voice)), (named,))


def _nothing(answer: Answer, voice: Voice) -> str:
    return voice.say("asking.examination" if answer.red_flags.open else "asking.nothing")


def limits(case: Case, language: Language) -> tuple[str, ...]:
    """What the reader is to keep in mind."""
    minor = [language.say("page.adults")] if case.age is not None and case.age < _ADULT_AGE else []
    return (*minor, language.say("page.not_a_device"))


def footer(answer: Answer, voice: Voice) -> tuple[str, ...]:
    """Under which map and knowledge this holds, and its limits."""
    knowledge = answer.knowledge
    digest = knowledge.digest[:_DIGEST]
    made = voice.say("page.made_by", map=answer.map, version=knowledge.version, digest=digest, engine=answer.engine)
    return (made, *authors(voice), *limits(answer.case, voice.language))


def authors(voice: Voice) -> tuple[str, ...]:
    """That the authors of the rules are quoted in English, where that is not the language of the page."""
    said = voice.say("page.authors")
    return (said,) if said else ()
