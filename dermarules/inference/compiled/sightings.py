"""What is seen at each place and side, as planes: the strongest state counts, as `observe` has it for one case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dermarules.findings import Finding
from dermarules.inference.compiled.atoms import Atom
from dermarules.inference.compiled.circuit import NEVER, Circuit
from dermarules.inference.lessen import regions
from dermarules.inference.observations import readings
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import ABNORMAL, Place, State
from dermarules.rules import Modifier
from dermarules.vocabulary import BOTH_SIDES, Kind, Side


@dataclass(frozen=True, slots=True)
class WeighedSight:
    """What may be seen at a place, with all that changes what it weighs; `factor` is what the context leaves of it.

    Pain where something is lost or felt as well does not add to the extent of what is abnormal (`adds_extent`).
    """

    place: Place
    state: State
    severe: bool = False
    symmetric: bool = False
    is_normal_on_testing: bool = False
    factor: float = 1.0
    adds_extent: bool = True


@dataclass(frozen=True, slots=True)
class Sighting:
    """A sight on a side, and the plane of the cases in which it is had. Those of one place and side exclude each other,
    but that pain stands beside them.
    """

    sight: WeighedSight
    side: Side
    plane: int


@dataclass(slots=True)
class _Spot:
    """The planes of the rows about one place and side, by state."""

    rows: dict[State, list[int]] = field(default_factory=dict)
    severe: list[int] = field(default_factory=list)
    modalities: dict[str, list[int]] = field(default_factory=dict)


class _Spots:
    """The planes of all places and sides, and what of them is strongest; `held` are the planes of the modifiers."""

    def __init__(self, circuit: Circuit, held: Mapping[str, int], knowledge: Knowledge) -> None:
        self.circuit = circuit
        self.held = held
        self.knowledge = knowledge
        self.spots: dict[tuple[Place, Side], _Spot] = {}

    def add(self, atom: Atom) -> None:
        places = (atom.place,) if atom.place else ()
        finding = Finding(atom.kind, atom.name, (atom.side,), atom.result, places)
        for place, state, severe in readings(finding, self.knowledge):
            plane = self.circuit.input(atom)
            spot = self.spots.setdefault((place, atom.side), _Spot())
            spot.rows.setdefault(state, []).append(plane)
            if severe:
                spot.severe.append(plane)
            if atom.kind is Kind.SENSATION and state is State.DEFICIT:
                spot.modalities.setdefault(atom.name, []).append(plane)

    def raw(self, place: Place, side: Side, state: State) -> int:
        spot = self.spots.get((place, side))
        return self.circuit.one(spot.rows.get(state, ())) if spot else NEVER

    def strongest(self, place: Place, side: Side, state: State) -> int:
        """Where no stronger state is seen at the place; pain stands for itself."""
        plane = self.raw(place, side, state)
        if state is not State.PAIN:
            for stronger in list(State)[: list(State).index(state)]:
                plane = self.circuit.without(plane, self.raw(place, side, stronger))
        return plane

    def low_on_both_sides(self, place: Place) -> int:
        """Where a reflex is low left and right."""
        if place[0] != "reflex":
            return NEVER
        return self.circuit.both(self.raw(place, side, State.DEFICIT) for side in BOTH_SIDES)

    def lost_alone(self, place: Place, side: Side, modalities: Iterable[str]) -> int:
        """Where these modalities are lost at a place, and no other."""
        spot = self.spots.get((place, side))
        others = spot.modalities if spot else {}
        planes = (plane for name, found in others.items() if name not in set(modalities) for plane in found)
        return self.circuit.without(self.raw(place, side, State.DEFICIT), self.circuit.one(planes))


def sightings(
    atoms: Iterable[Atom], circuit: Circuit, held: Mapping[str, int], knowledge: Knowledge
) -> tuple[Sighting, ...]:
    """All that can be seen given the atoms; `held` has the planes in which the modifiers hold."""
    spots = _Spots(circuit, held, knowledge)
    for atom in atoms:
        spots.add(atom)
    found = []
    for place, side in spots.spots:
        for state in State:
            for sight, plane in _sights(spots, place, side, state):
                if plane != NEVER:
                    found.append(Sighting(sight, side, plane))
    return tuple(found)


def _sights(spots: _Spots, place: Place, side: Side, state: State) -> Iterable[tuple[WeighedSight, int]]:
    """The sights of one state at one place and side: its plane, split by all that changes what it weighs."""
    circuit = spots.circuit
    plane = spots.strongest(place, side, state)
    if state is State.PAIN:
        abnormal = circuit.one(spots.raw(place, side, each) for each in ABNORMAL)
        yield WeighedSight(place, state), circuit.without(plane, abnormal)
        yield WeighedSight(place, state, adds_extent=False), circuit.both((plane, abnormal))
        return
    spot = spots.spots[place, side]
    severe = circuit.one(spot.severe)
    tested = spots.raw(place, side, State.NORMAL) if state is State.FELT else NEVER
    factors = _factors(spots, place, side, state)
    for is_severe, one in _split(circuit, plane, severe):
        for is_symmetric, two in _split(circuit, one, spots.low_on_both_sides(place)):
            for is_tested, three in _split(circuit, two, tested):
                for factor, where in factors:
                    sight = WeighedSight(place, state, is_severe, is_symmetric, is_tested, factor)
                    yield sight, circuit.both((three, where))
                rest = circuit.one(where for _, where in factors)
                yield WeighedSight(place, state, is_severe, is_symmetric, is_tested), circuit.without(three, rest)


def _split(circuit: Circuit, plane: int, mark: int) -> Iterable[tuple[bool, int]]:
    return (True, circuit.both((plane, mark))), (False, circuit.without(plane, mark))


def _factors(spots: _Spots, place: Place, side: Side, state: State) -> list[tuple[float, int]]:
    """What the context leaves of a loss that both sides have alike, and where; of several the one that takes most."""
    if state is not State.DEFICIT or side not in BOTH_SIDES:
        return []
    circuit = spots.circuit
    meant = [
        (modifier.factor, circuit.both((spots.held[modifier.id], *lost)))
        for modifier in spots.knowledge.modifiers.values()
        if (lost := _meant(spots, place, modifier))
    ]
    return exclusive(circuit, meant)


def exclusive(circuit: Circuit, planes: Iterable[tuple[float, int]]) -> list[tuple[float, int]]:
    """The planes, each without those of a smaller factor."""
    taken, found = NEVER, []
    for factor, plane in sorted(planes):
        found.append((factor, circuit.without(plane, taken)))
        taken = circuit.one((taken, plane))
    return [(factor, plane) for factor, plane in found if plane != NEVER]


def _meant(spots: _Spots, place: Place, modifier: Modifier) -> list[int]:
    """Where the loss that a modifier is about is had, left and right; empty if it is not about this place."""
    kind, name = place
    if kind == "reflex" and name in modifier.reflexes:
        return [spots.raw(place, side, State.DEFICIT) for side in BOTH_SIDES]
    skin = {region for area in modifier.over for region in regions(area, spots.knowledge)}
    if kind == "skin" and name in skin:
        modalities = [modality.value for modality in modifier.modalities]
        return [spots.lost_alone(place, side, modalities) for side in BOTH_SIDES]
    return []
