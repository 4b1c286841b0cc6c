"""Several lesions at once, found a second time: which sets explain clearly more than one lesion does."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import ABNORMAL, SEVERAL, State
from dermarules.proof import Claim, Term
from dermarules.replay.lesions import strongest
from dermarules.replay.scene import Scene
from dermarules.replay.structures import Structure
from dermarules.replay.weighing import Weighed, after_group_rule, explained_signs, is_named, open_terms
from dermarules.vocabulary import CONSTANT, Side, TermKind


def worthwhile_sets(single: Sequence[Weighed], scene: Scene) -> list[Weighed]:
    """The smallest sets of lesions that are worth their price; none if one lesion accounts for everything."""
    limits = scene.knowledge.weights.lesions
    entered = [each for each in single if each.has_entered]
    top = max((each.total for each in entered), default=0)
    near = [each for each in entered if each.total >= top - limits.near]
    if not near or any(each.total == top and not _left_open(each) for each in near):
        return []
    best = max(near, key=lambda each: each.explained_weight)
    left = _left_open(best)
    tried = _tried(entered)
    for size, most in limits.tried.items():
        wanted = best.explained_weight + limits.gain * (size - 1)
        chosen = (
            [lesion.weighed for lesion in group]
            for group in combinations(_first(tried, most), size)
            if any(lesion.abnormal & left for lesion in group) and _may_join(group, scene.knowledge)
        )
        found = [each for each in (together(group, scene) for group in chosen) if each.explained_weight >= wanted]
        if found:
            return found
    return []


@dataclass(frozen=True, slots=True)
class _Lesion:
    """A lesion to be tried in a set, with what it accounts for: all that is abnormal, and the deficits."""

    weighed: Weighed
    abnormal: frozenset[Claim]
    deficits: frozenset[Claim]


def _accounts_for(weighed: Weighed) -> _Lesion:
    """What is abnormal where a lesion takes out a place as a rule."""
    tiers = weighed.structure.reach
    mine = [s for s in weighed.explains if s.state in ABNORMAL and tiers.get(s.place) in CONSTANT]
    return _Lesion(
        weighed, frozenset(s.claim for s in mine), frozenset(s.claim for s in mine if s.state is State.DEFICIT)
    )


def _left_open(weighed: Weighed) -> frozenset[Claim]:
    told = frozenset(s.claim for s in (*weighed.explains, *weighed.unexplained) if s.state in ABNORMAL)
    return told - _accounts_for(weighed).abnormal


def _tried(entered: Iterable[Weighed]) -> list[_Lesion]:
    """The best site of each structure and side, without those that a better one of their class outdoes."""
    best: dict[tuple[str, Side], Weighed] = {}
    for each in entered:
        wide = each.structure.wide
        key = (each.structure.localization, each.side)
        if wide is not None and not wide.combines:
            continue
        if any(s.state in ABNORMAL for s in each.explains) and (key not in best or each.total > best[key].total):
            best[key] = each
    kept: list[_Lesion] = []
    for each in sorted(best.values(), key=lambda w: (-w.total, w.structure.order, w.side.rank)):
        lesion = _accounts_for(each)
        alike = [k for k in kept if (k.weighed.structure.klass, k.weighed.side) == (each.structure.klass, each.side)]
        if all(lesion.abnormal - other.abnormal for other in alike):
            kept.append(lesion)
    return kept


def _first(tried: Sequence[_Lesion], most: int) -> list[_Lesion]:
    """The first ones, and the twins of the last on the other side."""
    last = [(lesion.weighed.total, lesion.weighed.structure.order) for lesion in tried[most - 1 : most]]
    twins = [lesion for lesion in tried[most:] if (lesion.weighed.total, lesion.weighed.structure.order) in last]
    return [*tried[:most], *twins]


def _may_join(group: Sequence[_Lesion], knowledge: Knowledge) -> bool:
    """True if each is needed, none of a side holds another, and roots of a side are no unbroken run."""
    if not _each_is_needed(group):
        return False
    found = [lesion.weighed for lesion in group]
    if any(a.side is b.side and are_nested(a.structure, b.structure) for a, b in combinations(found, 2)):
        return False
    order = list(knowledge.roots)
    for side in {each.side for each in found}:
        of_side = [each.structure for each in found if each.side is side and each.structure.klass == "root"]
        at = sorted(order.index(root) for structure in of_side for root in structure.roots)
        if len(at) > 1 and all(b - a <= 1 for a, b in pairwise(at)):
            return False
    return True


def _each_is_needed(group: Sequence[_Lesion]) -> bool:
    """True if each accounts for a deficit that no other does; in twins of the two legs a symptom is enough."""
    is_twin = _are_twins([lesion.weighed for lesion in group])
    mine = [lesion.abnormal if is_twin else lesion.deficits for lesion in group]
    return all(own.difference(*(o for j, o in enumerate(mine) if j != i)) for i, own in enumerate(mine))


def _are_twins(found: Iterable[Weighed]) -> bool:
    return len({each.structure.localization for each in found}) == 1


def are_nested(first: Structure, other: Structure) -> bool:
    """True if one lies in the other, so that both can be right."""
    if first.localization == other.localization:
        return True
    if any(is_named(a, name) for a, b in ((first, other), (other, first)) for name in b.family):
        return True
    return bool({*first.roots} & {*other.roots}) and len(first.roots) != len(other.roots)


def together(chosen: Sequence[Weighed], scene: Scene) -> Weighed:
    """Lesions weighed at once: of each sight and rule the lesion that explains it best counts."""
    limits = scene.knowledge.weights.lesions
    terms = after_group_rule(_best_terms(chosen), scene.knowledge)
    lost = [s for s in chosen[0].unexplained if all(s in other.unexplained for other in chosen[1:])]
    explained = set().union(*(explained_signs(each.structure) for each in chosen))
    if len({each.side for each in chosen}) > 1:
        explained.add("both_legs")
    terms += open_terms(explained, lost, scene)
    terms += [t for each in chosen for t in each.terms if t.kind in (TermKind.PRIOR, TermKind.ENTRY)]
    price = (limits.mirrored if _are_twins(chosen) else limits.price) * (len(chosen) - 1)
    label = f"price of {len(chosen) - 1} further"
    terms.append(Term(TermKind.PRICE, label, price, price, (Claim("known", "weights"),)))
    sides = {each.side for each in chosen}
    return Weighed(
        _as_one(chosen),
        sides.pop() if len(sides) == 1 else Side.NONE,
        tuple(terms),
        tuple(dict.fromkeys(s for each in chosen for s in each.explains)),
        tuple(lost),
        tuple(dict.fromkeys(s for each in chosen for s in each.contradicted)),
        sum(each.untested_core for each in chosen),
        tuple(chosen),
    )


def _best_terms(chosen: Iterable[Weighed]) -> Iterator[Term]:
    """Of the terms about one sight or rule, the one most for the set; if none is for it, the one most against."""
    about: dict[Claim, list[Term]] = {}
    for term in (term for each in chosen for term in each.terms if term.group is not None):
        about.setdefault(term.premises[0], []).append(term)
    for terms in about.values():
        most = max(terms, key=lambda t: (t.weight, t.label))
        yield most if most.weight > 0 else min(terms, key=lambda t: (t.weight, t.label))


def _as_one(chosen: Sequence[Weighed]) -> Structure:
    parts = [each.structure for each in chosen]
    reach = strongest(part.reach for part in parts)
    return Structure(
        SEVERAL.join(f"{each.structure.name}, {each.side.value}" for each in chosen),
        SEVERAL.join(dict.fromkeys(part.localization for part in parts)),
        "several",
        reach,
        sum(part.prior for part in parts),
        tuple(dict.fromkeys(fact for part in parts for fact in part.facts)),
        order=min(part.order for part in parts),
        family=frozenset().union(*(part.family for part in parts)),
        silent=frozenset().union(*(part.silent for part in parts)) - reach.keys(),
    )
