"""The page docs/benchmarks.md: what was measured, on what, and what it includes."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from growth import ROWS as GROWN_ROWS
from questions import FEWEST, MOST, table
from results import Results, aims
from wording import short, times

if TYPE_CHECKING:
    from cohort import Cohort
    from single import Contestant


def page(results: Results, plots: Sequence[str]) -> str:
    """The whole page; `plots` are the names of its two pictures."""
    one_case, growth = plots
    parts = [HEAD, *_machine(results), *_aims(results), *_single(results, one_case), *_questions(results)]
    parts += [*_cohort(results), *_cold(results), *_growing(results, growth), *_hotspots(results), FOOT]
    return "\n".join(parts)


def _machine(results: Results) -> Iterator[str]:
    yield f"- **Machine**: {results.machine}."
    yield f"- **Date**: {results.date}."
    yield f"- **Versions**: {', '.join(f'{name} {number}' for name, number in results.versions.items())}."
    yield f"- **Knowledge**: {results.knowledge}."


def _aims(results: Results) -> Iterator[str]:
    yield AIMS
    yield from (f"| {aim.asked} | {aim.got} | {'yes' if aim.reached else '**no**'} |" for aim in aims(results))


def _single(results: Results, plot: str) -> Iterator[str]:
    single = results.single
    yield SINGLE.format(rules=f"{single.rules:,}", leaves=single.leaves, claims=single.claims, plot=plot)
    yield "\n| whole answers | median, ms | 90th percentile | experta = 1 | same as experta | what is timed |"
    yield "|---|---|---|---|---|---|"
    yield from _contestants(single.answers, "experta, with proof")
    yield "\n| claims alone | median, ms | 90th percentile | clipspy = 1 | same as proof | what is timed | load, s |"
    yield "|---|---|---|---|---|---|---|"
    yield from _contestants(single.claimed, "clipspy")
    yield SINGLE_NOTES


def _contestants(contestants: "Sequence[Contestant]", unit: str) -> Iterator[str]:
    """A row each; the time of one of them is the unit."""
    one = next(c.times.median for c in contestants if c.name == unit)
    is_loaded = any(c.load is not None for c in contestants)
    for c in contestants:
        load = ("  |" if c.load is None else f" {c.load:.1f} |") if is_loaded else ""
        median, slow = short(1000 * c.times.median), short(1000 * c.times.slow)
        yield f"| {c.name} | {median} | {slow} | {short(c.times.median / one)} | {c.equal} | {c.note} |{load}"


def _questions(results: Results) -> Iterator[str]:
    yield QUESTIONS.format(cases=results.questions.cases, fewest=FEWEST, most=MOST)
    yield from table(results.questions)


def _cohort(results: Results) -> Iterator[str]:
    yield COHORT
    yield from _rates(results.cohort)
    yield FILES
    for run in results.runs:
        size, peak = run.size / 2**20, run.peak / 2**20
        yield f"| {run.rows:,} | {size:,.0f} | {run.seconds:.1f} | {run.per_second:,.0f} | {peak:,.0f} |"


def _rates(cohort: "Cohort") -> Iterator[str]:
    kernel = cohort.rates[0]
    few, many = (f"{told:.0f}" for told in cohort.told)
    several = f"{cohort.several:.0%}"
    yield COHORT_WORK.format(columns=cohort.columns, few=few, many=many, sample=cohort.sample, several=several)
    yield "\n| | cases a second, median | slowest tenth | the kernel does | what is timed |"
    yield "|---|---|---|---|---|"
    for rate in cohort.rates:
        more = "" if rate is kernel else times(kernel.per_second / rate.per_second)
        yield f"| {rate.name} | {short(rate.per_second)} | {short(rate.slow)} | {more} | {rate.note} |"
    yield BANDWIDTH.format(
        read=f"{cohort.read:,.0f}",
        written=f"{cohort.written:,.0f}",
        bandwidth=f"{cohort.bandwidth / 1e9:.1f}",
        limit=f"{cohort.bandwidth / (cohort.read + cohort.written) / 1e6:.1f}",
        share=f"{cohort.share:.0%}",
        cores=f"{cohort.processor_share:.2f}",
        first=f"{cohort.first_call:.1f}",
    )


def _cold(results: Results) -> Iterator[str]:
    cold = results.cold
    yield COLD
    rows = [("bare interpreter", cold.bare), ("`import dermarules`", cold.imported), ("load the knowledge", cold.load)]
    rows += [(f"first answer, {name}", found) for name, found in cold.answers.items()]
    for name, found in rows:
        yield f"| {name} | {1000 * found.median:.0f} | {1000 * found.slow:.0f} |"


def _growing(results: Results, plot: str) -> Iterator[str]:
    yield GROWING.format(plot=plot, rows=f"{GROWN_ROWS:,}")
    names = list(results.grown[0].times)
    yield f"\n| anatomy | territories | {' | '.join(WORDS.get(name, name) for name in names)} |"
    yield f"|---|---|{'---|' * len(names)}"
    for grown in results.grown:
        cells = " | ".join(short(1000 * grown.times[name].median) for name in names)
        yield f"| x{grown.factor} | {grown.territories:,} | {cells} |"
    if results.scaled:
        one = results.scaled[0].per_second
        yield "\n| processes | cases a second | to one |"
        yield "|---|---|---|"
        for each in results.scaled:
            yield f"| {each.processes} | {each.per_second:,.0f} | {times(each.per_second / one)} |"


def _hotspots(results: Results) -> Iterator[str]:
    yield HOTSPOTS
    for work, spots in results.hotspots.items():
        yield f"\n| {work} | share |"
        yield "|---|---|"
        yield from (f"| `{spot.name}` | {spot.share:.0%} |" for spot in spots)


WORDS = {"load": "load, ms", "experta": "experta, ms", "compiled": "compiled, ms", "kernel": "kernel, ms"}


HEAD = """# Benchmarks

