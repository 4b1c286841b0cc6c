"""Ranking: candidates in order, one for each localization and side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from dermarules.inference.candidates import Candidate, candidates, ranges
from dermarules.inference.cover import covers
from dermarules.inference.evidence import Evidence
from dermarules.inference.scales import Scales
from dermarules.inference.sums import even
from dermarules.inference.weigh import Weighing
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
    scales = Scales(evidence, knowledge)
    return in_order(scales.supported(candidates(knowledge, map_id)), ranges(knowledge, map_id), scales, map_id)


def in_order(single: Sequence[Weighing], runs: Iterable[Candidate], scales: Scales, map_id: str) -> tuple[Ranked, ...]:
    """Single candidates with the runs of roots and the sets of lesions that are worth their price, best first."""
    tie = scales.knowledge.weights.tie
    found = [*single, *_worthwhile_ranges(scales, runs, single)]
    found += covers(found, scales, map_id)
    found.append(nothing(scales.evidence, scales.knowledge))
    return _one_each(_by_total(found, tie), tie)


def _worthwhile_ranges(scales: Scales, runs: Iterable[Candidate], single: Sequence[Weighing]) -> list[Weighing]:
    """Ranges of roots that explain clearly more than any single candidate, and rest on an objective deficit.

    A range explains no more than its roots at most do together: what they do not is not weighed.
    """
    evidence, limits = scales.evidence, scales.knowledge.weights.ranges
    if evidence.first_deficit is None:
        return []
    best = max((w for w in single if w.candidate.klass != "wide"), key=lambda w: w.explained_weight, default=None)
    if best is None or not best.unexplained:
        return []
    enough = best.explained_weight + limits.gain
    roots = {(w.candidate.roots[0], w.side): scales.lesion(w) for w in single if w.candidate.klass == "root"}
    found = []
    for candidate in runs:
        for side in evidence.sides:
            members = [roots[root, side] for root in candidate.roots if (root, side) in roots]
            if len(members) < len(candidate.roots) or scales.most(members) < enough:
                continue
            weighing = scales.weigh(candidate, side)
            if weighing.explained_weight >= enough:
                found.append(weighing)
    return found


def nothing(evidence: Evidence, knowledge: Knowledge) -> Weighing:
    """That there is nothing to localize: likely without a complaint, not unlikely if pain in one place is all."""
    abnormal = [o for o in evidence.observations if o.state not in SPARED]
    claims = tuple(o.claim for o in abnormal if o.state is not State.PAIN)[:1]
    if not claims and abnormal and evidence.neurological:
        # The complaint speaks of more than pain; without the pain, any complaint of the leg would do.
        claims = (evidence.neurological[0], abnormal[0].claim)
    elif not abnormal:
        claims = evidence.leg_complaint[:1]
    if claims:
        size, label = knowledge.weights.not_enough, "something was found abnormal or felt"
    elif abnormal:
        size, label = knowledge.weights.pain_alone, "pain that does not radiate is all that is told"
        claims = (abnormal[0].claim,)
    else:
        size, label = knowledge.weights.nothing, "nothing was found abnormal or felt"
    term = Term(TermKind.NOTHING, label, even(size), even(size), (*claims, Claim("known", "weights")))
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
