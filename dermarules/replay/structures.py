"""Every structure that may be injured, with what it takes out: the candidates of a report, built a second time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dermarules.anatomy import Nerve
from dermarules.knowledgebase.base import Knowledge
from dermarules.localizations import WideSite
from dermarules.notation import Place
from dermarules.replay.lesions import (
    Loss,
    Reach,
    branches,
    nerve_loss,
    reach_of,
    root_reach,
    root_supply,
    skin,
    strongest,
    together,
    unstated,
)
from dermarules.vocabulary import Reading, Tier


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """A structure that may be injured: the tier of every place that it takes out, and the facts that say so.

    Of `silent` places nothing is stated. `family` is what holds it or lies in it.
    """

    name: str
    localization: str
    klass: str
    reach: Mapping[Place, Tier]
    prior: int
    facts: tuple[str, ...]
    site: str = ""
    order: int = 0
    family: frozenset[str] = frozenset()
    silent: frozenset[Place] = frozenset()
    roots: tuple[str, ...] = ()
    wide: WideSite | None = None
    is_usual_site: bool = False

    @property
    def is_bilateral(self) -> bool:
        """True if it is read over both sides at once."""
        return self.wide is not None and self.wide.reading is Reading.BILATERAL


@lru_cache(maxsize=16)
def structures(knowledge: Knowledge, map_id: str) -> tuple[Structure, ...]:
    """The single structures, in the order of the knowledge."""
    found = (*_roots(knowledge, map_id), *_nerves(knowledge), *_plexuses(knowledge), *_wide(knowledge))
    return tuple(replace(each, order=order) for order, each in enumerate(found))


def _roots(knowledge: Knowledge, map_id: str) -> Iterator[Structure]:
    plexuses = [nerve for nerve in knowledge.nerves.values() if nerve.kind == "plexus"]
    for root in knowledge.roots.values():
        if root.answer:
            name = f"root {root.id}"
            yield Structure(
                name,
                name,
                "root",
                root_reach(knowledge, root.id, map_id),
                knowledge.weights.root_prior[root.id],
                (f"dermatomes/{root.id}/{map_id}",),
                family=frozenset(
                    {_WHOLE_PLEXUS}
                    | {_plexus_name(plexus) for plexus in plexuses if root.id in plexus.roots.all}
                    | {site.id for site in knowledge.wide_sites.values() if name in site.nested_with}
                ),
                silent=unstated(knowledge, root.id, map_id),
                roots=(root.id,),
            )


_WHOLE_PLEXUS = "plexus lumbosacral"


def _plexus_name(plexus: Nerve) -> str:
    return f"plexus {plexus.id.removesuffix('_plexus')}"


def _nerves(knowledge: Knowledge) -> Iterator[Structure]:
    for nerve in knowledge.nerves.values():
        if nerve.kind == "plexus" or not (nerve.answer or nerve.report_as):
            continue
        whole = Structure(
            f"nerve {nerve.id}",
            f"nerve {nerve.report_as or nerve.id}",
            "nerve",
            {},
            knowledge.weights.prior[nerve.frequency],
            (f"nerves/{nerve.id}",),
            family=_nerve_family(knowledge, nerve.id),
        )
        for partial in nerve.partial:
            hit = ", ".join(partial.branches)
            yield replace(
                whole,
                name=f"{whole.name} at {partial.site}, fascicles of {hit}",
                reach=reach_of(knowledge, together(nerve_loss(knowledge, each, None) for each in partial.branches)),
                prior=whole.prior + knowledge.weights.partial,
                facts=(*whole.facts, f"lesion_sites/{partial.site}"),
                site=partial.site,
            )
        for site, loss in _cuts(knowledge, nerve):
            yield replace(
                whole,
                name=f"{whole.name} at {site}" if site else whole.name,
                reach=reach_of(knowledge, loss),
                facts=(*whole.facts, f"lesion_sites/{site}") if site else whole.facts,
                site=site,
                is_usual_site=bool(site) and site == nerve.usual_site,
            )


def _cuts(knowledge: Knowledge, nerve: Nerve) -> list[tuple[str, Loss]]:
    """The lesions of a nerve: at each site of its course, at each site of all its divisions, and as a whole."""
    cuts: list[tuple[str, Loss]] = []
    for item in nerve.course if nerve.order_reliable else ():
        if item.site:
            cuts.append((item.site, nerve_loss(knowledge, nerve.id, item.site)))
    divisions = [each for each in knowledge.nerves.values() if each.parent == nerve.id == each.report_as]
    passed: dict[str, list[str]] = {}
    for division in divisions:
        for site in dict.fromkeys(item.site for item in division.course if item.site):
            passed.setdefault(site, []).append(division.id)
    for site, hit in passed.items():
        if len(hit) > 1:
            cuts.append((site, together(nerve_loss(knowledge, each, site) for each in hit)))
    whole = nerve_loss(knowledge, nerve.id, None)
    return cuts if cuts and cuts[0][1] == whole else [("", whole), *cuts]


def _nerve_family(knowledge: Knowledge, nerve: str) -> frozenset[str]:
    below = {nerve, *branches(knowledge, nerve)}
    relatives = [n for n in knowledge.nerves.values() if n.id in below or nerve in branches(knowledge, n.id)]
    names = {_plexus_name(n) if n.kind == "plexus" else f"nerve {n.report_as or n.id}" for n in relatives}
    return frozenset({_WHOLE_PLEXUS} | names)


def _plexuses(knowledge: Knowledge) -> Iterator[Structure]:
    every = [nerve for nerve in knowledge.nerves.values() if nerve.kind == "plexus"]
    family = frozenset({_WHOLE_PLEXUS} | {_plexus_name(plexus) for plexus in every})
    prior = knowledge.weights.prior["plexus"]
    branched: list[Reach] = []
    told = [plexus for plexus in every if plexus.answer]
    for plexus in told:
        name = _plexus_name(plexus)
        if any(item.nerve for item in plexus.course):
            reach = reach_of(knowledge, nerve_loss(knowledge, plexus.id, None))
            branched.append(reach)
        else:
            reach = _trunk_reach(knowledge, plexus)
        yield Structure(name, name, "plexus", reach, prior, (f"nerves/{plexus.id}",), family=family)
    usual = {place: Tier.USUAL if tier is Tier.CORE else tier for place, tier in strongest(branched).items()}
    facts = tuple(f"nerves/{plexus.id}" for plexus in told)
    yield Structure(_WHOLE_PLEXUS, _WHOLE_PLEXUS, "plexus", usual, prior, facts, family=family)


def _trunk_reach(knowledge: Knowledge, trunk: Nerve) -> Reach:
    """A trunk without branches takes its roots' share of the muscles of the plexus that it joins."""
    joined = nerve_loss(knowledge, trunk.joins, None).muscles if trunk.joins else {}
    supply = {muscle: share for muscle, share in root_supply(knowledge, trunk.roots.all).items() if muscle in joined}
    return reach_of(knowledge, Loss(supply, trunk.skin.tiers()))


