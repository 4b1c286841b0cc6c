"""Cases drawn and checked, in one process or in several; the same whatever their number."""

import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import Pool

from tests.soak.checks import CHECKS, Check, Drawn, NotPossibleError


@dataclass(frozen=True)
class Result:
    """What one check says of one case, and how long it took; it may not have been possible."""

    check: str
    case: int
    faults: tuple[str, ...]
    is_possible: bool
    seconds: float


@dataclass(frozen=True)
class Tally:
    """What one check says of all cases: in how many it was made, in how many not possible, in how many it failed."""

    check: str
    cases: int = 0
    not_possible: int = 0
    failures: int = 0
    seconds: float = 0.0

    def with_result(self, result: Result) -> "Tally":
        """The tally with one result more."""
        return replace(
            self,
            cases=self.cases + result.is_possible,
            not_possible=self.not_possible + (not result.is_possible),
            failures=self.failures + bool(result.faults),
            seconds=self.seconds + result.seconds,
        )


def soaked(seed: int, numbers: Sequence[int], processes: int, *, sparsely: bool = False) -> Iterator[list[Result]]:
    """The results of each case; in a sample, checks that take long are made sparsely."""
    check = partial(checked, seed, sparsely=sparsely)
    if processes == 1:
        yield from map(check, numbers)
        return
    with Pool(processes) as pool:
        yield from pool.imap_unordered(check, numbers, chunksize=4)


def checked(seed: int, number: int, *, sparsely: bool = False) -> list[Result]:
    """What the checks say of one case."""
    chosen = [check for place, check in enumerate(CHECKS) if not sparsely or (number + place) % check.every == 0]
    drawn = Drawn(seed, number)
    return [_made(check, drawn) for check in chosen]


def _made(check: Check, drawn: Drawn) -> Result:
    start = time.monotonic()
    faults: tuple[str, ...] = ()
    is_possible = True
    try:
        faults = tuple(check.run(drawn))
    except NotPossibleError:
        is_possible = False
    except Exception:
        # A check that breaks is a failure of this case, and the others go on.
        faults = (traceback.format_exc(),)
    return Result(check.name, drawn.number, faults, is_possible, time.monotonic() - start)


def tallied(results: Iterable[Result]) -> list[Tally]:
    """The tallies, in the order of the checks."""
    tallies = {check.name: Tally(check.name) for check in CHECKS}
    for result in results:
        tallies[result.check] = tallies.get(result.check, Tally(result.check)).with_result(result)
    return list(tallies.values())
