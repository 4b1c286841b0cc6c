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
from dermarules.render.words import capital, listed, stopped, the_localization
from dermarules.vocabulary import TermKind, Tier

_AGAINST = "Against it: "
_MODIFIERS = "modifiers/"


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of an explanation with what it adds to the total, in centibans."""

    line: Line
    counted: int
    claims: tuple[Claim, ...]


def why_first(answer: Answer, grounds: Grounds) -> Section:
    """What speaks for the first localization, the strongest first, and what its nearest rival leaves open."""
    first = answer.inference.ranked[0].weighing
    for_it = [reason for reason in reasons(first, grounds) if reason.counted > 0]
    lines = (*_entry(first, grounds), *(reason.line for reason in for_it), *_nothing(first), *_rival(answer, grounds))
    return Section("Why", lines or (Line("Nothing was found that speaks for one place."),))


def misfit(answer: Answer, grounds: Grounds) -> Section:
    """What the first localization does not explain, and what speaks against it."""
    first = answer.inference.ranked[0].weighing
    against = [reason.line for reason in reasons(first, grounds) if reason.counted < 0]
    lines = (*_unexplained(first, grounds), *_general(first, grounds), *against)
    return Section("What does not fit", lines or (_all_fits(answer),))


def _all_fits(answer: Answer) -> Line:
    if answer.inference.ranked[0].weighing.candidate.klass == "nothing" and answer.red_flags.raised:
        return Line("The findings behind the red flags have no place of their own; they still count.")
    return Line("Nothing: all loss, weakness and changed feeling that was reported is explained.")


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
    under = (*lessened(term.premises, grounds), *shortened(grounds.findings(fired)))
    text = stopped(capital(rule.because) if term.counted > 0 else f"{_AGAINST}{rule.because}")
    return Reason(Line(text, ground, grounds.is_draft(term.premises), under=under), term.counted, term.premises)


def _owner(term: Term, weighing: Weighing) -> str:
    """The localization whose place a term is about."""
    return next(c.localization for c, _ in weighing.candidate.lesions if c.name == term.of)


def _observed(owner: str, row: Claim, terms: list[Term], grounds: Grounds) -> Reason:
    """What one row of the case says: the places of it that belong to a localization, and how constantly they do."""
    claims = tuple(dict.fromkeys(claim for term in terms for claim in term.premises))
    seen = [claim for claim in claims if claim.predicate == "seen"]
    tiers = {term.tier for term in terms}
    whose = the_localization(owner, grounds.voice)
    named = listed([tier.value for tier in Tier if tier in tiers])
    said = capital(grounds.phrase(row, _skin(seen)))
    if terms[0].weight >= 0:
        text = f"{said}: {named} territory of {whose}"
    elif terms[0].kind is TermKind.SPARED:
        text = f"{said}, although it is {named} territory of {whose}"
    else:
        text = f"{said}: only {named} territory of {whose}"
    tags = grounds.tags(claim for claim in claims if not claim.subject.startswith(_MODIFIERS))
    under = lessened(claims, grounds)
    line = Line(stopped(text), tags, grounds.is_draft(claims), grounds.places(row), under)
    return Reason(line, sum(term.counted for term in terms), claims)


def lessened(claims: Iterable[Claim], grounds: Grounds) -> tuple[Line, ...]:
    """Why something counts less in this patient, with what of the patient makes it so."""
    held = [claim for claim in claims if claim.subject.startswith(_MODIFIERS)]
    return tuple(_less(known, held, grounds) for known in held if known.predicate == "known")


def _less(known: Claim, held: Iterable[Claim], grounds: Grounds) -> Line:
    modifier = grounds.knowledge.modifiers[known.subject.removeprefix(_MODIFIERS)]
    under = grounds.findings(claim for claim in held if claim.predicate != "known" and claim.subject == known.subject)
    return Line(
        f"Counts less: {stopped(modifier.because)}", grounds.tags([known]), grounds.is_draft([known]), under=under
    )


def _skin(seen: Iterable[Claim]) -> tuple[str, ...]:
    """The regions among observations: `deficit skin shin_upper`."""
    words = (claim.subject.split(" ", 2) for claim in seen)
    return tuple(name for _, kind, name in words if kind == "skin")


def _entry(weighing: Weighing, grounds: Grounds) -> Iterator[Line]:
    """What lets a wide site compete at all."""
    for term, site in entries(weighing):
        ground = (tag(f"localizations/{site.id}", site.sources),)
        under = shortened(grounds.findings(term.premises))
        yield Line(stopped(capital(site.because)), ground, grounds.is_draft(term.premises), under=under)


def entries(weighing: Weighing) -> tuple[tuple[Term, WideSite], ...]:
    """The terms that say that a wide site has what it needs to compete, each with its site."""
    sites = {c.name: c.wide for c, _ in weighing.candidate.lesions if c.wide is not None}
    return tuple((term, sites[term.of]) for term in weighing.terms if term.kind is TermKind.ENTRY)


_STANDING = {
    TermKind.PRIOR: "How often such a lesion is met before anything is found (prior).",
    TermKind.EXTENT: "How much of its own territory is affected (extent).",
    TermKind.NO_ENTRY: "What it needs in order to be considered was not found.",
    TermKind.PRICE: "The price of assuming more than one lesion.",
}


def standing_words(term: Term) -> str:
    """A term that no single finding makes, in words."""
    return _STANDING.get(term.kind) or stopped(capital(term.label))


def _nothing(weighing: Weighing) -> Iterator[Line]:
    if weighing.candidate.klass == "nothing":
        yield from (Line(stopped(capital(term.label))) for term in weighing.terms)


def _rival(answer: Answer, grounds: Grounds) -> Iterator[Line]:
    """What the nearest rival leaves unexplained, and what speaks against it and not against the first localization."""
    rival, first = answer.inference.rival, answer.inference.ranked[0].weighing
    if rival is None or rival.candidate.klass == "nothing":
        return
    whose = the_named(rival, grounds.voice)
    left = [o for o in rival.unexplained if o in first.explained]
    shared = {(reason.claims[0], reason.line.places) for reason in reasons(first, grounds) if reason.counted < 0}
    against = [
        Line(capital(reason.line.text.removeprefix(_AGAINST)), places=reason.line.places)
        for reason in reasons(rival, grounds)
        if reason.counted < 0 and (reason.claims[0], reason.line.places) not in shared
    ]
    if left:
        yield Line(f"{capital(whose)}, would leave unexplained:", under=finding_lines(left, grounds))
    if against:
        yield Line(f"Against {whose}, speaks:", under=shortened(tuple(against)))


def finding_lines(observations: Iterable[Observation], grounds: Grounds) -> tuple[Line, ...]:
    """Observations as the rows that they rest on, each row once."""
    by_row: dict[Claim, list[Observation]] = {}
    for o in observations:
        by_row.setdefault(o.rows[0], []).append(o)
    rows = (grounds.finding(row, _skin(o.claim for o in found)) for row, found in by_row.items())
    return shortened(tuple(rows))


def _unexplained(weighing: Weighing, grounds: Grounds) -> Iterator[Line]:
    lines = finding_lines(weighing.unexplained, grounds)
    whose = the_localization(weighing.candidate.localization, grounds.voice)
    if lines:
        yield Line(f"Not explained by {whose}:", under=lines)


def _general(weighing: Weighing, grounds: Grounds) -> Iterator[Line]:
    """General signs that the localization leaves open, and an entry condition that is not shown."""
    for term in weighing.terms:
        if term.kind is TermKind.UNEXPLAINED_SIGN:
            text = f"Not explained: {term.of}."
            yield Line(text, under=shortened(grounds.findings(term.premises)))
        elif term.kind is TermKind.NO_ENTRY:
            site = weighing.candidate.wide
            ground = (tag(f"localizations/{site.id}", site.sources),) if site else ()
            yield Line("What this localization needs in order to be considered was not found.", ground)
