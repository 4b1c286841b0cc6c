"""The wiring is consistent: branches and parents, courses and muscles, roots of a part within those of the whole."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from dermarules.anatomy import Muscle, Nerve, ReflexArc, RootLevels
from dermarules.errors import Fault
from dermarules.knowledgebase.base import Knowledge
from dermarules.provenance import Location


def nerve_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every way in which nerves, muscles, movements, reflexes and discs do not agree."""
    for nerve in knowledge.nerves.values():
        place = knowledge.locations[f"nerves/{nerve.id}"]
        yield from _level_faults(place, f"the nerve {nerve.id}", nerve.roots)
        yield from _branch_faults(place, nerve, knowledge)
        yield from _course_faults(place, nerve, knowledge)
    for muscle in knowledge.muscles.values():
        yield from _muscle_faults(knowledge.locations[f"muscles/{muscle.id}"], muscle, knowledge)
    yield from _movement_faults(knowledge)
    for reflex in knowledge.reflexes.values():
        yield from _reflex_faults(knowledge.locations[f"reflexes/{reflex.id}"], reflex, knowledge)
    yield from _disc_faults(knowledge)


def _level_faults(place: Location, name: str, roots: RootLevels) -> Iterator[Fault]:
    if not roots.main:
        yield place.fault(f"{name} has no main root")
    beyond = _beyond(roots.main, roots.all)
    if beyond:
        yield place.fault(f"{name}: main roots {beyond} are not among all its roots")


def _branch_faults(place: Location, nerve: Nerve, knowledge: Knowledge) -> Iterator[Fault]:
    if nerve.parent is None:
        return
    above = [knowledge.nerves[name] for name in (nerve.parent, *nerve.also_from)]
    beyond = _beyond(nerve.roots.all, (root for origin in above for root in origin.roots.all))
    if beyond:
        yield place.fault(f"the nerve {nerve.id} carries {beyond}, which {nerve.parent} does not")
    if nerve.id not in {item.nerve for item in knowledge.nerves[nerve.parent].course}:
        yield place.fault(f"{nerve.parent} is the parent of {nerve.id}, but its course does not give it off")
    if nerve.id in _ancestors(nerve, knowledge):
        yield place.fault(f"{nerve.id} is its own ancestor")


def _ancestors(nerve: Nerve, knowledge: Knowledge) -> set[str]:
    seen: set[str] = set()
    parent = nerve.parent
    while parent is not None and parent not in seen:
        seen.add(parent)
        parent = knowledge.nerves[parent].parent
    return seen


def _course_faults(place: Location, nerve: Nerve, knowledge: Knowledge) -> Iterator[Fault]:
    own = nerve.skin.tiers()
    for number, item in enumerate(nerve.course):
        given = [name for name in (item.site, item.muscle, item.nerve, item.skin) if name]
        if len(given) != 1:
            yield place.fault(f"course.{number} of {nerve.id}: exactly one of site, muscle, nerve or skin is needed")
        if item.nerve and knowledge.nerves[item.nerve].parent != nerve.id:
            yield place.fault(
                f"{nerve.id} gives off {item.nerve}, whose parent is {knowledge.nerves[item.nerve].parent or 'none'}"
            )
        if item.muscle and nerve.id not in knowledge.muscles[item.muscle].nerves:
            yield place.fault(f"{nerve.id} supplies {item.muscle}, which does not name it")
        foreign = [region for region in item.skin if region not in own]
        if foreign:
            yield place.fault(f"course.{number} of {nerve.id} places skin that is not its own: {', '.join(foreign)}")


def _muscle_faults(place: Location, muscle: Muscle, knowledge: Knowledge) -> Iterator[Fault]:
    yield from _level_faults(place, f"the muscle {muscle.id}", muscle.roots)
    if not muscle.nerves:
        yield place.fault(f"the muscle {muscle.id} has no nerve")
    for name in muscle.nerves:
        if muscle.id not in {item.muscle for item in knowledge.nerves[name].course}:
            yield place.fault(f"{muscle.id} names the nerve {name}, whose course does not supply it")
        beyond = _beyond(muscle.roots.all, knowledge.nerves[name].roots.all)
        if beyond:
            yield place.fault(f"the muscle {muscle.id} has {beyond}, which its nerve {name} does not carry")
    if muscle.key_muscle_of is not None and muscle.key_muscle_of not in muscle.roots.all:
        yield place.fault(f"{muscle.id} is the key muscle of {muscle.key_muscle_of}, which is not a root of it")


def _movement_faults(knowledge: Knowledge) -> Iterator[Fault]:
    for movement in knowledge.movements.values():
        place = knowledge.locations[f"movements/{movement.id}"]
        if not any(mover.role == "principal" for mover in movement.movers):
            yield place.fault(f"the movement {movement.id} has no principal muscle")
        for mover in movement.movers:
            if mover.role not in ("principal", "assist"):
                yield place.fault(f"{movement.id}: {mover.muscle} is principal or assist, not '{mover.role}'")
            if not 0 < mover.weight <= 1:
                yield place.fault(
                    f"{movement.id}: the weight of {mover.muscle} is {mover.weight:g}; above 0, at most 1"
                )


def _reflex_faults(place: Location, reflex: ReflexArc, knowledge: Knowledge) -> Iterator[Fault]:
    yield from _level_faults(place, f"the {reflex.id} reflex", reflex.roots)
    supplied = {root for muscle in reflex.effectors for root in knowledge.muscles[muscle].roots.all}
    if not supplied & set(reflex.roots.main):
        yield place.fault(f"the {reflex.id} reflex: no effector has one of its main roots")


def _disc_faults(knowledge: Knowledge) -> Iterator[Fault]:
    below = dict(pairwise(knowledge.roots))
    for disc in knowledge.disc_levels.values():
        place = knowledge.locations[f"disc_levels/{disc.id}"]
        if not disc.id.startswith(f"{disc.exiting}-"):
            yield place.fault(f"{disc.id}: the root that leaves there has the number of the upper vertebra")
        if below.get(disc.exiting) != disc.traversing:
            yield place.fault(f"{disc.id}: {disc.traversing} is not the next root below {disc.exiting}")


def _beyond(roots: Iterable[str], within: Iterable[str]) -> str:
    known = set(within)
    return ", ".join(root for root in roots if root not in known)
