"""Whether certainty means what it says: the share of right answers by certainty, by lead and by total."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from dermarules.audit import marked
from dermarules.audit.intervals import Share
from dermarules.audit.misses import right
from dermarules.audit.ranges import Range, ranges
from dermarules.audit.study import Studied, missed, placed
from dermarules.inference.certainty import certainty
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Certainty
from dermarules.weights import CertaintyLimits

MARGINS = (10, 20, 30)
MINIMA = (30, 40, 60)


@dataclass(frozen=True, slots=True)
class Bin:
    """A range of a number, and the share of right answers among the cases in it."""

    within: Range
    share: Share


def bins(cases: Iterable[Studied], number: Callable[[Studied], int | None], edges: Sequence[int]) -> tuple[Bin, ...]:
    """The share of right answers in each range of a number; a case without the number is in none."""
    found = [(value, case) for case in placed(cases) if (value := number(case)) is not None]
    return tuple(Bin(within, right(case for value, case in found if value in within)) for within in ranges(edges))


def by_certainty(cases: Sequence[Studied]) -> dict[Certainty, Share]:
    """The share of right answers among those called clear, leaning and undecided."""
    return {level: right(case for case in cases if case.certainty is level) for level in Certainty}


def certainty_table(parts: dict[str, Sequence[Studied]]) -> str:
    """The share of right answers by certainty, for each part of the collection."""
    shares = {part: by_certainty(cases) for part, cases in parts.items()}
    rows = [(level.value, *(marked.percent(shares[part][level]) for part in parts)) for level in Certainty]
    return marked.table(("certainty", *parts), rows)


def bin_table(head: str, found: Iterable[Bin]) -> str:
    """The share of right answers by range."""
    return marked.table(
        (head, "right"), [(str(each.within), marked.percent(each.share)) for each in found if each.share.n]
    )


def called_clear(case: Studied, limits: CertaintyLimits, knowledge: Knowledge) -> bool:
    """True if the answer would be called clear under other limits."""
    under = replace(knowledge, weights=replace(knowledge.weights, certainty=limits))
    found = case.report.inference
    return certainty(found.ranked, found.evidence, under)[0] is Certainty.CLEAR


def limits_table(cases: Sequence[Studied], knowledge: Knowledge) -> str:
    """How many answers would be clear, and how many of them right, under other margins and minima."""
    rows = []
    for margin in MARGINS:
        for minimum in MINIMA:
            limits = CertaintyLimits(minimum, margin, min(margin, knowledge.weights.certainty.undecided))
            clear = [case for case in placed(cases) if called_clear(case, limits, knowledge)]
            wrong = marked.named([case.id for case in missed(clear)])
            share = marked.of(Share(len(clear), len(placed(cases))))
            rows.append((str(margin), str(minimum), share, marked.percent(right(clear)), wrong))
    return marked.table(("margin", "minimum", "called clear", "right", "clear and wrong"), rows, 0)
