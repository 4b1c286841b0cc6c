"""Why the first localization stands where it stands, and what does not fit it: terms of the sum, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dermarules.inference.observations import Observation
from dermarules.inference.weigh import Weighing
from dermarules.localizations import WideSite
from dermarules.proof import Claim, Term
from dermarules.questions.answer import Answer
from dermarules.render.grounds import Grounds, cited, tag
from dermarules.render.letter import Line, Section, shortened
from dermarules.render.naming import the_named
from dermarules.render.voice import Voice
from dermarules.render.words import capital, listed, stopped, the_localization
from dermarules.vocabulary import TermKind, Tier

_MODIFIERS = "modifiers/"


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of an explanation with what it adds to the total, in centibans; `said` is it without for or against."""

    line: Line
    counted: int
    claims: tuple[Claim, ...]
    said: str


def why_first(answer: Answer, grounds: Grounds) -> Section:
    """What speaks for the first localization, the strongest first, and what its nearest rival leaves open."""
    first = answer.inference.ranked[0].weighing
    for_it = [reason for reason in reasons(first, grounds) if reason.counted > 0]
    lines = (
        *entry_lines(first, grounds),
        *(reason.line for reason in for_it),
        *_nothing(first, grounds.voice),
        *_rival(answer, grounds),
    )
    voice = grounds.voice
    return Section(voice.say("reasons.title"), lines or (Line(voice.say("reasons.nothing")),))


def misfit(answer: Answer, grounds: Grounds) -> Section:
    """What the first localization does not explain, and what speaks against it."""
    first = answer.inference.ranked[0].weighing
    against = [reason.line for reason in reasons(first, grounds) if reason.counted < 0]
    lines = (*_unexplained(first, grounds), *_general(first, grounds), *against)
    return Section(grounds.voice.say("reasons.misfit"), lines or (_all_fits(answer, grounds.voice),))


def _all_fits(answer: Answer, voice: Voice) -> Line:
    flags_alone = answer.inference.ranked[0].weighing.candidate.klass == "nothing" and answer.red_flags.raised
    return Line(voice.say("reasons.flags_alone" if flags_alone else "reasons.all_fits"))


def reasons(weighing: Weighing, grounds: Grounds) -> tuple[Reason, ...]:
    """What findings and rules add to a total or take from it, the strongest first; one reason for each row."""
    by_row: dict[tuple[Claim, bool, str], list[Term]] = {}
    found: list[Reason] = []
    for term in weighing.terms:
        if term.group is None:
            continue
        if term.kind is TermKind.RULE:
            found.append(_rule(term, grounds))
        else:
            rows = _rows(term.premises[0], grounds)
            by_row.setdefault((rows[0], term.weight > 0, _owner(term, weighing)), []).append(term)
    found += [_observed(owner, row, terms, grounds) for (row, _, owner), terms in by_row.items()]
    return tuple(sorted(found, key=lambda r: (-abs(r.counted), r.line.text)))


def _rows(seen: Claim, grounds: Grounds) -> tuple[Claim, ...]:
    return grounds.proof.leaves(seen)


def _rule(term: Term, grounds: Grounds) -> Reason:
    rule = grounds.knowledge.rules[term.of]
    ground = (tag(f"rules/{rule.id}", cited(rule.sources)),)
    fired = [claim for claim in term.premises if not claim.subject.startswith(_MODIFIERS)]
    under = (*lessened(term.premises, grounds), *shortened(grounds.findings(fired), grounds.voice))
    because = grounds.voice.text("rules", rule.id, "because")
    key = "reasons.because" if term.counted > 0 else "reasons.against"
    text = stopped(capital(grounds.voice.say(key, because=because)))
    line = Line(text, ground, grounds.is_draft(term.premises), under=under)
    return Reason(line, term.counted, term.premises, stopped(capital(because)))


def _owner(term: Term, weighing: Weighing) -> str:
    """The localization whose place a term is about."""
    return next(c.localization for c, _ in weighing.candidate.lesions if c.name == term.of)


def _observed(owner: str, row: Claim, terms: list[Term], grounds: Grounds) -> Reason:
    """What one row of the case says: the places of it that belong to a localization, and how constantly they do."""
    claims = tuple(dict.fromkeys(claim for term in terms for claim in term.premises))
    seen = dict.fromkeys(term.premises[0] for term in terms)
    tiers = {term.tier for term in terms}
    whose = the_localization(owner, grounds.voice)
    voice = grounds.voice
    named = listed([voice.say(f"reasons.{tier.value}") for tier in Tier if tier in tiers], voice)
    said = capital(grounds.phrase(row, _skin(seen)))
    text = stopped(voice.say(_bearing(terms[0]), finding=said, tiers=named, place=whose))
    tags = grounds.tags(claim for claim in claims if not claim.subject.startswith(_MODIFIERS))
    under = lessened(claims, grounds)
    line = Line(text, tags, grounds.is_draft(claims), grounds.places(row), under)
    return Reason(line, sum(term.counted for term in terms), claims, text)


def _bearing(term: Term) -> str:
    """How a finding bears on a localization, as the template that says it."""
    if term.weight >= 0:
        return "reasons.affected"
    return "reasons.spared" if term.kind is TermKind.SPARED else "reasons.only"


def lessened(claims: Iterable[Claim], grounds: Grounds) -> tuple[Line, ...]:
    """Why something counts less in this patient, with what of the patient makes it so."""
    held = [claim for claim in claims if claim.subject.startswith(_MODIFIERS)]
    return tuple(_less(known, held, grounds) for known in held if known.predicate == "known")


