"""What is weighed: the sights, the conclusions of rules that hold, and what the context makes worth less."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import ABNORMAL, SPARED, TRUE, Place, State
from dermarules.proof import Claim
from dermarules.replay.sights import Sight
from dermarules.rules import Favours, Modifier
from dermarules.vocabulary import BOTH_SIDES, LATERAL_SIDES, Side


@dataclass(frozen=True, slots=True)
class Said:
    """A conclusion of a rule, with the claims that the rule holds."""

    rule: str
    favours: Favours
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Less:
    """What something counts of its weight, and the claims that say why."""

    factor: float = 1.0
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Scene:
    """Everything that a structure is weighed on; `held` is every condition that holds."""

    sights: tuple[Sight, ...]
    held: Set[Claim]
    knowledge: Knowledge

    def true(self, owner: str) -> tuple[Claim, ...]:
        """The claims that a rule, finding or condition holds, on whatever side, in one order."""
        return self._true.get(owner, ())

    @cached_property
    def _true(self) -> Mapping[str, tuple[Claim, ...]]:
        found: dict[str, list[Claim]] = {}
        for claim in sorted(claim for claim in self.held if claim.predicate == TRUE):
            found.setdefault(claim.subject, []).append(claim)
        return {owner: tuple(claims) for owner, claims in found.items()}

    def general(self, sign: str) -> tuple[Claim, ...]:
        """The claims that a general sign is there."""
        return self.true(f"findings/{getattr(self.knowledge.weights.signs, sign)}")

    @cached_property
    def fired(self) -> tuple[tuple[str, Favours, Claim], ...]:
        """Every conclusion of every rule that holds."""
        return tuple(
            (rule.id, then, claim)
            for rule in self.knowledge.rules.values()
            for claim in self.true(f"rules/{rule.id}")
            for then in rule.then
            if isinstance(then, Favours)
        )

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The sides on which something was found; the unnamed one if there is none."""
        seen = {sight.side for sight in self.sights if sight.state not in SPARED}
        said = {Side(claim.side) for _, _, claim in self.fired}
        found = seen | said.intersection(BOTH_SIDES) if seen else said
        return tuple(side for side in LATERAL_SIDES if side in found) or (Side.UNKNOWN,)

    @cached_property
    def first_deficit(self) -> Claim | None:
        """A deficit, if one was found anywhere; without any, what is felt or hurts is all there is."""
        return next((sight.claim for sight in self.sights if sight.state is State.DEFICIT), None)

    @cached_property
    def said_on(self) -> Mapping[Side | None, tuple[Said, ...]]:
        """What rules say of a side (None: of all); a conclusion on both sides is one of both."""
        return {side: tuple(self._said(side)) for side in (None, *Side)}

    def _said(self, side: Side | None) -> Iterator[Said]:
        claims: dict[tuple[str, Favours], list[Claim]] = {}
        for rule, favours, claim in self.fired:
            if side is None or Side(claim.side) in (side, Side.NONE):
                claims.setdefault((rule, favours), []).append(claim)
        yield from (Said(rule, favours, tuple(found)) for (rule, favours), found in claims.items())

    @cached_property
    def sights_on(self) -> Mapping[Side | None, tuple[Sight, ...]]:
        """What was seen on a side (None: on all)."""
        return {side: tuple(s for s in self.sights if side in (None, s.side)) for side in (None, *Side)}

    @cached_property
    def elsewhere(self) -> Mapping[Side | None, tuple[Sight, ...]]:
        """What is abnormal on other sides."""
        lost = [sight for sight in self.sights if sight.state in ABNORMAL]
        return {side: tuple(s for s in lost if side not in (None, s.side)) for side in (None, *Side)}

    @cached_property
    def told_at(self) -> Mapping[Side | None, frozenset[Place]]:
        """The places of a side where something is abnormal or hurts."""
        return {
            side: frozenset(sight.place for sight in found if sight.state not in SPARED)
            for side, found in self.sights_on.items()
        }

    @cached_property
    def less(self) -> Mapping[Claim, Less]:
        """What counts for less in this patient; of several reasons the one that takes most."""
        found: dict[Claim, Less] = {}
        for modifier in self.knowledge.modifiers.values():
            held = self.true(f"modifiers/{modifier.id}")
            if not held:
                continue
            known = Claim("known", f"modifiers/{modifier.id}")
            for claim, also in (*self._losses(modifier), *self._of_rules(modifier)):
                if claim not in found or modifier.factor < found[claim].factor:
                    found[claim] = Less(modifier.factor, (*also, *held, known))
        return found

    def _of_rules(self, modifier: Modifier) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
        yield from ((claim, ()) for rule in modifier.rules for claim in self.true(f"rules/{rule}"))

    def _losses(self, modifier: Modifier) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
        """The losses that a modifier is about, alike on both sides, each with that of the other side."""
        areas = self.knowledge.areas
        meant: set[Place] = {("reflex", reflex) for reflex in modifier.reflexes}
        skin = {("skin", r) for each in modifier.over for r in (areas[each].regions if each in areas else (each,))}
        lost = {
            (sight.place, sight.side): sight.claim
            for sight in self.sights
            if sight.state is State.DEFICIT
            and (sight.place in meant or (sight.place in skin and sight.modalities <= _names(modifier)))
        }
        for (place, side), claim in lost.items():
            if side in BOTH_SIDES and (place, side.other) in lost:
                yield claim, (lost[place, side.other],)


def _names(modifier: Modifier) -> set[str]:
    return {modality.value for modality in modifier.modalities}
