"""Where a lesion may sit, and what it would take out there: derived from dermatomes, branch order and movers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dermarules.anatomy import Nerve
from dermarules.inference.graphs import Lesion, branches_of, lesion, neighbouring_roots
from dermarules.inference.observations import Place
from dermarules.knowledgebase.base import Knowledge
from dermarules.localizations import WideSite
from dermarules.vocabulary import Extent, Tier

_RANK = {Tier.CORE: 2, Tier.USUAL: 1, Tier.VARIABLE: 0}


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A structure that may be injured. `reach` gives the tier of every place it supplies; the rest is not its own.

    `silent` places are those that the map does not speak of: their loss neither fits nor contradicts. `family` names
    what contains the candidate or is contained in it: such rivals do not make an answer less clear.
    """

    name: str
    localization: str
    site: str | None
    klass: str
    reach: Mapping[Place, Tier]
    prior: int
    facts: tuple[str, ...]
    order: int = 0
    family: frozenset[str] = frozenset()
    silent: frozenset[Place] = frozenset()
    roots: tuple[str, ...] = ()
    wide: WideSite | None = None

    @property
    def is_bilateral(self) -> bool:
        """True if it is read over both sides at once."""
        return self.wide is not None and self.wide.reading == "bilateral"


@lru_cache(maxsize=32)
def candidates(knowledge: Knowledge, map_id: str) -> tuple[Candidate, ...]:
    """Every candidate of a knowledge base under one dermatome map, in knowledge order."""
    made = [*_roots(knowledge, map_id), *_nerves(knowledge), *_plexuses(knowledge), *_wide(knowledge)]
    return tuple(replace(candidate, order=order) for order, candidate in enumerate(made))


def _tier_of_share(knowledge: Knowledge, share: float) -> Tier | None:
    shares = knowledge.weights.shares
    if share >= shares.core:
        return Tier.CORE
    if share >= shares.usual:
        return Tier.USUAL
    return Tier.VARIABLE if share >= shares.variable else None


def _motor_reach(knowledge: Knowledge, lost: Mapping[str, float]) -> dict[Place, Tier]:
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


def _skin(tiers: Mapping[str, Tier]) -> dict[Place, Tier]:
    return {("skin", region): tier for region, tier in tiers.items()}


def _root_supply(knowledge: Knowledge, roots: Iterable[str]) -> dict[str, float]:
    """The share of each muscle that roots carry: all of it if one is a main root, little if they only help."""
    chosen = frozenset(roots)
    helper = knowledge.weights.shares.root_not_main
    return {
        muscle.id: 1.0 if chosen & set(muscle.roots.main) else helper
        for muscle in knowledge.muscles.values()
        if chosen & set(muscle.roots.all)
    }


def _roots(knowledge: Knowledge, map_id: str) -> Iterator[Candidate]:
    for root in knowledge.roots.values():
        if not root.answer:
            continue
        territory = knowledge.dermatomes[root.id].maps[map_id]
        skin = territory.tiers()
        silent = frozenset(("skin", region) for region in _silent(knowledge, map_id, root.id, skin))
        reach = _skin(skin) | _motor_reach(knowledge, _root_supply(knowledge, (root.id,))) | _arcs(knowledge, root.id)
        yield Candidate(
            name=f"root {root.id}",
            localization=f"root {root.id}",
            site=None,
            klass="root",
            reach=reach,
            prior=knowledge.weights.root_prior[root.id],
            facts=(f"dermatomes/{root.id}/{map_id}",),
            family=_plexuses_of_root(knowledge, root.id),
            silent=silent,
            roots=(root.id,),
        )


def _arcs(knowledge: Knowledge, root: str) -> dict[Place, Tier]:
    """A reflex is core for its first main root, usual for another main one, variable for a root that only helps."""
    arcs: dict[Place, Tier] = {}
    for reflex in knowledge.reflexes.values():
        if not reflex.shows_arc:
            continue
        if root in reflex.roots.main:
            arcs["reflex", reflex.id] = Tier.CORE if root == reflex.roots.main[0] else Tier.USUAL
        elif root in reflex.roots.all:
            arcs["reflex", reflex.id] = Tier.VARIABLE
    return arcs


