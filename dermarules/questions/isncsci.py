"""The key muscles and key points of the ISNCSCI in a case: their scores, and the levels as far as the legs show them.

What was not examined is NT, never normal, and a level that hangs on it is ND: not determinable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import BOTH_SIDES, Kind, Result, Side

ABOVE = "above "
NOT_TESTED, UNGRADED, NOT_DETERMINABLE, INTACT = "NT", "weak", "ND", "INT"
YES, NO = "yes", "no"
PRESENT, ABSENT = "present", "absent"
# What is said of a segment whose key point was tested with both modalities, with one, or with none.
_NORMAL, _ALTERED, _UNKNOWN = "normal", "altered", "unknown"


@dataclass(frozen=True, slots=True)
class KeySegment:
    """The scores of one segment: the grade of its key muscle (empty if it has none), light touch and pin prick."""

    segment: str
    motor: str
    light_touch: str
    pin_prick: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why a level is where it is: what kind of reason, and the segment, movement, grade or tests that it is about."""

    kind: str
    segment: str = ""
    movement: str = ""
    grade: str = ""
    last: str = ""
    tests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A level: a segment, `above L1`, INT where all is intact, or ND; and why it is there or not determinable."""

    level: str
    why: Why


@dataclass(frozen=True, slots=True)
class KeySide:
    """One side: its segments, its levels, and the sum of its five key muscles, or ND."""

    side: str
    segments: tuple[KeySegment, ...]
    motor_level: Level
    sensory_level: Level
    motor_score: str


@dataclass(frozen=True, slots=True)
class Isncsci:
    """The ISNCSCI in the legs: both sides, the sacral items, how much of it was examined, and what it cannot say."""

    right: KeySide
    left: KeySide
    voluntary_anal_contraction: str
    deep_anal_pressure: str
    sacral_sparing: str
    examined: int
    items: int
    limits: str

    @property
    def sides(self) -> tuple[KeySide, KeySide]:
        """Right and left, in the order of the worksheet."""
        return self.right, self.left


def isncsci(case: Case, knowledge: Knowledge) -> Isncsci:
    """The key muscles and key points among the findings of a case, scored."""
    scorer = _Scorer(case, knowledge)
    contraction, pressure = scorer.contraction(), scorer.pressure()
    right, left = (scorer.side(side, contraction) for side in (Side.RIGHT, Side.LEFT))
    scores = [score for each in (right, left) for one in each.segments for score in _scores(one)]
    told = [score for score in (*scores, contraction, pressure) if score]
    lowest = [score for each in (right, left) for score in _scores(each.segments[-1])[1:]]
    return Isncsci(
        right=right,
        left=left,
        voluntary_anal_contraction=contraction,
        deep_anal_pressure=pressure,
        sacral_sparing=_sparing((*lowest, contraction, pressure)),
        examined=sum(score != NOT_TESTED for score in told),
        items=len(told),
        limits=knowledge.isncsci.limits,
    )


def _scores(segment: KeySegment) -> tuple[str, str, str]:
    return segment.motor, segment.light_touch, segment.pin_prick


def _sparing(scores: Sequence[str]) -> str:
    """Anything felt or moved at the lowest segment is sparing; it is absent only if everything was tested."""
    if any(score not in (NOT_TESTED, NO, "0") for score in scores):
        return PRESENT
    return NOT_DETERMINABLE if NOT_TESTED in scores else ABSENT


class _Scorer:
    """Reads the findings of one case once."""

    def __init__(self, case: Case, knowledge: Knowledge) -> None:
        self.rules = knowledge.isncsci
        self.knowledge = knowledge
        self.points = _key_points(knowledge)
        self.found: dict[tuple[Kind, str, str, Side], list[Result]] = {}
        for finding in case.findings:
            for place in finding.places or ("",):
                for side in finding.sides:
                    self.found.setdefault((finding.kind, finding.name, place, side), []).append(finding.result)

    def side(self, side: Side, contraction: str) -> KeySide:
        segments = tuple(
            KeySegment(
                segment,
                self._motor(segment, side) if segment in self.rules.motor else "",
                self._touch(self.rules.touch.value, region, side),
                self._touch(self.rules.pin.value, region, side),
            )
            for segment, region in self.points.items()
        )
        grades = [one.motor for one in segments if one.motor]
        is_graded = all(grade.isdecimal() for grade in grades)
        return KeySide(
            side=side.value,
            segments=segments,
            motor_level=self._motor_level(segments, contraction),
            sensory_level=self._sensory_level(segments),
            motor_score=str(sum(map(int, grades))) if is_graded else NOT_DETERMINABLE,
        )

    def contraction(self) -> str:
        """Voluntary anal contraction: any is yes."""
        grades = [self._grade(Kind.POWER, self.rules.contraction, side) for side in (Side.NONE, *BOTH_SIDES)]
        return _any_of([grade for grade in grades if grade != NOT_TESTED])

    def pressure(self) -> str:
        """Deep anal pressure: felt at all is yes."""
        region = list(self.points.values())[-1]
        felt = [self._touch(self.rules.pressure.value, region, side) for side in (Side.NONE, *BOTH_SIDES)]
        return _any_of([score for score in felt if score != NOT_TESTED])

    def _touch(self, modality: str, region: str, side: Side) -> str:
        results = self.found.get((Kind.SENSATION, modality, region, side), ())
        return str(min(self.rules.scores[result] for result in results)) if results else NOT_TESTED

    def _motor(self, root: str, side: Side) -> str:
        """The grade of the key movement; where only its key muscles were graded, the lowest of theirs."""
        grade = self._grade(Kind.POWER, self.rules.motor[root], side)
        if grade != NOT_TESTED:
            return grade
        muscles = [muscle.id for muscle in self.knowledge.muscles.values() if muscle.key_muscle_of == root]
        grades = [grade for m in muscles if (grade := self._grade(Kind.MUSCLE, m, side)) != NOT_TESTED]
        return UNGRADED if UNGRADED in grades else min(grades, default=NOT_TESTED)

    def _grade(self, kind: Kind, name: str, side: Side) -> str:
        results = self.found.get((kind, name, "", side), ())
        if any(result not in self.rules.grades for result in results):
            return UNGRADED
        return str(min(self.rules.grades[result] for result in results)) if results else NOT_TESTED

    def _state(self, segment: KeySegment) -> str:
        """Whether sensation at a key point is normal; one modality that is not is enough to say that it is altered."""
        scores = (segment.light_touch, segment.pin_prick)
        if any(score.isdecimal() and int(score) < self.rules.full_score for score in scores):
            return _ALTERED
        return _UNKNOWN if NOT_TESTED in scores else _NORMAL

    def _sensory_level(self, segments: Sequence[KeySegment]) -> Level:
        """The lowest segment with normal sensation, all above it being normal."""
        level = f"{ABOVE}{segments[0].segment}"
        for one in segments:
            state = self._state(one)
            if state == _UNKNOWN:
                return Level(NOT_DETERMINABLE, _untested(one))
            if state == _ALTERED:
                return Level(level, Why("altered", one.segment))
            level = one.segment
        return Level(INTACT, Why("normal", segments[0].segment, last=level))

    def _motor_level(self, segments: Sequence[KeySegment], contraction: str) -> Level:
        """The lowest key muscle that is strong enough, all above it being of full power.

        Above the first and below the last key muscle, the motor level is that of sensation.
        """
        first = next(i for i, one in enumerate(segments) if one.motor)
        level = f"{ABOVE}{segments[0].segment}"
        for one in segments[:first]:
            if self._state(one) != _NORMAL:
                return self._sensory_level([one])
            level = one.segment
        motor = [one for one in segments if one.motor]
        for one in motor:
            if not one.motor.isdecimal():
                return Level(NOT_DETERMINABLE, self._without_grade(one))
            if int(one.motor) < self.rules.full_grade:
                is_level = int(one.motor) >= self.rules.level_grade
                return Level(one.segment if is_level else level, self._graded(one))
            level = one.segment
        return self._below_the_muscles(segments[first:], level, contraction)

    def _below_the_muscles(self, segments: Sequence[KeySegment], level: str, contraction: str) -> Level:
        """All key muscles are of full power: then sensation decides, and at the last segment the anal contraction."""
        last = next(i for i, one in enumerate(segments) if one.segment == level)
        states = [self._state(one) for one in segments]
        if _ALTERED in states[: last + 2]:
            altered = segments[states.index(_ALTERED)].segment
            return Level(level, Why("full_power", altered))
        for one, state in zip(segments, states, strict=True):
            if state == _UNKNOWN:
                return Level(NOT_DETERMINABLE, _untested(one))
            if state == _ALTERED:
                return Level(level, Why("altered", one.segment))
            if one is not segments[-1] and segments.index(one) > last:
                level = one.segment
        if contraction == NOT_TESTED:
            return Level(NOT_DETERMINABLE, Why("contraction_untested"))
        if contraction == NO:
            return Level(level, Why("contraction_absent"))
        return Level(INTACT, Why("all_normal"))

    def _without_grade(self, one: KeySegment) -> Why:
        kind = "power_untested" if one.motor == NOT_TESTED else "power_ungraded"
        return Why(kind, one.segment, self.rules.motor[one.segment])

    def _graded(self, one: KeySegment) -> Why:
        return Why("graded", one.segment, self.rules.motor[one.segment], one.motor)


def _key_points(knowledge: Knowledge) -> Mapping[str, str]:
    """The region of each key point by its segment, from above; S4-5 is one segment."""
    order = list(knowledge.roots)
    points = {region.key_point_of: region.id for region in knowledge.regions.values() if region.key_point_of}
    return {segment: points[segment] for segment in sorted(points, key=lambda s: order.index(s.partition("-")[0]))}


def _any_of(scores: Sequence[str]) -> str:
    if not scores:
        return NOT_TESTED
    return YES if any(score != "0" for score in scores) else NO


def _untested(one: KeySegment) -> Why:
    scores = {"light_touch": one.light_touch, "pin_prick": one.pin_prick}
    return Why("untested", one.segment, tests=tuple(test for test, score in scores.items() if score == NOT_TESTED))
