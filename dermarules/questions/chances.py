"""How often a lesion is seen at a place: what patients show, by group and tier, and how far examiners agree."""

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt

from dermarules.inference.candidates import Candidate
from dermarules.inference.sums import GROUP_OF
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place
from dermarules.vocabulary import Group, Tier


def affected_share(knowledge: Knowledge, klass: str, group: Group) -> float:
    """In what share of patients with a lesion of a class a group is abnormal; without a lesion, in none."""
    found = (d.share for d in knowledge.detection.values() if (d.structure, d.group) == (klass, group))
    return next(found, 0.0)


def tier_share(knowledge: Knowledge, tier: Tier | None) -> float:
    """In what share of patients in whom a group is abnormal a place of a tier is; nothing is lost outside."""
    return next((share.share for share in knowledge.tier_shares.values() if share.tier is tier), 0.0)


def seen_share(knowledge: Knowledge, group: Group) -> float:
    """How often an examiner notes the truth about a place, and not that of one beside it.

    With probability sqrt(kappa), so that two examiners agree to kappa.
    """
    return sqrt(next(agreement.kappa for agreement in knowledge.agreement.values() if agreement.group is group))


@lru_cache(maxsize=1 << 12)
def beside(knowledge: Knowledge, place: Place) -> Sequence[Place]:
    """What an examiner may take for a place: skin that touches it, another movement, another reflex."""
    kind, name = place
    match kind:
        case "skin":
            return tuple(("skin", other) for other in knowledge.regions[name].neighbours)
        case "movement":
            return tuple(("movement", other) for other in knowledge.movements if other != name)
        case _:
            return tuple(("reflex", other) for other in knowledge.reflexes if other != name)


@lru_cache(maxsize=1 << 14)
def noted_share(knowledge: Knowledge, candidate: Candidate, place: Place) -> float:
    """How often a place on the side of a lesion is noted as lost, in patients in whom its group is abnormal."""
    seen = seen_share(knowledge, GROUP_OF[place[0]])
    others = beside(knowledge, place)
    mistaken = sum(tier_share(knowledge, candidate.reach.get(other)) for other in others) / len(others) if others else 0
    return seen * tier_share(knowledge, candidate.reach.get(place)) + (1 - seen) * mistaken
