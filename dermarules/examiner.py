"""What an examiner finds of a lesion, and how well two examiners agree: what simulated examinations are drawn from."""

from dataclasses import dataclass

from dermarules.provenance import Fact
from dermarules.vocabulary import Group, Tier


@dataclass(frozen=True, slots=True)
class Detection(Fact):
    """How often a core place of a class of structure (nerve, root, plexus, wide) is found abnormal: `share` of 1."""

    id: str
    structure: str
    group: Group
    share: float


@dataclass(frozen=True, slots=True)
class TierShare(Fact):
    """How often a place of a tier is abnormal, as a share of how often a core place is."""

    id: str
    tier: Tier
    share: float


@dataclass(frozen=True, slots=True)
class Agreement(Fact):
    """How far two examiners agree on a kind of finding beyond chance (Cohen's kappa)."""

    id: str
    group: Group
    kappa: float
