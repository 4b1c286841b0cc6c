"""What a lesion takes out, computed a second time: walked along the courses of the nerves, without a graph."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from dermarules.anatomy import Nerve
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place
from dermarules.vocabulary import CONSTANT, Extent, Tier

Key = TypeVar("Key")
Reach = dict[Place, Tier]


@dataclass(frozen=True, slots=True)
class Loss:
    """The share of its supply that each muscle loses, and the skin by tier."""

    muscles: dict[str, float]
    skin: dict[str, Tier]


def strongest(territories: Iterable[Mapping[Key, Tier]]) -> dict[Key, Tier]:
    """Each place in the most constant tier that one of the territories gives it."""
    found: dict[Key, Tier] = {}
    for territory in territories:
        for place, tier in territory.items():
            found[place] = min(found.get(place, tier), tier, key=lambda each: each.rank)
    return found


def nerve_loss(knowledge: Knowledge, nerve: str, site: str | None) -> Loss:
    """What a lesion of a nerve at a site of its course takes out; without a site, at its origin."""
    sites = [item.site for item in knowledge.nerves[nerve].course]
    start = sites.index(site) if site in sites and site is not None else 0
    own = _items(knowledge.nerves[nerve], start)
    below = tuple(dict.fromkeys(b for kind, child in own if kind == "nerve" for b in branches(knowledge, child)))
    hit = {nerve, *below}
    items = [(nerve, item) for item in own]
    items += [(branch, item) for branch in below for item in _items(knowledge.nerves[branch], 0)]
    muscles: dict[str, float] = {}
    skins: list[dict[str, Tier]] = []
    for of, (kind, name) in items:
        if kind == "muscle":
            muscles[name] = muscles.get(name, 0.0) + 1 / len(knowledge.muscles[name].nerves)
        elif kind == "skin":
            tier = knowledge.nerves[of].skin.tiers()[name]
            skins.append({name: tier if of == nerve or _is_whole(knowledge.nerves[of], hit) else _WEAKER[tier]})
    return Loss(muscles, strongest(skins))


_WEAKER = {Tier.CORE: Tier.USUAL, Tier.USUAL: Tier.VARIABLE, Tier.VARIABLE: Tier.VARIABLE}


def _is_whole(branch: Nerve, hit: set[str]) -> bool:
    """True unless the branch has another origin that is not hit, and keeps something."""
    return not branch.also_from or hit.issuperset({branch.parent, *branch.also_from} - {None})


def _items(nerve: Nerve, start: int) -> tuple[tuple[str, str], ...]:
    """What leaves a nerve from an item of its course on; skin without a place in the course leaves after every site."""
    last: dict[tuple[str, str], int] = dict.fromkeys((("skin", region) for region in nerve.skin.tiers()), 10**6)
    for position, item in enumerate(nerve.course):
        last |= {("skin", region): position for region in item.skin if ("skin", region) in last}
        last |= {("muscle", item.muscle): position} if item.muscle else {}
        last |= {("nerve", item.nerve): position} if item.nerve else {}
    return tuple(leaving for leaving, position in last.items() if position >= start)


def branches(knowledge: Knowledge, nerve: str) -> tuple[str, ...]:
    """A nerve and all its branches."""
    found = {nerve: None}
    waiting = [nerve]
    while waiting:
        children = [item.nerve for item in knowledge.nerves[waiting.pop()].course if item.nerve]
        waiting += [child for child in children if child not in found]
        found |= dict.fromkeys(children)
    return tuple(found)


def together(losses: Iterable[Loss]) -> Loss:
    """What several nerves lose at one site."""
    found = list(losses)
    muscles: dict[str, float] = {}
    for loss in found:
        for muscle, share in loss.muscles.items():
            muscles[muscle] = min(1.0, muscles.get(muscle, 0.0) + share)
    return Loss(muscles, strongest(loss.skin for loss in found))


def reach_of(knowledge: Knowledge, loss: Loss) -> Reach:
    """The places that a loss reaches: skin, muscles, and the movements and reflexes that the muscles make."""
    return skin(loss.skin) | dict(_motor(knowledge, loss.muscles))


def skin(tiers: Mapping[str, Tier]) -> Reach:
    """Regions as places."""
    return {("skin", region): tier for region, tier in tiers.items()}


def _motor(knowledge: Knowledge, lost: Mapping[str, float]) -> Iterator[tuple[Place, Tier]]:
    shares: dict[Place, float] = {("muscle", muscle): share for muscle, share in lost.items()}
    for movement in knowledge.movements.values():
        total = sum(mover.weight for mover in movement.movers)
        share = sum(mover.weight * lost.get(mover.muscle, 0.0) for mover in movement.movers) / total
        shares["movement", movement.id] = share
    for reflex in knowledge.reflexes.values():
        if reflex.shows_arc and reflex.effectors:
            share = sum(lost.get(muscle, 0.0) for muscle in reflex.effectors) / len(reflex.effectors)
            shares["reflex", reflex.id] = share
    limits = knowledge.weights.shares
    for place, share in shares.items():
        if share >= limits.variable:
            yield place, Tier.CORE if share >= limits.core else Tier.USUAL if share >= limits.usual else Tier.VARIABLE


def root_supply(knowledge: Knowledge, roots: Iterable[str]) -> dict[str, float]:
    """The share of each muscle that some roots carry."""
    chosen = set(roots)
    helps = knowledge.weights.shares.root_not_main
    return {
        muscle.id: 1.0 if chosen & {*muscle.roots.main} else helps
        for muscle in knowledge.muscles.values()
        if chosen & {*muscle.roots.all}
    }


def root_reach(knowledge: Knowledge, root: str, map_id: str) -> Reach:
    """What a root supplies on a dermatome map: a reflex goes by the roots of its arc, where it has the root."""
    found = reach_of(knowledge, Loss(root_supply(knowledge, [root]), knowledge.dermatomes[root].maps[map_id].tiers()))
    for reflex in knowledge.reflexes.values():
        if reflex.shows_arc and root in reflex.roots.main:
            found["reflex", reflex.id] = Tier.CORE if reflex.roots.main[0] == root else Tier.USUAL
        elif reflex.shows_arc and root in reflex.roots.all:
            found["reflex", reflex.id] = Tier.VARIABLE
    return found


def unstated(knowledge: Knowledge, root: str, map_id: str) -> frozenset[Place]:
    """Skin of which a map says nothing for a root; on a whole map, that beside its own which a neighbour has."""
    tiers = knowledge.dermatomes[root].maps[map_id].tiers()
    silent = knowledge.regions.keys() - tiers.keys()
    if knowledge.maps[map_id].extent is Extent.TERRITORY:
        order = list(knowledge.roots)
        at = order.index(root)
        neighbours = [
            each for each in (*order[max(at - 1, 0) : at], *order[at + 1 : at + 2]) if each in knowledge.dermatomes
        ]
        theirs = {region for each in neighbours for region in knowledge.dermatomes[each].maps[map_id].tiers()}
        own = [region for region, tier in tiers.items() if tier in CONSTANT]
        silent &= theirs & {near for region in own for near in knowledge.regions[region].neighbours}
    return frozenset(("skin", region) for region in silent)
