"""Several lesions: the smallest sets of candidates that together explain clearly more than any one of them.

All pairs and triples of the candidates that none outdoes are tried; those that could not explain enough at best are not
weighed. Each further lesion has a price, and each must explain an objective deficit that the others leave open.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from dermarules.inference.candidates import Candidate
from dermarules.inference.evidence import Evidence, are_nested
from dermarules.inference.graphs import are_contiguous
from dermarules.inference.reach import strongest
from dermarules.inference.sums import counted_terms, explained_signs, unexplained_terms
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import ABNORMAL, SEVERAL, State
from dermarules.proof import Claim, Term
from dermarules.vocabulary import CONSTANT, Group, Side, TermKind

_DEFICIT = (State.DEFICIT,)


@dataclass(frozen=True, slots=True)
class _Lesion:
    """A candidate for a set, with what it accounts for: observations as bits, all that is abnormal and the deficits.

    It accounts for what is abnormal in places that it takes out as a rule. A variable place can be lost, and need not.
    `lost` is what it leaves unexplained, `speaks` what speaks for it in each group of evidence.
    """

    weighing: Weighing
    abnormal: int
    deficits: int
    lost: int
    speaks: tuple[int, ...]


def covers(single: Sequence[Weighing], evidence: Evidence, knowledge: Knowledge, map_id: str) -> list[Weighing]:
    """Sets of lesions that explain enough more than the best single one; the smallest sets, none if one suffices."""
    limits = knowledge.weights.lesions
    entered = [w for w in single if w.has_entered]
    top = max((w.total for w in entered), default=0)
    near = [w for w in entered if w.total >= top - limits.near]
    bits = {o.claim: 1 << i for i, o in enumerate(evidence.observations)}
    if not near or any(w.total == top and not _left_open(w, bits) for w in near):
        return []
    search = _Search(evidence, knowledge, bits)
    tried = _tried(entered, bits)
    best = max(near, key=lambda w: w.explained_weight)
    left = _left_open(best, bits)
    for size, most in limits.tried.items():
        enough = best.explained_weight + limits.gain * (size - 1)
        sets = (
            chosen
            for chosen in combinations(_first(tried, most), size)
            if any(lesion.abnormal & left for lesion in chosen)
            and _each_is_needed(chosen)
            and search.most(chosen) >= enough
            and _may_join(chosen, knowledge, map_id)
        )
        found = [search.together(chosen) for chosen in sets]
        admitted = [w for w in found if w.explained_weight >= enough]
        if admitted:
            return admitted
    return []


@dataclass(frozen=True, slots=True)
class _Search:
    """One search: what it costs to leave the same observations open is found once."""

    evidence: Evidence
    knowledge: Knowledge
    bits: Mapping[Claim, int]
    _open: dict[tuple[int, frozenset[str]], list[Term]] = field(default_factory=dict)

    def most(self, chosen: Sequence[_Lesion]) -> int:
        """What a set explains at most: all that speaks for each, up to the caps, less what they leave open."""
        weights = self.knowledge.weights
        speaks = 0
        for number, group in enumerate(Group):
            cap = weights.rules_cap if group is Group.RULES else weights.group_cap
            speaks += min(cap, sum([lesion.speaks[number] for lesion in chosen]))
        return speaks + sum([term.counted for term in self._unexplained(chosen)])

    def together(self, lesions: Sequence[_Lesion]) -> Weighing:
        """The weighing of several lesions at once: at each place the lesion that explains it best counts."""
        chosen = [lesion.weighing for lesion in lesions]
        parts = tuple((weighing.candidate, weighing.side) for weighing in chosen)
        lost = _lost_to_all(lesions)
        terms = counted_terms(_best_terms(chosen), self.knowledge)
        terms += self._unexplained(lesions)
        limits = self.knowledge.weights.lesions
        terms += _standing(chosen, limits.mirrored if _is_mirrored(chosen) else limits.price)
        return Weighing(
            _candidate(parts),
            _side(parts),
            tuple(terms),
            sum(term.counted for term in terms),
            tuple(dict.fromkeys(o for w in chosen for o in w.explained)),
            tuple(o for o in chosen[0].unexplained if self.bits[o.claim] & lost),
            tuple(dict.fromkeys(o for w in chosen for o in w.contradicted)),
            sum(w.untested_core for w in chosen),
        )

    def _unexplained(self, chosen: Sequence[_Lesion]) -> list[Term]:
        """What it costs that some observations and signs are explained by none of them."""
        lost = _lost_to_all(chosen)
        signs = frozenset().union(*[explained_signs(lesion.weighing.candidate) for lesion in chosen])
        if len({lesion.weighing.side for lesion in chosen}) > 1:
            signs |= {"both"}
        if (lost, signs) not in self._open:
            left = [o for o in self.evidence.observations if self.bits[o.claim] & lost]
            self._open[lost, signs] = unexplained_terms(signs, left, self.evidence, self.knowledge)
        return self._open[lost, signs]


def _tried(entered: Iterable[Weighing], bits: Mapping[Claim, int]) -> list[_Lesion]:
    """The best site of each structure and side that explains something, the highest totals first.

    One is passed over if another of its kind and side accounts for all that it does, with at least its total.
    """
    best: dict[tuple[str, Side], Weighing] = {}
    for weighing in entered:
        key = (weighing.candidate.localization, weighing.side)
        wide = weighing.candidate.wide
        joins = (wide is None or wide.combines) and any(o.state in ABNORMAL for o in weighing.explained)
        if joins and (key not in best or weighing.total > best[key].total):
            best[key] = weighing
    ordered = sorted(best.values(), key=lambda w: (-w.total, w.candidate.order, w.side.rank))
    kept: list[_Lesion] = []
    for weighing in ordered:
        alike = (k for k in kept if _kind(k.weighing) == _kind(weighing))
        lesion = _lesion(weighing, bits)
        if all(lesion.abnormal & ~other.abnormal for other in alike):
            kept.append(lesion)
    return kept


def _lesion(weighing: Weighing, bits: Mapping[Claim, int]) -> _Lesion:
    return _Lesion(
        weighing,
        _accounts_for(weighing, ABNORMAL, bits),
        _accounts_for(weighing, _DEFICIT, bits),
        sum(bits[o.claim] for o in weighing.unexplained),
        tuple(sum(t.counted for t in weighing.terms if t.group is group and t.counted > 0) for group in Group),
    )


def _lost_to_all(chosen: Sequence[_Lesion]) -> int:
    """What none of them explains."""
    lost = chosen[0].lost
    for lesion in chosen[1:]:
        lost &= lesion.lost
    return lost


def _kind(weighing: Weighing) -> tuple[str, Side]:
    return weighing.candidate.klass, weighing.side


def _first(tried: Sequence[_Lesion], most: int) -> list[_Lesion]:
    """The first ones; the twin of the last on the other side is no worse, and to leave it out would prefer the left."""

    def standing(lesion: _Lesion) -> tuple[int, int]:
        return lesion.weighing.total, lesion.weighing.candidate.order

    last = [standing(lesion) for lesion in tried[most - 1 : most]]
    return [*tried[:most], *(lesion for lesion in tried[most:] if standing(lesion) in last)]


def _accounts_for(weighing: Weighing, states: Container[State], bits: Mapping[Claim, int]) -> int:
    reach = weighing.candidate.reach
    mine = (o for o in weighing.explained if o.state in states and reach.get(o.place) in CONSTANT)
    return sum(bits[o.claim] for o in mine)


def _left_open(weighing: Weighing, bits: Mapping[Claim, int]) -> int:
    """What is abnormal and not accounted for."""
    told = (*weighing.explained, *weighing.unexplained)
    abnormal = sum(bits[o.claim] for o in told if o.state in ABNORMAL)
    return abnormal & ~_accounts_for(weighing, ABNORMAL, bits)


def _may_join(chosen: Sequence[_Lesion], knowledge: Knowledge, map_id: str) -> bool:
    """True if none of one side holds another, and no roots of one side are neighbours: a range."""
    weighings = [lesion.weighing for lesion in chosen]
    pairs = combinations(weighings, 2)
    if any(one.side is two.side and are_nested(one.candidate, two.candidate) for one, two in pairs):
        return False
    roots: dict[Side, list[str]] = {}
    for weighing in weighings:
        if weighing.candidate.klass == "root":
            roots.setdefault(weighing.side, []).extend(weighing.candidate.roots)
    return not any(len(found) > 1 and are_contiguous(knowledge, map_id, found) for found in roots.values())


def _is_mirrored(chosen: Iterable[Weighing]) -> bool:
    """True for the same nerve of both legs."""
    return len({weighing.candidate.localization for weighing in chosen}) == 1


def _each_is_needed(chosen: Sequence[_Lesion]) -> bool:
    """True if each accounts for a deficit that no other does; for the same nerve of both legs, a symptom will do."""
    is_mirrored = _is_mirrored([lesion.weighing for lesion in chosen])
    accounted = [lesion.abnormal if is_mirrored else lesion.deficits for lesion in chosen]
    once = twice = 0
    for mine in accounted:
        twice |= once & mine
        once |= mine
    return all(mine & ~twice for mine in accounted)


def _best_terms(chosen: Iterable[Weighing]) -> list[Term]:
    """For each premise the term that speaks most for the set; if all speak against it, the one that does so most."""
    by_premise: dict[Claim, list[Term]] = {}
    for weighing in chosen:
        for term in weighing.terms:
            if term.group is not None:
                by_premise.setdefault(term.premises[0], []).append(term)
    best = []
    for terms in by_premise.values():
        strongest = max(terms, key=lambda t: (t.weight, t.label))
        best.append(strongest if strongest.weight > 0 else min(terms, key=lambda t: (t.weight, t.label)))
    return best


def _standing(chosen: Sequence[Weighing], price: int) -> Iterator[Term]:
    """The priors and entries of the lesions, and the price of all but the first."""
    for weighing in chosen:
        yield from (t for t in weighing.terms if t.kind in (TermKind.PRIOR, TermKind.ENTRY))
    size = price * (len(chosen) - 1)
    yield Term(TermKind.PRICE, f"price of {len(chosen) - 1} further", size, size, (Claim("known", "weights"),))


@lru_cache(maxsize=1024)
def _candidate(parts: tuple[tuple[Candidate, Side], ...]) -> Candidate:
    candidates = [candidate for candidate, _ in parts]
    reach = strongest(candidate.reach for candidate in candidates)
    return Candidate(
        name=SEVERAL.join(f"{candidate.name}, {side.value}" for candidate, side in parts),
        localization=SEVERAL.join(dict.fromkeys(candidate.localization for candidate in candidates)),
        site=None,
        klass="several",
        reach=reach,
        prior=sum(candidate.prior for candidate in candidates),
        facts=tuple(dict.fromkeys(fact for candidate in candidates for fact in candidate.facts)),
        order=min(candidate.order for candidate in candidates),
        family=frozenset().union(*(candidate.family for candidate in candidates)),
        silent=frozenset().union(*(candidate.silent for candidate in candidates)) - frozenset(reach),
        parts=parts,
    )


def _side(parts: Iterable[tuple[Candidate, Side]]) -> Side:
    sides = {side for _, side in parts}
    return sides.pop() if len(sides) == 1 else Side.NONE
