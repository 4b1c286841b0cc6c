"""Why a place stands where it stands, read back: every line is a term of its total, or a finding it leaves open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dermarules.inference.weigh import Weighing
from dermarules.proof import Claim, Term
from dermarules.vocabulary import TermKind
from tests.told.held import Held, NotReadError, any_of, is_word, need, same, slots
from tests.told.outline import Line
from tests.told.words import listed, read, word

_MODIFIERS = "modifiers/"


@dataclass(frozen=True)
class Reason:
    """What a line says of a total: the terms of it that it tells, and the row they are about (a rule has none)."""

    terms: tuple[Term, ...]
    row: Claim | None

    @property
    def counted(self) -> int:
        """What it adds to the total, in centibans."""
        return sum(term.counted for term in self.terms)

    @property
    def premises(self) -> tuple[Claim, ...]:
        """What its terms rest on."""
        return tuple(dict.fromkeys(claim for term in self.terms for claim in term.premises))


def reason(held: Held, text: str, weighing: Weighing) -> list[Reason]:
    """The reasons for or against a localization that a sentence may tell."""
    terms = [term for term in held.weighed(weighing).terms if term.group is not None]
    return [*_rules(held, text, terms), *_observed(held, text, terms, weighing)]


def _rules(held: Held, text: str, terms: Iterable[Term]) -> list[Reason]:
    against = read("reasons.against", text)
    found = [term for term in terms if term.kind is TermKind.RULE]
    return [
        Reason((term,), None)
        for term in found
        if same(text, held.knowledge.rules[term.of].because)
        or (term.counted <= 0 and against and same(against["because"], held.knowledge.rules[term.of].because))
    ]


def _observed(held: Held, text: str, terms: Iterable[Term], weighing: Weighing) -> list[Reason]:
    said = text.removesuffix(".")
    owners = {candidate.name: candidate.localization for candidate, _ in weighing.candidate.lesions}
    groups: dict[tuple[Claim, bool, str], list[Term]] = {}
    for term in terms:
        if term.kind is not TermKind.RULE:
            row = held.proof.leaves(term.premises[0])[0]
            groups.setdefault((row, term.weight > 0, owners[term.of]), []).append(term)
    found = []
    for key in ("reasons.affected", "reasons.spared", "reasons.only"):
        told = read(key, said)
        if told is None:
            continue
        for (row, _, owner), of in groups.items():
            places = [name for term in of for _, kind, name in [_seen(term)] if kind == "skin"]
            if (
                key in {_bearing(term) for term in of}
                and held.is_named(told["place"], owner)
                and _tiers(told["tiers"]) == {term.tier.value for term in of if term.tier}
                and held.states(told["finding"], row, places)
            ):
                found.append(Reason(tuple(of), row))
    return found


def _seen(term: Term) -> Sequence[str]:
    return term.premises[0].subject.split(" ", 2)


def _bearing(term: Term) -> str:
    if term.weight >= 0:
        return "reasons.affected"
    return "reasons.spared" if term.kind is TermKind.SPARED else "reasons.only"


def _tiers(text: str) -> set[str]:
    return next(
        ({*items} for items in listed(text) if {*items} <= {"core", "usual", "variable"}),
        set(),
    )


def less(held: Held, line: Line, claims: Sequence[Claim]) -> None:
    """Why something counts less in this patient, and what of the patient makes it so."""
    because = slots("reasons.less", line.text)["because"]
    own = [claim for claim in claims if claim.subject.startswith(_MODIFIERS)]

    def check(known: Claim) -> None:
        modifier = held.knowledge.modifiers[known.subject.removeprefix(_MODIFIERS)]
        need(same(because, modifier.because), "nothing counts less for that reason")
        held.grounds(line, [known.subject], [known])
        held.ground_lines(line.under, [c for c in own if c.predicate != "known" and c.subject == known.subject])

    any_of([claim for claim in own if claim.predicate == "known"], check)


def facts(held: Held, found: Reason) -> list[str]:
    """The rule or the cited facts that a reason rests on."""
    if found.row is None:
        return [f"rules/{found.terms[0].of}"]
    known = [claim for claim in found.premises if claim.predicate == "known"]
    return [claim.subject for claim in known if not claim.subject.startswith(_MODIFIERS)]


def _term(held: Held, line: Line, is_for: bool) -> None:
    """A term of the first localization, for it or against it."""
    weighing = held.first
    found = [each for each in reason(held, line.text, weighing) if (each.counted > 0) is is_for and each.counted]
    if not found:
        raise NotReadError(f"'{line.text}' is no term of its total")

    def check(each: Reason) -> None:
        held.grounds(line, facts(held, each), each.premises, places=held.written(each.row) if each.row else ())
        own = [claim for claim in each.premises if claim.subject.startswith(_MODIFIERS)]
        lesser = sum(claim.predicate == "known" for claim in own)
        for under in line.under[:lesser]:
            less(held, under, own)
        need(each.row is None or len(line.under) == lesser, "nothing stands under it")
        if each.row is None:
            held.ground_lines(line.under[lesser:], [claim for claim in each.premises if claim not in own])

    any_of(found, check)


def speaks_for(held: Held, line: Line) -> None:
    """What speaks for the first localization."""
    _term(held, line, is_for=True)


def speaks_against(held: Held, line: Line) -> None:
    """What speaks against the first localization."""
    _term(held, line, is_for=False)


def entry(held: Held, line: Line) -> None:
    """What lets a wide site compete."""
    sites = {candidate.name: candidate.wide for candidate, _ in held.first.candidate.lesions}
    terms = [term for term in held.weighed(held.first).terms if term.kind is TermKind.ENTRY]

    def check(term: Term) -> None:
        site = sites[term.of]
        assert site is not None
        if not same(line.text, site.because):
            raise NotReadError("is not what it needs")
        held.grounds(line, [f"localizations/{site.id}"], term.premises)
        held.ground_lines(line.under, term.premises)

    any_of(terms, check)


def standing(held: Held, line: Line) -> None:
    """Why nothing is localized, as the term that says so."""
    terms = held.weighed(held.first).terms if held.first.candidate.klass == "nothing" else ()
    if line.text not in [standing_text(term) for term in terms]:
        raise NotReadError("is not why nothing is localized")
    held.grounds(line)


def standing_text(term: Term) -> str:
    """A term that no single finding makes, in words."""
    if term.kind in (TermKind.PRIOR, TermKind.EXTENT, TermKind.NO_ENTRY, TermKind.PRICE):
        return word(f"reasons.{term.kind.value}")
    return word(f"reasons.label_{term.label.replace(' ', '_')}")


def rival_leaves(held: Held, line: Line) -> None:
    """What the nearest rival would leave unexplained and the first does not."""
    rival = _rival(held, slots("reasons.rival_leaves", line.text)["place"])
    left = [o.claim for o in rival.unexplained if o in held.first.explained]
    need(line.under and left, "it leaves nothing")
    held.grounds(line)
    held.row_lines(line.under, left)


def rival_against(held: Held, line: Line) -> None:
    """What speaks against the nearest rival."""
    rival = _rival(held, slots("reasons.rival_against", line.text)["place"])
    held.grounds(line)
    need(line.under, "nothing speaks against it")
    for under in line.under:
        if read("page.more_findings", under.text):
            need(under is line.under[-1] and len(line.under) == 5, "four are told before the others are counted")
            continue
        found = [each for each in reason(held, under.text, rival) if each.counted < 0]
        need(found, f"'{under.text}' does not speak against it")
        need(under.places in [held.written(each.row) if each.row else () for each in found], "it is not written there")
        held.is_plain(under)


def _rival(held: Held, text: str) -> Weighing:
    rival = held.report.inference.rival
    need(rival and held.names(text, rival), f"'{text}' is not its rival")
    assert rival is not None
    return rival


def no_reason(held: Held, line: Line) -> None:
    """That nothing speaks for one place."""
    is_word("reasons.nothing", line.text)
    need(not any(term.counted > 0 and term.group for term in held.weighed(held.first).terms), "something speaks for it")
    held.grounds(line)


def not_explained(held: Held, line: Line) -> None:
    """What the first localization leaves unexplained."""
    told, first = slots("reasons.not_explained", line.text)["place"], held.report.differential[0]
    need(held.is_named(told, held.first.candidate.localization), "it is not the first")
    need(line.under and first.unexplained, "it explains everything")
    held.grounds(line)
    held.row_lines(line.under, held.observed(first.unexplained))


def sign_left(held: Held, line: Line) -> None:
    """A general sign that the first localization leaves open."""
    signs = [term for term in held.weighed(held.first).terms if term.kind is TermKind.UNEXPLAINED_SIGN]
    found = [term for term in signs if line.text == word(f"reasons.left_{term.of.replace(' ', '_')}")]
    if not found:
        raise NotReadError("is no general sign that it leaves open")
    held.grounds(line)
    held.ground_lines(line.under, found[0].premises)


def entry_missing(held: Held, line: Line) -> None:
    """That what the first localization needs was not found."""
    is_word("reasons.entry_missing", line.text)
    need(any(term.kind is TermKind.NO_ENTRY for term in held.weighed(held.first).terms), "it was found")
    site = held.first.candidate.wide
    held.grounds(line, [f"localizations/{site.id}"] if site else [])


def all_fits(held: Held, line: Line) -> None:
    """That nothing is left over: all that was reported is explained, or no place explains any of it."""
    is_alone = line.text == word("reasons.flags_alone")
    if not is_alone:
        is_word("reasons.all_fits", line.text)
    first = held.report.differential[0]
    terms = held.weighed(held.first).terms
    need(not first.unexplained and not first.contradicted, "something does not fit")
    need(
        not any((t.counted < 0 and t.group) or t.kind in (TermKind.UNEXPLAINED_SIGN, TermKind.NO_ENTRY) for t in terms),
        "something speaks against it",
    )
    flags_alone = held.first.candidate.klass == "nothing" and bool(held.report.red_flags.raised)
    need(is_alone is flags_alone, "a red flag has findings without a place, or none has")
    held.grounds(line)


WHY = (entry, speaks_for, standing, rival_leaves, rival_against, no_reason)
MISFIT = (not_explained, sign_left, entry_missing, speaks_against, all_fits)
