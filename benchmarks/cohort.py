"""Many cases: the batch kernel, one call of `localize` for each, and CLIPS for each, in turns on the same rows."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from agreement import check
from ground import ground_rules
from machine import bandwidth
from peers import clips
from progress import say
from rows import case_of, read_bytes, rows
from timing import Times, in_turns, seconds

from dermarules.inference.compiled.batch import evaluate
from dermarules.inference.compiled.columns import Column, Measured, Outcomes
from dermarules.inference.infer import ENGINES
from dermarules.knowledgebase.base import Knowledge
from dermarules.report import localize

MAP = "consensus"
SAMPLE, LOOPED, ASKED = 100, 10, 40


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


def measure(knowledge: Knowledge, number: int, rounds: int, budget: float) -> Cohort:
    """Check a sample of rows against single answers and against CLIPS, then time all in turns."""
    say(f"cohort: draw {number:,} rows")
    columns = rows(knowledge, number)
    say("cohort: first call of the kernel")
    small = _first(columns, SAMPLE)
    first_call = seconds(lambda: evaluate(small, SAMPLE, knowledge, MAP))
    say(f"cohort: are {SAMPLE} rows as single answers, and as CLIPS has them?")
    outcomes = evaluate(small, SAMPLE, knowledge, MAP)
    cases = [case_of(columns, row) for row in range(SAMPLE)]
    reports = [localize(case, knowledge=knowledge, engine=list(ENGINES)[-1]) for case in cases]
    for row, report in enumerate(reports):
        check(outcomes, row, report)
    rules = ground_rules(knowledge)
    ask = clips.load(rules)
    given = [rules.given(report.proof) for report in reports]
    for leaves, report in zip(given, reports, strict=True):
        if ask(leaves) != rules.derived(report.proof):
            raise RuntimeError(f"clipspy derives other claims than the proof of {report.case.id}")

    def loop(engine: str) -> Callable[[], object]:
        return lambda: [localize(case, knowledge=knowledge, engine=engine) for case in cases[:LOOPED]]

    works: dict[str, Callable[[], object]] = {"kernel": lambda: evaluate(columns, number, knowledge, MAP)}
    works |= {f"loop, {engine}": loop(engine) for engine in ENGINES}
    works["loop, clipspy"] = lambda: [ask(leaves) for leaves in given[:ASKED]]
    say(f"cohort: {rounds} rounds of {len(works)} contestants")
    times = in_turns(works, rounds, budget)
    counts = {"kernel": number, "loop, clipspy": ASKED}
    notes = {"kernel": "scores, order, certainty, flags", "loop, clipspy": "claims alone, from the leaves"}
    return Cohort(
        columns=len(columns),
        sample=SAMPLE,
        several=float(np.mean(outcomes.several)),
        first_call=first_call,
        processor_share=_processor_share(works["kernel"]),
        read=read_bytes(columns) / number,
        written=_written_bytes(outcomes) / SAMPLE,
        bandwidth=bandwidth(),
        rates=tuple(
            Rate(name, notes.get(name, "reports with proofs"), counts.get(name, LOOPED), times[name]) for name in works
        ),
    )


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
