"""Where a lesion may sit, and what it would take out there: derived from dermatomes, branch order and movers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dermarules.anatomy import Nerve, PartialLesion
from dermarules.inference.graphs import Lesion, branches_of, lesion
from dermarules.inference.reach import (
    arcs,
    motor_reach,
    muscles_of,
    root_supply,
    silent,
    skin,
    strongest,
    trunk_reach,
    union,
)
from dermarules.inference.variation import usual_roots, varied
from dermarules.knowledgebase.base import Knowledge
from dermarules.localizations import WideSite
from dermarules.notation import Place
from dermarules.vocabulary import CONSTANT, Reading, Side, Tier


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A structure that may be injured. `reach` gives the tier of every place it supplies; the rest is not its own.

    `silent` places are those that the map does not speak of: their loss neither fits nor contradicts. `family` names
    what contains the candidate or is contained in it: such rivals do not make an answer less clear. `fascicles` names
    the branches to which a partial lesion of a nerve is limited. `plays` are the
    roots by whose names rules mean it: its own, or in a plexus variant those whose part it plays.
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
    plays: tuple[str, ...] = ()
    wide: WideSite | None = None
    parts: tuple[tuple["Candidate", Side], ...] = ()
    is_usual_site: bool = False
    fascicles: tuple[str, ...] = ()

    @property
    def lesions(self) -> tuple[tuple["Candidate", Side], ...]:
        """The single lesions that it is made of, with their sides; itself, on no side, if it is one."""
        return self.parts or ((self, Side.NONE),)

    @property
    def is_bilateral(self) -> bool:
        """True if it is read over both sides at once."""
        return self.wide is not None and self.wide.reading is Reading.BILATERAL

    def told_side(self, side: Side) -> str | None:
        """The side in words: both where it is read over both sides, none where nothing is localized."""
        if self.wide is not None and self.wide.kind == "mimic":
            return None
        if self.is_bilateral:
            return "both"
        sides = {of_part for _, of_part in self.parts}
        if len(sides) > 1:
            return "both" if sides >= {Side.LEFT, Side.RIGHT} else None
        return None if side is Side.NONE else side.value


@lru_cache(maxsize=1024)
def constant_places(candidate: Candidate) -> frozenset[Place]:
    """The places that a candidate takes out as a rule."""
    return frozenset(place for place, tier in candidate.reach.items() if tier in CONSTANT)


@lru_cache(maxsize=32)
def candidates(knowledge: Knowledge, map_id: str, variant: str | None = None) -> tuple[Candidate, ...]:
    """Every candidate of a knowledge base under one dermatome map and one plexus, in knowledge order."""
    return root_candidates(knowledge, map_id, variant) + other_candidates(knowledge)


@lru_cache(maxsize=256)
def root_candidates(knowledge: Knowledge, map_id: str, variant: str | None) -> tuple[Candidate, ...]:
    """The single roots: only they hang on the map and on the plexus."""
    return _ordered(_roots(knowledge, map_id, variant), 0)


@lru_cache(maxsize=8)
def other_candidates(knowledge: Knowledge) -> tuple[Candidate, ...]:
    """All but the roots: they are the same under every map and every plexus."""
    first = sum(root.answer for root in knowledge.roots.values())
    return _ordered([*_nerves(knowledge), *_plexuses(knowledge), *_wide(knowledge)], first)


def _ordered(made: Iterable[Candidate], first: int) -> tuple[Candidate, ...]:
    return tuple(replace(candidate, order=order) for order, candidate in enumerate(made, start=first))


def _roots(usual: Knowledge, map_id: str, variant: str | None) -> Iterator[Candidate]:
    knowledge = varied(usual, variant)
    for root in knowledge.roots.values():
        if not root.answer:
            continue
        territory = knowledge.dermatomes[root.id].maps[map_id]
        tiers = territory.tiers()
        reach = skin(tiers) | motor_reach(knowledge, root_supply(knowledge, (root.id,))) | arcs(knowledge, root.id)
        plays = usual_roots(usual, variant, root.id)
        skin_of = dict.fromkeys((root.id, *plays))
        yield Candidate(
            name=f"root {root.id}",
            localization=f"root {root.id}",
            site=None,
            klass="root",
            reach=reach,
            prior=knowledge.weights.root_prior[root.id],
            facts=(
                *(f"dermatomes/{each}/{map_id}" for each in skin_of),
                *((f"plexus_variants/{variant}",) if variant else ()),
            ),
            family=_plexuses_of_root(knowledge, root.id),
            silent=frozenset(("skin", region) for region in silent(knowledge, map_id, root.id, tiers)),
            roots=(root.id,),
            plays=plays,
        )


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
        yield from (_partial(knowledge, nerve, each) for each in nerve.partial)
        for site, lost in _lesions(knowledge, nerve):
            yield Candidate(
                name=f"nerve {nerve.id}" + (f" at {site}" if site else ""),
                localization=f"nerve {reported}",
                site=site,
                klass="nerve",
                reach=skin(lost.skin) | motor_reach(knowledge, lost.muscles),
                prior=knowledge.weights.prior[nerve.frequency],
                facts=(f"nerves/{nerve.id}", *((f"lesion_sites/{site}",) if site else ())),
                family=_nerve_family(knowledge, nerve.id),
                is_usual_site=site is not None and site == nerve.usual_site,
            )


def _partial(knowledge: Knowledge, nerve: Nerve, partial: PartialLesion) -> Candidate:
    """A lesion that takes only the fascicles of some branches; it costs a little to assume it."""
    lost = union([lesion(knowledge, branch, None) for branch in partial.branches])
    return Candidate(
        name=f"nerve {nerve.id} at {partial.site}, fascicles of {', '.join(partial.branches)}",
        localization=f"nerve {nerve.report_as or nerve.id}",
        site=partial.site,
        klass="nerve",
        reach=skin(lost.skin) | motor_reach(knowledge, lost.muscles),
        prior=knowledge.weights.prior[nerve.frequency] + knowledge.weights.partial,
        facts=(f"nerves/{nerve.id}", f"lesion_sites/{partial.site}"),
        family=_nerve_family(knowledge, nerve.id),
        fascicles=partial.branches,
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
            found.append((site, union(at)))
    whole = lesion(knowledge, nerve.id, None)
    return found if found and found[0][1] == whole else [(None, whole), *found]


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
            reach = skin(lost.skin) | motor_reach(knowledge, lost.muscles)
            whole = strongest((whole, reach))
        else:
            reach = trunk_reach(knowledge, plexus)
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


def _wide(knowledge: Knowledge) -> Iterator[Candidate]:
    for site in knowledge.wide_sites.values():
        territory = site.territory
        movements = territory.movements.tiers()
        reach = (
            skin(territory.skin.tiers())
            | {("movement", movement): tier for movement, tier in movements.items()}
            | {("muscle", muscle): tier for muscle, tier in muscles_of(knowledge, movements).items()}
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


@lru_cache(maxsize=256)
def ranges(knowledge: Knowledge, map_id: str, variant: str | None = None) -> tuple[Candidate, ...]:
    """Runs of adjacent roots as one answer; the price of each further root is in the weights."""
    return runs(root_candidates(knowledge, map_id, variant), knowledge)


def runs(roots: Iterable[Candidate], knowledge: Knowledge) -> tuple[Candidate, ...]:
    """The runs that single roots make."""
    single = {c.roots[0]: c for c in roots}
    order = [root for root in knowledge.roots if root in single]
    found = [order[i : i + size] for size in knowledge.weights.ranges.price for i in range(len(order) - size + 1)]
    return tuple(_run(knowledge, tuple(single[root] for root in run)) for run in found)


@lru_cache(maxsize=1024)
def _run(knowledge: Knowledge, members: tuple[Candidate, ...]) -> Candidate:
    reach = strongest(member.reach for member in members)
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
        facts=tuple(dict.fromkeys(fact for member in members for fact in member.facts)),
        family=frozenset({member.localization for member in members}).union(*(m.family for m in members)),
        silent=frozenset().union(*(member.silent for member in members)) - frozenset(reach),
        roots=tuple(member.roots[0] for member in members),
        plays=tuple(root for member in members for root in member.plays),
    )
