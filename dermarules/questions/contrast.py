"""Contrast: what speaks for one localization and not for another, and what would have to be otherwise to turn them."""

from collections.abc import Iterator
from dataclasses import dataclass

from dermarules.inference.weigh import Weighing
from dermarules.proof import Claim, Term
from dermarules.questions.answer import Answer
from dermarules.questions.claims import Named, Sort, named
from dermarules.questions.considered import Considered, considered
from dermarules.questions.differential import side_of
from dermarules.questions.pair import Pair
from dermarules.questions.swaps import Search, search
from dermarules.vocabulary import TermKind


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the two: where it stands in the order (None: nothing speaks for it) and its total in centibans."""

    localization: str
    side: str | None
    site: str | None
    rank: int | None
    total: int


@dataclass(frozen=True, slots=True)
class Point:
    """What one finding, rule or standing term adds to each total, in centibans.

    `about` is the finding or the rule; None for what no single one makes: `label` says what. `claims` are behind it.
    """

    kind: TermKind
    about: Claim | None
    label: str
    first: int
    second: int
    claims: tuple[Claim, ...]

    @property
    def difference(self) -> int:
        """By how many centibans it puts the first ahead of the second."""
        return self.first - self.second


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two localizations side by side: the points on which they differ, the greatest first, and what would turn them.

    `alike` counts the points that say the same of both; `is_first_ahead` says which is before the other in the order.
    """

    first: Standing
    second: Standing
    points: tuple[Point, ...]
    alike: int
    is_first_ahead: bool
    search: Search


def contrast(answer: Answer, first: str, second: str) -> Contrast:
    """What speaks for one of two localizations and not for the other, and the fewest changes that turn their order.

    Each is named as `root L5`, or `root L5, left`. ValueError if one names no localization, if both are the same, or if
    nothing that was found speaks for either.
    """
    one, other = (_localization(text, answer) for text in (first, second))
    found, against = considered(one, answer), considered(other, answer)
    pair = Pair(_told(found.weighing), _told(against.weighing), answer)
    if pair.first == pair.second:
        raise ValueError(f"'{pair.first}' was named twice; name another localization to compare it with")
    if found.rank is against.rank is None:
        raise ValueError(f"nothing that was found speaks for '{one}' or for '{other}'; name one that is in the order")
    points = tuple(_points(found.weighing, against.weighing, answer))
    differing = sorted((p for p in points if p.difference), key=lambda p: -abs(p.difference))
    return Contrast(
        _standing(found),
        _standing(against),
        tuple(differing),
        len(points) - len(differing),
        pair.is_first_ahead,
        search(pair),
    )


def _localization(text: str, answer: Answer) -> Named:
    name = named(text, answer)
    if name.sort is not Sort.LOCALIZATION:
        raise ValueError(f"'{name}' is no localization; only localizations are compared")
    return name


def _told(weighing: Weighing) -> Named:
    """A localization by its name and the side on which it is weighed."""
    return Named(Sort.LOCALIZATION, weighing.candidate.localization, side_of(weighing))


def _standing(found: Considered) -> Standing:
    weighing, candidate = found.weighing, found.weighing.candidate
    return Standing(candidate.localization, side_of(weighing), candidate.site, found.rank, weighing.total)


def _points(first: Weighing, second: Weighing, answer: Answer) -> Iterator[Point]:
    """The terms of both totals, put together by what they speak of."""
    found: dict[tuple[TermKind | None, Claim | None, str], tuple[list[Term], list[Term]]] = {}
    for number, weighing in enumerate((first, second)):
        for term in weighing.terms:
            found.setdefault(_about(term, answer), ([], []))[number].append(term)
    for (kind, about, label), (of_first, of_second) in sorted(found.items(), key=lambda each: repr(each[0])):
        terms = (*of_first, *of_second)
        yield Point(
            kind or terms[0].kind,
            about,
            label,
            sum(term.counted for term in of_first),
            sum(term.counted for term in of_second),
            tuple(dict.fromkeys(claim for term in terms for claim in term.premises)),
        )


def _about(term: Term, answer: Answer) -> tuple[TermKind | None, Claim | None, str]:
    """What a term speaks of: the row of the case, the rule, or what kind of standing term it is."""
    match term.kind:
        case TermKind.RULE:
            return term.kind, term.premises[0], ""
        case TermKind.AFFECTED | TermKind.SPARED | TermKind.UNEXPLAINED:
            # The same row may fit one and be left unexplained by the other: it is one point.
            return None, answer.proof.leaves(term.premises[0])[0], ""
        case TermKind.UNEXPLAINED_SIGN | TermKind.NOTHING:
            return term.kind, None, term.label
        case _:
            return term.kind, None, ""
