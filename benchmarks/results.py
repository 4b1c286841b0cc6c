"""All that one run measured, and how it stands to what is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wording import times

if TYPE_CHECKING:
    from cohort import Cohort
    from cold import Cold
    from files import Run
    from growth import Grown
    from hotspots import Spot
    from processes import Scaled
    from questions import Questions
    from single import Single


@dataclass(frozen=True, slots=True)
class Results:
    """Everything measured."""

    date: str
    machine: str
    versions: Mapping[str, str]
    knowledge: str
    single: "Single"
    questions: "Questions"
    cold: "Cold"
    grown: "tuple[Grown, ...]"
    cohort: "Cohort"
    scaled: "tuple[Scaled, ...]"
    runs: "tuple[Run, ...]"
    hotspots: "Mapping[str, tuple[Spot, ...]]"


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked, what was measured, and whether that is enough."""

    asked: str
    got: str
    reached: bool


def aims(results: Results) -> Iterator[Aim]:
    """Every aim."""
    yield from _single(results)
    yield from _questions(results.questions)
    yield from _cold(results)
    yield from _cohort(results.cohort)
    yield from _runs(results.runs)


def _single(results: Results) -> Iterator[Aim]:
    answers = {contestant.name: 1000 * contestant.times.median for contestant in results.single.answers}
    claims = {contestant.name: 1000 * contestant.times.median for contestant in results.single.claimed}
    bare, clips = claims["bare experta"], claims["clipspy"]
    experta = answers["experta, with proof"]
    if "compiled" in claims:
        got, chained = answers["compiled, without proof"], claims["compiled"]
        beside = f"{got:.2f} ms, of it {chained:.2f} for the claims; clipspy {clips:.2f} for the claims"
        yield Aim("one case, compiled engine, without the proof: at most 0.3 ms", beside, got <= 0.3)
        got = answers["compiled, with proof"]
        faster = f"{got:.2f} ms; experta takes {times(experta / got)} as long ({experta:.1f} ms)"
        yield Aim("one case, compiled engine, with the full proof: at most 2 ms", faster, got <= 2)
    slower = (
        f"{experta:.1f} ms with the proof; bare experta takes {times(bare / experta)} as long, for the claims alone"
    )
    yield Aim("our experta no slower than bare experta on the same rules", slower, experta <= bare)


def _questions(questions: "Questions") -> Iterator[Aim]:
    late = [row for row in questions.rows if not row.is_in_time]
    worst = (f"{row.question} {1000 * row.worst.taken.processor:,.0f}" for row in late)
    got = f"the worst, in ms: {', '.join(worst)}" if late else "all of them, at the worst"
    yield Aim("each question about 20 findings in under 100 ms, a contrast in under 2 s", got, not late)


def _cold(results: Results) -> Iterator[Aim]:
    more, load = 1000 * results.cold.import_more, 1000 * results.cold.load.median
    yield Aim("import: at most 50 ms more than the interpreter", f"{more:.0f} ms more", more <= 50)
    yield Aim("knowledge loaded in at most 200 ms", f"{load:.0f} ms", load <= 200)


def _cohort(cohort: "Cohort") -> Iterator[Aim]:
    rates = {rate.name: rate.per_second for rate in cohort.rates}
    kernel, clips = rates["kernel"], rates["loop, clipspy"]
    yield Aim("kernel, one core, all scores: at least 2 million cases a second", f"{kernel:,.0f}", kernel >= 2e6)
    yield Aim("kernel: at least 3,000 times clipspy", times(kernel / clips), kernel / clips >= 3000)


def _runs(runs: "tuple[Run, ...]") -> Iterator[Aim]:
    *_, before, longest = runs
    further = (longest.rows - before.rows) / (longest.seconds - before.seconds)
    rate = f"{longest.per_second:,.0f} over {longest.rows:,} rows with the start of the process, {further:,.0f} without"
    yield Aim("Parquet to Parquet: at least 500,000 cases a second", rate, longest.per_second >= 500_000)
    peaks = ", ".join(f"{run.peak / 2**20:,.0f} MiB at {run.rows:,} rows" for run in runs)
    flat = longest.peak / before.peak
    yield Aim("memory of a cohort run flat as rows grow", peaks, flat <= 1.1)
