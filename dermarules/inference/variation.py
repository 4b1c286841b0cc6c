"""The roots of a person whose plexus differs from the usual one: the same tables, with other roots in them.

Only what roots carry is moved. Nerves carry the same fibres, wherever these come from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dermarules.anatomy import Dermatome, PlexusVariant, RootLevels, Territory
from dermarules.inference.graphs import lesion
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Tier

# A muscle or a patch of skin.
Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Supply:
    """Which roots carry what another root usually supplies; `within` holds the parts that each named nerve carries."""

    variant: PlexusVariant
    within: Mapping[str, frozenset[Part]]

    def carriers(self, root: str, parts: Iterable[Part]) -> tuple[str, ...]:
        """The roots that carry what a root usually brings to some parts, the main one first."""
        wanted = frozenset(parts)
        for move in self.variant.moves:
            if move.usual == root and (move.within is None or (wanted and wanted <= self.within[move.within])):
                return move.carried_by
        return (root,)

    def levels(self, usual: RootLevels, parts: Iterable[Part]) -> RootLevels:
        """The roots of a muscle or reflex: main ones are replaced by the main carriers, the other carriers help."""
        wanted = tuple(parts)
        every = (carrier for root in usual.all for carrier in self.carriers(root, wanted))
        main = (self.carriers(root, wanted)[0] for root in usual.main)
        return RootLevels(tuple(dict.fromkeys(every)), tuple(dict.fromkeys(main)))


def usual_roots(knowledge: Knowledge, variant: str | None, root: str) -> tuple[str, ...]:
    """The roots whose part a root mainly plays: itself, or those that moved to it as a whole.

    Rules name roots by the part that they usually play.
    """
    if variant is None:
        return (root,)
    moves = knowledge.plexus_variants[variant].moves
    main = {move.usual: move.carried_by[0] for move in moves if move.within is None}
    return tuple(usual for usual in knowledge.roots if main.get(usual, usual) == root)


@lru_cache(maxsize=16)
def varied(knowledge: Knowledge, variant: str | None) -> Knowledge:
    """The knowledge with the root supply of muscles, reflexes and skin as it is in a variant; without one, itself."""
    if variant is None:
        return knowledge
    supply = _supply(knowledge, knowledge.plexus_variants[variant])
    muscles = {
        name: replace(muscle, roots=supply.levels(muscle.roots, [("muscle", name)]))
        for name, muscle in knowledge.muscles.items()
    }
    reflexes = {
        name: replace(reflex, roots=supply.levels(reflex.roots, [("muscle", muscle) for muscle in reflex.effectors]))
        for name, reflex in knowledge.reflexes.items()
    }
    return replace(knowledge, muscles=muscles, reflexes=reflexes, dermatomes=_dermatomes(knowledge, supply))


def _supply(knowledge: Knowledge, variant: PlexusVariant) -> Supply:
    names = {move.within for move in variant.moves if move.within is not None}
    return Supply(variant, {name: _parts(knowledge, name) for name in names})


def _parts(knowledge: Knowledge, nerve: str) -> frozenset[Part]:
    carried = lesion(knowledge, nerve, None)
    return frozenset({*(("muscle", m) for m in carried.muscles), *(("skin", region) for region in carried.skin)})


def _dermatomes(knowledge: Knowledge, supply: Supply) -> dict[str, Dermatome]:
    """The skin of each root on each map: what it mainly carries in its usual tier, what it helps with as variable."""
    tiers: dict[tuple[str, str], dict[str, Tier]] = {}
    for usual in knowledge.dermatomes.values():
        for map_id, territory in usual.maps.items():
            for region, tier in territory.tiers().items():
                for number, root in enumerate(supply.carriers(usual.id, [("skin", region)])):
                    own = tiers.setdefault((root, map_id), {})
                    given = tier if number == 0 else Tier.VARIABLE
                    own[region] = min(own.get(region, given), given, key=lambda each: each.rank)
    return {
        root: replace(
            usual,
            maps={
                map_id: _territory(territory, tiers.get((root, map_id), {})) for map_id, territory in usual.maps.items()
            },
        )
        for root, usual in knowledge.dermatomes.items()
    }


def _territory(usual: Territory, tiers: Mapping[str, Tier]) -> Territory:
    core, own, variable = (tuple(region for region, given in tiers.items() if given is tier) for tier in Tier)
    return replace(usual, core=core, usual=own, variable=variable)
