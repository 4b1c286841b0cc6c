"""The order of the localizations, made a second time from the totals."""

from collections.abc import Sequence
from dataclasses import dataclass

from dermarules.notation import State
from dermarules.replay.scene import Scene
from dermarules.replay.several import worthwhile_sets
from dermarules.replay.structures import runs, structures
from dermarules.replay.weighing import Weighed, may_count, nothing, weigh
from dermarules.vocabulary import Side


@dataclass(frozen=True, slots=True)
class Placed:
    """One place in the order: the best site of a localization on a side, and those that are as good."""

    best: Weighed
    as_good: tuple[Weighed, ...]


def placed(scene: Scene, map_id: str) -> tuple[Placed, ...]:
    """Every localization that something speaks for, best first."""
    single = [each for each in _single(scene, map_id) if each.is_supported]
    found = [*single, *_worthwhile_runs(single, scene, map_id)]
    found += [*worthwhile_sets(found, scene), nothing(scene)]
    tie = scene.knowledge.weights.tie
    sites: dict[tuple[str, Side], list[Weighed]] = {}
    for each in _in_order(found, tie):
        sites.setdefault((each.structure.localization, each.side), []).append(each)
    return tuple(Placed(w[0], tuple(o for o in w[1:] if w[0].total - o.total <= tie)) for w in sites.values())


def _single(scene: Scene, map_id: str) -> list[Weighed]:
    return [
        weigh(structure, side, scene)
        for structure in structures(scene.knowledge, map_id)
        for side in ((Side.NONE,) if structure.is_bilateral else scene.sides)
        if may_count(structure, side, scene)
    ]


def _worthwhile_runs(single: Sequence[Weighed], scene: Scene, map_id: str) -> list[Weighed]:
    """Runs of roots, each supported, that explain clearly more than any one structure; only with a deficit."""
    narrow = [each for each in single if each.structure.klass != "wide"]
    best = max(narrow, key=lambda each: each.explained_weight, default=None)
    if best is None or not best.unexplained or all(s.state is not State.DEFICIT for s in scene.sights):
        return []
    roots = {(each.structure.roots[0], each.side) for each in single if each.structure.klass == "root"}
    weighed = [
        weigh(run, side, scene)
        for run in runs(scene.knowledge, map_id)
        for side in scene.sides
        if all((root, side) in roots for root in run.roots)
    ]
    wanted = best.explained_weight + scene.knowledge.weights.ranges.gain
    return [each for each in weighed if each.explained_weight >= wanted]


def _in_order(found: Sequence[Weighed], tie: int) -> list[Weighed]:
    """By total; those that are tied with the leader of the rest by what was examined, then by how common they are."""
    rest = sorted(found, key=lambda w: (-w.total, w.structure.order, w.side.rank))
    ordered: list[Weighed] = []
    while rest:
        tied = [each for each in rest if rest[0].total - each.total <= tie]
        rest = rest[len(tied) :]
        ordered += sorted(tied, key=_in_tie)
    return ordered


def _in_tie(weighed: Weighed) -> tuple[int, int, bool, int, int, int]:
    structure = weighed.structure
    return (
        weighed.untested_core,
        -structure.prior,
        not structure.is_usual_site,
        structure.order,
        -weighed.total,
        weighed.side.rank,
    )
