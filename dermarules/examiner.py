"""What an examiner finds of a lesion, and how well two examiners agree: what simulated examinations are drawn from."""

from dataclasses import dataclass

from dermarules.provenance import Fact
from dermarules.vocabulary import Group, Tier


@dataclass(frozen=True, slots=True)
class Detection(Fact):
    """In what share of patients with a lesion of a structure (nerve, root, plexus, wide) a group is abnormal at all."""

    id: str
    structure: str
    group: Group
    share: float


@dataclass(frozen=True, slots=True)
class TierShare(Fact):
    """In what share of patients in whom a group is abnormal a place of a tier is."""

    id: str
    tier: Tier
    share: float


@dataclass(frozen=True, slots=True)
class Agreement(Fact):
    """How far two examiners agree on a kind of finding beyond chance (Cohen's kappa)."""

    id: str
    group: Group
    kappa: float
