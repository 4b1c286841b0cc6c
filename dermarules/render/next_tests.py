"""The page that says what to ask and examine next, what each outcome would do, and when to stop."""

from collections.abc import Iterator

from dermarules.questions.answer import Answer
from dermarules.questions.ask import Question
from dermarules.questions.cells import Ask
from dermarules.questions.next_tests import BedsideTest, Hypothesis, NextTests, Outcome
from dermarules.render.asks import asks_words
from dermarules.render.compose import titled
from dermarules.render.footer import page_footer
from dermarules.render.letter import Line, Section
from dermarules.render.page import Page
from dermarules.render.question_words import question_words
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import capital, certainty_word, localization_name, on_side, sides_word, urgency_word
from dermarules.vocabulary import Kind

_TABLES = {Kind.POWER: "movements", Kind.REFLEX: "reflexes"}
_BETWEEN = "; "


def next_tests_page(answer: Answer, value: NextTests, voice: Voice, verbosity: Verbosity) -> Page:
    """Questions that red flags wait for, then tests in the order of what they tell, then whether to stop."""
    asked = tuple(_question(question, voice) for question in value.questions)
    sections = (
        Section(voice.say("next_tests.questions", n=len(asked)), asked),
        Section(voice.say("next_tests.tests"), tuple(_tests(value, voice))),
        Section(voice.say("next_tests.stop"), tuple(_stop(value, voice))),
    )
    return Page(
        voice.say("next_tests.title"),
        titled(answer.case, voice),
        tuple(section for section in sections if section.lines),
        page_footer(answer, voice),
    )


def _question(question: Question, voice: Voice) -> Line:
    words = capital(question_words(question.about, question.words, voice))
    flags = tuple(f"red_flags/{flag}" for flag in question.flags)
    if question.urgency is None:
        return Line(words, flags)
    slots = {"question": words, "urgency": urgency_word(question.urgency, voice)}
    if question.sides:
        return Line(voice.say("next_tests.on_side", side=sides_word(question.sides, voice), **slots), flags)
    return Line(voice.say(f"next_tests.{_sort(question, voice)}", **slots), flags)


def _sort(question: Question, voice: Voice) -> str:
    """Whether something is asked, measured or examined."""
    if question.about in voice.knowledge.history:
        return "question"
    return "measure" if question.about in voice.knowledge.measures else "examination"


def _tests(value: NextTests, voice: Voice) -> Iterator[Line]:
    places = _BETWEEN.join(_hypothesis(hypothesis, voice) for hypothesis in value.hypotheses)
    yield Line(voice.say("next_tests.leading", places=places))
    for test in value.tests:
        yield _test(test, voice)
    if value.further:
        yield Line(voice.say("next_tests.further", n=value.further))
    if not value.tests:
        yield Line(voice.say("next_tests.none"))


def _hypothesis(hypothesis: Hypothesis, voice: Voice) -> str:
    place = on_side(localization_name(hypothesis.localization, voice), hypothesis.side, voice)
    return voice.say("next_tests.probability", place=place, percent=_percent(hypothesis.probability))


def _test(test: BedsideTest, voice: Voice) -> Line:
    place, name = (test.name, "") if test.kind is Kind.SENSATION else ("", test.name)
    words = asks_words([Ask(test.kind, name, place, test.side)], voice)[0]
    text = voice.say("next_tests.test", test=capital(words), bits=voice.number(round(test.bits, 2)))
    under = (
        Line(_how(test, voice)),
        Line(voice.say(f"next_tests.effort_{test.effort.value}")),
        Line(
            voice.say(
                "next_tests.abnormal", percent=_percent(test.chance_abnormal), then=_outcome(test.abnormal, voice)
            )
        ),
        Line(voice.say("next_tests.normal", then=_outcome(test.normal, voice))),
    )
    return Line(text, under=under)


def _how(test: BedsideTest, voice: Voice) -> str:
    if test.kind is Kind.SENSATION:
        return voice.say("next_tests.how_sensation")
    return voice.say("next_tests.how", how=voice.text(_TABLES[test.kind], test.name, "how"))


def _outcome(outcome: Outcome, voice: Voice) -> str:
    place = on_side(localization_name(outcome.localization, voice), outcome.side, voice)
    certainty = certainty_word(outcome.certainty, voice)
    if not outcome.changes_urgency:
        return voice.say("next_tests.then", place=place, certainty=certainty)
    urgency = urgency_word(outcome.urgency, voice)
    return voice.say("next_tests.then_urgency", place=place, certainty=certainty, urgency=urgency)


def _stop(value: NextTests, voice: Voice) -> Iterator[Line]:
    yield Line(voice.say(f"next_tests.{value.stop.value}"))
    if value.untold:
        yield Line(voice.say("next_tests.untold", n=value.untold))
    horizon = value.horizon
    if horizon.is_bounded:
        yield Line(voice.say("next_tests.worst_bounded", ahead=value.ahead))
    elif horizon.worst:
        mean = voice.number(round(horizon.expected, 1))
        yield Line(voice.say("next_tests.worst", n=horizon.worst, mean=mean))


def _percent(share: float) -> int:
    return round(100 * share)
