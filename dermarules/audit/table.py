"""The score as a table for people: k of n, with intervals of 95 %."""

from collections.abc import Iterable, Iterator, Sequence

from dermarules.audit.intervals import Share
from dermarules.audit.score import MARKS, Outcome, grouped, shares
from dermarules.render.words import counted

# What each mark says, in words.
WORDS = {
    "top1_strict": "first, as published",
    "top1_lenient": "first, or also accepted",
    "top3_lenient": "among the first three",
    "side_right": "side right",
    "clear": "answered as clear",
    "clear_wrong": "clear, but wrong",
    "urgency_right": "urgency right",
    "emergency_sensitivity": "emergencies raised",
    "over_triage": "over-triage",
    "errors": "cases with faults",
}
_GROUP_HEADS = {
    "top1_strict": "strict",
    "top1_lenient": "lenient",
    "top3_lenient": "top three",
    "clear_wrong": "clear, wrong",
    "emergency_sensitivity": "emergencies",
    "over_triage": "over-triage",
}


def score_table(outcomes: Sequence[Outcome]) -> str:
    """The score in words and numbers."""
    lines = [f"{counted(len(outcomes), 'case')} with an expectation", ""]
    overall = shares(outcomes)
    lines += [f"  {WORDS[name]:26}{_with_interval(overall[name])}" for name in MARKS]
    for title, attribute in (("key strength", "key_strength"), ("category", "category")):
        lines += ["", *_groups(title, grouped(outcomes, attribute))]
    lines += ["", *_misses(outcomes), "", *_urgency_misses(outcomes)]
    return "\n".join(lines) + "\n"


def _with_interval(share: Share) -> str:
    interval = share.interval
    if interval is None or share.rate is None:
        return "does not apply"
    low, high = interval
    return f"{share.k:4d} of {share.n:<4d} {share.rate:7.1%}   ({low:.1%} to {high:.1%})"


def _groups(title: str, groups: dict[str, tuple[Outcome, ...]]) -> Iterator[str]:
    width = max((len(name) for name in (title, *groups)), default=0)
    yield f"  {title:{width}}  {'  '.join(f'{head:>12}' for head in _GROUP_HEADS.values())}"
    for name, outcomes in groups.items():
        found = shares(outcomes)
        cells = (f"{_of(found[column]):>12}" for column in _GROUP_HEADS)
        yield f"  {name:{width}}  {'  '.join(cells)}"


def _of(share: Share) -> str:
    return f"{share.k} of {share.n}" if share.n else "-"


def _misses(outcomes: Iterable[Outcome]) -> Iterator[str]:
    missed = [o for o in outcomes if o.is_miss]
    yield f"Misses: {len(missed)}" if missed else "No misses."
    for o in missed:
        rank = f"at place {o.rank}" if o.rank else "not ranked"
        yield f"  {o.id}: got {o.got}; expected {o.expected or 'what could not be read'}, {rank}"


def _urgency_misses(outcomes: Iterable[Outcome]) -> Iterator[str]:
    missed = [o for o in outcomes if o.marks["urgency_right"] is False]
    yield f"Other urgency than published: {len(missed)}" if missed else "Every published urgency was met."
    for o in missed:
        expected = o.expected_urgency.value if o.expected_urgency else ""
        yield f"  {o.id}: got {o.urgency.value if o.urgency else 'none'}; expected {expected}"
