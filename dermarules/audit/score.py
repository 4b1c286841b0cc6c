"""How often the published answer comes first, how often the side is right, and how often an emergency is seen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dermarules.audit.intervals import Share
from dermarules.audit.matching import (
    checks_side,
    is_acceptable_among_first,
    is_among_first,
    lenient_rank,
    places_of,
    side_fits,
)
from dermarules.errors import CaseError
from dermarules.findings import Case, Expectation
from dermarules.knowledgebase.base import Knowledge
from dermarules.report import Report, localize
from dermarules.vocabulary import Certainty, Urgency

_EMERGENCIES = (Urgency.EMERGENCY_NOW, Urgency.SAME_DAY)
_CALM = (Urgency.ROUTINE, Urgency.SELF_CARE_MONITOR)
_ROUNDED = 4

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: None where a question does not apply to it."""

    id: str
    key_strength: str
    category: str
    expected: str | None
    got: str
    rank: int | None
    marks: Mapping[str, bool | None]
    expected_urgency: Urgency | None
    urgency: Urgency | None

    @property
    def is_miss(self) -> bool:
        """True if no acceptable answer came first."""
        return self.marks["top1_lenient"] is False


# Each mark with what it says of a case; its share is over the cases to which it applies.
MARKS = (
    "top1_strict",
    "top1_lenient",
    "top3_lenient",
    "side_right",
    "clear",
    "clear_wrong",
    "urgency_right",
    "emergency_sensitivity",
    "over_triage",
    "errors",
)


def score(
    cases: Sequence[Case | CaseError], knowledge: Knowledge, map_id: str, progress: Progress = lambda _: None
) -> tuple[Outcome, ...]:
    """The outcome of every case that expects something; a case with faults is a miss, and stops nothing."""
    outcomes = []
    for number, case in enumerate(cases, start=1):
        progress(number)
        if isinstance(case, CaseError):
            outcomes.append(_faulty(case))
        elif case.expect is not None:
            outcomes.append(outcome(localize(case, knowledge=knowledge, map=map_id, engine="compiled"), case.expect))
    return tuple(outcomes)


def outcome(report: Report, expect: Expectation) -> Outcome:
    """What became of a case that expects something."""
    roots = tuple(report.knowledge.roots)
    first = report.differential[0]
    return Outcome(
        id=report.case.id,
        key_strength=expect.key_strength,
        category=expect.category,
        expected=expected_words(expect),
        got=str(first),
        rank=lenient_rank(places_of(report), expect, roots) if expect.localization else None,
        marks=_marks(report, expect, roots),
        expected_urgency=expect.urgency,
        urgency=report.urgency,
    )


def _marks(report: Report, expect: Expectation, roots: Sequence[str]) -> dict[str, bool | None]:
    places = places_of(report)
    first = report.differential[0]
    names_place = bool(expect.localization)
    lenient = is_acceptable_among_first(places, expect, roots) if names_place else None
    is_clear = first.certainty is Certainty.CLEAR
    return {
        "top1_strict": is_among_first(places, expect, roots) if names_place else None,
        "top1_lenient": lenient,
        "top3_lenient": is_acceptable_among_first(places, expect, roots, 3) if names_place else None,
        "side_right": side_fits(first.side, expect.side) if checks_side(expect.side) else None,
        "clear": is_clear if names_place else None,
        "clear_wrong": not lenient if names_place and is_clear else None,
        "errors": False,
        **_urgency_marks(report.urgency, expect.urgency),
    }


def _urgency_marks(urgency: Urgency | None, expected: Urgency | None) -> dict[str, bool | None]:
    """What became of the urgency; without an answer, nobody was sent anywhere."""
    raised = urgency in _EMERGENCIES
    return {
        "urgency_right": None if expected is None else urgency is expected,
        "emergency_sensitivity": raised if expected in _EMERGENCIES else None,
        "over_triage": raised if expected in _CALM else None,
    }


def _faulty(error: CaseError) -> Outcome:
    """A case that cannot be read is a miss; where its fault is stands for its name."""
    fault = error.faults[0]
    missed = dict.fromkeys(("top1_strict", "top1_lenient", "top3_lenient"), False)
    return Outcome(
        id=f"{fault.file}:{fault.line}",
        key_strength="",
        category="",
        expected=None,
        got=f"fault: {fault.message}",
        rank=None,
        marks={**dict.fromkeys(MARKS), **missed, "errors": True},
        expected_urgency=None,
        urgency=None,
    )


def expected_words(expect: Expectation) -> str | None:
    """What a case expects, in one line."""
    if not expect.localization:
        return None
    side = f", {expect.side}" if checks_side(expect.side) else ""
    also = f" (or {', '.join(expect.also_accept)})" if expect.also_accept else ""
    return " and ".join(expect.localization) + side + also


def shares(outcomes: Iterable[Outcome]) -> dict[str, Share]:
    """The share of each mark over the outcomes to which it applies."""
    rows = tuple(outcomes)
    applied = {name: [o.marks[name] for o in rows if o.marks[name] is not None] for name in MARKS}
    return {name: Share(sum(map(bool, marks)), len(marks)) for name, marks in applied.items()}


def grouped(outcomes: Iterable[Outcome], attribute: str) -> dict[str, tuple[Outcome, ...]]:
    """The outcomes by key strength or category, in order of the name; those without one are left out."""
    rows = tuple(outcomes)
    names = sorted({getattr(o, attribute) for o in rows if getattr(o, attribute)})
    return {name: tuple(o for o in rows if getattr(o, attribute) == name) for name in names}


def score_values(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The score as plain values for JSON."""
    return {
        "cases": len(outcomes),
        "overall": _result(outcomes),
        "by_key_strength": {name: _result(rows) for name, rows in grouped(outcomes, "key_strength").items()},
        "by_category": {name: _result(rows) for name, rows in grouped(outcomes, "category").items()},
        "misses": [{"id": o.id, "expected": o.expected, "got": o.got, "rank": o.rank} for o in outcomes if o.is_miss],
        "urgency_misses": [
            {"id": o.id, "expected": _value(o.expected_urgency), "got": _value(o.urgency)}
            for o in outcomes
            if o.marks["urgency_right"] is False
        ],
    }


def _result(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    found = shares(outcomes)
    errors = found.pop("errors")
    return {
        "n": len(outcomes),
        "errors": errors.k,
        **{name: _rounded(share.rate) for name, share in found.items()},
        "counts": {name: {"k": share.k, "n": share.n} for name, share in found.items()},
        "intervals": {
            name: [_rounded(end) for end in share.interval] if share.interval else None for name, share in found.items()
        },
    }


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, _ROUNDED)


def _value(urgency: Urgency | None) -> str | None:
    return urgency.value if urgency else None
