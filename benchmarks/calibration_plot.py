"""The plot of the page on accuracy: the share of right answers by certainty, by lead and by total."""

from collections.abc import Iterable, Sequence
from math import inf
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dermarules.audit.accuracy import TOTALS
from dermarules.audit.calibration import Bin, bins, by_certainty
from dermarules.audit.intervals import Share
from dermarules.audit.misses import LEADS
from dermarules.audit.study import Studied
from dermarules.weights import CertaintyLimits

# Blue and vermilion of Okabe and Ito, which colour-blind readers tell apart.
DOT, LIMIT, QUIET = "#0072B2", "#D55E00", "#666666"
STYLE = {
    "svg.hashsalt": "dermarules",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw(cases: Sequence[Studied], limits: CertaintyLimits, path: Path) -> None:
    """Draw the three panels; the same cases give the same bytes."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(11, 4.2), layout="constrained")
        first, second, third = figure.subplots(1, 3, sharey=True, width_ratios=(3, 7, 7))
        shares = by_certainty(cases)
        _panel(first, [level.value for level in shares], shares.values(), "by certainty")
        first.set_ylabel("share answered right")
        first.text(-0.06, 1.06, "n", ha="right", color=QUIET, transform=first.get_yaxis_transform())
        _ranges(second, bins(cases, lambda case: case.lead, LEADS), "by lead over the best unrelated rival")
        _limit(second, limits.margin, LEADS, f"margin {limits.margin}")
        _ranges(third, bins(cases, lambda case: case.first.total, TOTALS), "by total of the first answer")
        _limit(third, limits.minimum, TOTALS, f"minimum {limits.minimum}")
        figure.savefig(path, metadata={"Date": None, "Creator": None} if path.suffix == ".svg" else None)


def _ranges(axes: Axes, found: Sequence[Bin], title: str) -> None:
    _panel(axes, [_short(each) for each in found], [each.share for each in found], title)
    axes.set_xlabel("centibans")


def _short(found: Bin) -> str:
    low, high = found.within.low, found.within.high
    if low == -inf:
        return f"<{high:g}"
    return f"≥{low:g}" if high == inf else f"{low:g}–{high - 1:g}"


def _panel(axes: Axes, names: Sequence[str], shares: Iterable[Share], title: str) -> None:
    for x, share in enumerate(shares):
        if share.rate is None or share.interval is None:
            continue
        low, high = share.interval
        axes.vlines(x, low, high, color=DOT, linewidth=2)
        axes.plot(x, share.rate, "o", color=DOT, markersize=7)
        axes.text(x, 1.06, str(share.n), ha="center", color=QUIET)
    axes.set_title(title, fontsize=11)
    axes.set_xticks(range(len(names)), names, rotation=35, ha="right", rotation_mode="anchor")
    axes.set_xlim(-0.6, len(names) - 0.4)
    axes.set_ylim(0, 1.13)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)


def _limit(axes: Axes, limit: int, edges: Sequence[int], words: str) -> None:
    """The threshold, where it lies among the ranges."""
    bounds = (2 * edges[0] - edges[1], *edges)
    n = sum(edge <= limit for edge in edges)
    inside = 0.0 if n == 0 or n == len(edges) else (limit - bounds[n]) / (bounds[n + 1] - bounds[n])
    x = n - 0.5 + inside
    axes.axvline(x, color=LIMIT, linestyle="--", linewidth=1.5)
    axes.text(x + 0.1, 0.04, words, color=LIMIT)
