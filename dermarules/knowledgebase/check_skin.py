"""The skin is covered: neighbours agree, the midline is one strip, dermatomes and cutaneous nerves meet in a root."""

from collections.abc import Iterator, Mapping

from dermarules.errors import Fault
from dermarules.knowledgebase.base import Knowledge
from dermarules.provenance import Location
from dermarules.vocabulary import CONSTANT, Tier

CONSENSUS = "consensus"
Supply = Mapping[str, Mapping[str, Tier]]


def skin_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every way in which regions, dermatomes and cutaneous nerves do not agree."""
    yield from _neighbour_faults(knowledge)
    yield from _map_faults(knowledge)
    dermatomes = {
        root: dermatome.maps[CONSENSUS].tiers()
        for root, dermatome in knowledge.dermatomes.items()
        if CONSENSUS in dermatome.maps
    }
    yield from _territory_faults(knowledge, dermatomes)
    yield from _cover_faults(knowledge, dermatomes)


def _neighbour_faults(knowledge: Knowledge) -> Iterator[Fault]:
    for region in knowledge.regions.values():
        place = knowledge.locations[f"regions/{region.id}"]
        for neighbour in region.neighbours:
            if neighbour == region.id:
                yield place.fault(f"{region.id} is its own neighbour")
            elif region.id not in knowledge.regions[neighbour].neighbours:
                yield place.fault(f"{region.id} names {neighbour} as a neighbour, but not the reverse")
    reached = _connected(knowledge, set(knowledge.regions))
    for name in (name for name in knowledge.regions if name not in reached):
        yield knowledge.locations[f"regions/{name}"].fault(f"{name} is not connected with the other regions")
    midline = {name for name, region in knowledge.regions.items() if region.midline}
    for name in sorted(midline - _connected(knowledge, midline)):
        message = f"{name} is called midline, and no midline skin joins it to the rest of the midline"
        yield knowledge.locations[f"regions/{name}"].fault(message)


def _connected(knowledge: Knowledge, allowed: set[str]) -> set[str]:
    """The regions that the first allowed region reaches by steps between allowed neighbours."""
    first = next((region for region in knowledge.regions if region in allowed), None)
    seen = {first} if first is not None else set()
    stack = list(seen)
    while stack:
        for neighbour in knowledge.regions[stack.pop()].neighbours:
            if neighbour in allowed and neighbour not in seen:
                seen.add(neighbour)
                stack.append(neighbour)
    return seen


def _map_faults(knowledge: Knowledge) -> Iterator[Fault]:
    for root in knowledge.roots.values():
        if root.answer and root.id not in knowledge.dermatomes:
            yield knowledge.locations[f"roots/{root.id}"].fault(f"the root {root.id} has no dermatome")
    for dermatome in knowledge.dermatomes.values():
        missing = [name for name in knowledge.maps if name not in dermatome.maps]
        if missing:
            yield _place(knowledge, dermatome.id).fault(f"{dermatome.id} has no territory on {', '.join(missing)}")


def _territory_faults(knowledge: Knowledge, dermatomes: Supply) -> Iterator[Fault]:
    """On the consensus map a root has a core, and its skin is in one piece apart from what is called detached."""
    for root, skin in dermatomes.items():
        if Tier.CORE not in skin.values():
            yield _place(knowledge, root).fault(f"{root} has no core on the {CONSENSUS} map")
        whole = set(skin) - set(knowledge.dermatomes[root].detached)
        apart = sorted(whole - _connected(knowledge, whole))
        if apart:
            yield _place(knowledge, root).fault(f"{root} is not in one piece: {', '.join(apart)}; list it as detached")


def _cover_faults(knowledge: Knowledge, dermatomes: Supply) -> Iterator[Fault]:
    for region in knowledge.regions.values():
        place = knowledge.locations[f"regions/{region.id}"]
        roots = [root for root, skin in dermatomes.items() if skin.get(region.id) in CONSTANT]
        nerves = [n for n in knowledge.nerves.values() if n.skin.tiers().get(region.id) in CONSTANT]
        if not roots:
            yield place.fault(f"{region.id} has no dermatome on the {CONSENSUS} map (core or usual)")
        if not nerves:
            yield place.fault(f"{region.id} has no cutaneous nerve (core or usual)")
        if roots and nerves:
            carried = {root for nerve in nerves for root in nerve.roots.all}
            cores = [root for root in roots if dermatomes[root][region.id] is Tier.CORE]
            yield from _root_faults(place, region.id, roots, cores, carried)
            yield from _core_faults(place, region.id, cores, knowledge)


def _root_faults(
    place: Location, region: str, roots: list[str], cores: list[str], carried: set[str]
) -> Iterator[Fault]:
    if not carried & set(roots):
        yield place.fault(f"{region}: no nerve there carries a root of its dermatomes ({', '.join(roots)})")
    for root in cores:
        if root not in carried:
            yield place.fault(f"{region}: core of {root}, but no usual nerve there carries {root}")


def _core_faults(place: Location, region: str, cores: list[str], knowledge: Knowledge) -> Iterator[Fault]:
    """A place is the core of one root; roots that are examined as one level, S4-5, may share it."""
    shared = {r.key_point_of for r in knowledge.regions.values() if r.key_point_of and "-" in r.key_point_of}
    together = [{level.split("-")[0], level[0] + level.split("-")[1]} for level in shared]
    if len(cores) > 1 and not any(set(cores) <= level for level in together):
        yield place.fault(f"{region} is core of {' and '.join(cores)}")


def _place(knowledge: Knowledge, root: str) -> Location:
    return knowledge.locations[f"dermatomes/{root}"]
