"""Contrast: what speaks for one localization and not for another, and what would have to be otherwise to turn them."""

from collections.abc import Iterator
from dataclasses import dataclass

from dermarules.inference.candidates import candidates, ranges
from dermarules.inference.weigh import Weighing, weigh
from dermarules.proof import Claim, Term
from dermarules.questions.answer import Answer
from dermarules.questions.claims import Named, Sort, named
from dermarules.questions.differential import side_of
from dermarules.questions.pair import Pair
from dermarules.questions.swaps import Search, search
from dermarules.vocabulary import Side, TermKind


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
    weighed = [_weighed(name, answer) for name in (one, other)]
    pair = Pair(_told(weighed[0][1]), _told(weighed[1][1]), answer)
    if pair.first == pair.second:
        raise ValueError(f"'{pair.first}' was named twice; name another localization to compare it with")
    if all(rank is None for rank, _ in weighed):
        raise ValueError(f"nothing that was found speaks for '{one}' or for '{other}'; name one that is in the order")
    points = tuple(_points(weighed[0][1], weighed[1][1], answer))
    differing = sorted((p for p in points if p.difference), key=lambda p: -abs(p.difference))
    return Contrast(
        _standing(*weighed[0]),
        _standing(*weighed[1]),
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


def _standing(rank: int | None, weighing: Weighing) -> Standing:
    candidate = weighing.candidate
    return Standing(candidate.localization, side_of(weighing), candidate.site, rank, weighing.total)


def _weighed(name: Named, answer: Answer) -> tuple[int | None, Weighing]:
    """A localization as it stands in the order, at its best; if it is not in it, as it would be weighed."""
    for rank, place in enumerate(answer.inference.ranked, start=1):
        found = _told(place.weighing)
        if found.id == name.id and name.side in (None, found.side):
            return rank, place.weighing
    evidence, knowledge = answer.inference.evidence, answer.knowledge
    of_name = (
        weigh(each, side, evidence, knowledge)
        for each in (*candidates(knowledge, answer.map), *ranges(knowledge, answer.map))
        if each.localization == name.id
        for side in ((Side.NONE,) if each.is_bilateral else _sides(name, answer))
    )
    return None, max(of_name, key=lambda weighing: weighing.total)


def _sides(name: Named, answer: Answer) -> tuple[Side, ...]:
    return answer.inference.evidence.sides if name.side is None else (Side(name.side),)


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
