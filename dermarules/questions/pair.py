"""Two localizations of one case, and which of them is ahead when findings change."""

from dataclasses import dataclass

from dermarules.findings import Case
from dermarules.inference import chain
from dermarules.inference.candidates import Candidate, candidates
from dermarules.inference.evidence import Evidence
from dermarules.inference.infer import gathered
from dermarules.inference.rank import Ranked, rank
from dermarules.inference.scales import Scales
from dermarules.inference.weigh import Weighing
from dermarules.questions.answer import Answer
from dermarules.questions.claims import Named
from dermarules.questions.differential import side_of
from dermarules.vocabulary import BOTH_SIDES, LATERAL_SIDES, Side

# Behind all that anything speaks for: a place of which nothing is said.
_UNSAID = -100_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two localizations, each on its side, in one answer."""

    first: Named
    second: Named
    answer: Answer

    @property
    def is_single(self) -> bool:
        """True if both are single lesions: their totals do not hang on what else is in the order."""
        return bool(self._candidates(self.first)) and bool(self._candidates(self.second))

    @property
    def is_left_and_right(self) -> bool:
        """True if one is on the left and the other on the right."""
        return {self.first.side, self.second.side} == {side.value for side in BOTH_SIDES}

    def lead(self, case: Case) -> int:
        """By how many centibans the first is ahead of the second; below zero if it is behind.

        One of which nothing is said is behind one for which something speaks. Within a tie, 1 or -1: the order has
        more to go by than totals.
        """
        _, evidence = gathered(case, self.answer.knowledge, chain.derive)
        if self.is_single:
            lead = self._total(self.first, evidence) - self._total(self.second, evidence)
            if abs(lead) > self.answer.knowledge.weights.tie:
                return lead
        return self.lead_in(rank(evidence, self.answer.knowledge, self.answer.map))

    def lead_in(self, ranked: tuple[Ranked, ...]) -> int:
        """The same, read from an order that was made in full."""
        first, second = (placed(name, ranked) for name in (self.first, self.second))
        if first is None or second is None:
            return 0 if first is second else (_UNSAID if first is None else -_UNSAID)
        lead = first[1].total - second[1].total
        return max(lead, 1) if first[0] < second[0] else min(lead, -1)

    def _total(self, name: Named, evidence: Evidence) -> int:
        weighed = Scales(evidence, self.answer.knowledge).supported(self._candidates(name))
        return max((each.total for each in weighed if _is(name, each)), default=_UNSAID)

    def _candidates(self, name: Named) -> tuple[Candidate, ...]:
        """The single lesions that a name stands for; none for a set, such as one root on both sides."""
        every = candidates(self.answer.knowledge, self.answer.map)
        return tuple(each for each in every if each.localization == name.id and name.side in _sides(each))


def _sides(candidate: Candidate) -> frozenset[str | None]:
    """The sides on which a single lesion can be."""
    sides = (Side.NONE,) if candidate.is_bilateral else LATERAL_SIDES
    return frozenset(candidate.told_side(side) for side in sides)


def placed(name: Named, ranked: tuple[Ranked, ...]) -> tuple[int, Weighing] | None:
    """The best place of an order that a name stands for, from 1, with its weighing; None if nothing speaks for it."""
    named = ((rank, place.weighing) for rank, place in enumerate(ranked, start=1) if _is(name, place.weighing))
    return next(named, None)


def _is(name: Named, weighing: Weighing) -> bool:
    return (weighing.candidate.localization, side_of(weighing)) == (name.id, name.side)
