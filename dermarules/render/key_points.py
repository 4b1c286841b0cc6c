"""The ISNCSCI key muscles and key points of a case in one line, where enough of them were examined."""

from collections.abc import Iterator

from dermarules.questions.answer import Answer
from dermarules.questions.isncsci import INTACT, NOT_DETERMINABLE, NOT_TESTED, KeySide, Level
from dermarules.render.grounds import tag
from dermarules.render.letter import Line
from dermarules.render.words import capital
from dermarules.vocabulary import Review

_FEW = 8


def key_points(answer: Answer) -> Iterator[Line]:
    """How much of the examination was done, and the levels that follow or why none does."""
    found = answer.isncsci
    if found.examined < _FEW:
        return
    right, left = (f"{_muscles(side)}{_levels(side)}" for side in found.sides)
    sides = [f"both sides: {right}"] if right == left else [f"right: {right}", f"left: {left}"]
    spared = [] if found.sacral_sparing == NOT_DETERMINABLE else [f"sacral sparing {found.sacral_sparing}"]
    said = ". ".join(capital(part) for part in (*sides, *spared))
    text = f"ISNCSCI, leg items, {found.examined} of {found.items} examined. {said}. This is no full classification."
    rules = answer.knowledge.isncsci
    yield Line(text, (tag("isncsci", rules.sources),), rules.review is Review.DRAFT)


def _muscles(side: KeySide) -> str:
    """The grades of the key muscles from above, if any was graded."""
    motor = [one for one in side.segments if one.motor]
    if all(one.motor == NOT_TESTED for one in motor):
        return ""
    return f"key muscles {motor[0].segment} to {motor[-1].segment} {' '.join(one.motor for one in motor)}; "


def _levels(side: KeySide) -> str:
    motor, sensory = side.motor_level, side.sensory_level
    if motor == sensory and motor.level == NOT_DETERMINABLE:
        return f"levels not determinable, because {motor.because}"
    return f"motor level {_level(motor)}, sensory level {_level(sensory)}"


def _level(level: Level) -> str:
    if level.level == NOT_DETERMINABLE:
        return f"not determinable, because {level.because}"
    return "intact" if level.level == INTACT else level.level
