"""Thousands of random cases, each explained, checked and tampered with: `make soak`.

Every case is drawn from the seed and its number alone. A failure names both, and `--first` makes that case again.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from tests.soak.run import Result, Tally, soaked, tallied

CASES = 10_000
# Of one failure, so many faults are told, each with so many letters.
_TOLD, _LONG = 3, 1000
_COLUMNS = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())


def table(tallies: Sequence[Tally]) -> Table:
    """What each check says of all cases."""
    made = Table(title="Each check", title_justify="left")
    for heading in ("check", "cases", "not possible", "failures", "seconds"):
        made.add_column(heading, justify="left" if heading == "check" else "right")
    for tally in tallies:
        counts = (tally.cases, tally.not_possible, tally.failures, tally.seconds)
        made.add_row(tally.check, *(f"{count:,.0f}" for count in counts))
    return made


def main() -> None:
    """Run a soak; exit 1 if a check failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=CASES, metavar="N", help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which cases (default: %(default)s)")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the number of the first case (default: 0)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N")
    options = parser.parse_args()
    errors = Console(stderr=True)
    errors.print(f"seed {options.seed}, cases {options.first} to {options.first + options.cases - 1}")
    results: list[Result] = []
    with Progress(TextColumn("{task.description}"), *_COLUMNS, console=errors) as bar:
        task = bar.add_task("soaking", total=options.cases)
        numbers = range(options.first, options.first + options.cases)
        for of_one in soaked(options.seed, numbers, options.processes):
            results += of_one
            bar.advance(task)
            for result in of_one:
                if result.faults:
                    bar.console.print(_told(result, options.seed), markup=False, highlight=False, soft_wrap=True)
    Console().print(table(tallied(results)))
    sys.exit(1 if any(result.faults for result in results) else 0)


def _told(result: Result, seed: int) -> str:
    """A failure, and how to see it again."""
    again = f"python -m tests.soak --seed {seed} --first {result.case} --cases 1"
    more = [f"    and {len(result.faults) - _TOLD} more"] if len(result.faults) > _TOLD else []
    return "\n".join((f"{result.check}: {again}", *(f"    {fault[:_LONG]}" for fault in result.faults[:_TOLD]), *more))


if __name__ == "__main__":
    main()
