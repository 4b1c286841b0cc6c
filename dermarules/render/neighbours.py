"""Which other root must be named beside the answer: in a transition zone, or where only skin speaks for it."""

from collections.abc import Iterable, Iterator

from dermarules.anatomy import TransitionZone
from dermarules.inference.graphs import neighbouring_roots
from dermarules.notation import State
from dermarules.questions.answer import Answer
from dermarules.render.grounds import has_draft, tag
from dermarules.render.letter import Line
from dermarules.render.voice import Voice
from dermarules.render.words import capital, either, places_phrase
from dermarules.vocabulary import Certainty

_ZONES = 2


def neighbours(answer: Answer, voice: Voice) -> Iterator[Line]:
    """The transition zones in which the findings of a root lie; if there is none, its likelier neighbour."""
    zones = tuple(_zones(answer, voice))
    yield from zones
    if not zones:
        yield from _beside(answer, voice)


def _zones(answer: Answer, voice: Voice) -> Iterator[Line]:
    weighing = answer.inference.ranked[0].weighing
    own = weighing.candidate.roots
    lost = {o.place[1] for o in weighing.explained if o.place[0] == "skin" and o.state is not State.PAIN}
    found = [
        (zone, touched)
        for zone in answer.knowledge.zones.values()
        if set(own) & set(zone.roots) and set(zone.roots) - set(own)
        if (touched := [region for region in zone.regions if region in lost])
    ]
    for zone, touched in found[:_ZONES]:
        yield _zone(zone, touched, answer, voice)


def _zone(zone: TransitionZone, touched: Iterable[str], answer: Answer, voice: Voice) -> Line:
    own = answer.inference.ranked[0].weighing.candidate.roots
    beside = {near for root in own for near in neighbouring_roots(answer.knowledge, answer.map, root)}
    others = [root for root in zone.roots if root not in own]
    named = either([voice.say(f"neighbours.{'neighbour' if r in beside else 'other'}", root=r) for r in others], voice)
    skin = capital(places_phrase(touched, voice))
    text = voice.say("neighbours.zone", skin=skin, roots=named, advice=voice.text("zones", zone.id, "advice"))
    return Line(text, (tag(f"zones/{zone.id}", zone.sources),), has_draft([zone]))


def _beside(answer: Answer, voice: Voice) -> Iterator[Line]:
    """The likelier neighbour of a root for which only skin speaks, unless the line on certainty names it."""
    weighing = answer.inference.ranked[0].weighing
    own = weighing.candidate.roots
    if len(own) != 1 or not weighing.explained or any(o.place[0] != "skin" for o in weighing.explained):
        return
    nearest = _likelier_neighbour(own[0], answer)
    if f"root {nearest}" in _rivals(answer):
        return
    facts = {root: answer.knowledge.dermatomes[root].maps[answer.map] for root in (own[0], nearest)}
    ground = tuple(tag(f"dermatomes/{root}/{answer.map}", fact.sources) for root, fact in facts.items())
    yield Line(
        voice.say("neighbours.skin_alone", root=nearest), ground, has_draft((*facts.values(), answer.knowledge.weights))
    )


def _likelier_neighbour(root: str, answer: Answer) -> str:
    """Of the roots next to a root the one that ranks higher on its side; if none does, the one that overlaps more."""
    side = answer.inference.ranked[0].weighing.side
    ranked = [r.weighing.candidate.localization for r in answer.inference.ranked if r.weighing.side is side]
    beside = [r for r in neighbouring_roots(answer.knowledge, answer.map, root) if answer.knowledge.roots[r].answer]
    return min(beside, key=lambda r: ranked.index(f"root {r}") if f"root {r}" in ranked else len(ranked))


def _rivals(answer: Answer) -> set[str]:
    """The localizations that the line on certainty names."""
    near = {e.localization for e in answer.differential[1:] if e.certainty is Certainty.UNDECIDED}
    rival = answer.inference.rival
    return near | ({rival.candidate.localization} if rival else set())
