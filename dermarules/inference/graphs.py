"""The two graphs: adjacency of the roots, and innervation from root to muscle and skin.

Both are built from the tables of the knowledge base, never typed in twice. Only this module knows networkx.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import networkx as nx

from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Tier

_WEAKER = {Tier.CORE: Tier.USUAL, Tier.USUAL: Tier.VARIABLE, Tier.VARIABLE: Tier.VARIABLE}


@dataclass(frozen=True, slots=True)
class Lesion:
    """What a lesion of a nerve takes out: muscles with the share of their supply that is lost, and skin by tier."""

    muscles: dict[str, float]
    skin: dict[str, Tier]


@lru_cache(maxsize=32)
def root_adjacency(knowledge: Knowledge, map_id: str) -> "nx.Graph[str]":
    """The roots in order; an edge joins neighbours, weighted by the overlap of their dermatomes on the map (0 to 1)."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(knowledge.roots)
    for upper, lower in pairwise(knowledge.roots):
        graph.add_edge(upper, lower, overlap=_overlap(knowledge, map_id, upper, lower))
    return graph


def _overlap(knowledge: Knowledge, map_id: str, upper: str, lower: str) -> float:
    share = knowledge.weights.overlap
    skins = [
        {region: share[tier] for region, tier in knowledge.dermatomes[root].maps[map_id].tiers().items()}
        if root in knowledge.dermatomes
        else {}
        for root in (upper, lower)
    ]
    either = set(skins[0]) | set(skins[1])
    union = sum(max(skin.get(region, 0.0) for skin in skins) for region in either)
    shared = sum(min(skin.get(region, 0.0) for skin in skins) for region in either)
    return round(shared / union, 3) if union else 0.0


def neighbouring_roots(knowledge: Knowledge, map_id: str, root: str) -> tuple[str, ...]:
    """The roots next to a root, the one with more overlap first."""
    graph = root_adjacency(knowledge, map_id)
    order = list(knowledge.roots)
    return tuple(
        sorted(graph.neighbors(root), key=lambda other: (-graph.edges[root, other]["overlap"], order.index(other)))
    )


def are_contiguous(knowledge: Knowledge, map_id: str, roots: Iterable[str]) -> bool:
    """True if the roots form one unbroken run."""
    chosen = tuple(roots)
    return bool(chosen) and nx.is_connected(root_adjacency(knowledge, map_id).subgraph(chosen))


@lru_cache(maxsize=8)
def innervation(knowledge: Knowledge) -> "nx.DiGraph[tuple[str, str]]":
    """Root > nerve > branch, muscle and skin. An edge that leaves a nerve carries its position in the nerve's course.

    Own skin that has no place in the course leaves after every site, so that any lesion of the nerve reaches it.
    """
    graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    for nerve in knowledge.nerves.values():
        node = ("nerve", nerve.id)
        graph.add_node(node)
        if nerve.parent is None:
            graph.add_edges_from((("root", root), node, {"position": 0}) for root in nerve.roots.all)
        tiers = nerve.skin.tiers()
        end = len(nerve.course)
        placed = {region: position for position, item in enumerate(nerve.course) for region in item.skin}
        for region, tier in tiers.items():
            graph.add_edge(node, ("skin", region), position=placed.get(region, end), tier=tier)
        for position, item in enumerate(nerve.course):
            if item.muscle:
                graph.add_edge(node, ("muscle", item.muscle), position=position)
            if item.nerve:
                graph.add_edge(node, ("nerve", item.nerve), position=position)
    return graph


def lesion(knowledge: Knowledge, nerve: str, site: str | None) -> Lesion:
    """What a lesion of `nerve` at `site` takes out; without a site, the whole nerve from its origin."""
    graph = innervation(knowledge)
    course = knowledge.nerves[nerve].course
    start = next((i for i, item in enumerate(course) if site is not None and item.site == site), 0)
    node = ("nerve", nerve)
    below: nx.DiGraph[tuple[str, str]] = nx.DiGraph(graph.edge_subgraph(_downstream(graph, node, start)))
    skin: dict[str, Tier] = {}
    muscles: dict[str, float] = {}

    def both(name: str) -> bool:
        origins = knowledge.nerves[name]
        return all(("nerve", origin) in below for origin in (origins.parent, *origins.also_from))

    for parent, (kind, name), data in below.edges(data=True):
        if kind == "skin":
            # Skin of a nerve with two origins (the sural) keeps something if only one of them is injured.
            shared = parent != node and knowledge.nerves[parent[1]].also_from and not both(parent[1])
            tier = _WEAKER[data["tier"]] if shared else data["tier"]
            if tier.rank <= skin.get(name, Tier.VARIABLE).rank:
                skin[name] = tier
        elif kind == "muscle" and parent[0] == "nerve":
            muscles[name] = muscles.get(name, 0.0) + 1 / len(knowledge.muscles[name].nerves)
    return Lesion(muscles, skin)


def _downstream(
    graph: "nx.DiGraph[tuple[str, str]]", node: tuple[str, str], start: int
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    own = [(node, child) for child in graph.successors(node) if graph.edges[node, child]["position"] >= start]
    branches = [child for _, child in own if child[0] == "nerve"]
    reached = set(branches).union(*(nx.descendants(graph, branch) for branch in branches))
    return own + list(graph.out_edges([n for n in reached if n[0] == "nerve"]))


@lru_cache(maxsize=1024)
def branches_of(knowledge: Knowledge, nerve: str) -> frozenset[str]:
    """The nerve and every branch of it."""
    below = nx.descendants(innervation(knowledge), ("nerve", nerve))
    return frozenset({nerve} | {name for kind, name in below if kind == "nerve"})
