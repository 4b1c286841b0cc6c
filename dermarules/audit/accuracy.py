"""The parts of the page on accuracy that are computed: its text names them, and `page` puts them in."""

from collections.abc import Callable, Mapping, Sequence
from string import Template

from dermarules.audit import marked
from dermarules.audit.calibration import bin_table, bins, certainty_table, limits_table
from dermarules.audit.confusion import class_table, pair_table
from dermarules.audit.limits import limits
from dermarules.audit.misses import KNOWN, LEADS, VOICE, Feature, common_table, miss_table, right, summary
from dermarules.audit.score import MARKS, Outcome, shares
from dermarules.audit.study import Studied, missed
from dermarules.audit.table import WORDS
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Certainty, Urgency

TOTALS = (20, 40, 60, 80, 120, 160)
_COLUMNS = {
    "top1_strict": "first, as published",
    "top3_lenient": "among three",
    "side_right": "side",
    "clear": "clear",
    "clear_wrong": "clear, wrong",
    "urgency_right": "urgency",
    "emergency_sensitivity": "emergencies",
    "over_triage": "over-triage",
}

Parts = Mapping[str, Sequence[Studied]]


def page(template: str, parts: Parts, knowledge: Knowledge) -> str:
    """The page: its text with the computed parts put in. `parts` are the cases by where they come from.

    The parts are told apart and, all but the first, which holds the shipped examples, together.
    """
    examples, *others = parts
    published = [case for part in others for case in parts[part]]
    columns = dict(parts) if len(others) == 1 else {**parts, "published, together": published}
    computed = {
        "version": knowledge.version,
        "digest": knowledge.digest[:12],
        "parts": ", ".join(f"{len(cases)} {part}" for part, cases in parts.items()),
        "examples_right": marked.percent(right(parts[examples])),
        "score": score_columns(columns),
        "groups": "\n\n".join(group_table(title, published, of) for title, of in _GROUPS.items()),
        "urgency": urgency_table(published),
        "confusion_classes": class_table(published),
        "confusion_pairs": pair_table(published),
        "misses": str(len(missed(published))),
        "misses_summary": summary(published),
        "misses_common": common_table(published),
        "misses_table": miss_table(published),
        "certainty": certainty_table(columns),
        "by_lead": bin_table("lead over the best unrelated rival", bins(published, lambda c: c.lead, LEADS)),
        "by_total": bin_table("total of the first answer", bins(published, lambda c: c.first.total, TOTALS)),
        "limits": limits_table(published, knowledge),
        "clear_wrong": marked.counted([c.id for c in missed(published) if c.certainty is Certainty.CLEAR]),
        **{f"cannot_{name}": words for name, words in limits(published).items()},
    }
    return Template(template).substitute(computed)


def score_columns(parts: Parts) -> str:
    """The score of each part of the collection."""
    found = {part: shares([case.outcome for case in cases]) for part, cases in parts.items()}
    rows = [(WORDS[mark], *(marked.percent(found[part][mark]) for part in parts)) for mark in MARKS]
    return marked.table(("", *parts), rows)


def _by(attribute: str) -> Callable[[Studied], str | None]:
    def value(case: Studied) -> str | None:
        return getattr(case.outcome, attribute) or None

    return value


_GROUPS: Mapping[str, Feature | str] = {
    "category": "category",
    "key strength": "key_strength",
    VOICE.title: VOICE,
    KNOWN.title: KNOWN,
}


def group_table(title: str, cases: Sequence[Studied], by: Feature | str) -> str:
    """The score of each group: the acceptable answers with an interval, the rest as counts."""
    of = _by(by) if isinstance(by, str) else by.of
    named = [(of(case), case.outcome) for case in cases]
    values = sorted({value for value, _ in named if value}) if isinstance(by, str) else by.values
    groups = {value: [outcome for each, outcome in named if each == value] for value in values}
    heads = (title, "cases", "first, or also accepted", *_COLUMNS.values())
    return marked.table(heads, [_group(value, found) for value, found in groups.items() if found])


def _group(value: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    found = shares(outcomes)
    counts = (marked.of(found[mark]) for mark in _COLUMNS)
    return (value, str(len(outcomes)), marked.percent(found["top1_lenient"]), *counts)


def urgency_table(cases: Sequence[Studied]) -> str:
    """How often each urgency of a source was answered with which."""
    told = [case.outcome for case in cases if case.outcome.expected_urgency is not None]
    heads = ("the source says", *(urgency.value for urgency in Urgency))
    rows = [(expected.value, *(_count(told, expected, given) for given in Urgency)) for expected in Urgency]
    return marked.table(heads, rows)


def _count(outcomes: Sequence[Outcome], expected: Urgency, given: Urgency) -> str:
    number = sum(o.expected_urgency is expected and o.urgency is given for o in outcomes)
    return str(number) if number else "–"
