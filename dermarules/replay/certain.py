"""How certain the first answer is, found a second time."""

from collections.abc import Sequence

from dermarules.notation import State
from dermarules.replay.order import Placed
from dermarules.replay.scene import Scene
from dermarules.replay.several import are_nested
from dermarules.replay.sights import Sight
from dermarules.replay.structures import Structure
from dermarules.replay.weighing import Weighed
from dermarules.vocabulary import CONSTANT, Certainty, Strength, TermKind, Tier


def certain(order: Sequence[Placed], scene: Scene) -> Certainty:
    """How far the first answer stands apart from what neither holds it nor lies in it."""
    first, others = order[0].best, [place.best for place in order[1:]]
    if first.structure.klass == "nothing":
        is_examined = any(sight.state is State.NORMAL for sight in scene.sights)
        return Certainty.LEANING if is_examined else Certainty.UNDECIDED
    limits = scene.knowledge.weights.certainty
    rivals = [other for other in others if _is_rival(first, other)]
    lead = first.total - max((rival.total for rival in rivals), default=first.total - limits.margin)
    if lead < limits.undecided or _fits_worse(first, others, rivals, limits.undecided):
        return Certainty.UNDECIDED
    if _hides_a_smaller(first, others, scene) or any(o.structure.reach == first.structure.reach for o in others):
        return Certainty.UNDECIDED
    is_far_ahead = first.total >= limits.minimum and lead >= limits.margin and len(_localizations(first)) == 1
    is_clear = (
        is_far_ahead
        and _is_marked(first, scene)
        and all(_is_told_from(first, rival, scene) for rival in _strong(rivals, first, scene))
    )
    return Certainty.CLEAR if is_clear else Certainty.LEANING


def _parts(weighed: Weighed) -> list[Structure]:
    return [each.structure for each in weighed.lesions] or [weighed.structure]


def _localizations(weighed: Weighed) -> set[str]:
    return {part.localization for part in _parts(weighed)}


def _is_rival(first: Weighed, other: Weighed) -> bool:
    """True if both cannot be right, or if it is fewer of the same lesions."""
    if _localizations(other) < _localizations(first):
        return True
    if first.structure.localization == other.structure.localization:
        return False
    return not any(are_nested(one, two) for one in _parts(first) for two in _parts(other))


def _fits_worse(first: Weighed, others: Sequence[Weighed], rivals: Sequence[Weighed], margin: int) -> bool:
    """True if something speaks against the first, and nothing against another that is about as likely."""
    if not first.contradicted:
        return False
    fitting = [other for other in others if not (other.contradicted or other.unexplained)]
    return any(
        (first.total - other.total if other in rivals else first.explained_weight - other.explained_weight) < margin
        for other in fitting
    )


def _hides_a_smaller(first: Weighed, others: Sequence[Weighed], scene: Scene) -> bool:
    """True if one lesion of one side explains everything, and the first, a wide site, may be no more than that."""
    wide = first.structure.wide
    general = any(scene.general(sign) for sign in ("upper_motor_neuron", "sphincter", "both_legs"))
    if wide is None or wide.symmetric or general:
        return False
    lost = {first.structure.reach.get(sight.place) for sight in scene.sights if sight.state is State.DEFICIT}
    return (
        Tier.CORE in lost
        and None not in lost
        and any(
            other.structure.klass in ("root", "nerve", "plexus") and not (other.unexplained or other.contradicted)
            for other in others
        )
    )


def _is_marked(first: Weighed, scene: Scene) -> bool:
    """True if a core place is lost or a rule says so strongly enough, and no rule speaks strongly against it."""
    strengths = scene.knowledge.weights.strengths
    by_rules = [term.counted for term in first.terms if term.kind is TermKind.RULE]
    lost = {first.structure.reach.get(sight.place) for sight in first.explains if sight.state is State.DEFICIT}
    enough = strengths[Strength.MODERATE if lost else Strength.STRONG]
    is_opposed = any(counted <= -strengths[Strength.STRONG] for counted in by_rules)
    return not is_opposed and (Tier.CORE in lost or max(by_rules, default=0) >= enough)


def _strong(rivals: Sequence[Weighed], first: Weighed, scene: Scene) -> list[Weighed]:
    """The best rival, and each that would suffice for an answer; more is asked of one whose pattern was not shown."""
    weights = scene.knowledge.weights
    limits = weights.certainty
    best = max((rival.total for rival in rivals if rival.has_entered), default=0)
    shown = min(limits.minimum, best - weights.tie)
    not_shown = max(limits.minimum, first.total - limits.margin + weights.entry_missing)
    return [rival for rival in rivals if rival.total >= (shown if rival.has_entered else not_shown)]


def _is_told_from(first: Weighed, rival: Weighed, scene: Scene) -> bool:
    """True if a place that was examined, a general sign or a rule speaks for the first rather than for the rival."""
    if any(_separates(first, rival, sight) for sight in scene.sights):
        return True
    if _signs_left(rival) - _signs_left(first):
        return True
    said, of_rival = _by_rule(first), _by_rule(rival)
    return any(_sign(said.get(rule, 0)) > _sign(of_rival.get(rule, 0)) for rule in {*said, *of_rival})


def _separates(first: Weighed, rival: Weighed, sight: Sight) -> bool:
    if sight.state is State.DEFICIT:
        is_open = sight.place in rival.structure.silent
        return _takes(first, sight) and not _takes(rival, sight) and not is_open
    is_kept = sight not in first.contradicted and sight.place not in first.structure.silent
    return sight.state is State.NORMAL and is_kept and sight in rival.contradicted


def _takes(weighed: Weighed, sight: Sight) -> bool:
    return sight in weighed.explains and weighed.structure.reach.get(sight.place) in CONSTANT


def _signs_left(weighed: Weighed) -> set[str]:
    return {term.label for term in weighed.terms if term.kind is TermKind.UNEXPLAINED_SIGN}


def _by_rule(weighed: Weighed) -> dict[str, int]:
    said: dict[str, int] = {}
    for term in weighed.terms:
        if term.kind is TermKind.RULE:
            said[term.label] = said.get(term.label, 0) + term.weight
    return said


def _sign(weight: int) -> int:
    return (weight > 0) - (weight < 0)
