"""Diffuse, central and bilateral localizations: branch order cannot give them, so the knowledge states them."""

from dataclasses import dataclass, field

from dermarules.anatomy import TieredPlaces
from dermarules.provenance import NOWHERE, Fact, Location
from dermarules.rules import Condition
from dermarules.vocabulary import Reading, Urgency


@dataclass(frozen=True, slots=True)
class WideTerritory:
    """What a diffuse, central or bilateral lesion takes out."""

    skin: TieredPlaces
    movements: TieredPlaces
    reflexes: TieredPlaces


@dataclass(frozen=True, slots=True)
class WideSite(Fact):
    """A diffuse, central or bilateral localization: it cannot be derived from branch order, so it is stated.

    `combines` is true if a second lesion on top of it is common, as a root on top of a polyneuropathy.
    It is scored over both sides at once (`reading: bilateral`) or per side, and competes at full weight only where its
    entry condition `requires` holds.
    """

    id: str
    name: str
    kind: str
    reading: Reading
    symmetric: bool
    requires: Condition
    territory: WideTerritory
    explains_umn: bool
    explains_sphincter: bool
    prior: str
    because: str
    nested_with: tuple[str, ...] = ()
    urgency_floor: Urgency | None = None
    suspects: tuple[str, ...] = ()
    misleads: tuple[str, ...] = ()
    report_as: str | None = None
    combines: bool = False
    location: Location = field(default=NOWHERE, compare=False)
