"""Ranking: candidates in order, one for each localization and side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from dermarules.inference.candidates import Candidate, candidates, ranges
from dermarules.inference.cover import covers
from dermarules.inference.evidence import Evidence
from dermarules.inference.joint import Joint
from dermarules.inference.sums import even
from dermarules.inference.weigh import Weighing, may_be_supported, weigh
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import ABNORMAL, SPARED, State
from dermarules.proof import Claim, Term
from dermarules.vocabulary import Side, TermKind

NOTHING = "nothing_to_localize"
# In a tie, a place goes before no place.
_LAST = 1_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place in the order, with the sites of the same structure that the findings cannot tell from it."""

    weighing: Weighing
    same_elsewhere: tuple[Weighing, ...]


def rank(evidence: Evidence, knowledge: Knowledge, map_id: str) -> tuple[Ranked, ...]:
    """All supported localizations, best first; with nothing abnormal, that there is nothing to localize."""
    single = supported(candidates(knowledge, map_id), evidence, knowledge)
    return in_order(single, ranges(knowledge, map_id), evidence, knowledge, map_id)


def supported(of: Iterable[Candidate], evidence: Evidence, knowledge: Knowledge) -> list[Weighing]:
    """The candidates that something speaks for, weighed on each side on which something was found."""
    weighed = (
        weigh(candidate, side, evidence, knowledge)
        for candidate in of
        for side in _sides(candidate, evidence)
        if may_be_supported(candidate, side, evidence, knowledge)
    )
    return [w for w in weighed if w.is_supported]


def in_order(
    single: Sequence[Weighing], runs: Iterable[Candidate], evidence: Evidence, knowledge: Knowledge, map_id: str
) -> tuple[Ranked, ...]:
    """Single candidates with the runs of roots and the sets of lesions that are worth their price, best first."""
    joint = Joint(evidence, knowledge)
    found = [*single, *_worthwhile_ranges(joint, runs, single)]
    found += covers(found, joint, map_id)
    found.append(_nothing(evidence, knowledge))
    return _one_each(_by_total(found, knowledge.weights.tie), knowledge.weights.tie)


def _sides(candidate: Candidate, evidence: Evidence) -> Iterable[Side]:
    """The sides on which something was found; a bilateral site is read once."""
    return (Side.NONE,) if candidate.is_bilateral else evidence.sides


def _worthwhile_ranges(joint: Joint, runs: Iterable[Candidate], single: Sequence[Weighing]) -> list[Weighing]:
    """Ranges of roots that explain clearly more than any single candidate, and rest on an objective deficit.

    A range explains no more than its roots at most do together: what they do not is not weighed.
    """
    evidence, knowledge = joint.evidence, joint.knowledge
    if evidence.first_deficit is None:
        return []
    best = max((w for w in single if w.candidate.klass != "wide"), key=lambda w: w.explained_weight, default=None)
    if best is None or not best.unexplained:
        return []
    enough = best.explained_weight + knowledge.weights.ranges.gain
    roots = {(w.candidate.roots[0], w.side): joint.lesion(w) for w in single if w.candidate.klass == "root"}
    found = []
    for candidate in runs:
        for side in evidence.sides:
            members = [roots[root, side] for root in candidate.roots if (root, side) in roots]
            if len(members) < len(candidate.roots) or joint.most(members) < enough:
                continue
            weighing = weigh(candidate, side, evidence, knowledge)
            if weighing.explained_weight >= enough:
                found.append(weighing)
    return found


def _nothing(evidence: Evidence, knowledge: Knowledge) -> Weighing:
    """That there is nothing to localize: likely without a complaint, not unlikely if pain in one place is all."""
    abnormal = [o for o in evidence.observations if o.state not in SPARED]
    claims = (
        *(o.claim for o in abnormal if o.state is not State.PAIN),
        *(evidence.neurological if abnormal else evidence.leg_complaint),
    )
    if claims:
        size, label = knowledge.weights.not_enough, "something was found abnormal or felt"
    elif abnormal:
        size, label = knowledge.weights.pain_alone, "pain that does not radiate is all that is told"
        claims = (abnormal[0].claim,)
    else:
        size, label = knowledge.weights.nothing, "nothing was found abnormal or felt"
    term = Term(TermKind.NOTHING, label, even(size), even(size), (*claims[:1], Claim("known", "weights")))
    left = tuple(o for o in abnormal if o.state in ABNORMAL)
    return Weighing(nowhere(), Side.NONE, (term,), term.counted, (), left, (), _LAST)


@cache
def nowhere() -> Candidate:
    """That there is nothing to localize, as a candidate after all others."""
    return Candidate(NOTHING, NOTHING, None, "nothing", {}, 0, (), order=10_000)


def _by_total(weighed: Iterable[Weighing], tie: int) -> list[Weighing]:
    """By total; those within `tie` of a leader are tied: fewer untested core places, the commoner, the earlier."""
    rest = sorted(weighed, key=lambda w: (-w.total, w.candidate.order, w.side.rank))
    result: list[Weighing] = []
    while rest:
        leader = rest[0]
        tied = [w for w in rest if leader.total - w.total <= tie]
        tied.sort(
            key=lambda w: (
                w.untested_core,
                -w.candidate.prior,
                not w.candidate.is_usual_site,
                w.candidate.order,
                -w.total,
                w.side.rank,
            )
        )
        result += tied
        rest = rest[len(tied) :]
    return result


def _one_each(ordered: Sequence[Weighing], tie: int) -> tuple[Ranked, ...]:
    """One entry for each localization and side: its best site, with those that the findings do not tell from it."""
    groups: dict[tuple[str, Side], list[Weighing]] = {}
    for weighing in ordered:
        groups.setdefault((weighing.candidate.localization, weighing.side), []).append(weighing)
    ranked = [
        Ranked(group[0], tuple(w for w in group[1:] if group[0].total - w.total <= tie)) for group in groups.values()
    ]
    return tuple(ranked)
