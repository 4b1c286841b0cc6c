"""What hangs on a single finding, in words: each error with what the answer would be."""

from collections.abc import Iterator, Sequence

from dermarules.findings import Finding
from dermarules.questions.answer import Answer
from dermarules.questions.fragility import Fragile, Fragility, Turn
from dermarules.questions.many import Gist
from dermarules.questions.one_step import OneStep, Slip
from dermarules.render.compose import case_title, subject
from dermarules.render.footer import page_footer
from dermarules.render.grounds import place_of
from dermarules.render.letter import Line, Section
from dermarules.render.outcome import flag_tags, has_draft_flag, the_place, weights_are_draft
from dermarules.render.page import Page
from dermarules.render.phrases import finding_phrase
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import capital, certainty_word, urgency_word
from dermarules.vocabulary import Result

_OF_THE_ORDER = frozenset({Turn.LOCALIZATION, Turn.SIDE, Turn.CERTAINTY})


def fragility_page(answer: Answer, value: Fragility, voice: Voice, _: Verbosity) -> Page:
    """Which single finding, if wrong by one step, changes the answer; what was tried, and what does not matter."""
    fragile = tuple(_error(each, value.now, voice) for each in value.fragile)
    shaky = tuple(_error(each, value.now, voice) for each in value.shaky)
    sections = [
        Section(voice.say("fragility.now"), (_now(value.now, voice),)),
        Section(voice.say("fragility.fragile"), fragile or (Line(voice.say("fragility.firm")),)),
        *([Section(voice.say("fragility.shaky"), shaky)] if shaky else []),
        Section(voice.say("fragility.tried"), tuple(_tried(answer, value, voice))),
    ]
    title = voice.say("fragility.title", case=case_title(answer.case))
    return Page(title, subject(answer.case, voice), tuple(sections), page_footer(answer, voice))


def _now(now: Gist, voice: Voice) -> Line:
    place = the_place(now.localization, now.side, voice)
    sure, urgent = certainty_word(now.certainty, voice), urgency_word(now.urgency, voice)
    text = voice.say("fragility.answer", place=place, certainty=sure, urgency=urgent)
    return Line(capital(text), is_draft=weights_are_draft(voice.knowledge))


def _error(each: Fragile, now: Gist, voice: Voice) -> Line:
    """One error with what the answer would be, and the red flags that it raises or takes back."""
    outcome = "; ".join(_outcome(each, now, voice))
    finding = capital(_said(each.step.finding, voice))
    match each.step:
        case OneStep(instead=None):
            text = voice.say("fragility.not_given", finding=finding, outcome=outcome)
        case OneStep(slip=Slip.RESULT, instead=Finding(result=Result.PRESENT)):
            text = voice.say("fragility.present", finding=finding, outcome=outcome)
        case OneStep(instead=Finding() as instead):
            text = voice.say("fragility.wrong", finding=finding, instead=_said(instead, voice), outcome=outcome)
    turned = sorted(each.becomes.raised ^ now.raised) if Turn.URGENCY in each.turns else []
    is_of_order = not _OF_THE_ORDER.isdisjoint(each.turns)
    is_draft = has_draft_flag(turned, voice.knowledge) or (is_of_order and weights_are_draft(voice.knowledge))
    place = place_of(each.step.finding.location)
    return Line(text, flag_tags(turned, voice.knowledge), is_draft, (place,) if place else ())


def _outcome(each: Fragile, now: Gist, voice: Voice) -> Iterator[str]:
    then, pair = each.becomes, (each.becomes, now)
    if Turn.LOCALIZATION in each.turns or Turn.SIDE in each.turns:
        yield voice.say("fragility.first", place=the_place(then.localization, then.side, voice))
    if Turn.CERTAINTY in each.turns:
        yield _changed("fragility.certainty", [certainty_word(gist.certainty, voice) for gist in pair], voice)
    if Turn.URGENCY in each.turns:
        yield _changed("fragility.urgency", [urgency_word(gist.urgency, voice) for gist in pair], voice)
    elif Turn.URGENCY_POSSIBLE in each.turns:
        possible = [urgency_word(gist.urgency_possible, voice) for gist in pair]
        yield _changed("fragility.urgency_possible", possible, voice)


def _changed(template: str, then_and_now: Sequence[str], voice: Voice) -> str:
    then, now = then_and_now
    return voice.say(template, then=then, now=now)


def _said(finding: Finding, voice: Voice) -> str:
    return finding_phrase(finding, voice)


def _tried(answer: Answer, value: Fragility, voice: Voice) -> Iterator[Line]:
    yield Line(voice.say("fragility.count", n=value.tried, rows=len(answer.case.findings), harmless=value.harmless))
    if value.impossible:
        yield Line(voice.say("fragility.impossible", n=value.impossible))
    if value.measures:
        yield Line(voice.say("fragility.measures", n=value.measures))
