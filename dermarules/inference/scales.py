"""The scales of one case: each candidate is weighed once, and what several together explain at most is known before."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from dermarules.inference.candidates import Candidate
from dermarules.inference.evidence import Evidence
from dermarules.inference.observations import Observation
from dermarules.inference.sums import explained_signs, unexplained_terms
from dermarules.inference.weigh import Weighing, may_be_supported, weigh
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import ABNORMAL, State
from dermarules.proof import Claim, Term
from dermarules.vocabulary import CONSTANT, Group, Side, TermKind

_DEFICIT = (State.DEFICIT,)

Key = TypeVar("Key")


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


# Several candidates, each on its side.
Parts = tuple[tuple[Candidate, Side], ...]


@dataclass(frozen=True)
class Scales:
    """What is weighed for one case. Nothing is weighed twice, however often the candidates are put in order."""

    evidence: Evidence
    knowledge: Knowledge
    _weighed: dict[tuple[Candidate, Side], Weighing] = field(default_factory=dict)
    _sets: dict[Parts, Weighing] = field(default_factory=dict)
    _lesions: dict[tuple[Candidate, Side], Lesion] = field(default_factory=dict)
    _open: dict[tuple[int, frozenset[str]], list[Term]] = field(default_factory=dict)

    def without(self, rules: Collection[str]) -> "Scales":
        """The scales if some rules said nothing: all of which they say nothing weighs as it does."""
        fired = tuple(each for each in self.evidence.fired if each.rule not in rules)
        evidence = replace(self.evidence, fired=fired)
        weighed, sets = _silent(rules, self._weighed), _silent(rules, self._sets)
        return Scales(evidence, self.knowledge, weighed, sets, _open=self._open)

    def weigh(self, candidate: Candidate, side: Side) -> Weighing:
        """One candidate on one side."""
        key = (candidate, side)
        if key not in self._weighed:
            self._weighed[key] = weigh(candidate, side, self.evidence, self.knowledge)
        return self._weighed[key]

    def supported(self, of: Iterable[Candidate]) -> list[Weighing]:
        """The candidates that something speaks for, weighed on each side on which something was found."""
        weighed = (
            self.weigh(candidate, side)
            for candidate in of
            for side in ((Side.NONE,) if candidate.is_bilateral else self.evidence.sides)
            if self._may_be_supported(candidate, side)
        )
        return [w for w in weighed if w.is_supported]

    def _may_be_supported(self, candidate: Candidate, side: Side) -> bool:
        return (candidate, side) in self._weighed or may_be_supported(candidate, side, self.evidence, self.knowledge)

    def set_of(self, parts: Parts, put_together: Callable[[], Weighing]) -> Weighing:
        """Several lesions at once, put together once."""
        if parts not in self._sets:
            self._sets[parts] = put_together()
        return self._sets[parts]

    def lesion(self, weighing: Weighing) -> Lesion:
        """A candidate that these scales weighed, as one of several lesions."""
        key = (weighing.candidate, weighing.side)
        if key not in self._lesions:
            self._lesions[key] = self._lesion(weighing)
        return self._lesions[key]

    def _lesion(self, weighing: Weighing) -> Lesion:
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
        speaks = map(sum, zip(*[lesion.speaks for lesion in chosen], strict=True))
        return sum(map(min, speaks, self._caps)) + sum([term.counted for term in self.unexplained(chosen)])

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

    @cached_property
    def _caps(self) -> tuple[int, ...]:
        weights = self.knowledge.weights
        return tuple(weights.rules_cap if group is Group.RULES else weights.group_cap for group in Group)

    def bits(self, observations: Iterable[Observation]) -> int:
        """Observations of the case, each as one bit."""
        return sum([self._bit[o.claim] for o in observations])

    def _accounted(self, weighing: Weighing, states: Container[State]) -> int:
        reach = weighing.candidate.reach
        return self.bits([o for o in weighing.explained if o.state in states and reach.get(o.place) in CONSTANT])

    @cached_property
    def _bit(self) -> dict[Claim, int]:
        return {o.claim: 1 << number for number, o in enumerate(self.evidence.observations)}


def _silent(rules: Collection[str], weighed: Mapping[Key, Weighing]) -> dict[Key, Weighing]:
    """What was weighed and some rules say nothing of."""
    return {
        key: weighing
        for key, weighing in weighed.items()
        if not any(term.kind is TermKind.RULE and term.of in rules for term in weighing.terms)
    }


def lost_to_all(chosen: Sequence[Lesion]) -> int:
    """What none of them explains."""
    lost = chosen[0].lost
    for lesion in chosen[1:]:
        lost &= lesion.lost
    return lost
