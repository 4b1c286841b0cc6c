"""Who would answer otherwise, in words: maps, plexuses, and the facts and citations that decide."""

from collections.abc import Iterable, Iterator

from dermarules.knowledgebase.facts import authority
from dermarules.questions.answer import Answer
from dermarules.questions.dissent import Cause, Dissent, Exchange, Withdrawal
from dermarules.questions.other_facts import First
from dermarules.questions.robustness import FirstAnswer
from dermarules.render.compose import case_title, subject
from dermarules.render.footer import page_footer
from dermarules.render.grounds import tag
from dermarules.render.letter import Line, Section
from dermarules.render.outcome import the_place, weights_are_draft
from dermarules.render.page import Page
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import capital, listed, lowered, stopped
from dermarules.vocabulary import Review


def dissent_page(answer: Answer, value: Dissent, voice: Voice, _: Verbosity) -> Page:
    """The first answer as it is, on every map and with every plexus, and what would turn it."""
    exchanges = (*(_exchange(each, voice) for each in value.exchanges), *(_whole(m, voice) for m in value.as_a_whole))
    withdrawals = tuple(_withdrawal(each, voice) for each in value.withdrawals)
    sections = [
        Section(
            voice.say("dissent.now"),
            (Line(capital(_said(value.first, voice)), is_draft=weights_are_draft(voice.knowledge)),),
        ),
        Section(voice.say("dissent.maps"), tuple(_on_map(each, answer, voice) for each in value.maps)),
        *([Section(voice.say("dissent.exchanges"), exchanges)] if exchanges else []),
        Section(voice.say("dissent.plexus"), tuple(_with_variant(each, voice) for each in value.variants)),
        Section(voice.say("dissent.withdrawals"), withdrawals or (Line(voice.say("dissent.firm")),)),
        Section(voice.say("dissent.tried"), tuple(_tried(value, voice))),
    ]
    title = voice.say("dissent.title", case=case_title(answer.case))
    return Page(title, subject(answer.case, voice), tuple(s for s in sections if s.lines), page_footer(answer, voice))


def _said(first: First | FirstAnswer, voice: Voice) -> str:
    """A place; that a map has nothing to go by where it explains nothing."""
    if not first.has_ground:
        return voice.say("dissent.nothing")
    return stopped(the_place(first.localization, first.side, voice))


def _on_map(each: FirstAnswer, answer: Answer, voice: Voice) -> Line:
    own = voice.say("dissent.own") if each.map == answer.map else ""
    return _who_says(voice.text("maps", each.map, "title") + own, f"dermatome_maps/{each.map}", each, voice)


def _with_variant(each: FirstAnswer, voice: Voice) -> Line:
    variant = each.variant or ""
    name = voice.say("dissent.variant", name=lowered(voice.name("plexus_variants", variant), voice))
    return _who_says(capital(name), f"plexus_variants/{variant}", each, voice)


def _who_says(who: str, fact: str, first: FirstAnswer, voice: Voice) -> Line:
    """A map or plexus with what comes first by it; what dissents is marked."""
    key = "dissent.same" if first.is_same else "dissent.other"
    behind = authority(voice.knowledge, fact)
    return Line(
        voice.say(key, who=who, place=_said(first, voice)), (tag(fact, behind.sources),), behind.review is Review.DRAFT
    )


def _exchange(each: Exchange, voice: Voice) -> Line:
    """The roots whose skin on another map turns the answer."""
    roots = [fact.split("/")[1] for fact in each.facts]
    text = voice.say(
        "dissent.exchange",
        roots=listed(roots, voice),
        n=len(roots),
        map=voice.text("maps", each.map, "title"),
        place=_said(each.first, voice),
    )
    return Line(text, tuple(_tags(each.facts, voice)), _has_draft(each.facts, voice))


def _whole(name: str, voice: Voice) -> Line:
    return Line(voice.say("dissent.whole", map=voice.text("maps", name, "title")))


def _withdrawal(each: Withdrawal, voice: Voice) -> Line:
    """What turns the answer if it is not believed; many facts are listed below it."""
    place, count = _said(each.first, voice), len(each.facts)
    match each.cause:
        case Cause.FACT:
            (fact,) = each.facts
            text = voice.say("dissent.without", fact=_title(fact, voice), place=place)
            return Line(text, tuple(_tags(each.facts, voice)), _has_draft(each.facts, voice))
        case Cause.SOURCE:
            text = voice.say("dissent.without_source", source=each.source, n=count, place=place)
        case Cause.DRAFT:
            text = voice.say("dissent.without_drafts", n=count, place=place)
    under = tuple(
        Line(capital(_title(fact, voice)), tuple(_tags((fact,), voice)), _has_draft((fact,), voice))
        for fact in each.facts
    )
    return Line(text, is_draft=_has_draft(each.facts, voice), under=under)


def _title(fact: str, voice: Voice) -> str:
    """A fact that was withdrawn, within a sentence: a rule by its title, a territory by its root and map."""
    table, name, *rest = fact.split("/")
    if table == "rules":
        return voice.say("dissent.rule", title=lowered(voice.text("rules", name, "title"), voice))
    return voice.say("dissent.skin", root=name, map=voice.text("maps", rest[0], "title"))


def _tags(facts: Iterable[str], voice: Voice) -> Iterator[str]:
    return (tag(fact, authority(voice.knowledge, fact).sources) for fact in facts)


def _has_draft(facts: Iterable[str], voice: Voice) -> bool:
    return any(authority(voice.knowledge, fact).review is Review.DRAFT for fact in facts)


def _tried(value: Dissent, voice: Voice) -> Iterator[Line]:
    yield Line(voice.say("dissent.count", facts=value.tried_facts, sources=value.tried_sources))
    yield Line(voice.say("dissent.kept"))
