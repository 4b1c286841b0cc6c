"""Findings and examinations as a clinician writes them."""

from collections.abc import Sequence

from dermarules.findings import Finding
from dermarules.notation import TRUE
from dermarules.proof import Claim
from dermarules.render.voice import Voice
from dermarules.render.words import lowered, places_phrase, sides_word
from dermarules.vocabulary import FULL_POWER, Kind, Result

_OPERATORS = ("lt", "le", "eq", "ge", "gt")
_OPPOSITE = {"lt": "ge", "le": "gt", "eq": "ne", "ge": "lt", "gt": "le"}
_UNGRADED = (Result.WEAK, Result.PARALYSED, Result.NORMAL)
# Grades that are of no unit, but of a scale that is named before the number.
_SCALE = "MRC grade"


def finding_phrase(finding: Finding, voice: Voice, places: Sequence[str] = ()) -> str:
    """A finding as a clinician writes it: reduced pinprick over the lateral heel, left. `places` narrow it down."""
    said = _statement(finding, voice, places or finding.places)
    side = sides_word(finding.sides, voice)
    return voice.say("words.on_side", text=said, side=side) if side else said


def _statement(finding: Finding, voice: Voice, places: Sequence[str]) -> str:
    name, result = finding.name, finding.result
    match finding.kind:
        case Kind.SENSATION:
            felt, where = voice.say(f"phrases.{name}"), places_phrase(places, voice)
            return voice.say(f"phrases.felt_{result.value}", felt=felt, where=where)
        case Kind.FEELS:
            felt, where = voice.say(f"phrases.feels_{name}"), places_phrase(places, voice)
            return voice.say(f"phrases.feels_{result.value}", felt=felt, where=where)
        case Kind.POWER:
            return _power(lowered(voice.name("movements", name), voice), result, voice)
        case Kind.MUSCLE:
            return _power(lowered(voice.name("muscles", name), voice), result, voice)
        case Kind.WASTING | Kind.FASCICULATION:
            table = "muscles" if name in voice.knowledge.muscles else "movements"
            muscle = lowered(voice.name(table, name), voice)
            return voice.say(f"phrases.{finding.kind.value}_{result.value}", muscle=muscle)
        case Kind.REFLEX:
            return voice.say(f"phrases.reflex_{result.value}", reflex=lowered(voice.name("reflexes", name), voice))
        case Kind.SIGN:
            return voice.say(f"phrases.sign_{result.value}", sign=voice.name("signs", name))
        case Kind.HISTORY:
            meaning = lowered(voice.text("history", name, "meaning").rstrip("."), voice)
            return voice.say(f"phrases.history_{result.value}", meaning=meaning)
        case Kind.MEASURE:
            return measure_phrase(name, voice.number(finding.number or 0.0), voice)
        case Kind.LEVEL:
            # A case may say that there is a level and not where.
            at = finding.level
            return voice.say("phrases.level_at", level=at) if at else voice.say(f"phrases.level_{result.value}")


def _power(moved: str, result: Result, voice: Voice) -> str:
    if result in _UNGRADED:
        return voice.say(f"phrases.power_{result.value}", moved=moved)
    key = "phrases.graded_full" if result in FULL_POWER else "phrases.graded_weak"
    return voice.say(key, moved=moved, grade=result.value)


def measure_phrase(name: str, number: str, voice: Voice) -> str:
    """A measure with its number and unit."""
    said = lowered(voice.name("measures", name), voice)
    if voice.knowledge.measures[name].unit == _SCALE:
        return voice.say("phrases.measure_graded", measure=said, number=number)
    return voice.say("phrases.measure", measure=said, number=number, unit=voice.text("measures", name, "unit"))


def measured_phrase(claim: Claim, voice: Voice) -> str:
    """A measure that follows from other findings, from its claim `measure NAME: NUMBER`."""
    name, _, number = claim.subject.removeprefix("measure ").partition(": ")
    return measure_phrase(name, number, voice) if name in voice.knowledge.measures else claim.subject


def assumption_phrase(claim: Claim, reason: str, voice: Voice) -> str:
    """What is taken for true without evidence, from its claim `MEASURE OPERATOR NUMBER, or not known`."""
    words = claim.subject.partition(",")[0].split()
    if len(words) != 3 or words[0] not in voice.knowledge.measures or words[1] not in _OPERATORS:
        return voice.say("phrases.assumed", reason=reason)
    return voice.say("phrases.assumed_measure", compared=compared_phrase(claim, voice))


def compared_phrase(claim: Claim, voice: Voice) -> str:
    """A measure against a number, from its claim `MEASURE OPERATOR NUMBER`: that it is so, or that it is not."""
    measure, operator, number = claim.subject.partition(",")[0].split()
    word = operator if claim.predicate == TRUE else _OPPOSITE[operator]
    said = lowered(voice.name("measures", measure), voice)
    told = voice.say(f"phrases.{word}")
    if voice.knowledge.measures[measure].unit == _SCALE:
        return voice.say("phrases.compared_grade", measure=said, operator=told, number=number)
    unit = voice.text("measures", measure, "unit")
    return voice.say("phrases.compared", measure=said, operator=told, number=number, unit=unit)
