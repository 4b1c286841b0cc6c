"""Where the lesion is, how clearly, what cannot be told from it, and which examination would decide."""

from collections.abc import Iterable, Iterator, Sequence

from dermarules.anatomy import TransitionZone
from dermarules.inference.graphs import neighbouring_roots
from dermarules.inference.observations import State
from dermarules.inference.rank import NOTHING
from dermarules.inference.weigh import Weighing
from dermarules.questions.answer import Answer
from dermarules.questions.ask import Examination
from dermarules.questions.differential import Localization
from dermarules.render.grounds import Grounds, tag
from dermarules.render.letter import Line, Row, Section
from dermarules.render.naming import has_lesions_apart, named, suspected_side, the_named
from dermarules.render.words import (
    CERTAINTY,
    capital,
    code_for,
    condition_name,
    listed,
    localization_name,
    lowered,
    on_side,
    places_phrase,
    side_word,
    site_name,
    the_localization,
)
from dermarules.vocabulary import Certainty, Review, Side

_EXAMINATIONS = 3
_RIVALS = 3
_ROWS = 6
_ZONES = 2
_SUSPECTS = 4


def where(answer: Answer, grounds: Grounds) -> Section:
    """The first localization, its rivals, its site, and what would decide."""
    lines = (
        _first(answer),
        *_site(answer),
        *_zones(answer),
        *_deciding(answer),
        *_suspects(answer, grounds),
    )
    return Section(f"Where: {named(_weighing(answer.differential[0], answer), answer.knowledge)}", lines)


def rows(answer: Answer) -> tuple[Row, ...]:
    """The differential in words, as far as a letter lists it."""
    return tuple(_row(rank, entry, answer) for rank, entry in enumerate(answer.differential[:_ROWS], start=1))


def _row(rank: int, entry: Localization, answer: Answer) -> Row:
    weighing = _weighing(entry, answer)
    apart = has_lesions_apart(weighing)
    name = named(weighing, answer.knowledge) if apart else localization_name(entry.localization, answer.knowledge)
    return Row(
        rank=rank,
        place=capital(name),
        side="" if apart else side_word(entry.side),
        site=site_name(entry.site, answer.knowledge) if entry.site else "",
        certainty=CERTAINTY[entry.certainty] if entry.certainty else "",
        weight=entry.weight_centibans,
        explains=len(entry.explains),
        unexplained=len(entry.unexplained),
        contradicted=len(entry.contradicted),
    )


def _weighing(entry: Localization, answer: Answer) -> Weighing:
    """The weighing that an entry of the differential shows."""
    return next(r.weighing for r in answer.inference.ranked if r.weighing.claim == entry.claim)


def _first(answer: Answer) -> Line:
    """How clearly the first localization stands, and against which rival."""
    first = answer.differential[0]
    if first.localization == NOTHING:
        if answer.inference.evidence.neurological:
            return Line("What was reported does not point to one place: not enough to localize.")
        if any(o.state is State.PAIN for o in answer.inference.observations):
            return Line("Pain that stays in one place is all that was reported: not enough to name a nerve or root.")
        return Line("Nothing abnormal was reported that has a place. What was not examined may still be abnormal.")
    name = capital(named(_weighing(first, answer), answer.knowledge))
    rival = _rival_name(answer)
    match first.certainty:
        case Certainty.CLEAR:
            return Line(
                f"{name}: clear, well ahead of {rival}." if rival else f"{name}: clear; no other place competes."
            )
        case Certainty.LEANING:
            thin = "no other place competes, but little speaks for it"
            return Line(
                f"{name}: leaning; ahead of {rival}, but not clearly." if rival else f"{name}: leaning; {thin}."
            )
    near = [e for e in answer.differential[1:] if e.certainty is Certainty.UNDECIDED and e.localization != NOTHING]
    other = _near(near, answer) or rival
    if not other:
        return Line(f"{name}: undecided; the findings hardly suffice to name a place.")
    return Line(f"{name}: undecided. It cannot be told from {other}.")