def _silent(knowledge: Knowledge, map_id: str, root: str, skin: Mapping[str, Tier]) -> set[str]:
    """Skin outside what the map states, where a loss says nothing about the root."""
    unlisted = set(knowledge.regions) - set(skin)
    if knowledge.maps[map_id].extent is not Extent.TERRITORY:
        return unlisted
    own = [region for region, tier in skin.items() if tier is not Tier.VARIABLE]
    beside = {neighbour for region in own for neighbour in knowledge.regions[region].neighbours}
    adjacent = neighbouring_roots(knowledge, map_id, root)
    shared = {
        region
        for other in adjacent
        if other in knowledge.dermatomes
        for region in knowledge.dermatomes[other].maps[map_id].tiers()
    }
    return unlisted & beside & shared


def _plexuses_of_root(knowledge: Knowledge, root: str) -> frozenset[str]:
    """A plexus that a root runs into contains it, and so does what is wide around it."""
    plexuses = {
        f"plexus {_plexus_name(n.id)}" for n in knowledge.nerves.values() if n.kind == "plexus" and root in n.roots.all
    }
    wide = {site.id for site in knowledge.wide_sites.values() if f"root {root}" in site.nested_with}
    return frozenset(plexuses | wide | {"plexus lumbosacral"})


def _plexus_name(nerve: str) -> str:
    return nerve.removesuffix("_plexus")


def _nerves(knowledge: Knowledge) -> Iterator[Candidate]:
    for nerve in knowledge.nerves.values():
        if nerve.kind == "plexus" or not (nerve.answer or nerve.report_as):
            continue
        reported = nerve.report_as or nerve.id
        for site, lost in _lesions(knowledge, nerve):
            yield Candidate(
                name=f"nerve {nerve.id}" + (f" at {site}" if site else ""),
                localization=f"nerve {reported}",
                site=site,
                klass="nerve",
                reach=_skin(lost.skin) | _motor_reach(knowledge, lost.muscles),
                prior=knowledge.weights.prior[nerve.frequency],
                facts=(f"nerves/{nerve.id}", *((f"lesion_sites/{site}",) if site else ())),
                family=_nerve_family(knowledge, nerve.id),
            )


def _lesions(knowledge: Knowledge, nerve: Nerve) -> list[tuple[str | None, Lesion]]:
    """The lesions of a nerve that differ: at each site of its course, of all its divisions at once, or of it whole."""
    sites = [item.site for item in nerve.course if item.site] if nerve.order_reliable else []
    found: list[tuple[str | None, Lesion]] = [(site, lesion(knowledge, nerve.id, site)) for site in sites]
    divisions = [
        branch for branch in knowledge.nerves.values() if branch.parent == nerve.id and branch.report_as == nerve.id
    ]
    for site in dict.fromkeys(item.site for division in divisions for item in division.course if item.site):
        at = [lesion(knowledge, d.id, site) for d in divisions if any(item.site == site for item in d.course)]
        if len(at) > 1:
            found.append((site, _union(at)))
    whole = lesion(knowledge, nerve.id, None)
    return found if found and found[0][1] == whole else [(None, whole), *found]


def _union(lesions: Iterable[Lesion]) -> Lesion:
    muscles: dict[str, float] = {}
    skin: dict[str, Tier] = {}
    for each in lesions:
        for muscle, share in each.muscles.items():
            muscles[muscle] = min(1.0, muscles.get(muscle, 0.0) + share)
        for region, tier in each.skin.items():
            if _RANK[tier] >= _RANK[skin.get(region, Tier.VARIABLE)]:
                skin[region] = tier
    return Lesion(muscles, skin)


@lru_cache(maxsize=512)
def _nerve_family(knowledge: Knowledge, nerve: str) -> frozenset[str]:
    """The nerve, its branches, and the nerves and plexus above it, as they are reported."""
    above = [other for other in knowledge.nerves.values() if nerve in branches_of(knowledge, other.id)]
    below = [knowledge.nerves[branch] for branch in branches_of(knowledge, nerve)]
    names = set()
    for relative in (*above, *below):
        is_plexus = relative.kind == "plexus"
        names.add(f"plexus {_plexus_name(relative.id)}" if is_plexus else f"nerve {relative.report_as or relative.id}")
    return frozenset(names | {"plexus lumbosacral"})


