"""One step wrong: what else a finding would say if its grade, its side or its result were off by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import BOTH_SIDES, MRC, Kind, Result, Side


class Slip(Enum):
    """In what a finding is wrong: in its grade, in what was found at all, in its side, or in that it was measured."""

    GRADE = "grade"
    RESULT = "result"
    SIDE = "side"
    NOT_GIVEN = "not_given"


@dataclass(frozen=True, slots=True)
class OneStep:
    """A finding and what it would be if it were wrong by one step; None if it would not be given at all."""

    slip: Slip
    finding: Finding
    instead: Finding | None


# The grades that a number is written for, the weakest first.
_GRADES = tuple(sorted((result for result in MRC if result.value[0].isdigit()), key=lambda result: MRC[result]))
# Power without a number: weak is wrong by one step if it was full, paralysis if a trace was left.
_WORDED = {Result.WEAK: Result.NORMAL, Result.NORMAL: Result.WEAK, Result.PARALYSED: Result.MRC_1}
_SENSATION = {
    Result.NORMAL: (Result.REDUCED, Result.INCREASED),
    Result.REDUCED: (Result.NORMAL, Result.ABSENT),
    Result.ABSENT: (Result.NORMAL, Result.REDUCED),
    Result.INCREASED: (Result.NORMAL,),
}
_TENDON = (Result.ABSENT, Result.REDUCED, Result.NORMAL, Result.BRISK)
_PLANTAR = (Result.MUTE, Result.FLEXOR, Result.EXTENSOR)
OPPOSITE = {
    Result.PRESENT: Result.ABSENT,
    Result.ABSENT: Result.PRESENT,
    Result.POSITIVE: Result.NEGATIVE,
    Result.NEGATIVE: Result.POSITIVE,
}
_OTHER_SIDES: dict[tuple[Side, ...], tuple[tuple[Side, ...], ...]] = {
    (Side.LEFT,): ((Side.RIGHT,),),
    (Side.RIGHT,): ((Side.LEFT,),),
    (Side.UNKNOWN,): ((Side.LEFT,), (Side.RIGHT,)),
    BOTH_SIDES: ((Side.LEFT,), (Side.RIGHT,)),
}


def one_step(finding: Finding, knowledge: Knowledge) -> tuple[OneStep, ...]:
    """Every way in which a finding is wrong by one step.

    By how much a number may be wrong is not known: a measure is tried as not given.
    """
    return (*_graded(finding), *_found(finding, knowledge), *_sided(finding), *_measured(finding))


def _graded(finding: Finding) -> Iterator[OneStep]:
    """A power of a grade, one grade up and one down."""
    if finding.kind in (Kind.POWER, Kind.MUSCLE) and finding.result in _GRADES:
        for result in _beside(_GRADES, finding.result):
            yield OneStep(Slip.GRADE, finding, replace(finding, result=result))


def _found(finding: Finding, knowledge: Knowledge) -> Iterator[OneStep]:
    """What was found one step nearer to normal, or further from it."""
    for result in _results(finding, knowledge):
        # A level that is denied names no segment, and one that is found instead is at none that is known.
        yield OneStep(Slip.RESULT, finding, replace(finding, result=result, level=""))


def _results(finding: Finding, knowledge: Knowledge) -> Sequence[Result]:
    result = finding.result
    match finding.kind:
        case Kind.MEASURE:
            return ()
        case Kind.POWER | Kind.MUSCLE:
            return (_WORDED[result],) if result in _WORDED else ()
        case Kind.SENSATION:
            return _SENSATION[result]
        case Kind.REFLEX:
            scale = _PLANTAR if result in _PLANTAR else _TENDON
            misfit = knowledge.register.reflex_misfit
            return _beside([each for each in scale if not misfit(finding.name, {each.value})], result)
        case _:
            return (OPPOSITE[result],)


def _sided(finding: Finding) -> Iterator[OneStep]:
    """The other side for one that is named, either for one that is not, and one of them for both."""
    for sides in _OTHER_SIDES.get(finding.sides, ()):
        yield OneStep(Slip.SIDE, finding, replace(finding, sides=sides))


def _measured(finding: Finding) -> Iterator[OneStep]:
    if finding.kind is Kind.MEASURE:
        yield OneStep(Slip.NOT_GIVEN, finding, None)


def _beside(scale: Sequence[Result], result: Result) -> tuple[Result, ...]:
    """The neighbours of a result on a scale."""
    at = scale.index(result)
    return tuple(scale[number] for number in (at - 1, at + 1) if 0 <= number < len(scale))
