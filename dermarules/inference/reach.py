"""What a lesion takes out, by tier: skin from dermatomes and nerves, movements from the share of their movers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from dermarules.anatomy import Nerve
from dermarules.inference.graphs import Lesion, lesion, neighbouring_roots
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place
from dermarules.vocabulary import CONSTANT, Extent, Tier

Key = TypeVar("Key")


def strongest(territories: Iterable[Mapping[Key, Tier]]) -> dict[Key, Tier]:
    """What several structures supply together: each place in the most constant tier that one of them gives it."""
    found: dict[Key, Tier] = {}
    for territory in territories:
        for place, tier in territory.items():
            if place not in found or tier.rank < found[place].rank:
                found[place] = tier
    return found


def _tier_of_share(knowledge: Knowledge, share: float) -> Tier | None:
    shares = knowledge.weights.shares
    if share >= shares.core:
        return Tier.CORE
    if share >= shares.usual:
        return Tier.USUAL
    return Tier.VARIABLE if share >= shares.variable else None


def motor_reach(knowledge: Knowledge, lost: Mapping[str, float]) -> dict[Place, Tier]:
    """Tiers of muscles, movements and reflexes when muscles lose a share of their supply."""
    found: dict[Place, Tier | None] = {
        ("muscle", muscle): _tier_of_share(knowledge, share) for muscle, share in lost.items()
    }
    for movement in knowledge.movements.values():
        total = sum(mover.weight for mover in movement.movers)
        share = sum(mover.weight * lost.get(mover.muscle, 0.0) for mover in movement.movers) / total
        found["movement", movement.id] = _tier_of_share(knowledge, share)
    for reflex in knowledge.reflexes.values():
        if reflex.effectors and reflex.shows_arc:
            share = sum(lost.get(muscle, 0.0) for muscle in reflex.effectors) / len(reflex.effectors)
            found["reflex", reflex.id] = _tier_of_share(knowledge, share)
    return {place: tier for place, tier in found.items() if tier is not None}


def skin(tiers: Mapping[str, Tier]) -> dict[Place, Tier]:
    """Regions as places."""
    return {("skin", region): tier for region, tier in tiers.items()}


def root_supply(knowledge: Knowledge, roots: Iterable[str]) -> dict[str, float]:
    """The share of each muscle that roots carry: all of it if one is a main root, little if they only help."""
    chosen = frozenset(roots)
    helper = knowledge.weights.shares.root_not_main
    return {
        muscle.id: 1.0 if chosen & set(muscle.roots.main) else helper
        for muscle in knowledge.muscles.values()
        if chosen & set(muscle.roots.all)
    }


def arcs(knowledge: Knowledge, root: str) -> dict[Place, Tier]:
    """A reflex is core for its first main root, usual for another main one, variable for a root that only helps."""
    tiers: dict[Place, Tier] = {}
    for reflex in knowledge.reflexes.values():
        if not reflex.shows_arc:
            continue
        if root in reflex.roots.main:
            tiers["reflex", reflex.id] = Tier.CORE if root == reflex.roots.main[0] else Tier.USUAL
        elif root in reflex.roots.all:
            tiers["reflex", reflex.id] = Tier.VARIABLE
    return tiers


def silent(knowledge: Knowledge, map_id: str, root: str, skin: Mapping[str, Tier]) -> set[str]:
    """Skin outside what the map states, where a loss says nothing about the root."""
    unlisted = set(knowledge.regions) - set(skin)
    if knowledge.maps[map_id].extent is not Extent.TERRITORY:
        return unlisted
    own = [region for region, tier in skin.items() if tier in CONSTANT]
    beside = {neighbour for region in own for neighbour in knowledge.regions[region].neighbours}
    adjacent = neighbouring_roots(knowledge, map_id, root)
    shared = {
        region
        for other in adjacent
        if other in knowledge.dermatomes
        for region in knowledge.dermatomes[other].maps[map_id].tiers()
    }
    return unlisted & beside & shared


def union(lesions: Sequence[Lesion]) -> Lesion:
    """What lesions of several nerves at one site take out together."""
    muscles: dict[str, float] = {}
    for each in lesions:
        for muscle, share in each.muscles.items():
            muscles[muscle] = min(1.0, muscles.get(muscle, 0.0) + share)
    return Lesion(muscles, strongest(each.skin for each in lesions))


def trunk_reach(knowledge: Knowledge, trunk: Nerve) -> dict[Place, Tier]:
    """A trunk without branches: its own skin, and its roots' share of the muscles of the plexus that it joins."""
    carried = lesion(knowledge, trunk.joins, None).muscles if trunk.joins else {}
    supply = {m: share for m, share in root_supply(knowledge, trunk.roots.all).items() if m in carried}
    return skin(trunk.skin.tiers()) | motor_reach(knowledge, supply)


def muscles_of(knowledge: Knowledge, movements: Mapping[str, Tier]) -> dict[str, Tier]:
    """Single muscles go with the movement that they serve most."""
    return strongest(
        {mover.muscle: tier for mover in knowledge.movements[movement].movers if mover.role == "principal"}
        for movement, tier in movements.items()
    )
