"""What supplies what: skin, muscles, movements, reflexes, roots, nerves, and the sites where a lesion may sit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dermarules.provenance import Fact
from dermarules.vocabulary import Extent, Result, Tier


@dataclass(frozen=True, slots=True)
class Region(Fact):
    """An atomic patch of skin of one lower limb with half of the perineum."""

    id: str
    name: str
    aspect: str
    segment: str
    description: str
    lay_names: tuple[str, ...]
    neighbours: tuple[str, ...]
    midline: bool = False
    key_point_of: str | None = None


@dataclass(frozen=True, slots=True)
class Area(Fact):
    """A named list of regions, such as the sole."""

    id: str
    name: str
    regions: tuple[str, ...]
    lay_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Root(Fact):
    """A spinal nerve root; `answer` is false where the leg does not show it alone."""

    id: str
    name: str
    answer: bool


@dataclass(frozen=True, slots=True)
class RootLevels:
    """The roots that reach a structure, and the main ones among them."""

    all: tuple[str, ...]
    main: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Territory(Fact):
    """Skin that one structure supplies, by tier; a region is in one tier only."""

    core: tuple[str, ...]
    usual: tuple[str, ...]
    variable: tuple[str, ...]

    def tiers(self) -> dict[str, Tier]:
        """The tier of each region."""
        return (
            dict.fromkeys(self.variable, Tier.VARIABLE)
            | dict.fromkeys(self.usual, Tier.USUAL)
            | dict.fromkeys(self.core, Tier.CORE)
        )


@dataclass(frozen=True, slots=True)
class DermatomeMap(Fact):
    """A published map of the dermatomes and what it claims to state."""

    id: str
    title: str
    method: str
    extent: Extent


@dataclass(frozen=True, slots=True)
class Dermatome:
    """The skin of one root on each map; `detached` regions lie apart from the rest."""

    id: str
    summary: str
    maps: Mapping[str, Territory]
    detached: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TransitionZone(Fact):
    """Skin on which the maps disagree, what each says, and how to read a loss there."""

    id: str
    regions: tuple[str, ...]
    roots: tuple[str, ...]
    positions: tuple[str, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class Statement(Fact):
    """A cited sentence, with its figures."""

    id: str
    statement: str
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LesionSite(Fact):
    """A place along nerves where lesions happen, with the usual causes."""

    id: str
    name: str
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseItem:
    """One item of a nerve's course, from proximal to distal: exactly one of the four is set."""

    site: str | None = None
    muscle: str | None = None
    nerve: str | None = None
    skin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartialLesion:
    """A site at which a nerve may be injured in part: only the fascicles that go on as `branches` are hit."""

    site: str
    branches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nerve(Fact):
    """A nerve or plexus. A lesion at a site of its course takes out every later item and spares the earlier ones."""

    id: str
    name: str
    kind: str
    parent: str | None
    roots: RootLevels
    course: tuple[CourseItem, ...]
    order_reliable: bool
    lesion: str
    skin: Territory
    answer: bool
    frequency: str
    synonyms: tuple[str, ...] = ()
    also_from: tuple[str, ...] = ()
    joins: str | None = None
    report_as: str | None = None
    usual_site: str | None = None
    partial: tuple[PartialLesion, ...] = ()
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """What a root usually supplies, and the roots that supply it instead: the main one first, then those that help.

    With `within`, it holds only for what that nerve or plexus carries.
    """

    usual: str
    carried_by: tuple[str, ...]
    within: str | None = None


@dataclass(frozen=True, slots=True)
class PlexusVariant(Fact):
    """A way in which the roots of some people supply the leg: what other roots carry than usual.

    Where two moves of a root fit a place, the first holds.
    """

    id: str
    name: str
    statement: str
    moves: tuple[Move, ...]
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle, the nerves and roots that supply it, and the root whose key muscle it is."""

    id: str
    name: str
    group: str | None
    nerves: tuple[str, ...]
    roots: RootLevels
    innervation: Fact
    root_supply: Fact
    synonyms: tuple[str, ...] = ()
    key_muscle_of: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mover:
    """A muscle's part in a movement: principal or assist, weight from 0 to 1."""

    muscle: str
    role: str
    weight: float


@dataclass(frozen=True, slots=True)
class Movement(Fact):
    """A movement, the muscles that make it, and how its power is tested; one that is not `lateral` is midline.

    One that is not `bedside` cannot be tested by hand, so no examination of it is proposed.
    """

    id: str
    name: str
    movers: tuple[Mover, ...]
    how: str
    weighting: Fact
    lay_names: tuple[str, ...] = ()
    functional_test: str = ""
    lateral: bool = True
    bedside: bool = True


@dataclass(frozen=True, slots=True)
class ReflexArc(Fact):
    """A reflex: its roots, nerves and effector muscles, and what a lost or brisk one means.

    One that is not `lateral` is midline; one without `results` answers as a tendon reflex does. `shows_arc` is false
    for the plantar response, which shows the state of the tract and not of its own arc.
    """

    id: str
    name: str
    roots: RootLevels
    nerves: tuple[str, ...]
    effectors: tuple[str, ...]
    how: str
    reduced_means: str
    brisk_means: str
    absent_in_health: str = ""
    shows_arc: bool = True
    lateral: bool = True
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class DiscLevel(Fact):
    """A lumbar disc and the roots that it can hit.

    `herniation` is the condition of a disc that slips there, `radiculopathy` that of the roots it hits.
    """

    id: str
    exiting: str
    traversing: str
    paracentral: tuple[str, ...]
    foraminal: tuple[str, ...]
    central: str
    frequency: str
    far_lateral: str
    herniation: str = ""
    radiculopathy: str = ""


@dataclass(frozen=True, slots=True)
class TieredPlaces:
    """Ids by tier."""

    core: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    variable: tuple[str, ...] = ()

    def tiers(self) -> dict[str, Tier]:
        """The tier of each id."""
        return (
            dict.fromkeys(self.variable, Tier.VARIABLE)
            | dict.fromkeys(self.usual, Tier.USUAL)
            | dict.fromkeys(self.core, Tier.CORE)
        )
