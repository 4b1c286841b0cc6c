"""What the method cannot know, and the cases that show it."""

from collections.abc import Callable, Mapping, Sequence

from dermarules.audit import marked
from dermarules.audit.confusion import other_answers
from dermarules.audit.study import (
    Studied,
    has_deficit,
    has_time,
    is_in_reach,
    is_like_first,
    is_pattern_shown,
    missed,
    placed,
)
from dermarules.notation import SPARED, State
from dermarules.vocabulary import Kind

# So few findings that no second one confirms the first.
_FEW = 2


def _is_level_open(case: Studied) -> bool:
    """True if a lesion of the cord is expected, and no level on the trunk was found."""
    sites = case.report.knowledge.wide_sites
    is_cord = any(name in sites and sites[name].kind == "cord" for name in case.expect.localization)
    return is_cord and all(f.kind is not Kind.LEVEL for f in case.report.case.findings)


def _has_few_findings(case: Studied) -> bool:
    return len(case.report.case.findings) <= _FEW


def _is_pain_alone(case: Studied) -> bool:
    states = {o.state for o in case.observations if o.state not in SPARED}
    return states == {State.PAIN}


def _is_untimed(case: Studied) -> bool:
    """True if the urgency was not the one expected, and no time was told."""
    return case.outcome.marks["urgency_right"] is False and not has_time(case)


# Each limit with the cases among which it is looked for, and how a case shows it.
_LIMITS: Mapping[str, tuple[Callable[[Sequence[Studied]], list[Studied]], Callable[[Studied], bool]]] = {
    "alike": (other_answers, is_like_first),
    "level": (placed, _is_level_open),
    "time": (list, _is_untimed),
    "few": (missed, _has_few_findings),
    "far": (missed, lambda case: not is_in_reach(case)),
    "pattern": (missed, lambda case: is_pattern_shown(case) is False),
    "pain": (missed, _is_pain_alone),
    "told": (missed, lambda case: not has_deficit(case)),
    "several": (placed, lambda case: len(case.expect.localization) > 1),
}


def limits(cases: Sequence[Studied]) -> dict[str, str]:
    """For each limit the cases that show it, in words."""
    return {
        name: marked.counted([case.id for case in among(cases) if shows(case)])
        for name, (among, shows) in _LIMITS.items()
    }
