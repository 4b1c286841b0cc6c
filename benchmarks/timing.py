"""Times, taken in turns: each contestant runs once a round, so that a slow minute of the machine hits all alike."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil

# However slow a contestant is, it runs this often.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds of every run."""

    seconds: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """The time that a share of the runs did not exceed, in seconds."""
        ordered = sorted(self.seconds)
        return ordered[ceil(share * len(ordered)) - 1]

    @property
    def median(self) -> float:
        """The time that half of the runs did not exceed."""
        return self.percentile(0.5)

    @property
    def slow(self) -> float:
        """The time that nine of ten runs did not exceed."""
        return self.percentile(0.9)


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(contestants: Mapping[str, Callable[[], object]], rounds: int, budget: float) -> dict[str, Times]:
    """Times of all; a contestant that has used up its `budget` of seconds sits out. Each runs once before, unmeasured.

    Who comes first changes from round to round.
    """
    for work in contestants.values():
        work()
    gc.collect()
    found: dict[str, list[float]] = {name: [] for name in contestants}
    names = list(contestants)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            if len(found[name]) < FEWEST or sum(found[name]) < budget:
                found[name].append(seconds(contestants[name]))
    return {name: Times(tuple(times)) for name, times in found.items()}
