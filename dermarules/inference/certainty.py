"""How certain the first answer is: whether it leads, and whether what was examined tells it from its rivals."""

from collections.abc import Sequence

from dermarules.inference.candidates import Candidate
from dermarules.inference.evidence import Evidence, matches
from dermarules.inference.observations import Observation, State
from dermarules.inference.rank import NOTHING, Ranked
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Certainty, Group, Side, Strength, Tier


def certainty(ranked: Sequence[Ranked], evidence: Evidence, knowledge: Knowledge) -> tuple[Certainty, Weighing | None]:
    """How far the first answer stands apart, and the rival that it is measured against."""
    limits = knowledge.weights.certainty
    first = ranked[0].weighing
    rivals = [r.weighing for r in ranked[1:] if not _nested(first.candidate, r.weighing.candidate)]
    rival = rivals[0] if rivals else None
    if first.candidate.localization == NOTHING:
        examined = any(o.state is State.NORMAL for o in evidence.observations)
        return (Certainty.LEANING if examined else Certainty.UNDECIDED), rival
    margin = first.total - rival.total if rival else limits.margin
    if margin < limits.undecided:
        return Certainty.UNDECIDED, rival
    told_apart = rival is None or _told_apart(first, rival, evidence)
    is_clear = (
        first.total >= limits.minimum and margin >= limits.margin and told_apart and _is_objective(first, knowledge)
    )
    return (Certainty.CLEAR if is_clear else Certainty.LEANING), rival


def _nested(first: Candidate, other: Candidate) -> bool:
    """True if one contains the other, so that both can be right."""
    if first.localization == other.localization:
        return True
    if first.parts or other.parts:
        return any(_nested(one, two) for one, _ in first.lesions for two, _ in other.lesions)
    pairs = ((first, other), (other, first))
    if any(matches(one, target) for one, two in pairs for target in two.family):
        return True
    return bool(
        first.roots and other.roots and set(first.roots) & set(other.roots) and len(first.roots) != len(other.roots)
    )


def _is_objective(first: Weighing, knowledge: Knowledge) -> bool:
    """True if an answer rests on more than what the patient feels: on a deficit, or on a rule that speaks strongly."""
    strong = knowledge.weights.strengths[Strength.STRONG]
    by_rule = any(term.group is Group.RULES and term.counted >= strong for term in first.terms)
    return by_rule or any(o.state is State.DEFICIT for o in first.explained)


def _told_apart(first: Weighing, rival: Weighing, evidence: Evidence) -> bool:
    """True if a place that tells the two apart was examined on their side, or a rule spoke on one of them only."""
    sides = {side for w in (first, rival) for side in (Side if w.candidate.is_bilateral else (w.side,))}
    examined = (o for o in evidence.observations if o.side in sides and o.state in (State.DEFICIT, State.NORMAL))
    if any(differs(first.candidate, rival.candidate, o) for o in examined):
        return True
    spoken = [{t.label for t in w.terms if t.label.startswith("rule ")} for w in (first, rival)]
    return spoken[0] != spoken[1]


def differs(first: Candidate, rival: Candidate, o: Observation) -> bool:
    """True if a place is core or usual for one candidate and not supplied by the other."""
    tiers = [c.reach.get(o.place) for c in (first, rival)]
    silent = o.place in first.silent or o.place in rival.silent
    return not silent and any(
        one in (Tier.CORE, Tier.USUAL) and two in (None, Tier.VARIABLE) for one, two in (tiers, tiers[::-1])
    )
