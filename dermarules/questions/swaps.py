"""The fewest changes of findings that would turn the order of two localizations; each set is run.

All sets are tried, smallest first, as long as they are not too many. Beyond that, one change after the other is made,
each time the one that brings the turn nearest, and what was not needed is taken back: a smaller set may exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from dermarules.findings import Case, Finding
from dermarules.knowledgebase.contradictions import contradictions
from dermarules.questions.again import inferred
from dermarules.questions.otherwise import otherwise
from dermarules.questions.pair import Pair, placed

# So many cases are tried for all sets, and as many again one change after the other. Single lesions are weighed alone;
# for sets of lesions each order is made in full. Three changes of twelve findings fit.
_MOST_TRIED, _MOST_IN_FULL = 2100, 40
# Of equally small sets, so many are named.
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Change:
    """A finding, and what it would be instead; None if it had never been looked for."""

    finding: Finding
    instead: Finding | None


@dataclass(frozen=True, slots=True)
class Swap:
    """Changes that together turn the order of two localizations, and both totals then; None: nothing speaks for it."""

    changes: tuple[Change, ...]
    first: int | None
    second: int | None


@dataclass(frozen=True, slots=True)
class Search:
    """What was found: the sets of changes that turn the order, by more than a tie.

    `found` counts all of that size; `swaps` names the first of them. All sets of up to `tried_up_to` changes were
    tried, `tried` in all; if `is_smallest`, no smaller set turns the order, and no set of that size was missed.
    """

    swaps: tuple[Swap, ...]
    found: int
    tried: int
    tried_up_to: int
    is_smallest: bool


# The number of a finding among those of the case, and what it would be instead.
_Made = tuple[tuple[int, Finding | None], ...]


def search(pair: Pair) -> Search:
    """The smallest sets of changes that turn the order of a pair; the best that was found where they are too many."""
    return _Searcher(pair).search()


class _Searcher:
    """One search: the case, what each finding could be instead, and how many cases were tried."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._case = pair.answer.case.with_findings(sorted(pair.answer.case.findings, key=lambda f: f.key))
        self._instead = [
            tuple(otherwise(each, pair.answer.knowledge, sides=pair.is_left_and_right)) for each in self._case.findings
        ]
        self._is_ahead = pair.is_first_ahead
        self._tie = pair.answer.knowledge.weights.tie
        self._most = _MOST_TRIED if pair.is_single else _MOST_IN_FULL
        self._tried = 0

    def search(self) -> Search:
        size = 0
        for size in range(1, len(self._case.findings) + 1):
            if self._tried + self._count(size) > self._most:
                made = self._one_by_one()
                found = (self._swap(made),) if made else ()
                return Search(found, len(found), self._tried, size - 1, is_smallest=False)
            turning = [made for made in self._sets(size) if self._turns(made)]
            if turning:
                named = tuple(self._swap(made) for made in turning[:_MOST_NAMED])
                return Search(named, len(turning), self._tried, size, is_smallest=True)
        return Search((), 0, self._tried, size, is_smallest=True)

    def _count(self, size: int) -> int:
        """How many sets of changes there are of one size."""
        return sum(prod(map(len, chosen)) for chosen in combinations(self._instead, size))

    def _sets(self, size: int) -> Iterator[_Made]:
        for chosen in combinations(range(len(self._instead)), size):
            for instead in product(*(self._instead[number] for number in chosen)):
                yield tuple(zip(chosen, instead, strict=True))

    def _one_by_one(self) -> _Made:
        """A set that turns the order and needs each of its parts; empty if none was found."""
        made: _Made = ()
        while not (made and self._turns(made)):
            left = [number for number in range(len(self._instead)) if number not in dict(made)]
            more = [(*made, (number, instead)) for number in left for instead in self._instead[number]]
            possible = [each for each in more if self._is_possible(each)]
            if not possible or self._tried + len(possible) > 2 * self._most:
                return ()
            made = min(possible, key=self._still_ahead)
        return self._needed(made)

    def _needed(self, made: _Made) -> _Made:
        """The set without what the turn does not need."""
        for spare in made:
            fewer = tuple(each for each in made if each != spare)
            if fewer and self._turns(fewer):
                return self._needed(fewer)
        return made

    def _still_ahead(self, made: _Made) -> int:
        """By how much what is ahead would still be ahead; below zero if it were behind."""
        self._tried += 1
        lead = self._pair.lead(self._changed(made))
        return lead if self._is_ahead else -lead

    def _turns(self, made: _Made) -> bool:
        """True if the other would be ahead by more than a tie: then no order has it otherwise."""
        return self._still_ahead(made) < -self._tie and self._is_possible(made)

    def _is_possible(self, made: _Made) -> bool:
        """False if what would be found contradicts another finding."""
        rows = self._changed(made).findings
        return next(contradictions(tuple(enumerate(rows)), self._pair.answer.knowledge), None) is None

    def _changed(self, made: _Made) -> Case:
        instead = dict(made)
        rows = (instead.get(number, finding) for number, finding in enumerate(self._case.findings))
        return self._case.with_findings(row for row in rows if row is not None)

    def _swap(self, made: _Made) -> Swap:
        """The set with the totals that the order made in full gives."""
        ranked = inferred(self._changed(made), self._pair.answer).ranked
        first, second = (placed(name, ranked) for name in (self._pair.first, self._pair.second))
        changes = tuple(Change(self._case.findings[number], instead) for number, instead in made)
        return Swap(changes, first and first[1].total, second and second[1].total)
