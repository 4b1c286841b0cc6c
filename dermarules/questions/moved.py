"""Places in the order of two answers: which moved, and which terms of their totals came, went or count otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from dermarules.inference.rank import Ranked
from dermarules.inference.weigh import Weighing
from dermarules.proof import Claim, Term
from dermarules.questions.answer import Answer
from dermarules.questions.differential import side_of, sites_of
from dermarules.vocabulary import Side, TermKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where a localization stands in the order, from 1, with its total in centibans and the claim of it.

    `sites` are those on its course that the findings do not tell apart.
    """

    rank: int
    total: int
    sites: tuple[str, ...]
    claim: Claim


@dataclass(frozen=True, slots=True)
class TermTurn:
    """A term of a total that came (`before` is None), went (`after` is None) or counts otherwise."""

    before: Term | None
    after: Term | None

    @property
    def difference(self) -> int:
        """What it adds to the total that it did not add before, in centibans."""
        return (self.after.counted if self.after else 0) - (self.before.counted if self.before else 0)


@dataclass(frozen=True, slots=True)
class Moved:
    """A localization with another place in the order, total or site; None where it is not in the order.

    The differences of `terms` add up to that of the totals.
    """

    localization: str
    side: str | None
    before: Place | None
    after: Place | None
    terms: tuple[TermTurn, ...]


# A localization and the side on which it is weighed, of several lesions each on its own: one place in the order.
_Key = tuple[str, tuple[tuple[str, Side], ...]]


def moved_places(before: Answer, after: Answer) -> Iterator[Moved]:
    """Every place with another rank, total or site, as it stands afterwards; then those that have gone."""
    was, now = _ordered(before), _ordered(after)
    for key in (*now, *(key for key in was if key not in now)):
        (old, old_weighing), (new, new_weighing) = was.get(key, _NOWHERE), now.get(key, _NOWHERE)
        if old != new:
            weighing = new_weighing or old_weighing
            side = side_of(weighing) if weighing else None
            yield Moved(key[0], side, old, new, tuple(_term_turns(old_weighing, new_weighing)))


_NOWHERE: tuple[Place | None, Weighing | None] = (None, None)


def _ordered(answer: Answer) -> Mapping[_Key, tuple[Place | None, Weighing | None]]:
    """The places of an answer in their order."""
    ranked = enumerate(answer.inference.ranked, start=1)
    return {_key(each.weighing): (_place(rank, each), each.weighing) for rank, each in ranked}


def _place(rank: int, ranked: Ranked) -> Place:
    weighing = ranked.weighing
    return Place(rank, weighing.total, sites_of(ranked), weighing.claim)


def _key(weighing: Weighing) -> _Key:
    parts = weighing.candidate.parts or ((weighing.candidate, weighing.side),)
    return weighing.candidate.localization, tuple((part.localization, side) for part, side in parts)


def _term_turns(before: Weighing | None, after: Weighing | None) -> Iterator[TermTurn]:
    """The terms of a total that came, went or count otherwise."""
    was, now = _by_subject(before), _by_subject(after)
    for subject in dict.fromkeys((*was, *now)):
        for old, new in zip_longest(was.get(subject, ()), now.get(subject, ())):
            turn = TermTurn(old, new)
            if turn.difference:
                yield turn


# An entry condition is met or it is not: two words for the same term.
_SAME = {TermKind.NO_ENTRY: TermKind.ENTRY}


def _by_subject(weighing: Weighing | None) -> Mapping[tuple[TermKind | None, str | Claim], list[Term]]:
    """The terms of a total by what they speak of: an observation, a rule, what is left open, or what always counts.

    Two sites of one structure are told apart by no name: a term speaks of the same at either.
    """
    found: dict[tuple[TermKind | None, str | Claim], list[Term]] = {}
    for term in weighing.terms if weighing else ():
        if term.group is not None:
            found.setdefault((None, term.premises[0]), []).append(term)
        else:
            of = term.of if term.kind in (TermKind.UNEXPLAINED, TermKind.UNEXPLAINED_SIGN) else ""
            found.setdefault((_SAME.get(term.kind, term.kind), of), []).append(term)
    return found
