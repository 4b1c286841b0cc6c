"""The site of the lesion: its usual causes, and what the order of the branches shows or leaves open."""

from collections.abc import Iterator

from dermarules.inference.candidates import Candidate
from dermarules.inference.observations import Place
from dermarules.questions.along import ElsewhereAlong
from dermarules.questions.answer import Answer
from dermarules.render.grounds import Grounds, has_draft, tag
from dermarules.render.letter import Line
from dermarules.render.reasons import finding_lines
from dermarules.render.voice import Voice
from dermarules.render.words import listed, lowered, site_name, the_localization

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
        usual = f"; usual causes there: {listed(facts[0].causes)}" if facts[0].causes else ""
        ground = (tag(f"lesion_sites/{first.site}", facts[0].sources),)
        yield Line(f"Site: {names[0]}{usual}.", ground, is_draft)
        return
    elsewhere = " or the nerve as a whole" if len(names) == 1 else ""
    yield Line(f"The findings cannot tell these sites apart: {listed(names, 'or')}{elsewhere}.", (), is_draft)


def _elsewhere(elsewhere: ElsewhereAlong, grounds: Grounds) -> Line:
    """What speaks against another place on the course, or what would."""
    name = _place(elsewhere.candidate, grounds.voice)
    ground = elsewhere.candidate.facts
    if elsewhere.against:
        way, word = ("nearer to the spine", "take out") if elsewhere.is_above else ("further down", "spare")
        return Line(
            f"Not {way}: a lesion {name} would {word}:", ground, under=finding_lines(elsewhere.against, grounds)
        )
    if not elsewhere.telling:
        return Line(f"No examination of the leg tells it from a lesion {name}.", ground)
    telling = listed([_examined(place, grounds.voice) for place in elsewhere.telling[:_TELLING]])
    return Line(f"It cannot be told yet from a lesion {name}. This would tell: {telling}.", ground)


def _place(candidate: Candidate, voice: Voice) -> str:
    where = f" ({lowered(site_name(candidate.site, voice))})" if candidate.site else ""
    within = listed([the_localization(f"nerve {branch}", voice) for branch in candidate.fascicles])
    only = f" that takes only the fascicles of {within}" if within else ""
    return f"of {the_localization(candidate.localization, voice)}{where}{only}"


def _examined(place: Place, voice: Voice) -> str:
    kind, name = place
    match kind:
        case "skin":
            return f"sensation over the {lowered(voice.name('regions', name))}"
        case "movement":
            return f"power of {lowered(voice.name('movements', name))}"
        case "reflex":
            return f"{lowered(voice.name('reflexes', name))} reflex"
        case _:
            return f"power of the {lowered(voice.name('muscles', name))}"
