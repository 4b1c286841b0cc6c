"""What is weighed for one case: observations, conclusions of rules that fired, and signs that a site must explain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dermarules.inference.candidates import Candidate
from dermarules.inference.observations import Observation, Sight
from dermarules.knowledgebase.targets import is_of_one_leg
from dermarules.notation import ABNORMAL, SPARED, TOLD, Place, State
from dermarules.proof import Claim
from dermarules.rules import Favours
from dermarules.vocabulary import BOTH_SIDES, LATERAL_SIDES, Side


@dataclass(frozen=True, slots=True)
class Fired:
    """A conclusion of a rule that fired, with the claim that it did."""

    rule: str
    favours: Favours
    side: Side
    claim: Claim


@dataclass(frozen=True, slots=True)
class Lessened:
    """What something counts only because of the context, and the claims that say so."""

    factor: float
    claims: tuple[Claim, ...]


IN_FULL = Lessened(1.0, ())


@dataclass(frozen=True)
class Evidence:
    """All that is weighed for one case: observations, fired rules, and general signs that some sites must explain.

    `lessened` has the observations and fired rules that are worth less in this patient, by their claims.
    """

    observations: tuple[Observation, ...]
    fired: tuple[Fired, ...]
    upper_motor_neuron: tuple[Claim, ...]
    sphincter: tuple[Claim, ...]
    both_sides: tuple[Claim, ...]
    leg_complaint: tuple[Claim, ...]
    neurological: tuple[Claim, ...]
    entries: frozenset[Claim]
    lessened: Mapping[Claim, Lessened]

    @cached_property
    def first_deficit(self) -> Claim | None:
        """A deficit, if one was found anywhere; without one, what is felt or hurts is all there is."""
        return next((o.claim for o in self.observations if o.state is State.DEFICIT), None)

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The sides on which something was found; the side that nobody named if there is none."""
        seen = {o.side for o in self.observations if o.state not in SPARED}
        seen |= {fired.side for fired in self.fired if fired.side in BOTH_SIDES or not seen}
        return tuple(side for side in LATERAL_SIDES if side in seen) or (Side.UNKNOWN,)

    @cached_property
    def one_side(self) -> Mapping[Side, "Scene"]:
        """What a candidate of one side is weighed on, by that side."""
        return {side: self._scene(side) for side in Side}

    @cached_property
    def all_sides(self) -> "Scene":
        """What a bilateral candidate is weighed on: everything at once."""
        return self._scene(None)

    def _scene(self, side: Side | None) -> "Scene":
        """What concerns a side (None: all of them)."""
        own = [o for o in self.observations if side in (None, o.side)]
        said: dict[tuple[str, Favours], list[Claim]] = {}
        for fired in self.fired:
            if side is None or fired.side in (side, Side.NONE):
                said.setdefault((fired.rule, fired.favours), []).append(fired.claim)
        return Scene(
            tuple((o, o.sight, self.lessened.get(o.claim)) for o in own),
            frozenset(o.place for o in own),
            tuple(o for o in own if o.state in TOLD),
            frozenset(o.place for o in own if o.state in TOLD),
            tuple(o for o in self.observations if side not in (None, o.side) and o.state in ABNORMAL),
            tuple((rule, favours, tuple(claims)) for (rule, favours), claims in said.items()),
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """What a candidate is weighed on: the observations of its side, and what rules say of it.

    `own` has with each observation why it counts for less than in full, if it does. `examined` are the places of its
    side; `told` is what is abnormal or hurts, at the places `told_at`; `elsewhere` is what is abnormal on other sides.
    `said` has each conclusion once, with the claims that the rule fired.
    """

    own: tuple[tuple[Observation, Sight, Lessened | None], ...]
    examined: frozenset[Place]
    told: tuple[Observation, ...]
    told_at: frozenset[Place]
    elsewhere: tuple[Observation, ...]
    said: tuple[tuple[str, Favours, tuple[Claim, ...]], ...]


def is_target(candidate: Candidate, targets: Iterable[str]) -> bool:
    """True if one of a rule's targets is the candidate.

    What speaks for the plexus of one leg does not speak for that of both, though both are reported by one name.
    """
    if candidate.wide is not None:
        targets = [target for target in targets if not is_of_one_leg(target)]
    return any(matches(candidate, target) for target in targets)


def matches(candidate: Candidate, target: str) -> bool:
    """True if a rule's target names the candidate."""
    kind, _, name = target.partition(" ")
    if name == "any":
        if kind == "peripheral":
            return candidate.klass in ("root", "nerve", "plexus")
        if kind == "localization":
            return candidate.klass == "wide"
        return candidate.klass == kind
    if candidate.klass == "root" and kind == "root":
        return name in candidate.plays
    structure, _, site = target.partition(" at ")
    if site:
        return candidate.localization == structure and candidate.site == site
    return target in (candidate.localization, candidate.name)


@lru_cache(maxsize=1 << 14)
def are_nested(first: Candidate, other: Candidate) -> bool:
    """True if one contains the other, so that both can be right."""
    if first.localization == other.localization:
        return True
    if first.parts or other.parts:
        return any(are_nested(one, two) for one, _ in first.lesions for two, _ in other.lesions)
    pairs = ((first, other), (other, first))
    if any(matches(one, target) for one, two in pairs for target in two.family):
        return True
    return bool(
        first.roots and other.roots and set(first.roots) & set(other.roots) and len(first.roots) != len(other.roots)
    )
