"""What would come first if some facts were others: skin as another map has it, rules and skin not believed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from dermarules.inference.candidates import Candidate, other_candidates, ranges, root_candidates, runs
from dermarules.inference.evidence import Evidence
from dermarules.inference.rank import in_order, supported
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Term
from dermarules.questions.answer import Answer
from dermarules.questions.differential import side_of


@dataclass(frozen=True, slots=True)
class First:
    """What would come first. It `has_ground` if it explains a finding: some place is always first."""

    localization: str
    side: str | None
    has_ground: bool

    def is_same(self, other: "First") -> bool:
        """True if both name the same place on the same side."""
        return (self.localization, self.side) == (other.localization, other.side)


class OtherFacts:
    """The findings of one answer, ordered anew by other facts."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._knowledge = answer.knowledge
        self._evidence = answer.inference.evidence
        self.now = _first(answer.inference.ranked[0].weighing)

    def exchanged(self, roots: Collection[str], other: str) -> First:
        """What would come first if the map of the case had the skin of some roots as another map has it."""
        changed = exchanged(self._knowledge, self._answer.map, other, frozenset(roots))
        own = root_candidates(changed, self._answer.map, None)
        return self._ordered(own, ranges(changed, self._answer.map), self._but_roots, self._evidence)

    def weighs_other(self, root: str, other: str) -> bool:
        """True if a root would weigh otherwise with its skin as another map has it: only then can its skin decide."""
        changed = exchanged(self._knowledge, self._answer.map, other, frozenset({root}))
        return self._terms(root, changed) != self._terms(root, self._knowledge)

    def without(self, rules: Collection[str], skin_of: Collection[str]) -> First:
        """What would come first if some rules said nothing, and of some roots no skin were known."""
        roots = root_candidates(self._knowledge, self._answer.map, None)
        own = [_without_skin(root, self._knowledge) if root.roots[0] in skin_of else root for root in roots]
        of_roots = runs(own, self._knowledge)
        if not rules:
            return self._ordered(own, of_roots, self._but_roots, self._evidence)
        evidence = replace(self._evidence, fired=tuple(e for e in self._evidence.fired if e.rule not in rules))
        kept = supported(other_candidates(self._knowledge), evidence, self._knowledge)
        return self._ordered(own, of_roots, kept, evidence)

    @cached_property
    def _but_roots(self) -> list[Weighing]:
        """All supported places but the roots: these are the same on every map."""
        return supported(other_candidates(self._knowledge), self._evidence, self._knowledge)

    def _terms(self, root: str, knowledge: Knowledge) -> list[tuple[Term, ...]]:
        own = [each for each in root_candidates(knowledge, self._answer.map, None) if each.roots == (root,)]
        return [each.terms for each in supported(own, self._evidence, self._knowledge)]

    def _ordered(
        self, roots: Iterable[Candidate], of_roots: Iterable[Candidate], kept: Sequence[Weighing], by: Evidence
    ) -> First:
        weighed = [*supported(roots, by, self._knowledge), *kept]
        return _first(in_order(weighed, of_roots, by, self._knowledge, self._answer.map)[0].weighing)


@lru_cache(maxsize=512)
def exchanged(knowledge: Knowledge, map_id: str, other: str, roots: frozenset[str]) -> Knowledge:
    """The knowledge with the skin of some roots on one map as another map has it."""
    dermatomes = {
        root: replace(each, maps={**each.maps, map_id: each.maps[other]}) if root in roots else each
        for root, each in knowledge.dermatomes.items()
    }
    return replace(knowledge, dermatomes=dermatomes)


def _without_skin(root: Candidate, knowledge: Knowledge) -> Candidate:
    """A root of whose skin nothing is known: what is lost or kept there neither fits nor contradicts."""
    return replace(
        root,
        reach={place: tier for place, tier in root.reach.items() if place[0] != "skin"},
        silent=frozenset(("skin", region) for region in knowledge.regions),
    )


def _first(weighing: Weighing) -> First:
    return First(weighing.candidate.localization, side_of(weighing), bool(weighing.explained))
