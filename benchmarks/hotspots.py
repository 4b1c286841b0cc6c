"""Where the time goes: the functions in which most of it is spent, by name of module and never by path."""

import cProfile
import pstats
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MOST = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """A function and its share of the time, what it calls left out."""

    name: str
    share: float


def hotspots(work: Callable[[], object]) -> tuple[Spot, ...]:
    """The functions in which a piece of work spends most of its time."""
    profile = cProfile.Profile()
    profile.runcall(work)
    stats = pstats.Stats(profile)
    spent = {_name(*function): found[2] for function, found in stats.stats.items()}
    ordered = sorted(spent.items(), key=lambda each: -each[1])
    return tuple(Spot(name, time / stats.total_tt) for name, time in ordered[:MOST])


def _name(file: str, line: int, function: str) -> str:
    if file == "~":
        return function.strip("<>")
    parts = Path(file).with_suffix("").parts
    packages = [index for index, part in enumerate(parts) if part in ("dermarules", "experta")]
    module = ".".join(parts[packages[-1] :]) if packages else parts[-1]
    return f"{module}.{function}"
