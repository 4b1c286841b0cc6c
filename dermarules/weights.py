"""The constants of weighing: even integers in centibans (100 log10 of a likelihood ratio), read from the knowledge."""

from collections.abc import Mapping
from dataclasses import dataclass

from dermarules.provenance import Fact
from dermarules.vocabulary import Strength, Tier

ByTier = Mapping[Tier, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Weights of objective findings by class of structure (nerve, root, plexus, wide) and tier."""

    sensory: Mapping[str, ByTier]
    motor: Mapping[str, ByTier]
    reflex: Mapping[str, ByTier]


@dataclass(frozen=True, slots=True)
class Unexplained:
    """What an abnormal finding costs a candidate that does not explain it, and the most that a kind can cost.

    What is only felt can cost `felt_cap` in all: patients do not draw the border of a nerve.
    """

    sensory: int
    motor: int
    reflex: int
    felt: int
    umn: int
    sphincter: int
    both_sides: int
    cap: int
    felt_cap: int
    total_cap: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Which share of its movers makes a movement core, usual or variable; a root that only helps counts less."""

    core: float
    usual: float
    variable: float
    root_not_main: float


@dataclass(frozen=True, slots=True)
class CertaintyLimits:
    """A clear answer has `minimum` and leads every rival by `margin`; an undecided one does not lead by `undecided`."""

    minimum: int
    margin: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Ranges:
    """Several adjacent roots as one answer: the price by number of roots, and how much more they must explain."""

    price: Mapping[int, int]
    gain: int


@dataclass(frozen=True, slots=True)
class Lesions:
    """Several lesions as one answer: the price of each further one, what a set must explain more than the best single
    ones within `near` of the top, and how many candidates are tried for sets of each size.

    `mirrored` is the price if it is the same nerve of the other leg: who has one trapped nerve often has its twin.
    """

    price: int
    mirrored: int
    gain: int
    near: int
    tried: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class GeneralSigns:
    """Derived findings that every candidate has to explain, and the one without which there is nothing to localize."""

    upper_motor_neuron: str
    sphincter: str
    both_legs: str
    leg_complaint: str
    neurological_complaint: str


@dataclass(frozen=True, slots=True)
class Weights(Fact):
    """All constants of weighing and ranking. They matter little one by one, and are not fitted to cases."""

    deficit: Evidence
    normal: Evidence
    pain_map: ByTier
    unexplained: Unexplained
    felt_factor: float
    felt_but_normal_factor: float
    denied_factor: float
    symmetric_reflex_factor: float
    painful_root_factor: float
    rest_factor: float
    rest_count: int
    group_cap: int
    rules_cap: int
    shares: Shares
    overlap: Mapping[Tier, float]
    strengths: Mapping[Strength, int]
    entry_missing: int
    root_prior: Mapping[str, int]
    prior: Mapping[str, int]
    ranges: Ranges
    lesions: Lesions
    partial: int
    extent: int
    pain_extent_factor: float
    tie: int
    nothing: int
    not_enough: int
    pain_alone: int
    signs: GeneralSigns
    certainty: CertaintyLimits
