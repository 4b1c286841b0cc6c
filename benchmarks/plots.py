"""The plots of the page. Shapes and line styles tell the series apart, so that they can be read in grey."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from wording import short

# Blue and vermilion of Okabe and Ito, which colour-blind readers tell apart, and dark grey.
BLUE, RED, QUIET = "#0072B2", "#D55E00", "#444444"
SERIES = (("o", "-", BLUE), ("s", "--", RED), ("^", ":", QUIET), ("D", "-.", "#009E73"))
STYLE = {"svg.hashsalt": "dermarules", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}

# Name, median and 90th percentile.
Bar = tuple[str, float, float]


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, metadata={"Date": None, "Creator": None} if path.suffix == ".svg" else None)


def one_case(answers: Sequence[Bar], claims: Sequence[Bar], path: Path) -> None:
    """Milliseconds for one case, on a logarithmic axis: whole answers above, claims alone below."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(8, 0.42 * (len(answers) + len(claims)) + 1.6), layout="constrained")
        axes = figure.subplots()
        bars = [*answers, *claims]
        # A gap between the two groups.
        places = [index + (index >= len(answers)) * 0.7 for index in range(len(bars))]
        for place, (_, median, slow) in zip(places, bars, strict=True):
            marker, _, colour = SERIES[place > len(answers)]
            axes.hlines(place, median, slow, color=colour, linewidth=2)
            axes.plot(median, place, marker, color=colour, markersize=8)
            axes.text(slow * 1.15, place, short(median), va="center", color=QUIET)
        for number, words in ((0, "whole answer"), (1, "claims alone")):
            marker, _, colour = SERIES[number]
            axes.plot([], [], marker, color=colour, markersize=8, label=words)
        axes.set_xscale("log")
        low, high = min(b[1] for b in bars), max(b[2] for b in bars)
        axes.set_xlim(low / 2, high * 4)
        axes.set_yticks(places, [bar[0] for bar in bars])
        axes.invert_yaxis()
        axes.set_xlabel("milliseconds for one case: median, and line to the 90th percentile")
        axes.grid(axis="x", color="#dddddd", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.legend(loc="upper right", frameon=False)
        _save(figure, path)


def growth(
    memory: Sequence[tuple[int, float]],
    processes: Sequence[tuple[int, float]],
    knowledge: Mapping[str, Sequence[tuple[int, float]]],
    path: Path,
) -> None:
    """Peak memory by rows, cases a second by processes, milliseconds by the size of the knowledge."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(12, 3.9), layout="constrained")
        first, second, third = figure.subplots(1, 3)
        _panel(first, {"": memory}, "memory of a cohort run", "rows", "peak, MiB")
        first.set_xscale("log")
        first.set_ylim(bottom=0)
        _panel(second, {"measured": processes}, "several processes", "processes", "thousand cases a second")
        if processes:
            one = processes[0][1] / processes[0][0]
            second.plot(
                [n for n, _ in processes], [n * one for n, _ in processes], color=QUIET, linestyle=":", zorder=1
            )
            second.text(
                processes[-1][0], processes[-1][0] * one, "in proportion ", ha="right", va="bottom", color=QUIET
            )
            second.set_xticks([n for n, _ in processes])
        second.set_ylim(0, 1.15 * second.get_ylim()[1])
        _panel(third, knowledge, "larger knowledge", "territories", "milliseconds")
        third.set_xscale("log")
        third.set_yscale("log")
        sizes = sorted({x for points in knowledge.values() for x, _ in points})
        third.set_xticks(sizes, [str(size) for size in sizes])
        third.minorticks_off()
        low, high = third.get_ylim()
        third.set_ylim(low, high * (high / low) ** 0.35)
        third.legend(loc="upper left", ncols=2, frameon=False)
        _save(figure, path)


def _panel(axes: Axes, series: Mapping[str, Sequence[tuple[int, float]]], title: str, x: str, y: str) -> None:
    for (name, points), (marker, line, colour) in zip(series.items(), SERIES, strict=False):
        axes.plot(
            [p[0] for p in points], [p[1] for p in points], marker=marker, linestyle=line, color=colour, label=name
        )
    if not any(series.values()):
        axes.text(0.5, 0.5, "not measured", ha="center", transform=axes.transAxes, color=QUIET)
    axes.set_title(title, fontsize=11)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
