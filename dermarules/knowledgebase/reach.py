"""What a lesion of a nerve or of a root takes out, read straight from courses and territories."""

from collections.abc import Callable
from dataclasses import dataclass

from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Tier


@dataclass(frozen=True, slots=True)
class Reach:
    """Muscles, and skin by the most constant tier in which it is supplied."""

    muscles: frozenset[str]
    skin: dict[str, Tier]

    def __or__(self, other: "Reach") -> "Reach":
        tiers = {
            region: min((r.skin[region] for r in (self, other) if region in r.skin), key=lambda tier: tier.rank)
            for region in (*self.skin, *other.skin)
        }
        return Reach(self.muscles | other.muscles, tiers)


NOTHING = Reach(frozenset(), {})


def nerve_reach(knowledge: Knowledge, nerve: str, site: str | None = None) -> Reach:
    """What is lost if a nerve is cut at a site of its course, or (no site) at its origin."""
    return _reach(knowledge, nerve, site, frozenset())


def _reach(knowledge: Knowledge, nerve: str, site: str | None, above: frozenset[str]) -> Reach:
    """The reach of a nerve; `above` are the nerves it comes from, so that a circle in the tables ends."""
    course = knowledge.nerves[nerve].course
    sites = [item.site for item in course]
    start = sites.index(site) if site is not None and site in sites else 0
    spared = {region for item in course[:start] for region in item.skin}
    own = {region: tier for region, tier in knowledge.nerves[nerve].skin.tiers().items() if region not in spared}
    reach = Reach(frozenset(item.muscle for item in course[start:] if item.muscle), own)
    for item in course[start:]:
        if item.nerve and item.nerve not in above:
            reach |= _reach(knowledge, item.nerve, None, above | {nerve})
    return reach


def share_of_muscles(knowledge: Knowledge, movement: str, muscles: frozenset[str]) -> float:
    """The share of the principal weight of a movement that some muscles carry."""
    return _share(knowledge, movement, lambda muscle: muscle in muscles)


def share_with_root(knowledge: Knowledge, movement: str, root: str) -> float:
    """The share of the principal weight of a movement for which a root is a main root."""
    return _share(knowledge, movement, lambda muscle: root in knowledge.muscles[muscle].roots.main)


def share_of_root_alone(knowledge: Knowledge, movement: str, root: str) -> float:
    """The share of the principal weight of a movement for which a root is the only main root."""
    return _share(knowledge, movement, lambda muscle: set(knowledge.muscles[muscle].roots.main) <= {root})


def _share(knowledge: Knowledge, movement: str, counts: Callable[[str], bool]) -> float:
    principal = [mover for mover in knowledge.movements[movement].movers if mover.role == "principal"]
    total = sum(mover.weight for mover in principal)
    return sum(mover.weight for mover in principal if counts(mover.muscle)) / total if total else 0.0
