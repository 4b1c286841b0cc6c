"""Every classic syndrome of one root or nerve agrees with what the anatomy predicts."""

from collections.abc import Iterator

from dermarules.diseases import Syndrome
from dermarules.errors import Fault
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.check_skin import CONSENSUS
from dermarules.knowledgebase.reach import (
    NOTHING,
    Reach,
    nerve_reach,
    share_of_muscles,
    share_of_root_alone,
    share_with_root,
)
from dermarules.provenance import Location
from dermarules.vocabulary import CONSTANT, Tier

_WEAK_SHARE = 0.3
_ROOT_SHARE = 0.5
_LOST = ("reduced", "absent")


def syndrome_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every statement of a syndrome that the anatomy contradicts, and of the foot drop table that a syndrome does."""
    for syndrome in knowledge.syndromes.values():
        place = knowledge.locations[f"syndromes/{syndrome.id}"]
        if syndrome.site is not None and syndrome.nerves:
            yield from _site_faults(place, syndrome, knowledge)
        if syndrome.level == "nerve" and _states_loss(syndrome):
            yield from _nerve_faults(place, syndrome, knowledge)
        if syndrome.level == "root" and len(syndrome.roots) == 1:
            yield from _root_faults(place, syndrome, syndrome.roots[0], knowledge)
    yield from _foot_drop_faults(knowledge)


def _states_loss(syndrome: Syndrome) -> bool:
    """False for mere irritation, in which a nerve hurts and everything it supplies works."""
    return any((syndrome.movements.weak, syndrome.movements.may_be_weak, syndrome.skin.core, syndrome.skin.usual))


def _on_course(syndrome: Syndrome, knowledge: Knowledge) -> bool:
    return any(syndrome.site in _sites(knowledge, nerve) for nerve in syndrome.nerves)


def _sites(knowledge: Knowledge, nerve: str) -> set[str | None]:
    return {item.site for item in knowledge.nerves[nerve].course}


def _site_faults(place: Location, syndrome: Syndrome, knowledge: Knowledge) -> Iterator[Fault]:
    if not _on_course(syndrome, knowledge):
        yield place.fault(f"{syndrome.id}: the site {syndrome.site} is on no nerve of it")


def _nerve_faults(place: Location, syndrome: Syndrome, knowledge: Knowledge) -> Iterator[Fault]:
    reach: Reach = NOTHING
    whole: Reach = NOTHING
    for nerve in syndrome.nerves:
        reach |= nerve_reach(knowledge, nerve, syndrome.site)
        whole |= nerve_reach(knowledge, nerve)
    for movement in syndrome.movements.weak:
        share = share_of_muscles(knowledge, movement, reach.muscles)
        if share < _WEAK_SHARE:
            yield place.fault(f"{syndrome.id}: {movement} is called weak, but the lesion takes {share:.0%} of it")
    for movement in syndrome.movements.normal:
        share = share_of_muscles(knowledge, movement, reach.muscles)
        if share >= _WEAK_SHARE:
            yield place.fault(f"{syndrome.id}: {movement} is called normal, but the lesion takes {share:.0%} of it")
    yield from _skin_faults(place, syndrome, reach.skin, "the territory of the nerve")
    yield from _may_faults(place, syndrome, whole.skin, "the territory of the nerve")
    for reflex, word in syndrome.reflexes.items():
        hit = [muscle for muscle in knowledge.reflexes[reflex].effectors if muscle in reach.muscles]
        if word in _LOST and not hit:
            yield place.fault(f"{syndrome.id}: the {reflex} reflex is called {word}, but the lesion spares its muscles")
        if word == "normal" and hit and knowledge.reflexes[reflex].shows_arc:
            yield place.fault(f"{syndrome.id}: the {reflex} reflex is called normal, but the lesion takes {hit[0]}")


def _skin_faults(place: Location, syndrome: Syndrome, skin: dict[str, Tier], whose: str) -> Iterator[Fault]:
    for region in (*syndrome.skin.core, *syndrome.skin.usual):
        if skin.get(region) not in CONSTANT:
            yield place.fault(f"{syndrome.id}: {region} is called affected, but {whose} has it not as core or usual")
    for region in syndrome.skin.spared:
        if skin.get(region) in CONSTANT:
            yield place.fault(f"{syndrome.id}: {region} is called spared, but {whose} has it as core or usual")


def _may_faults(place: Location, syndrome: Syndrome, skin: dict[str, Tier], whose: str) -> Iterator[Fault]:
    for region in syndrome.skin.variable:
        if region not in skin:
            yield place.fault(f"{syndrome.id}: {region} may be affected, but it is not in {whose}")


def _root_faults(place: Location, syndrome: Syndrome, root: str, knowledge: Knowledge) -> Iterator[Fault]:
    for movement in syndrome.movements.weak:
        share = share_with_root(knowledge, movement, root)
        if share < _ROOT_SHARE:
            yield place.fault(f"{syndrome.id}: {movement} is called weak, but {root} is main root of {share:.0%} of it")
    for movement in syndrome.movements.normal:
        share = share_of_root_alone(knowledge, movement, root)
        if share >= _ROOT_SHARE:
            yield place.fault(f"{syndrome.id}: {movement} is called normal, but {root} alone makes {share:.0%} of it")
    for movement in syndrome.movements.may_be_weak:
        movers = [mover.muscle for mover in knowledge.movements[movement].movers]
        if not any(root in knowledge.muscles[muscle].roots.all for muscle in movers):
            yield place.fault(f"{syndrome.id}: {movement} may be weak, but {root} reaches none of its muscles")
    skin = knowledge.dermatomes[root].maps[CONSENSUS].tiers() if root in knowledge.dermatomes else {}
    yield from _skin_faults(place, syndrome, skin, f"the {CONSENSUS} dermatome of {root}")
    yield from _may_faults(place, syndrome, skin, f"the {CONSENSUS} dermatome of {root}")
    for reflex, word in syndrome.reflexes.items():
        arc = knowledge.reflexes[reflex]
        if word in _LOST and root not in arc.roots.all:
            yield place.fault(f"{syndrome.id}: the {reflex} reflex is called {word}, but {root} is not in its arc")
        if word == "normal" and root in arc.roots.main and arc.shows_arc:
            yield place.fault(f"{syndrome.id}: the {reflex} reflex is called normal, but {root} is a main root of it")


def _foot_drop_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """The foot drop table says of each syndrome what the syndrome says."""
    for name, row in knowledge.foot_drop.items():
        place = knowledge.locations[f"syndromes/{name}"]
        syndrome = knowledge.syndromes[name]
        stated = {
            **dict.fromkeys(syndrome.movements.weak, ("weak",)),
            **dict.fromkeys(syndrome.movements.normal, ("normal",)),
            **dict.fromkeys(syndrome.movements.may_be_weak, ("variable", "weak", "normal")),
            **{r: (word,) for r, word in syndrome.reflexes.items() if knowledge.reflexes[r].shows_arc},
            **dict.fromkeys((*syndrome.skin.core, *syndrome.skin.usual), ("lost", "may_be_lost")),
        }
        for column, word in row.items():
            if column in stated and word not in stated[column]:
                yield place.fault(
                    f"foot drop table: {column} of {name} is {word}, but the syndrome says {stated[column][0]}"
                )
            if column in syndrome.skin.spared and not word.startswith("spared"):
                yield place.fault(f"foot drop table: {column} of {name} is {word}, but the syndrome says spared")