def _near(entries: Sequence[Localization], answer: Answer) -> str:
    names = [the_named(_weighing(entry, answer), answer.knowledge) for entry in entries[:_RIVALS]]
    more = len(entries) - len(names)
    return "; ".join([*names, f"or {more} more places"] if more else names)


def _rival_name(answer: Answer) -> str:
    rival = answer.inference.rival
    if rival is None or rival.candidate.localization == NOTHING:
        return ""
    return the_named(rival, answer.knowledge)


def _site(answer: Answer) -> Iterator[Line]:
    first = answer.differential[0]
    facts = [answer.knowledge.lesion_sites[site] for site in first.sites if site in answer.knowledge.lesion_sites]
    if not facts:
        return
    names = [site_name(fact.id, answer.knowledge) for fact in facts]
    is_draft = any(fact.review is Review.DRAFT for fact in facts)
    if first.site:
        usual = f"; usual causes there: {listed(facts[0].causes)}" if facts[0].causes else ""
        ground = (tag(f"lesion_sites/{first.site}", facts[0].sources),)
        yield Line(f"Site: {names[0]}{usual}.", ground, is_draft)
        return
    elsewhere = " or the nerve as a whole" if len(names) == 1 else ""
    yield Line(f"The findings cannot tell these sites apart: {listed(names, 'or')}{elsewhere}.", (), is_draft)


def _zones(answer: Answer) -> Iterator[Line]:
    """The transition zones in which the findings of a root lie, and the root that they may also belong to."""
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
        yield _zone(zone, touched, own, answer)


def _zone(zone: TransitionZone, touched: Iterable[str], own: Sequence[str], answer: Answer) -> Line:
    beside = {near for root in own for near in neighbouring_roots(answer.knowledge, answer.map, root)}
    others = [root for root in zone.roots if root not in own]
    named = listed([f"the neighbouring {r} root" if r in beside else f"the {r} root" for r in others], "or")
    skin = capital(places_phrase(touched, answer.knowledge))
    text = f"{skin}: transition zone; a loss there may also belong to {named}. {zone.advice}"
    return Line(text, (tag(f"zones/{zone.id}", zone.sources),), zone.review is Review.DRAFT)


def _deciding(answer: Answer) -> Iterator[Line]:
    is_clear = answer.differential[0].certainty is Certainty.CLEAR
    examinations = answer.deciding[: 1 if is_clear else _EXAMINATIONS]
    if examinations:
        head = "To confirm it against" if is_clear else "What would tell it from"
        yield Line(f"{head} {_rival_name(answer)}:", under=tuple(_examination(e, answer) for e in examinations))


def _examination(examination: Examination, answer: Answer) -> Line:
    name = on_side(examination.name, "" if examination.side is Side.UNKNOWN else examination.side.value)
    how = f" How: {lowered(examination.how)}" if examination.how else ""
    abnormal = the_localization(examination.abnormal_favours, answer.knowledge)
    normal = the_localization(examination.normal_favours, answer.knowledge)
    word = "weak" if examination.place[0] in ("movement", "muscle") else "reduced"
    return Line(f"{name}: {word} favours {abnormal}, normal {normal}.{how}")


def _suspects(answer: Answer, grounds: Grounds) -> Iterator[Line]:
    named = answer.suspects[:_SUSPECTS]
    if not named:
        return
    claims = dict(answer.inference.suspected)
    under = []
    for name in named:
        condition = answer.knowledge.conditions.get(name)
        code = code_for(condition.icd10cm, suspected_side(name, answer)) if condition else None
        text = condition_name(name, answer.knowledge) + (f" (ICD-10-CM {code})" if code else "")
        claim = claims.get(name)
        ground = (claim.subject,) if claim else answer.inference.ranked[0].weighing.candidate.facts
        under.append(Line(text, ground, grounds.is_draft([claim]) if claim else False))
    yield Line("Brings to mind, to be confirmed by the usual means:", under=tuple(under))
