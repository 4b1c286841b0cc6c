"""All benchmarks in one run: `make bench`.

Prints what was asked and what was measured, and writes the page docs/benchmarks.md with its plots. Progress goes to the
error stream. Needs the other engines: `pip install -e '.[bench]'`.
"""

import argparse
import datetime
from pathlib import Path

import cohort
import cold
import files
import growth
import machine
import plots
import processes
import questions
import single
from case import CASE
from hotspots import Spot, hotspots
from page import page
from progress import say
from results import Results, aims
from rows import rows

from dermarules.inference.compiled.batch import evaluate
from dermarules.inference.infer import ENGINES
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.report import localize

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
MAP = "consensus"
# Rows of the kernel at most.
ROWS = 200_000
PROFILED = 50


def run(*, big: bool) -> Results:
    """Measure everything."""
    knowledge = default_knowledge()
    one = single.measure(knowledge, rounds=100, budget=15)
    many = cohort.measure(knowledge, ROWS, rounds=10, budget=15)
    scaled = processes.measure(_rows_of(many))
    runs = files.measure(knowledge, big=big)
    asked = questions.measure(knowledge, rounds=2)
    return Results(
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        machine=machine.processor(),
        versions=machine.versions(),
        knowledge=f"{knowledge.version} ({knowledge.digest[:12]})",
        single=one,
        questions=asked,
        cold=cold.measure(rounds=15, budget=20),
        grown=growth.measure(knowledge, _batch(knowledge), rounds=10, budget=5),
        cohort=many,
        scaled=scaled,
        runs=runs,
        hotspots=_hotspots(knowledge),
    )


def _rows_of(many: cohort.Cohort) -> int:
    """So many rows that the kernel takes about two seconds."""
    return min(ROWS, int(2 * many.rates[0].per_second))


def _batch(knowledge: Knowledge) -> growth.Batch:
    """What answers the same rows under any knowledge."""
    columns = rows(knowledge, growth.ROWS)
    return lambda larger: evaluate(columns, growth.ROWS, larger, MAP)


def _hotspots(knowledge: Knowledge) -> dict[str, tuple[Spot, ...]]:
    case = case_from_mapping(CASE, knowledge)
    found = {
        f"one case, {name}": hotspots(
            lambda name=name: [localize(case, knowledge=knowledge, engine=name) for _ in range(PROFILED)]
        )
        for name in ENGINES
    }
    batch = _batch(knowledge)
    return found | {"kernel": hotspots(lambda: batch(knowledge))}


def write(results: Results, path: Path) -> None:
    """The page and its two plots beside it."""
    names = (f"{path.stem}-one-case.svg", f"{path.stem}-growth.svg")
    answers, claims = (
        [(c.name, 1000 * c.times.median, 1000 * c.times.slow) for c in contestants]
        for contestants in (results.single.answers, results.single.claimed)
    )
    plots.one_case(answers, claims, path.with_name(names[0]))
    plots.growth(
        [(run.rows, run.peak / 2**20) for run in results.runs],
        [(each.processes, each.per_second / 1e3) for each in results.scaled],
        {
            name: [(grown.territories, 1000 * grown.times[name].median) for grown in results.grown]
            for name in results.grown[0].times
        },
        path.with_name(names[1]),
    )
    path.write_text(page(results, names), encoding="utf-8")


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--big", action="store_true", help="also localize a file of ten million rows")
    parser.add_argument("--page", type=Path, default=PAGE, help="where to write (default: the page of the docs)")
    options = parser.parse_args()
    results = run(big=options.big)
    write(results, options.page)
    for aim in aims(results):
        print(f"{'reached' if aim.reached else 'MISSED '}  {aim.asked}\n         {aim.got}")
    say(f"wrote {options.page.name} and its plots")


if __name__ == "__main__":
    main()
