"""What would come first if some facts were others: skin as another map has it, rules and skin not believed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from dermarules.inference.candidates import Candidate, other_candidates, root_candidates, runs
from dermarules.inference.rank import in_order
from dermarules.inference.scales import Scales
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
        self._knowledge, self._map = answer.knowledge, answer.map
        self._scales = Scales(answer.inference.evidence, answer.knowledge)
        self.now = _first(answer.inference.ranked[0].weighing)

    def exchanged(self, roots: Collection[str], other: str) -> First:
        """What would come first if the map of the case had the skin of some roots as another map has it."""
        return self._ordered(_with_skin_of(self._knowledge, self._map, other, frozenset(roots)), self._scales)

    def weighs_other(self, root: str, other: str) -> bool:
        """True if a root would weigh otherwise with its skin as another map has it: only then can its skin decide."""
        own = root_candidates(self._knowledge, self._map, None)
        changed = _with_skin_of(self._knowledge, self._map, other, frozenset({root}))
        return self._terms(root, own) != self._terms(root, changed)

    def without(self, rules: Collection[str], skin_of: Collection[str]) -> First:
        """What would come first if some rules said nothing, and of some roots no skin were known."""
        own = root_candidates(self._knowledge, self._map, None)
        roots = tuple(_without_skin(root, self._knowledge) if root.roots[0] in skin_of else root for root in own)
        return self._ordered(roots, self._scales.without(rules) if rules else self._scales)

    def _terms(self, root: str, roots: Iterable[Candidate]) -> list[tuple[Term, ...]]:
        return [each.terms for each in self._scales.supported(c for c in roots if c.roots == (root,))]

    def _ordered(self, roots: tuple[Candidate, ...], scales: Scales) -> First:
        """All but the roots are the same on every map."""
        weighed = scales.supported((*roots, *other_candidates(self._knowledge)))
        return _first(in_order(weighed, runs(roots, self._knowledge), scales, self._map)[0].weighing)


@lru_cache(maxsize=512)
def _with_skin_of(knowledge: Knowledge, map_id: str, other: str, roots: frozenset[str]) -> tuple[Candidate, ...]:
    """The roots with the skin of some as another map has it; one that is as in another such set is the same one."""
    alike = [root_candidates(knowledge, map_id, None)]
    if len(roots) > 1:
        alike += [_with_skin_of(knowledge, map_id, other, frozenset({root})) for root in sorted(roots)]
    changed = root_candidates(exchanged(knowledge, map_id, other, roots), map_id, None)
    return tuple(
        next((c for c in same if (c.reach, c.silent) == (root.reach, root.silent)), root)
        for root, *same in zip(changed, *alike, strict=True)
    )


def exchanged(knowledge: Knowledge, map_id: str, other: str, roots: frozenset[str]) -> Knowledge:
    """The knowledge with the skin of some roots on one map as another map has it."""
    dermatomes = {
        root: replace(each, maps={**each.maps, map_id: each.maps[other]}) if root in roots else each
        for root, each in knowledge.dermatomes.items()
    }
    return replace(knowledge, dermatomes=dermatomes)


@lru_cache(maxsize=512)
def _without_skin(root: Candidate, knowledge: Knowledge) -> Candidate:
    """A root of whose skin nothing is known: what is lost or kept there neither fits nor contradicts."""
    return replace(
        root,
        reach={place: tier for place, tier in root.reach.items() if place[0] != "skin"},
        silent=frozenset(("skin", region) for region in knowledge.regions),
    )


def _first(weighing: Weighing) -> First:
    return First(weighing.candidate.localization, side_of(weighing), bool(weighing.explained))
