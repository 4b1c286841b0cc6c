"""Every question to a report: how long its answer takes, over all shipped cases of about twenty findings.

Each question is asked of a report that nobody asked anything before, once an unmeasured round has filled the caches of
the knowledge. What is measured is the answer with its full text. Run by itself it prints the table.
"""

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

from progress import say
from timing import Times
from wording import short

from dermarules.findings import Case, Finding
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.knowledgebase.case_values import case_values
from dermarules.knowledgebase.cases import read_cases
from dermarules.questions.many import load_kernel
from dermarules.questions.otherwise import otherwise
from dermarules.report import Report, localize

ROOT = Path(__file__).parent.parent
FOLDERS = ("examples/cases", "tests/cases")
FEWEST, MOST = 18, 22
# Of the rules, so many are asked about, evenly spread over the knowledge.
RULES = 12
ENGINE, MAP = "compiled", "consensus"
LOCALIZE, CONTRAST = "localize", "contrast"
# What is asked: milliseconds, and those of a contrast, which searches all changes.
LIMIT, LIMIT_OF_CONTRAST = 100, 2000
# The questions that try many variations of a case: for these the batch kernel is of use.
OF_MANY = ("fragility", "next_tests")

# What took longer by the clock, in seconds, is not asked again.
LONG = 0.5

Ask = Callable[[Report], object]
# A question, what it is about, and how it is asked.
Asks = Callable[[Report], Iterable[tuple[str, str, Ask]]]


@dataclass(frozen=True, slots=True)
class Taken:
    """The time of the processor and that of the clock, in seconds."""

    processor: float
    wall: float


@dataclass(frozen=True, slots=True)
class Timed:
    """One way to ask one question of one case."""

    question: str
    case: str
    about: str
    taken: Taken


@dataclass(frozen=True, slots=True)
class Row:
    """A question, over all cases and all that it can be asked about."""

    question: str
    processor: Times
    wall: Times
    worst: Timed
    asked: int

    @property
    def is_in_time(self) -> bool:
        """True if the worst of it took no longer than is asked."""
        limit = LIMIT_OF_CONTRAST if self.question == CONTRAST else LIMIT
        return 1000 * self.worst.taken.processor <= limit


@dataclass(frozen=True, slots=True)
class Questions:
    """What was measured: over how many cases, and each question, those of many variations also with the kernel."""

    cases: int
    rows: tuple[Row, ...]


def measure(knowledge: Knowledge, rounds: int) -> Questions:
    """Ask everything of every case, once for the caches and then in so many rounds; of these the median counts."""
    cases = [
        case
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.yaml"))
        for case in read_cases(path, knowledge)
        if FEWEST <= len(case.findings) <= MOST
    ]
    rows = _rows(_timed(cases, knowledge, rounds, _asks))
    if load_kernel(knowledge, MAP):
        timed = _timed(cases, knowledge, rounds, lambda _: ((q, "", _plainly(q)) for q in OF_MANY))
        rows += [replace(row, question=f"{row.question}, kernel loaded") for row in _rows(timed)]
    return Questions(len(cases), tuple(rows))


def _timed(cases: Sequence[Case], knowledge: Knowledge, rounds: int, asks: Asks) -> list[Timed]:
    found: dict[tuple[str, str, str], list[Taken]] = {}
    for number in range(rounds + 1):
        say(f"questions: round {number} of {rounds} over {len(cases)} cases")
        for case in cases:
            for question, about, ask in asks(_fresh(case, knowledge)):
                known = found.setdefault((question, case.id, about), [])
                if not (known and known[0].wall > LONG) and (number or question != CONTRAST):
                    times = _once(_fresh(case, knowledge), ask)
                    known += [times] if number else []
        if not number:
            # Else a full collection, which goes through the whole knowledge, hits now this question and now that.
            gc.collect()
            gc.freeze()
    gc.unfreeze()
    return [
        Timed(*key, Taken(median(t.processor for t in times), median(t.wall for t in times)))
        for key, times in found.items()
    ]


