"""The site of the lesion: its usual causes, and what the order of the branches shows or leaves open."""

from collections.abc import Iterator

from dermarules.inference.candidates import Candidate
from dermarules.notation import Place
from dermarules.questions.along import ElsewhereAlong
from dermarules.questions.answer import Answer
from dermarules.render.grounds import Grounds, has_draft, tag
from dermarules.render.letter import Line
from dermarules.render.reasons import finding_lines
from dermarules.render.voice import Voice
from dermarules.render.words import either, listed, lowered, site_name, the_localization

_TELLING = 3


def site(answer: Answer, grounds: Grounds) -> Iterator[Line]:
    """The site or sites of the first localization, and the places nearest to them on the course of the nerve."""
    yield from _named(answer, grounds.voice)
    for elsewhere in answer.elsewhere_along:
        yield _elsewhere(elsewhere, grounds)


def _named(answer: Answer, voice: Voice) -> Iterator[Line]:
    first = answer.differential[0]
    facts = [answer.knowledge.lesion_sites[site] for site in first.sites if site in answer.knowledge.lesion_sites]
    if not facts:
        return
    names = [site_name(fact.id, voice) for fact in facts]
    is_draft = has_draft(facts)
    if first.site:
        ground = (tag(f"lesion_sites/{first.site}", facts[0].sources),)
        causes = voice.own("lesion_sites", first.site, "causes") or listed(facts[0].causes, voice)
        said = (
            voice.say("site.causes", site=names[0], causes=causes) if causes else voice.say("site.one", site=names[0])
        )
        yield Line(said, ground, is_draft)
        return
    key = "site.or_whole" if len(names) == 1 else "site.several"
    yield Line(voice.say(key, sites=either(names, voice)), (), is_draft)


def _elsewhere(elsewhere: ElsewhereAlong, grounds: Grounds) -> Line:
    """What speaks against another place on the course, or what would."""
    voice = grounds.voice
    name = _place(elsewhere.candidate, voice)
    ground = elsewhere.candidate.facts
    if elsewhere.against:
        said = voice.say("site.not_above" if elsewhere.is_above else "site.not_below", place=name)
        return Line(said, ground, under=finding_lines(elsewhere.against, grounds))
    if not elsewhere.telling:
        return Line(voice.say("site.untellable", place=name), ground)
    telling = listed([_examined(place, voice) for place in elsewhere.telling[:_TELLING]], voice)
    return Line(voice.say("site.telling", place=name, examinations=telling), ground)


def _place(candidate: Candidate, voice: Voice) -> str:
    name = the_localization(candidate.localization, voice)
    where = (
        voice.say("site.at", place=name, site=lowered(site_name(candidate.site, voice), voice))
        if candidate.site
        else voice.say("site.of", place=name)
    )
    within = listed([the_localization(f"nerve {branch}", voice) for branch in candidate.fascicles], voice)
    return voice.say("site.fascicles", place=where, branches=within) if within else where


def _examined(place: Place, voice: Voice) -> str:
    kind, name = place
    match kind:
        case "skin":
            return voice.say("site.skin", region=lowered(voice.name("regions", name), voice))
        case "movement":
            return voice.say("site.power", movement=lowered(voice.name("movements", name), voice))
        case "reflex":
            return voice.say("site.reflex", reflex=lowered(voice.name("reflexes", name), voice))
        case _:
            return voice.say("site.muscle", muscle=lowered(voice.name("muscles", name), voice))