This page is written by `make bench`. Everything on it comes from one run: the contestants take turns, so that a slow
minute of the machine hits all alike, and they must give equal results before any is timed. Compare the ratios; the
times themselves hold for this machine.
"""

AIMS = """
## What was asked

| asked | measured | reached |
|---|---|---|"""

SINGLE = """
## One case

The case is a foot drop with twenty findings. The knowledge makes {rules} ground rules; {leaves} leaves hold in this
case, and {claims} claims follow.

![Milliseconds for one case]({plot})
"""

SINGLE_NOTES = """
How the others are treated:

- The rules are loaded once, and that is not in the time. What is timed is to give the leaves of one case, to run, and
  to read the claims.
- They are given the leaves that hold: whether a leaf holds was decided for them. Our engines start from the findings,
  decide the leaves, and keep every way in which a claim was derived. The others say only what holds.
- The same case is asked again and again. What our engines keep between cases is warm, and so are the rules of the
  others.
- They have the claims to derive and no weights, no order, no urgency. None of them can express the group rule and the
  order of the candidates without code of one's own, so they are compared on the claims.
- Of each the quickest way that was found is used. For clipspy that is to assert and to read all facts in one call; one
  call from Python for each fact is slower, and gets slower with every case. For clingo it is to show what holds as bare
  numbers.
- A zen-engine decision runs forward once and chains nothing, so the expressions are put in order for it.
- Bare experta is tried on one case only, because it takes so long. It tests every fact against every rule. Ours has one
  rule, which looks up by an index what waits for a claim."""

QUESTIONS = """
## One question

Every question is put to all {cases} shipped cases of {fewest} to {most} findings, by the compiled engine: `why` of each
place and of each red flag that the case touches; `why_not` of each place, of every red flag and of twelve rules;
`contrast` of the first place with the next three; `what_if` with each row taken out, and with its opposite. Each is
asked of a report that nobody asked anything before; the caches of the knowledge are warm, and what is kept of it is
frozen, so that no full collection of garbage falls into an answer. What is timed is the answer with its full text.
"""

COHORT = """
## Many cases"""

COHORT_WORK = """
The rows are drawn from simulated patients with every lesion, over {columns} columns: skin, movements, reflexes, signs,
history, age and days since onset. Short examinations have {few} findings a row, long ones {many}; all contestants but
one are measured on short ones. {sample} rows of each were held against single answers: places, sides, sites, weights,
certainty, urgency, red flags, rules that fired, what is left unexplained. In {several} of the short ones several
lesions are possible; there the kernel ranks single lesions, and only flags, rules and urgency are compared. CLIPS is
given the leaves of each row and derives the claims; the kernel and the loops start from the findings."""

BANDWIDTH = """
A case is {read} bytes of columns to read and {written} of outcomes to write. One core copies {bandwidth} GB/s, reading
and writing counted; at that speed it would be {limit} million cases a second, and the kernel reaches {share} of it. It
used {cores} cores. Its first call, which compiles what is not cached, took {first} s and is not in the rate."""

FILES = """
From Parquet to Parquet, by `dermarules cohort`, in a process of its own with its start:

| rows | file, MiB | seconds | rows a second | peak memory, MiB |
|---|---|---|---|---|"""

COLD = """
## From cold

Fresh interpreters in turns. The first answer is printed, from a file with one case.

| | median, ms | 90th percentile |
|---|---|---|"""

GROWING = """
## As things grow

The anatomy is copied under other ids: every patch of skin, muscle, movement and nerve once more. Rules and roots stay.
The engines answer the case above, the kernel {rows} rows.
Processes each have rows of their own.

![Memory by rows, speed by processes, time by knowledge]({plot})
"""

HOTSPOTS = """
## What holds the rest back

Where the time goes, by the profiler, which makes small functions look larger than they are."""

FOOT = """
## Run it

    make bench                                   # about a quarter of an hour
    python benchmarks/questions.py               # the questions alone
    python benchmarks/bench.py --big             # ten million rows as well
    python benchmarks/bench.py --page other.md   # write elsewhere
"""
