"""Shares with their uncertainty."""

from dataclasses import dataclass
from math import sqrt

# The 97.5 % quantile of the normal distribution: two-sided intervals of 95 %.
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """k of n; with n = 0 there is nothing to say."""

    k: int
    n: int

    @property
    def rate(self) -> float | None:
        """k / n, or None where nothing applies."""
        return self.k / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson score interval of 95 % (Wilson, J Am Stat Assoc 1927;22:209-212)."""
        if not self.n:
            return None
        rate, square = self.k / self.n, _Z * _Z
        middle = rate + square / (2 * self.n)
        half = _Z * sqrt(rate * (1 - rate) / self.n + square / (4 * self.n * self.n))
        scale = 1 + square / self.n
        low = 0.0 if self.k == 0 else (middle - half) / scale
        return low, 1.0 if self.k == self.n else (middle + half) / scale
