"""Tables, shares and lists of cases in Markdown."""

from collections.abc import Iterable, Sequence

from dermarules.audit.intervals import Share

Row = Sequence[str]


def table(heads: Row, rows: Iterable[Row], numbers_from: int = 1) -> str:
    """A Markdown table; the columns from `numbers_from` on are set to the right."""
    rule = ["---" if n < numbers_from else "---:" for n in range(len(heads))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))


def of(share: Share) -> str:
    """k of n."""
    return f"{share.k} of {share.n}" if share.n else "–"


def percent(share: Share) -> str:
    """k of n, the rate, and its interval of 95 %."""
    interval = share.interval
    if interval is None or share.rate is None:
        return "–"
    low, high = interval
    return f"{of(share)}, {share.rate:.0%} ({low:.0%} to {high:.0%})"


def named(ids: Sequence[str]) -> str:
    """The ids of cases, in order."""
    return ", ".join(f"`{name}`" for name in ids) if ids else "none"


def counted(ids: Sequence[str]) -> str:
    """How many cases, and which."""
    word = "case" if len(ids) == 1 else "cases"
    return f"{len(ids)} {word}: {named(ids)}" if ids else "no case"
