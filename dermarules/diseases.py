"""Conditions with their codes, and syndromes as the literature describes them, to hold what is derived against."""

from collections.abc import Mapping
from dataclasses import dataclass

from dermarules.anatomy import TieredPlaces
from dermarules.provenance import Fact
from dermarules.vocabulary import Laterality


@dataclass(frozen=True, slots=True)
class Codes:
    """ICD-10-CM codes of a condition, by side where the classification has sides.

    `no_bilateral` is true where it has codes for each side and none for both.
    """

    code: str = ""
    base: str = ""
    unspecified: str = ""
    right: str = ""
    left: str = ""
    bilateral: str = ""
    if_disc: str = ""
    if_spondylosis: str = ""
    also: tuple[str, ...] = ()
    no_bilateral: bool = False


@dataclass(frozen=True, slots=True)
class DiseaseEntity(Fact):
    """A condition that a rule may suspect, with its codes; `labels` are the structures whose lesion it is."""

    id: str
    name: str
    labels: tuple[str, ...] = ()
    icd10cm: Codes | None = None
    hpo: str | None = None
    hpo_related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spared(TieredPlaces):
    """Skin by tier, and the skin that a syndrome spares."""

    spared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MovementPattern:
    """Movements that a syndrome weakens, may weaken, and leaves normal."""

    weak: tuple[str, ...] = ()
    may_be_weak: tuple[str, ...] = ()
    normal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignPattern:
    """Signs that a syndrome makes positive, and those that it leaves negative."""

    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Discriminator:
    """A finding that tells a syndrome from others."""

    finding: str
    expected: str
    separates_from: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Syndrome(Fact):
    """A classic syndrome as the literature describes it: what the anatomy should predict."""

    id: str
    name: str
    level: str
    roots: tuple[str, ...]
    nerves: tuple[str, ...]
    site: str | None
    laterality: Laterality
    onset: str
    skin: Spared
    movements: MovementPattern
    reflexes: Mapping[str, str]
    signs: SignPattern
    pain: str
    sphincter: str
    umn_signs: str
    other: tuple[str, ...] = ()
    discriminators: tuple[Discriminator, ...] = ()
    causes: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
