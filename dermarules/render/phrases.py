"""Findings and examinations in plain English."""

from collections.abc import Sequence

from dermarules.findings import Finding
from dermarules.proof import Claim
from dermarules.render.voice import Voice
from dermarules.render.words import OPERATORS, lowered, places_phrase, sides_word
from dermarules.vocabulary import FULL_POWER, Kind, Result

_FEELINGS = {"any": "symptoms", "shooting": "shooting pain", "burning": "burning", "cramp": "cramp"}
_REFLEXES = {
    Result.ABSENT: "absent",
    Result.REDUCED: "reduced",
    Result.NORMAL: "normal",
    Result.BRISK: "brisk",
    Result.FLEXOR: "flexor",
    Result.EXTENSOR: "extensor",
    Result.MUTE: "mute",
}


def finding_phrase(finding: Finding, voice: Voice, places: Sequence[str] = ()) -> str:
    """A finding as a clinician writes it: reduced pinprick over the lateral heel, left. `places` narrow it down."""
    side = sides_word(finding.sides)
    said = _statement(finding, voice, places or finding.places)
    return f"{said}, {side}" if side else said


def _statement(finding: Finding, voice: Voice, places: Sequence[str]) -> str:
    name, result = finding.name, finding.result
    match finding.kind:
        case Kind.SENSATION:
            return _sensation(name, result, places_phrase(places, voice))
        case Kind.FEELS:
            felt = _FEELINGS.get(name, name)
            return f"{'no ' if result is Result.ABSENT else ''}{felt} over {places_phrase(places, voice)}"
        case Kind.POWER:
            return _power(lowered(voice.name("movements", name)), result)
        case Kind.MUSCLE:
            return _power(lowered(voice.name("muscles", name)), result)
        case Kind.WASTING | Kind.FASCICULATION:
            table = "muscles" if name in voice.knowledge.muscles else "movements"
            return (
                f"{'no ' if result is Result.ABSENT else ''}{finding.kind.value} of {lowered(voice.name(table, name))}"
            )
        case Kind.REFLEX:
            return f"{lowered(voice.name('reflexes', name))} {_REFLEXES[result]}"
        case Kind.SIGN:
            return f"{voice.name('signs', name)} {result.value}"
        case Kind.HISTORY:
            meaning = lowered(voice.knowledge.history[name].meaning.rstrip("."))
            return f"denied: {meaning}" if result is Result.ABSENT else meaning
        case Kind.MEASURE:
            return measure_phrase(name, f"{finding.number:g}", voice)
        case Kind.LEVEL:
            return f"sensory level at {finding.level}" if finding.level else "no sensory level on the trunk"


def _sensation(modality: str, result: Result, where: str) -> str:
    felt = "sensation" if modality == "any" else modality.replace("_", " ")
    if result in (Result.REDUCED, Result.INCREASED):
        return f"{result.value} {felt} over {where}"
    return f"{felt} {result.value} over {where}"


def _power(moved: str, result: Result) -> str:
    match result:
        case Result.WEAK:
            return f"weak {moved}"
        case Result.PARALYSED:
            return f"paralysis of {moved}"
        case Result.NORMAL:
            return f"normal power of {moved}"
    grade = f"{result.value}/5"
    return f"full {moved} ({grade})" if result in FULL_POWER else f"weak {moved} ({grade})"


def measure_phrase(name: str, number: str, voice: Voice) -> str:
    """A measure with its number and unit."""
    measure = voice.knowledge.measures[name]
    said = lowered(voice.name("measures", name))
    return f"{said}: {number} {measure.unit}" if measure.unit != "MRC grade" else f"{said}: MRC {number}"


def measured_phrase(claim: Claim, voice: Voice) -> str:
    """A measure that follows from other findings, from its claim `measure NAME: NUMBER`."""
    name, _, number = claim.subject.removeprefix("measure ").partition(": ")
    return measure_phrase(name, number, voice) if name in voice.knowledge.measures else claim.subject


def assumption_phrase(claim: Claim, reason: str, voice: Voice) -> str:
    """What is taken for true without evidence, from its claim `MEASURE OPERATOR NUMBER, or not known`."""
    words = claim.subject.partition(",")[0].split()
    if len(words) != 3 or words[0] not in voice.knowledge.measures or words[1] not in OPERATORS:
        return f"assumed: {reason}"
    name, unit = lowered(voice.name("measures", words[0])), voice.knowledge.measures[words[0]].unit
    return f"assumed, because not given: {name} {OPERATORS[words[1]]} {words[2]} {unit}"
