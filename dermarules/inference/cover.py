"""Several lesions: the smallest sets of candidates that together explain clearly more than any one of them.

All pairs and triples of the candidates that none outdoes are tried. Each further lesion has a price, and each must
explain an objective deficit that the others leave open.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from dermarules.inference.candidates import Candidate
from dermarules.inference.evidence import Evidence, are_nested
from dermarules.inference.graphs import are_contiguous
from dermarules.inference.observations import Observation, State
from dermarules.inference.reach import strongest
from dermarules.inference.weigh import Weighing, counted_terms, explained_signs, unexplained_terms
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim, Term
from dermarules.vocabulary import Side, TermKind, Tier

# What stands between the names of several lesions.
SEVERAL = " + "


def covers(single: Sequence[Weighing], evidence: Evidence, knowledge: Knowledge, map_id: str) -> list[Weighing]:
    """Sets of lesions that explain enough more than the best single one; the smallest sets, none if one suffices."""
    limits = knowledge.weights.lesions
    top = max((w.total for w in single if w.has_entered), default=0)
    near = [w for w in single if w.has_entered and w.total >= top - limits.near]
    if not near or any(w.total == top and not _left_open(w) for w in near):
        return []
    tried = _tried(single, limits.tried)
    floor = max(w.explained_weight for w in near)
    for size in range(2, limits.most + 1):
        sets = (chosen for chosen in combinations(tried, size) if _may_join(chosen, knowledge, map_id))
        found = [_together(chosen, evidence, knowledge) for chosen in sets]
        admitted = [w for w in found if w.explained_weight >= floor + limits.gain * (size - 1)]
        if admitted:
            return admitted
    return []


def _tried(single: Iterable[Weighing], most: int) -> list[Weighing]:
    """The best site of each structure and side that explains something, the highest totals first.

    One is passed over if another of its side accounts for all that it does, with at least its total.
    """
    best: dict[tuple[str, Side], Weighing] = {}
    for weighing in single:
        key = (weighing.candidate.localization, weighing.side)
        wide = weighing.candidate.wide
        joins = wide is None or wide.combines
        if (
            joins
            and weighing.has_entered
            and _abnormal(weighing.explained)
            and (key not in best or weighing.total > best[key].total)
        ):
            best[key] = weighing
    ordered = sorted(best.values(), key=lambda w: (-w.total, w.candidate.order, list(Side).index(w.side)))
    kept: list[Weighing] = []
    for weighing in ordered:
        if not any(w.side is weighing.side and _accounts_for(weighing) <= _accounts_for(w) for w in kept):
            kept.append(weighing)
    return kept[:most]


def _abnormal(observations: Iterable[Observation]) -> frozenset[Observation]:
    return frozenset(o for o in observations if o.state in (State.DEFICIT, State.FELT))


def _accounts_for(weighing: Weighing) -> frozenset[Observation]:
    """What is abnormal in places that the lesion takes out as a rule; a variable place can be lost, and need not be."""
    reach = weighing.candidate.reach
    return frozenset(o for o in _abnormal(weighing.explained) if reach.get(o.place) in (Tier.CORE, Tier.USUAL))


def _left_open(weighing: Weighing) -> frozenset[Observation]:
    """What is abnormal and not accounted for."""
    return (_abnormal(weighing.explained) | _abnormal(weighing.unexplained)) - _accounts_for(weighing)


def _may_join(chosen: Sequence[Weighing], knowledge: Knowledge, map_id: str) -> bool:
    """True if each is needed, none of one side holds another, and no roots of one side are neighbours: a range."""
    pairs = combinations(chosen, 2)
    if any(one.side is two.side and are_nested(one.candidate, two.candidate) for one, two in pairs):
        return False
    roots: dict[Side, list[str]] = {}
    for weighing in chosen:
        if weighing.candidate.klass == "root":
            roots.setdefault(weighing.side, []).extend(weighing.candidate.roots)
    runs = any(len(found) > 1 and are_contiguous(knowledge, map_id, found) for found in roots.values())
    return not runs and _each_is_needed(chosen)


def _each_is_needed(chosen: Sequence[Weighing]) -> bool:
    """True if each accounts for a deficit that no other does; for the same nerve of both legs, a symptom will do."""
    is_mirrored = len({weighing.candidate.localization for weighing in chosen}) == 1
    explained = [
        frozenset(o for o in _accounts_for(weighing) if is_mirrored or o.state is State.DEFICIT) for weighing in chosen
    ]
    return all(
        mine - frozenset().union(*(other for j, other in enumerate(explained) if j != i))
        for i, mine in enumerate(explained)
    )


def _together(chosen: Sequence[Weighing], evidence: Evidence, knowledge: Knowledge) -> Weighing:
    """The weighing of several lesions at once: at each place the lesion that explains it best counts."""
    parts = tuple((weighing.candidate, weighing.side) for weighing in chosen)
    candidate = _candidate(parts)
    terms = counted_terms(_best_terms(chosen), knowledge)
    left = frozenset.intersection(*(frozenset(w.unexplained) for w in chosen))
    lost = tuple(o for o in chosen[0].unexplained if o in left)
    signs = frozenset().union(*(explained_signs(w.candidate) for w in chosen))
    if len({side for _, side in parts}) > 1:
        signs |= {"both"}
    terms += unexplained_terms(signs, lost, evidence, knowledge)
    terms += list(_standing(chosen, knowledge.weights.lesions.price))
    return Weighing(
        candidate,
        _side(parts),
        tuple(terms),
        sum(term.counted for term in terms),
        tuple(dict.fromkeys(o for w in chosen for o in w.explained)),
        lost,
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
