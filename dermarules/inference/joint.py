"""What several lesions of one patient can explain together at most, before they are weighed: few can explain enough."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dermarules.inference.evidence import Evidence
from dermarules.inference.observations import Observation
from dermarules.inference.sums import explained_signs, unexplained_terms
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import ABNORMAL, State
from dermarules.proof import Claim, Term
from dermarules.vocabulary import CONSTANT, Group

_DEFICIT = (State.DEFICIT,)


@dataclass(frozen=True, slots=True)
class Lesion:
    """A weighed candidate as one of several, with observations as bits.

    It accounts for what is `abnormal`, and for the `deficits` of it, in places that it takes out as a rule. A variable
    place can be lost, and need not. `lost` is what it leaves unexplained; `speaks` is what speaks for it in each group.
    """

    weighing: Weighing
    abnormal: int
    deficits: int
    lost: int
    speaks: tuple[int, ...]


@dataclass(frozen=True)
class Joint:
    """The lesions of one case put together; what it costs to leave the same observations open is found once."""

    evidence: Evidence
    knowledge: Knowledge
    _open: dict[tuple[int, frozenset[str]], list[Term]] = field(default_factory=dict)

    def lesion(self, weighing: Weighing) -> Lesion:
        """A weighed candidate as one of several lesions."""
        speaks = dict.fromkeys(Group, 0)
        for term in weighing.terms:
            if term.group is not None and term.counted > 0:
                speaks[term.group] += term.counted
        return Lesion(
            weighing,
            self._accounted(weighing, ABNORMAL),
            self._accounted(weighing, _DEFICIT),
            self.bits(weighing.unexplained),
            tuple(speaks.values()),
        )

    def left_open(self, weighing: Weighing) -> int:
        """What is abnormal and not accounted for."""
        abnormal = [o for o in (*weighing.explained, *weighing.unexplained) if o.state in ABNORMAL]
        return self.bits(abnormal) & ~self._accounted(weighing, ABNORMAL)

    def most(self, chosen: Sequence[Lesion]) -> int:
        """What they explain at most: all that speaks for each, up to the caps, less what none of them explains.

        No term counts for more beside others than it does alone.
        """
        weights = self.knowledge.weights
        speaks = 0
        for number, group in enumerate(Group):
            cap = weights.rules_cap if group is Group.RULES else weights.group_cap
            speaks += min(cap, sum([lesion.speaks[number] for lesion in chosen]))
        return speaks + sum([term.counted for term in self.unexplained(chosen)])

    def unexplained(self, chosen: Sequence[Lesion]) -> list[Term]:
        """What it costs that some observations and signs are explained by none of them."""
        lost = lost_to_all(chosen)
        signs = frozenset().union(*[explained_signs(lesion.weighing.candidate) for lesion in chosen])
        if len({lesion.weighing.side for lesion in chosen}) > 1:
            signs |= {"both"}
        if (lost, signs) not in self._open:
            left = [o for o in self.evidence.observations if self._bit[o.claim] & lost]
            self._open[lost, signs] = unexplained_terms(signs, left, self.evidence, self.knowledge)
        return self._open[lost, signs]

    def bits(self, observations: Iterable[Observation]) -> int:
        """Observations of the case, each as one bit."""
        return sum([self._bit[o.claim] for o in observations])

    def _accounted(self, weighing: Weighing, states: Container[State]) -> int:
        reach = weighing.candidate.reach
        return self.bits([o for o in weighing.explained if o.state in states and reach.get(o.place) in CONSTANT])

    @cached_property
    def _bit(self) -> dict[Claim, int]:
        return {o.claim: 1 << number for number, o in enumerate(self.evidence.observations)}


def lost_to_all(chosen: Sequence[Lesion]) -> int:
    """What none of them explains."""
    lost = chosen[0].lost
    for lesion in chosen[1:]:
        lost &= lesion.lost
    return lost