def _less(known: Claim, held: Iterable[Claim], grounds: Grounds) -> Line:
    modifier = grounds.knowledge.modifiers[known.subject.removeprefix(_MODIFIERS)]
    under = grounds.findings(claim for claim in held if claim.predicate != "known" and claim.subject == known.subject)
    because = stopped(grounds.voice.text("modifiers", modifier.id, "because"))
    text = grounds.voice.say("reasons.less", because=because)
    return Line(text, grounds.tags([known]), grounds.is_draft([known]), under=under)


def _skin(seen: Iterable[Claim]) -> tuple[str, ...]:
    """The regions among observations: `deficit skin shin_upper`."""
    words = (claim.subject.split(" ", 2) for claim in seen)
    return tuple(name for _, kind, name in words if kind == "skin")


def entry_lines(weighing: Weighing, grounds: Grounds) -> Iterator[Line]:
    """What lets a wide site compete at all."""
    for term, site in entries(weighing):
        ground = (tag(f"localizations/{site.id}", site.sources),)
        under = shortened(grounds.findings(term.premises), grounds.voice)
        because = grounds.voice.text("wide_sites", site.id, "because")
        yield Line(stopped(capital(because)), ground, grounds.is_draft(term.premises), under=under)


def entries(weighing: Weighing) -> tuple[tuple[Term, WideSite], ...]:
    """The terms that say that a wide site has what it needs to compete, each with its site."""
    sites = {c.name: c.wide for c, _ in weighing.candidate.lesions if c.wide is not None}
    return tuple((term, sites[term.of]) for term in weighing.terms if term.kind is TermKind.ENTRY)


_STANDING = (TermKind.PRIOR, TermKind.EXTENT, TermKind.NO_ENTRY, TermKind.PRICE)


def standing_words(term: Term, voice: Voice) -> str:
    """A term that no single finding makes, in words."""
    if term.kind in _STANDING:
        return voice.say(f"reasons.{term.kind.value}")
    return voice.say(f"reasons.label_{term.label.replace(' ', '_')}")


def standing_lines(weighing: Weighing, grounds: Grounds) -> Iterator[Line]:
    """The terms that no single finding makes, with their bars: prior, extent, what is left unexplained."""
    left: dict[tuple[Line, ...], int] = {}
    told = [term for term, _ in entries(weighing)]
    for term in weighing.terms:
        if term.group is not None or term in told:
            continue
        if term.kind in (TermKind.UNEXPLAINED, TermKind.UNEXPLAINED_SIGN):
            rows = grounds.findings(term.premises)
            left[rows] = left.get(rows, 0) + term.counted
            continue
        ground = grounds.tags(term.premises)
        yield Line(standing_words(term, grounds.voice), ground, grounds.is_draft(term.premises), bar=term.counted)
    for rows, counted in left.items():
        yield Line(grounds.voice.say("why.unexplained"), under=rows, bar=counted)


def _nothing(weighing: Weighing, voice: Voice) -> Iterator[Line]:
    if weighing.candidate.klass == "nothing":
        yield from (Line(standing_words(term, voice)) for term in weighing.terms)


def _rival(answer: Answer, grounds: Grounds) -> Iterator[Line]:
    """What the nearest rival leaves unexplained, and what speaks against it and not against the first localization."""
    rival, first = answer.inference.rival, answer.inference.ranked[0].weighing
    if rival is None or rival.candidate.klass == "nothing":
        return
    whose = the_named(rival, grounds.voice)
    left = [o for o in rival.unexplained if o in first.explained]
    shared = {(reason.claims[0], reason.line.places) for reason in reasons(first, grounds) if reason.counted < 0}
    against = [
        Line(reason.said, places=reason.line.places)
        for reason in reasons(rival, grounds)
        if reason.counted < 0 and (reason.claims[0], reason.line.places) not in shared
    ]
    if left:
        text = grounds.voice.say("reasons.rival_leaves", place=whose)
        yield Line(capital(text), under=finding_lines(left, grounds))
    if against:
        text = grounds.voice.say("reasons.rival_against", place=whose)
        yield Line(text, under=shortened(tuple(against), grounds.voice))


def finding_lines(observations: Iterable[Observation], grounds: Grounds) -> tuple[Line, ...]:
    """Observations as the rows that they rest on, each row once."""
    by_row: dict[Claim, list[Observation]] = {}
    for o in observations:
        by_row.setdefault(o.rows[0], []).append(o)
    rows = (grounds.finding(row, _skin(o.claim for o in found)) for row, found in by_row.items())
    return shortened(tuple(rows), grounds.voice)


def _unexplained(weighing: Weighing, grounds: Grounds) -> Iterator[Line]:
    lines = finding_lines(weighing.unexplained, grounds)
    whose = the_localization(weighing.candidate.localization, grounds.voice)
    if lines:
        yield Line(grounds.voice.say("reasons.not_explained", place=whose), under=lines)


def _general(weighing: Weighing, grounds: Grounds) -> Iterator[Line]:
    """General signs that the localization leaves open, and an entry condition that is not shown."""
    for term in weighing.terms:
        if term.kind is TermKind.UNEXPLAINED_SIGN:
            text = grounds.voice.say(f"reasons.left_{term.of.replace(' ', '_')}")
            yield Line(text, under=shortened(grounds.findings(term.premises), grounds.voice))
        elif term.kind is TermKind.NO_ENTRY:
            site = weighing.candidate.wide
            ground = (tag(f"localizations/{site.id}", site.sources),) if site else ()
            yield Line(grounds.voice.say("reasons.entry_missing"), ground)
