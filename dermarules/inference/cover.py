"""Several lesions: the smallest sets of candidates that together explain clearly more than any one of them.

All pairs and triples of the candidates that none outdoes are tried; those that could not explain enough at best are not
weighed. Each further lesion has a price, and each must explain an objective deficit that the others leave open.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from dermarules.inference.candidates import Candidate
from dermarules.inference.evidence import are_nested
from dermarules.inference.graphs import are_contiguous
from dermarules.inference.reach import strongest
from dermarules.inference.scales import Lesion, Parts, Scales, lost_to_all
from dermarules.inference.sums import counted_terms
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import ABNORMAL, SEVERAL
from dermarules.proof import Claim, Term
from dermarules.vocabulary import Side, TermKind


def covers(single: Sequence[Weighing], scales: Scales, map_id: str) -> list[Weighing]:
    """Sets of lesions that explain enough more than the best single one; the smallest sets, none if one suffices."""
    limits = scales.knowledge.weights.lesions
    entered = [w for w in single if w.has_entered]
    top = max((w.total for w in entered), default=0)
    near = [w for w in entered if w.total >= top - limits.near]
    if not near or any(w.total == top and not scales.left_open(w) for w in near):
        return []
    tried = _tried(entered, scales)
    best = max(near, key=lambda w: w.explained_weight)
    left = scales.left_open(best)
    for size, most in limits.tried.items():
        enough = best.explained_weight + limits.gain * (size - 1)
        sets = (
            chosen
            for chosen in combinations(_first(tried, most), size)
            if any(lesion.abnormal & left for lesion in chosen)
            and _each_is_needed(chosen)
            and scales.most(chosen) >= enough
            and _may_join(chosen, scales.knowledge, map_id)
        )
        found = [_weighed(chosen, scales) for chosen in sets]
        admitted = [w for w in found if w.explained_weight >= enough]
        if admitted:
            return admitted
    return []


def _tried(entered: Iterable[Weighing], scales: Scales) -> list[Lesion]:
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
    kept: list[Lesion] = []
    for weighing in ordered:
        alike = (k for k in kept if _kind(k.weighing) == _kind(weighing))
        lesion = scales.lesion(weighing)
        if all(lesion.abnormal & ~other.abnormal for other in alike):
            kept.append(lesion)
    return kept


def _kind(weighing: Weighing) -> tuple[str, Side]:
    return weighing.candidate.klass, weighing.side


def _first(tried: Sequence[Lesion], most: int) -> list[Lesion]:
    """The first ones; the twin of the last on the other side is no worse, and to leave it out would prefer the left."""

    def standing(lesion: Lesion) -> tuple[int, int]:
        return lesion.weighing.total, lesion.weighing.candidate.order

    last = [standing(lesion) for lesion in tried[most - 1 : most]]
    return [*tried[:most], *(lesion for lesion in tried[most:] if standing(lesion) in last)]


def _may_join(chosen: Sequence[Lesion], knowledge: Knowledge, map_id: str) -> bool:
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


def _each_is_needed(chosen: Sequence[Lesion]) -> bool:
    """True if each accounts for a deficit that no other does; for the same nerve of both legs, a symptom will do."""
    is_mirrored = _is_mirrored([lesion.weighing for lesion in chosen])
    accounted = [lesion.abnormal if is_mirrored else lesion.deficits for lesion in chosen]
    once = twice = 0
    for mine in accounted:
        twice |= once & mine
        once |= mine
    return all(mine & ~twice for mine in accounted)


def _weighed(lesions: Sequence[Lesion], scales: Scales) -> Weighing:
    parts = tuple((lesion.weighing.candidate, lesion.weighing.side) for lesion in lesions)
    return scales.set_of(parts, lambda: _together(lesions, parts, scales))


def _together(lesions: Sequence[Lesion], parts: Parts, scales: Scales) -> Weighing:
    """The weighing of several lesions at once: at each place the lesion that explains it best counts."""
    chosen = [lesion.weighing for lesion in lesions]
    lost = lost_to_all(lesions)
    terms = counted_terms(_best_terms(chosen), scales.knowledge)
    terms += scales.unexplained(lesions)
    limits = scales.knowledge.weights.lesions
    terms += _standing(chosen, limits.mirrored if _is_mirrored(chosen) else limits.price)
    return Weighing(
        _candidate(parts),
        _side(parts),
        tuple(terms),
        sum(term.counted for term in terms),
        tuple(dict.fromkeys(o for w in chosen for o in w.explained)),
        tuple(o for o in chosen[0].unexplained if scales.bits([o]) & lost),
        tuple(dict.fromkeys(o for w in chosen for o in w.contradicted)),
        sum(w.untested_core for w in chosen),
    )


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
