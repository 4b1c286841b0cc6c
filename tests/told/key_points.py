"""The line on the ISNCSCI key muscles and key points, read back."""

from dermarules.questions.isncsci import KeySide, Level
from tests.told.held import Held, need, slots
from tests.told.outline import Line
from tests.told.words import bare, listed, read, small, word


def key_points(held: Held, line: Line) -> None:
    """How much was examined, and the grades and levels of each side or why none can be told."""
    told, found = slots("key_points.line", line.text), held.report.isncsci
    need(
        (int(told["examined"]), int(told["items"])) == (found.examined, found.items), f"{found.examined} were examined"
    )
    parts = [small(part) for part in told["said"].split(". ")]
    spared = {word(f"key_points.sparing_{state}"): state for state in ("present", "absent")}
    if parts[-1] in spared:
        need(spared[parts.pop()] == found.sacral_sparing, f"sacral sparing is {found.sacral_sparing}")
    sides: list[str] = []
    for part in parts:
        key = next((key for key in ("both", "right", "left") if read(f"key_points.{key}", part)), None)
        need(key, f"'{part}' speaks of no side")
        said = slots(f"key_points.{key}", part)["found"]
        of = {"both": found.sides, "right": (found.right,), "left": (found.left,)}[key or ""]
        need(all(_is_side(held, said, side) for side in of), f"'{part}' is not so")
        sides += [side.side for side in of]
    need(sorted(sides) == ["left", "right"], "both sides are told, each once")
    held.grounds(line, ["isncsci"], drafts=["isncsci"])


def _is_side(held: Held, said: str, side: KeySide) -> bool:
    motor = [one for one in side.segments if one.motor]
    muscles = read("key_points.muscles", said)
    if muscles is None:
        return all(one.motor == "NT" for one in motor) and _are_levels(held, said, side)
    grades = " ".join(one.motor for one in motor)
    told = (muscles["first"], muscles["last"], muscles["grades"])
    return told == (motor[0].segment, motor[-1].segment, grades) and _are_levels(held, muscles["levels"], side)


def _are_levels(held: Held, said: str, side: KeySide) -> bool:
    if none := read("key_points.no_levels", said):
        return all(level.level == "ND" and _is_why(held, none["because"], level) for level in _levels(side))
    head, both = word("key_points.levels").partition("{motor}")[0], word("key_points.levels").partition("{motor}")[2]
    between = both.partition("{sensory}")[0]
    rest = said.removeprefix(head)
    cuts = [at for at in range(len(rest)) if rest.startswith(between, at)]
    return any(
        _is_level(held, rest[:cut], side.motor_level)
        and _is_level(held, rest[cut + len(between) :], side.sensory_level)
        for cut in cuts
    )


def _levels(side: KeySide) -> tuple[Level, Level]:
    return side.motor_level, side.sensory_level


def _is_level(held: Held, said: str, level: Level) -> bool:
    if none := read("key_points.not_determinable", said):
        return level.level == "ND" and _is_why(held, none["because"], level)
    if said == word("key_points.intact"):
        return level.level == "INT"
    above = read("key_points.above", said)
    return level.level == (f"above {above['segment']}" if above else said)


def _is_why(held: Held, said: str, level: Level) -> bool:
    """True if a text says why a level is where it is: every slot of it is what the worksheet holds."""
    why = level.why
    told = read(f"key_points.because_{why.kind}", said)
    if told is None:
        return False
    tests = tuple(word(f"key_points.{test}") for test in why.tests)
    known = {"segment": why.segment, "last": why.last, "grade": why.grade}
    return (
        all(told[name] == value for name, value in known.items() if name in told)
        and ("tests" not in told or tests in listed(told["tests"]))
        and ("movement" not in told or why.movement in held.words.movements.get(bare(told["movement"]), ()))
    )
