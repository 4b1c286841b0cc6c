"""The ISNCSCI key muscles and key points of a case in one line, where enough of them were examined."""

from collections.abc import Iterator

from dermarules.questions.answer import Answer
from dermarules.questions.isncsci import ABOVE, INTACT, NOT_DETERMINABLE, NOT_TESTED, KeySide, Level
from dermarules.render.grounds import tag
from dermarules.render.letter import Line
from dermarules.render.voice import Voice
from dermarules.render.words import capital, listed, lowered
from dermarules.vocabulary import Review

_FEW = 8


def key_points(answer: Answer, voice: Voice) -> Iterator[Line]:
    """How much of the examination was done, and the levels that follow or why none does."""
    found = answer.isncsci
    if found.examined < _FEW:
        return
    right, left = (_muscles(side, voice) for side in found.sides)
    sides = [("both", right)] if right == left else [("right", right), ("left", left)]
    told = [voice.say(f"key_points.{side}", found=what) for side, what in sides]
    sparing = found.sacral_sparing
    spared = [] if sparing == NOT_DETERMINABLE else [voice.say(f"key_points.sparing_{sparing}")]
    said = ". ".join(capital(part) for part in (*told, *spared))
    text = voice.say("key_points.line", examined=found.examined, items=found.items, said=said)
    rules = answer.knowledge.isncsci
    yield Line(text, (tag("isncsci", rules.sources),), rules.review is Review.DRAFT)


def _muscles(side: KeySide, voice: Voice) -> str:
    """The grades of the key muscles from above, if any was graded, and the levels."""
    motor = [one for one in side.segments if one.motor]
    levels = _levels(side, voice)
    if all(one.motor == NOT_TESTED for one in motor):
        return levels
    grades = " ".join(one.motor for one in motor)
    return voice.say("key_points.muscles", first=motor[0].segment, last=motor[-1].segment, grades=grades, levels=levels)


def _levels(side: KeySide, voice: Voice) -> str:
    motor, sensory = side.motor_level, side.sensory_level
    if motor == sensory and motor.level == NOT_DETERMINABLE:
        return voice.say("key_points.no_levels", because=because(motor, voice))
    return voice.say("key_points.levels", motor=_level(motor, voice), sensory=_level(sensory, voice))


def _level(level: Level, voice: Voice) -> str:
    if level.level == NOT_DETERMINABLE:
        return voice.say("key_points.not_determinable", because=because(level, voice))
    if level.level == INTACT:
        return voice.say("key_points.intact")
    segment = level.level.removeprefix(ABOVE)
    return segment if segment == level.level else voice.say("key_points.above", segment=segment)


def because(level: Level, voice: Voice) -> str:
    """Why a level is where it is, in words."""
    why = level.why
    movement = lowered(voice.name("movements", why.movement), voice) if why.movement else ""
    return voice.say(
        f"key_points.because_{why.kind}",
        segment=why.segment,
        last=why.last,
        movement=movement,
        grade=why.grade,
        tests=listed([voice.say(f"key_points.{test}") for test in why.tests], voice),
        n=len(why.tests),
    )
