"""Ranges of whole numbers, and their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf


@dataclass(frozen=True, slots=True)
class Range:
    """The whole numbers from `low` up to and without `high`; either may be infinite."""

    low: float
    high: float

    def __contains__(self, number: float) -> bool:
        return self.low <= number < self.high

    def __str__(self) -> str:
        if self.low == -inf:
            return f"below {self.high:g}"
        if self.high == inf:
            return f"{self.low:g} or more"
        return f"{self.low:g}" if self.high == self.low + 1 else f"{self.low:g} to {self.high - 1:g}"


def ranges(edges: Sequence[int]) -> tuple[Range, ...]:
    """All numbers, cut at the edges."""
    return tuple(Range(low, high) for low, high in pairwise((-inf, *edges, inf)))


def named(number: float, edges: Sequence[int]) -> str:
    """The name of the range in which a number lies."""
    return str(next(found for found in ranges(edges) if number in found))
