"""The totals as steps of a proof: every sum that was compared, that the first is ahead, and the facts beneath."""

from collections.abc import Mapping, Sequence

from dermarules.inference.rank import Ranked
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.facts import known
from dermarules.proof import Claim, Compared, Step, Weighed


def ahead_claim(first: Weighing, other: Weighing) -> Claim:
    """The claim that the first total is not below the other."""
    return Claim("ahead", f"{first.candidate.name} of {other.candidate.name}, {other.side.value}", first.side.value)


def totals(ranked: Sequence[Ranked], knowledge: Knowledge) -> Mapping[Claim, tuple[Step, ...]]:
    """Every total that was compared, and that the first is not below the others, with the facts they rest on."""
    steps: dict[Claim, tuple[Step, ...]] = {}
    weighings = [weighing for place in ranked for weighing in (place.weighing, *place.same_elsewhere)]
    for weighing in weighings:
        steps[weighing.claim] = (Weighed(weighing.terms, weighing.total),)
    first = ranked[0].weighing
    for place in ranked[1:]:
        other = place.weighing
        steps[ahead_claim(first, other)] = (Compared(first.claim, other.claim, first.total, other.total),)
    premises = {term.premises for weighing in weighings for term in weighing.terms}
    for claim in {claim for each in premises for claim in each}:
        if claim.predicate == "known":
            steps[claim] = (known(knowledge, claim.subject),)
    return steps
