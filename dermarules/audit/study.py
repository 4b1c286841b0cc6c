"""Cases with known answers, each with what may have to do with its being answered right or wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dermarules.audit.matching import is_accepted
from dermarules.audit.score import Outcome, outcome
from dermarules.findings import Case, Expectation
from dermarules.inference.candidates import Candidate, candidates
from dermarules.inference.certainty import is_told_from, unrelated
from dermarules.inference.observations import Observation
from dermarules.inference.weigh import Weighing, weigh
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import SPARED, State
from dermarules.report import Report, localize
from dermarules.vocabulary import LATERAL_SIDES, Certainty, Kind, Side, Tier

_EXAMINED = (State.DEFICIT, State.NORMAL)


@dataclass(frozen=True, slots=True)
class Studied:
    """A case with a known answer: its report, what became of it, and the part of the collection that it is from."""

    report: Report
    expect: Expectation
    outcome: Outcome
    part: str

    @property
    def id(self) -> str:
        """The id of the case."""
        return self.report.case.id

    @property
    def names_place(self) -> bool:
        """True if the case says where the lesion is, and not only how urgent it is."""
        return bool(self.expect.localization)

    @property
    def first(self) -> Weighing:
        """The first answer."""
        return self.report.inference.ranked[0].weighing

    @property
    def certainty(self) -> Certainty:
        """How certain the first answer was called."""
        return self.report.inference.certainty

    @property
    def lead(self) -> int | None:
        """How far the first answer is ahead of its highest unrelated rival; None if there is none."""
        rivals = unrelated(self.report.inference.ranked)
        return self.first.total - max(rival.total for rival in rivals) if rivals else None

    @property
    def observations(self) -> tuple[Observation, ...]:
        """What was observed, by place and side."""
        return self.report.inference.observations

    def has_tag(self, tag: str) -> bool:
        """True if the case carries the tag."""
        return tag in self.report.case.tags


def study(parts: Mapping[str, Sequence[Case]], knowledge: Knowledge, map_id: str) -> tuple[Studied, ...]:
    """Every case that expects something, part by part."""
    return tuple(
        studied(case, case.expect, part, knowledge, map_id)
        for part, cases in parts.items()
        for case in cases
        if case.expect is not None
    )


def studied(case: Case, expect: Expectation, part: str, knowledge: Knowledge, map_id: str) -> Studied:
    """One case with what became of it."""
    report = localize(case, knowledge=knowledge, map=map_id, engine="compiled")
    return Studied(report, expect, outcome(report, expect), part)


def placed(cases: Iterable[Studied]) -> list[Studied]:
    """The cases that say where the lesion is."""
    return [case for case in cases if case.names_place]


def missed(cases: Iterable[Studied]) -> list[Studied]:
    """The cases of which no acceptable answer came first."""
    return [case for case in cases if case.outcome.is_miss]


def expected(case: Studied) -> list[Weighing]:
    """The answers that the source of the case gives, weighed on the side that it names, whether ranked or not."""
    report, found = case.report, case.report.inference
    roots = tuple(report.knowledge.roots)
    return [
        weigh(candidate, side, found.evidence, report.knowledge)
        for candidate in candidates(report.knowledge, report.map)
        if any(is_accepted(candidate.localization, wanted, roots) for wanted in case.expect.localization)
        for side in _sides(candidate, case)
    ]


def _sides(candidate: Candidate, case: Studied) -> list[Side]:
    if candidate.is_bilateral:
        return [Side.NONE]
    seen = [side for side in LATERAL_SIDES if any(o.side is side for o in case.observations)]
    match case.expect.side:
        case Side.LEFT.value:
            return [Side.LEFT]
        case Side.RIGHT.value:
            return [Side.RIGHT]
        case _:
            return seen or [Side.UNKNOWN]


def core_places_examined(case: Studied) -> int | None:
    """How many core places of the expected answer were examined; None if it has none."""
    answers = [w for w in expected(case) if Tier.CORE in w.candidate.reach.values()]
    return max((sum(_is_core_seen(o, w) for o in case.observations) for w in answers), default=None)


def _is_core_seen(o: Observation, weighing: Weighing) -> bool:
    is_core = weighing.candidate.reach.get(o.place) is Tier.CORE
    return is_core and o.state in _EXAMINED and _is_on_side(o, weighing)


def _is_on_side(o: Observation, weighing: Weighing) -> bool:
    return weighing.candidate.is_bilateral or o.side is weighing.side


def is_in_reach(case: Studied) -> bool:
    """True if something abnormal lies where the expected answer reaches."""
    abnormal = [o for o in case.observations if o.state not in SPARED]
    return any(o.place in w.candidate.reach and _is_on_side(o, w) for w in expected(case) for o in abnormal)


def is_pattern_shown(case: Studied) -> bool | None:
    """True if the entry condition of an expected wide place held; None if the answer is a root, nerve or plexus."""
    answers = [w for w in expected(case) if w.candidate.wide is not None]
    return any(w.has_entered for w in answers) if answers else None


def is_told_from_first(case: Studied) -> bool:
    """True if anything that was examined or asked speaks for the expected answer rather than for the first."""
    evidence = case.report.inference.evidence
    return any(is_told_from(w, case.first, evidence) for w in expected(case))


def is_like_first(case: Studied) -> bool:
    """True if nothing that was examined or asked speaks for the expected answer alone or for the first alone."""
    evidence, first = case.report.inference.evidence, case.first
    return not any(is_told_from(w, first, evidence) or is_told_from(first, w, evidence) for w in expected(case))


def has_deficit(case: Studied) -> bool:
    """True if the examination found something lost, weak or wasted."""
    return any(o.state is State.DEFICIT for o in case.observations)


def has_time(case: Studied) -> bool:
    """True if the case says in days how long it has lasted or how fast it came on."""
    measures = case.report.knowledge.measures
    return any(f.kind is Kind.MEASURE and measures[f.name].unit == "days" for f in case.report.case.findings)
