"""What a finding would be if it were the opposite: what a contrast tries in its place."""

from collections.abc import Iterator
from dataclasses import replace

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.one_step import OPPOSITE, Slip, one_step
from dermarules.vocabulary import FULL_POWER, Kind, Result

# A result that says something, and what a healthy one would be; of what is healthy, the lightest loss.
_SENSATION = {Result.NORMAL: Result.REDUCED}
_REFLEX = {Result.NORMAL: Result.REDUCED, Result.FLEXOR: Result.EXTENSOR}
_PLANTAR = (Result.EXTENSOR, Result.MUTE)


def otherwise(finding: Finding, knowledge: Knowledge, *, sides: bool) -> Iterator[Finding | None]:
    """The opposite of a finding, the finding on another side if `sides`, and None: that it was never looked for.

    What was lost is found healthy, what was healthy is lost in part, what is present is absent. A measure has no
    opposite.
    """
    result = _opposite(finding)
    if result is not None:
        yield replace(finding, result=result, level="")
    if sides:
        yield from (step.instead for step in one_step(finding, knowledge) if step.slip is Slip.SIDE)
    yield None


def _opposite(finding: Finding) -> Result | None:
    match finding.kind:
        case Kind.MEASURE:
            return None
        case Kind.POWER | Kind.MUSCLE:
            return Result.MRC_4 if finding.result in FULL_POWER else Result.MRC_5
        case Kind.SENSATION:
            return _SENSATION.get(finding.result, Result.NORMAL)
        case Kind.REFLEX:
            healthy = Result.FLEXOR if finding.result in _PLANTAR else Result.NORMAL
            return _REFLEX.get(finding.result, healthy)
        case _:
            return OPPOSITE[finding.result]
