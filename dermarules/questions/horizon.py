"""How much a test tells apart, in bits, and how many tests are needed until one hypothesis leads: on the worst path.

A small model of its own: hypotheses with probabilities, each in the ways in which it can show itself (`strands`), and
tests with the chance to be abnormal in each. Within a strand tests are independent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

Weights = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """`of` tells which hypothesis each strand belongs to; `chances` has for each test one chance for each strand.

    It is decided once a hypothesis is `lead` times as probable as any other.
    """

    of: tuple[int, ...]
    chances: tuple[Weights, ...]
    lead: float

    def by_hypothesis(self, weights: Sequence[float]) -> list[float]:
        """The weights of the hypotheses."""
        found = [0.0] * (max(self.of) + 1)
        for owner, weight in zip(self.of, weights, strict=True):
            found[owner] += weight
        return found

    def outcomes(self, weights: Weights, test: int) -> tuple[Weights, Weights]:
        """The weights if a test is abnormal, and if it is normal; together they are those before it."""
        chances = self.chances[test]
        lost = tuple(w * p for w, p in zip(weights, chances, strict=True))
        return lost, tuple(w - a for w, a in zip(weights, lost, strict=True))

    def is_decided(self, weights: Weights) -> bool:
        """True if one hypothesis leads all others."""
        best = sorted(self.by_hypothesis(weights), reverse=True)
        return len(best) < 2 or best[0] >= self.lead * best[1]

    def bits(self, weights: Weights, test: int) -> float:
        """The expected information of a test about the hypotheses."""
        total = sum(weights)
        if not total:
            return 0.0
        now = _entropy(self.by_hypothesis(weights))
        left = sum(sum(w) / total * _entropy(self.by_hypothesis(w)) for w in self.outcomes(weights, test) if sum(w))
        return max(0.0, now - left)


def _entropy(weights: Sequence[float]) -> float:
    total = sum(weights)
    return -sum(w / total * log2(w / total) for w in weights if w > 0)


@dataclass(frozen=True, slots=True)
class Horizon:
    """How many further tests are needed when the most telling is always done next: on the worst path, and on average.

    `is_bounded` is true if some path was cut at the limit: then the worst path is at least as long as said.
    """

    worst: int
    expected: float
    is_bounded: bool


def greedy(model: Model, weights: Weights, limit: int, done: frozenset[int] = frozenset()) -> Horizon:
    """The horizon of doing the test with the most bits, again and again."""
    left = [test for test in range(len(model.chances)) if test not in done]
    if model.is_decided(weights):
        return Horizon(0, 0.0, False)
    if not left or not limit:
        return Horizon(0, 0.0, True)
    best = max(left, key=lambda test: (round(model.bits(weights, test), 12), -test))
    parts = [(sum(w), greedy(model, w, limit - 1, done | {best})) for w in model.outcomes(weights, best) if sum(w)]
    total = sum(weight for weight, _ in parts)
    return Horizon(
        worst=1 + max(part.worst for _, part in parts),
        expected=1 + sum(weight / total * part.expected for weight, part in parts),
        is_bounded=any(part.is_bounded for _, part in parts),
    )