def _plexuses(knowledge: Knowledge) -> Iterator[Candidate]:
    plexuses = [n for n in knowledge.nerves.values() if n.kind == "plexus" and n.answer]
    whole: dict[Place, Tier] = {}
    for plexus in plexuses:
        children = [item.nerve for item in plexus.course if item.nerve]
        if children:
            lost = lesion(knowledge, plexus.id, None)
            reach = _skin(lost.skin) | _motor_reach(knowledge, lost.muscles)
            whole = {**reach, **whole}
        else:
            reach = _trunk_reach(knowledge, plexus)
        yield _plexus(knowledge, _plexus_name(plexus.id), reach, (f"nerves/{plexus.id}",))
    usual = {place: Tier.USUAL if tier is Tier.CORE else tier for place, tier in whole.items()}
    yield _plexus(knowledge, "lumbosacral", usual, tuple(f"nerves/{plexus.id}" for plexus in plexuses))


def _plexus(knowledge: Knowledge, name: str, reach: Mapping[Place, Tier], facts: tuple[str, ...]) -> Candidate:
    family = frozenset(
        {
            *(f"plexus {_plexus_name(n.id)}" for n in knowledge.nerves.values() if n.kind == "plexus"),
            "plexus lumbosacral",
        }
    )
    return Candidate(
        name=f"plexus {name}",
        localization=f"plexus {name}",
        site=None,
        klass="plexus",
        reach=reach,
        prior=knowledge.weights.prior["plexus"],
        facts=facts,
        family=family,
    )


def _trunk_reach(knowledge: Knowledge, trunk: Nerve) -> dict[Place, Tier]:
    """A trunk without branches: its own skin, and its roots' share of the muscles of the plexus that it joins."""
    carried = lesion(knowledge, trunk.joins, None).muscles if trunk.joins else {}
    supply = {m: share for m, share in _root_supply(knowledge, trunk.roots.all).items() if m in carried}
    return _skin(trunk.skin.tiers()) | _motor_reach(knowledge, supply)


def _wide(knowledge: Knowledge) -> Iterator[Candidate]:
    for site in knowledge.wide_sites.values():
        territory = site.territory
        movements = territory.movements.tiers()
        reach = (
            _skin(territory.skin.tiers())
            | {("movement", movement): tier for movement, tier in movements.items()}
            | {("muscle", muscle): tier for muscle, tier in _muscles_of(knowledge, movements).items()}
            | {("reflex", reflex): tier for reflex, tier in territory.reflexes.tiers().items()}
        )
        yield Candidate(
            name=site.id,
            localization=site.report_as or site.id,
            site=None,
            klass="wide",
            reach=reach,
            prior=knowledge.weights.prior[site.prior],
            facts=(f"localizations/{site.id}",),
            family=frozenset(site.nested_with),
            wide=site,
        )


def _muscles_of(knowledge: Knowledge, movements: Mapping[str, Tier]) -> dict[str, Tier]:
    """Single muscles go with the movement that they serve most."""
    found: dict[str, Tier] = {}
    for movement, tier in movements.items():
        for mover in knowledge.movements[movement].movers:
            if mover.role == "principal" and _RANK[tier] >= _RANK[found.get(mover.muscle, Tier.VARIABLE)]:
                found[mover.muscle] = tier
    return found


@lru_cache(maxsize=32)
def ranges(knowledge: Knowledge, map_id: str) -> tuple[Candidate, ...]:
    """Runs of adjacent roots as one answer; the price of each further root is in the weights."""
    single = {c.roots[0]: c for c in candidates(knowledge, map_id) if c.klass == "root"}
    order = [root for root in knowledge.roots if root in single]
    runs = [order[i : i + size] for size in knowledge.weights.ranges.price for i in range(len(order) - size + 1)]
    return tuple(_run(knowledge, [single[root] for root in run]) for run in runs)


def _run(knowledge: Knowledge, members: list[Candidate]) -> Candidate:
    reach: dict[Place, Tier] = {}
    for member in members:
        for place, tier in member.reach.items():
            if place not in reach or _RANK[tier] > _RANK[reach[place]]:
                reach[place] = tier
    name = f"roots {members[0].roots[0]}-{members[-1].roots[0]}"
    best = max(member.prior for member in members)
    return Candidate(
        name=name,
        localization=name,
        site=None,
        klass="root",
        reach=reach,
        prior=best + knowledge.weights.ranges.price[len(members)],
        order=min(member.order for member in members),
        facts=tuple(fact for member in members for fact in member.facts),
        family=frozenset({member.localization for member in members}).union(*(m.family for m in members)),
        silent=frozenset().union(*(member.silent for member in members)) - frozenset(reach),
        roots=tuple(member.roots[0] for member in members),
    )
