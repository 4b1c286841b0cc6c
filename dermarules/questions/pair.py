"""Two localizations of one case, and which of them is ahead when findings change."""

from dataclasses import dataclass, replace
from functools import lru_cache

from dermarules.findings import Case
from dermarules.inference import chain
from dermarules.inference.candidates import Candidate, candidates
from dermarules.inference.evidence import Evidence
from dermarules.inference.infer import gathered
from dermarules.inference.rank import NOTHING, Ranked, nothing, rank
from dermarules.inference.scales import Scales
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
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
        """True if both are single lesions, or nothing: their totals do not hang on what else is in the order."""
        return all(name.id == NOTHING or self._is_single(name) for name in (self.first, self.second))

    @property
    def is_left_and_right(self) -> bool:
        """True if one is on the left and the other on the right."""
        return {self.first.side, self.second.side} == {side.value for side in BOTH_SIDES}

    @property
    def is_first_ahead(self) -> bool:
        """True if the first is ahead of the second in the order as it is."""
        first, second = (placed(name, self.answer.inference.ranked) for name in (self.first, self.second))
        return second is None or (first is not None and first[0] < second[0])

    def lead(self, case: Case) -> int:
        """By how many centibans the first is ahead of the second; below zero if it is behind.

        One of which nothing is said is far behind one for which something speaks.
        """
        _, evidence = gathered(case, _without_flags(self.answer.knowledge), chain.derive)
        if self.is_single:
            return self._total(self.first, evidence) - self._total(self.second, evidence)
        ranked = rank(evidence, self.answer.knowledge, self.answer.map)
        return self._told(self.first, ranked) - self._told(self.second, ranked)

    def _told(self, name: Named, ranked: tuple[Ranked, ...]) -> int:
        found = placed(name, ranked)
        return _UNSAID if found is None else found[1].total

    def _total(self, name: Named, evidence: Evidence) -> int:
        if name.id == NOTHING:
            return nothing(evidence, self.answer.knowledge).total
        weighed = Scales(evidence, self.answer.knowledge).supported(self._candidates(name))
        return max((each.total for each in weighed if _is(name, each)), default=_UNSAID)

    def _is_single(self, name: Named) -> bool:
        """True if a name stands for single lesions alone: a plexus of both sides may be one lesion, or two."""
        every = candidates(self.answer.knowledge, self.answer.map)
        apart = name.side == "both" and any(c.localization == name.id and not c.is_bilateral for c in every)
        return bool(self._candidates(name)) and not apart

    def _candidates(self, name: Named) -> tuple[Candidate, ...]:
        """The single lesions that a name stands for; none for a set, such as one root on both sides."""
        every = candidates(self.answer.knowledge, self.answer.map)
        return tuple(each for each in every if each.localization == name.id and name.side in _sides(each))


@lru_cache(maxsize=4)
def _without_flags(knowledge: Knowledge) -> Knowledge:
    """The knowledge without its red flags, which no total hangs on: half of what follows from a case is theirs."""
    return replace(knowledge, red_flags={})


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
