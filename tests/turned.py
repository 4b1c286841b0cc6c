"""Two localizations of one report, and whether other findings turn them: every case is localized in full."""

from dermarules.questions.again import again
from dermarules.questions.swaps import Change, Swap
from dermarules.report import Report, localize


def names(report: Report) -> list[str]:
    """Every localization of the order with its side."""
    return [f"{e.localization}, {e.side}" if e.side else e.localization for e in report.differential]


def total(report: Report, name: str) -> int | None:
    """The total of a localization in the order of a report; None if it is not in it."""
    place, _, side = name.partition(", ")
    told = (each.weighing for each in report.inference.ranked)
    totals = (w.total for w in told if (w.candidate.localization, w.candidate.told_side(w.side) or "") == (place, side))
    return next(totals, None)


def lead(report: Report, one: str, other: str) -> int:
    """By how much one is ahead of the other; what is not in the order is behind all."""
    first, second = (total(report, name) for name in (one, other))
    return (-100_000 if first is None else first) - (-100_000 if second is None else second)


def is_turned(before: Report, after: Report, one: str, other: str) -> bool:
    """True if what was behind is ahead by more than a tie."""
    order = [
        f"{w.candidate.localization}, {side}" if (side := w.candidate.told_side(w.side)) else w.candidate.localization
        for w in (each.weighing for each in before.inference.ranked)
    ]
    was_ahead = other not in order or (one in order and order.index(one) < order.index(other))
    now = lead(after, one, other)
    return (-now if was_ahead else now) > before.knowledge.weights.tie


def changed(report: Report, changes: tuple[Change, ...]) -> Report:
    rows = list(report.case.findings)
    for change in changes:
        rows.remove(change.finding)
    rows += [change.instead for change in changes if change.instead is not None]
    return localize(again(report, rows).case, engine="compiled")


def check(report: Report, one: str, other: str, swap: Swap) -> None:
    """The set turns the order, each of its parts is needed, and its totals are those of the order."""
    turned = changed(report, swap.changes)

    assert is_turned(report, turned, one, other), swap
    for spare in swap.changes:
        fewer = changed(report, tuple(each for each in swap.changes if each is not spare))
        assert not is_turned(report, fewer, one, other), swap
    assert (swap.first, swap.second) == (total(turned, one), total(turned, other))