def _fresh(case: Case, knowledge: Knowledge) -> Report:
    """A report of which nobody asked anything yet."""
    return localize(case, knowledge=knowledge, engine=ENGINE)


def _once(report: Report, ask: Ask) -> Taken:
    processor, wall = time.process_time(), time.perf_counter()
    str(ask(report))
    return Taken(time.process_time() - processor, time.perf_counter() - wall)


def _rows(timed: Sequence[Timed]) -> list[Row]:
    """A row for each question, in the order in which they were asked."""
    by_question: dict[str, list[Timed]] = {}
    for each in timed:
        by_question.setdefault(each.question, []).append(each)
    return [
        Row(
            question,
            Times(tuple(each.taken.processor for each in found)),
            Times(tuple(each.taken.wall for each in found)),
            max(found, key=lambda each: each.taken.processor),
            len(found),
        )
        for question, found in by_question.items()
    ]


def _asks(report: Report) -> Iterator[tuple[str, str, Ask]]:
    """Every question that can be asked of a report."""
    yield LOCALIZE, "", lambda r: _fresh(r.case, r.knowledge).urgency
    knowledge, flags = report.knowledge, report.red_flags
    entries = ((e.localization, e.side) for e in report.differential)
    places = list(dict.fromkeys(f"{place}, {side}" if side else place for place, side in entries))
    touched = [*(f.id for f in flags.raised), *(f.id for f in flags.open), *(f.id for f in flags.cleared)]
    rules = list(knowledge.rules)
    for claim in (*places, *(f"red flag {flag}" for flag in touched)):
        yield "why", claim, partial(Report.why, claim=claim)
    every = (f"red flag {flag}" for flag in knowledge.red_flags)
    for claim in (*places, *every, *(f"rule {rule}" for rule in rules[:: len(rules) // RULES])):
        yield "why_not", claim, partial(Report.why_not, claim=claim)
    for rival in places[1:4]:
        yield CONTRAST, rival, partial(Report.contrast, first=places[0], second=rival)
    for row in report.case.findings:
        yield from _what_if(row, report)
    for question in ("next_tests", "clearance", "dissent", "fragility", "replay", "to_json"):
        yield question, "", _plainly(question)
    yield "to_json(capsule=True)", "", partial(Report.to_json, capsule=True)


def _plainly(question: str) -> Ask:
    return lambda report: getattr(report, question)()


def _what_if(row: Finding, report: Report) -> Iterator[tuple[str, str, Ask]]:
    """A row taken out, and the opposite in its place."""
    gone = {key: value for key, value in _given(row, report.case).items() if key != "is"}
    yield "what_if", f"without {gone}", partial(Report.what_if, remove=gone)
    opposite = next(otherwise(row, report.knowledge, sides=False))
    if opposite is not None:
        given = _given(opposite, report.case)
        yield "what_if", f"with {given}", partial(Report.what_if, change=given)


def _given(row: Finding, case: Case) -> dict[str, object]:
    given: dict[str, object] = case_values(replace(case, findings=(row,)))["findings"][0]
    return given


def table(questions: Questions) -> Iterator[str]:
    """The lines of a table of all questions, in milliseconds."""
    one = next(row.processor.median for row in questions.rows if row.question == LOCALIZE)
    yield "| | asked | processor: median, ms | 90% | worst | clock: median, ms | 90% | worst | localize = 1 | worst |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for row in questions.rows:
        cells = [
            short(1000 * value)
            for times in (row.processor, row.wall)
            for value in (times.median, times.slow, times.percentile(1))
        ]
        worst = f"`{row.worst.case}`" + (f", {row.worst.about}" if row.worst.about else "")
        ratio = short(row.processor.median / one)
        yield f"| `{row.question}` | {row.asked:,} | {' | '.join(cells)} | {ratio} | {worst} |"


def main() -> None:
    """Measure and print the table."""
    for line in table(measure(default_knowledge(), rounds=3)):
        print(line)


if __name__ == "__main__":
    main()