def _wide(knowledge: Knowledge) -> Iterator[Structure]:
    for site in knowledge.wide_sites.values():
        movements = site.territory.movements.tiers()
        principal = (
            {mover.muscle: tier for mover in knowledge.movements[movement].movers if mover.role == "principal"}
            for movement, tier in movements.items()
        )
        reach = skin(site.territory.skin.tiers())
        for kind, tiers in (
            ("movement", movements),
            ("muscle", strongest(principal)),
            ("reflex", site.territory.reflexes.tiers()),
        ):
            reach |= {(kind, name): tier for name, tier in tiers.items()}
        yield Structure(
            site.id,
            site.report_as or site.id,
            "wide",
            reach,
            knowledge.weights.prior[site.prior],
            (f"localizations/{site.id}",),
            family=frozenset(site.nested_with),
            wide=site,
        )


@lru_cache(maxsize=16)
def runs(knowledge: Knowledge, map_id: str) -> tuple[Structure, ...]:
    """Runs of adjacent roots as one answer."""
    single = {each.roots[0]: each for each in structures(knowledge, map_id) if each.klass == "root"}
    order = [root for root in knowledge.roots if root in single]
    return tuple(
        _run([single[root] for root in order[at : at + size]], price)
        for size, price in knowledge.weights.ranges.price.items()
        for at in range(len(order) - size + 1)
    )


def _run(members: list[Structure], price: int) -> Structure:
    name = f"roots {members[0].roots[0]}-{members[-1].roots[0]}"
    reach = strongest(member.reach for member in members)
    return Structure(
        name,
        name,
        "root",
        reach,
        max(member.prior for member in members) + price,
        tuple(dict.fromkeys(fact for member in members for fact in member.facts)),
        order=min(member.order for member in members),
        family=frozenset({member.name for member in members}).union(*(member.family for member in members)),
        silent=frozenset().union(*(member.silent for member in members)) - reach.keys(),
        roots=tuple(member.roots[0] for member in members),
    )
