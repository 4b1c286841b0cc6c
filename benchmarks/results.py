"""All that one run measured, and how it stands to what is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cohort import Cohort
    from cold import Cold
    from files import Run
    from growth import Grown
    from hotspots import Spot
    from processes import Scaled
    from single import Single


@dataclass(frozen=True, slots=True)
class Results:
    """Everything measured; what could not be is None or empty, and `skipped` says why."""

    date: str
    machine: str
    versions: Mapping[str, str]
    knowledge: str
    single: "Single"
    cold: "Cold"
    grown: "tuple[Grown, ...]"
    cohort: "Cohort | None"
    scaled: "tuple[Scaled, ...]"
    runs: "tuple[Run, ...]"
    hotspots: "Mapping[str, tuple[Spot, ...]]"
    skipped: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked, what was measured, and whether that is enough."""

    asked: str
    got: str
    reached: bool


def aims(results: Results) -> Iterator[Aim]:
    """Every aim that could be measured."""
    yield from _single(results)
    yield from _cold(results)
    if results.cohort is not None:
        yield from _cohort(results.cohort)
    if results.runs:
        yield from _runs(results.runs)


def _single(results: Results) -> Iterator[Aim]:
    reports = {contestant.name: 1000 * contestant.times.median for contestant in results.single.reports}
    claims = {contestant.name: 1000 * contestant.times.median for contestant in results.single.claimed}
    if "compiled" in reports:
        got, clips = claims["compiled"], claims["clipspy"]
        beside = f"{got:.2f} ms; clipspy on the same rules {clips:.2f} ms, {times(clips / got)} as long"
        yield Aim("one case, compiled engine, claims alone: at most 0.3 ms", beside, got <= 0.3)
        got = reports["compiled"]
        faster = f"{got:.2f} ms; with experta {reports['experta']:.1f} ms, {times(reports['experta'] / got)} as long"
        yield Aim("one case, compiled engine, with the full proof: at most 2 ms", faster, got <= 2)
    ours, bare = reports["experta"], claims["bare experta"]
    got = f"{ours:.1f} ms with proof and order; bare experta {bare:,.0f} ms for claims, {times(bare / ours)} as long"
    yield Aim("our experta no slower than bare experta on the same rules", got, ours <= bare)


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
    longest, shortest = max(runs, key=lambda r: r.rows), min(runs, key=lambda r: r.rows)
    rate = f"{longest.per_second:,.0f} over {longest.rows:,} rows, the start of the process included"
    yield Aim("Parquet to Parquet: at least 500,000 cases a second", rate, longest.per_second >= 500_000)
    flat = longest.peak / sorted(runs, key=lambda r: r.rows)[-2].peak
    peaks = f"{shortest.peak / 2**20:.0f} MiB at {shortest.rows:,} rows, {longest.peak / 2**20:.0f} at {longest.rows:,}"
    yield Aim("memory of a cohort run flat as rows grow", peaks, flat <= 1.1)


def times(ratio: float) -> str:
    """A ratio with two figures: 1.4 times, 23 times, 4,100 times."""
    if ratio >= 100:
        return f"{float(f'{ratio:.2g}'):,.0f} times"
    return f"{ratio:.2g} times"
