"""Many cases: the batch kernel, one call of `localize` for each, and CLIPS for each, in turns on the same rows."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from agreement import check
from ground import Ask, GroundRules, ground_rules
from machine import bandwidth
from peers import clips
from progress import say
from rows import LONG, SHORT, case_of, read_bytes, rows, told
from timing import Times, in_turns, seconds

from dermarules.inference.compiled.batch import evaluate
from dermarules.inference.compiled.columns import Column, Measured, Outcomes
from dermarules.inference.infer import ENGINES
from dermarules.knowledgebase.base import Knowledge
from dermarules.report import localize

MAP = "consensus"
SAMPLE, LOOPED, ASKED = 50, 10, 40
# The rows that the speed is guessed from, and about how many seconds a run should take.
PILOT, RUN = 4096, 1.5
# Engines agree byte for byte, so the quickest answers the sample.
QUICKEST = list(ENGINES)[-1]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many cases a second, by the median time."""

    name: str
    note: str
    cases: int
    times: Times

    @property
    def per_second(self) -> float:
        """Cases a second."""
        return self.cases / self.times.median

    @property
    def slow(self) -> float:
        """Cases a second in all but the slowest tenth of the runs."""
        return self.cases / self.times.slow


@dataclass(frozen=True, slots=True)
class Cohort:
    """What was measured of many cases; bytes are for one case."""

    columns: int
    told: tuple[float, float]
    sample: int
    several: float
    first_call: float
    processor_share: float
    read: float
    written: float
    bandwidth: float
    rates: tuple[Rate, ...]

    @property
    def share(self) -> float:
        """How near the kernel comes to reading its columns and writing its outcomes at the speed of the memory."""
        return self.rates[0].per_second * (self.read + self.written) / self.bandwidth


def measure(knowledge: Knowledge, most: int, rounds: int, budget: float) -> Cohort:
    """Check samples against single answers and CLIPS, then time all in turns on so many rows at most."""
    say("cohort: first call of the kernel")
    pilot = rows(knowledge, PILOT)
    first_call = seconds(lambda: evaluate(pilot, PILOT, knowledge, MAP))
    number = min(most, int(RUN * PILOT / seconds(lambda: evaluate(pilot, PILOT, knowledge, MAP))))
    say(f"cohort: draw {number:,} rows, twice")
    short, long = (rows(knowledge, number, examination) for examination in (SHORT, LONG))
    say(f"cohort: are {SAMPLE} rows of each as single answers, and as CLIPS has them?")
    rules = ground_rules(knowledge)
    ask = clips.load(rules)
    several = [_agrees(columns, knowledge, rules, ask) for columns in (long, short)]
    cases = [case_of(short, row) for row in range(ASKED)]
    given = [rules.given(localize(case, knowledge=knowledge, engine=QUICKEST).proof) for case in cases]

    def loop(engine: str) -> Callable[[], object]:
        return lambda: [localize(case, knowledge=knowledge, engine=engine) for case in cases[:LOOPED]]

    works: dict[str, Callable[[], object]] = {
        "kernel": lambda: evaluate(short, number, knowledge, MAP),
        f"kernel, {LONG.name}": lambda: evaluate(long, number, knowledge, MAP),
        **{f"loop, {engine}": loop(engine) for engine in ENGINES},
        "loop, clipspy": lambda: [ask(leaves) for leaves in given],
    }
    say(f"cohort: {rounds} rounds of {len(works)} contestants, {number:,} rows")
    times = in_turns(works, rounds, budget)
    counts = {name: number if name.startswith("kernel") else LOOPED for name in works} | {"loop, clipspy": ASKED}
    return Cohort(
        columns=len(short),
        told=(told(short, number), told(long, number)),
        sample=SAMPLE,
        several=several[1],
        first_call=first_call,
        processor_share=_processor_share(works["kernel"]),
        read=read_bytes(short) / number,
        written=_written_bytes(evaluate(pilot, PILOT, knowledge, MAP)) / PILOT,
        bandwidth=bandwidth(),
        rates=tuple(Rate(name, _note(name), counts[name], times[name]) for name in works),
    )


def _note(name: str) -> str:
    if name.startswith("kernel"):
        return "scores, order, certainty, flags"
    return "claims alone, from the leaves" if name.endswith("clipspy") else "answers; the proof can be asked"


def _agrees(columns: Sequence[Column | Measured], knowledge: Knowledge, rules: GroundRules, ask: Ask) -> float:
    """In what share of a sample several lesions are possible; RuntimeError if kernel, report and CLIPS disagree."""
    outcomes = evaluate(_first(columns, SAMPLE), SAMPLE, knowledge, MAP)
    for row in range(SAMPLE):
        report = localize(case_of(columns, row), knowledge=knowledge, engine=QUICKEST)
        check(outcomes, row, report)
        if ask(rules.given(report.proof)) != rules.derived(report.proof):
            raise RuntimeError(f"clipspy derives other claims than the proof of {report.case.id}")
    return float(np.mean(outcomes.several))


def _first(columns: Sequence[Column | Measured], number: int) -> tuple[Column | Measured, ...]:
    return tuple(
        Column(c.findings, c.codes[:number]) if isinstance(c, Column) else Measured(c.name, c.values[:number])
        for c in columns
    )


def _processor_share(work: Callable[[], object]) -> float:
    """Processor time over time: 1 if one core did it."""
    start, started = time.process_time(), time.perf_counter()
    work()
    return (time.process_time() - start) / (time.perf_counter() - started)


def _written_bytes(outcomes: Outcomes) -> int:
    arrays = (getattr(outcomes, name) for name in Outcomes.__dataclass_fields__)
    return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))
