"""What cases with a wrong answer have in common: the share of right answers by what is known of a case."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dermarules.audit import marked
from dermarules.audit.intervals import Share
from dermarules.audit.ranges import named, ranges
from dermarules.audit.study import (
    Studied,
    core_places_examined,
    has_deficit,
    is_in_reach,
    is_pattern_shown,
    is_told_from_first,
    missed,
    placed,
)
from dermarules.vocabulary import Certainty


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that is known of a case, as one of a few values in order; None where it does not apply."""

    title: str
    values: tuple[str, ...]
    of: Callable[[Studied], str | None]


_FINDINGS = (3, 5, 8, 12)
_PLACES = (0, 1, 3, 6)
LEADS = (10, 20, 30, 50, 80, 120)
NO_RIVAL = "no rival"


def _names(edges: Sequence[int]) -> tuple[str, ...]:
    return tuple(map(str, ranges(edges)))


def _yes_no(answer: bool | None) -> str | None:
    return None if answer is None else "yes" if answer else "no"


def _places(case: Studied) -> str | None:
    number = core_places_examined(case)
    return None if number is None else named(number, _PLACES)


def _lead(case: Studied) -> str:
    return NO_RIVAL if case.lead is None else named(case.lead, LEADS)


def _tag(tags: Sequence[str]) -> Callable[[Studied], str | None]:
    return lambda case: next((tag.replace("_", " ") for tag in tags if case.has_tag(tag)), None)


_YES_NO = ("yes", "no")
VOICE = Feature("who tells the case", ("clinician", "patient"), _tag(("clinician", "patient")))
KNOWN = Feature("findings in the case", _names(_FINDINGS), lambda c: named(len(c.report.case.findings), _FINDINGS))
FEATURES = (
    KNOWN,
    Feature("core places of the expected answer that were examined", _names(_PLACES), _places),
    Feature("an examination found a deficit", _YES_NO, lambda c: _yes_no(has_deficit(c))),
    Feature("something abnormal lies where the expected answer reaches", _YES_NO, lambda c: _yes_no(is_in_reach(c))),
    Feature("the pattern of an expected wide place was shown", _YES_NO, lambda c: _yes_no(is_pattern_shown(c))),
    VOICE,
    Feature(
        "kind of source",
        ("case report", "vignette", "question"),
        _tag(("case_report", "vignette", "question")),
    ),
    Feature("certainty", tuple(c.value for c in Certainty), lambda c: c.certainty.value),
    Feature("lead over the best unrelated rival", (*_names(LEADS), NO_RIVAL), _lead),
)


def right(cases: Iterable[Studied]) -> Share:
    """The share of cases of which an acceptable answer came first."""
    found = [case for case in cases if case.names_place]
    return Share(len(found) - len(missed(found)), len(found))


def by(feature: Feature, cases: Sequence[Studied]) -> dict[str, list[Studied]]:
    """The cases that say where the lesion is by the value of a feature, in its order; values without a case are out."""
    groups: dict[str, list[Studied]] = {value: [] for value in feature.values}
    for case in placed(cases):
        value = feature.of(case)
        if value is not None:
            groups[value].append(case)
    return {value: found for value, found in groups.items() if found}


def common_table(cases: Sequence[Studied]) -> str:
    """For each value of each feature: its cases, the share answered right, and its share of the misses."""
    rows = []
    for feature in FEATURES:
        groups = by(feature, cases)
        misses = sum(len(missed(found)) for found in groups.values())
        for number, (value, found) in enumerate(groups.items()):
            share = Share(len(missed(found)), misses)
            rows.append(("" if number else feature.title, value, marked.percent(right(found)), marked.of(share)))
    return marked.table(("what is known", "", "right", "of the misses"), rows, 2)


def summary(cases: Sequence[Studied]) -> str:
    """What the misses have in common, in counts."""
    found = missed(cases)
    told = {
        "have the expected answer among the first three": [c for c in found if c.outcome.marks["top3_lenient"]],
        "were not called clear": [c for c in found if c.certainty is not Certainty.CLEAR],
        "hold nothing that speaks for the expected answer rather than for the first": [
            c for c in found if not is_told_from_first(c)
        ],
        "have nothing abnormal where the expected answer reaches": [c for c in found if not is_in_reach(c)],
        "expect a wide place whose pattern was not shown": [c for c in found if is_pattern_shown(c) is False],
        "have no core place of the expected answer examined": [c for c in found if core_places_examined(c) == 0],
        "rest on what is felt or told alone": [c for c in found if not has_deficit(c)],
    }
    return "\n".join(f"- {marked.of(Share(len(those), len(found)))} {words}." for words, those in told.items())


def miss_table(cases: Sequence[Studied]) -> str:
    """Every miss with what was expected and said, and what is known of it."""
    return marked.table(
        ("case", "expected", "first answer", "certainty", "lead", "place", "findings", "core examined", "in reach"),
        [_miss(case) for case in missed(cases)],
        4,
    )


def _miss(case: Studied) -> tuple[str, ...]:
    core = core_places_examined(case)
    return (
        f"`{case.id}`",
        case.outcome.expected or "",
        case.outcome.got,
        case.certainty.value,
        "–" if case.lead is None else str(case.lead),
        "–" if case.outcome.rank is None else str(case.outcome.rank),
        str(len(case.report.case.findings)),
        "–" if core is None else str(core),
        "yes" if is_in_reach(case) else "no",
    )
