"""What supplies what: skin, muscles, movements, reflexes, roots, nerves, and the sites where a lesion may sit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dermarules.provenance import Fact
from dermarules.vocabulary import Extent, Modality, Result, Tier


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
    """A movement, the muscles that make it, and how its power is tested; one that is not `lateral` is midline."""

    id: str
    name: str
    movers: tuple[Mover, ...]
    how: str
    weighting: Fact
    lay_names: tuple[str, ...] = ()
    functional_test: str = ""
    lateral: bool = True


@dataclass(frozen=True, slots=True)
class FunctionalTest(Fact):
    """An everyday task that tests a movement."""

    id: str
    name: str
    movement: str
    roots: tuple[str, ...]


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
class Sign(Fact):
    """A provocation test or bedside sign; `lateral` ones are done on one side."""

    id: str
    name: str
    lateral: bool
    how: str
    positive_when: str
    roots: tuple[str, ...] = ()
    nerves: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    site: str | None = None
    weak_movement: str = ""
    metrics: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryItem(Fact):
    """Something the patient may tell, with the question for it; `ask_first` from 1 are asked before others."""

    id: str
    meaning: str
    question: str
    lateral: bool
    ask_first: int = 0
    weak_movement: str = ""


@dataclass(frozen=True, slots=True)
class Measure(Fact):
    """A number with its unit and the range that can be true; a derived one is computed from other findings."""

    id: str
    name: str
    unit: str
    minimum: float
    maximum: float
    lateral: bool = False
    derived: str = ""


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
class KeyExamination(Fact):
    """The ISNCSCI examination in the legs: key movements by root, how it is scored, and what makes a level.

    Key points are the regions that name their root. `contraction` is the movement and `pressure` the modality at the
    lowest key point that show whether the sacral segments are spared.
    """

    motor: Mapping[str, str]
    touch: Modality
    pin: Modality
    scores: Mapping[Result, int]
    grades: Mapping[Result, int]
    full_score: int
    full_grade: int
    level_grade: int
    contraction: str
    pressure: Modality
    limits: str


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


@dataclass(frozen=True, slots=True)
class Codes:
    """ICD-10-CM codes of a condition, by side where the classification has sides."""

    code: str = ""
    base: str = ""
    unspecified: str = ""
    right: str = ""
    left: str = ""
    bilateral: str = ""
    if_disc: str = ""
    if_spondylosis: str = ""
    also: tuple[str, ...] = ()


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
    laterality: str
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
