"""Findings and examinations in plain English."""

from collections.abc import Sequence

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim
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


def finding_phrase(finding: Finding, knowledge: Knowledge, places: Sequence[str] = ()) -> str:
    """A finding as a clinician writes it: reduced pinprick over the lateral heel, left. `places` narrow it down."""
    side = sides_word(finding.sides)
    said = _statement(finding, knowledge, places or finding.places)
    return f"{said}, {side}" if side else said


def _statement(finding: Finding, knowledge: Knowledge, places: Sequence[str]) -> str:
    name, result = finding.name, finding.result
    match finding.kind:
        case Kind.SENSATION:
            return _sensation(name, result, places_phrase(places, knowledge))
        case Kind.FEELS:
            felt = _FEELINGS.get(name, name)
            return f"{'no ' if result is Result.ABSENT else ''}{felt} over {places_phrase(places, knowledge)}"
        case Kind.POWER:
            return _power(lowered(knowledge.movements[name].name), result)
        case Kind.MUSCLE:
            return _power(lowered(knowledge.muscles[name].name), result)
        case Kind.WASTING | Kind.FASCICULATION:
            table = knowledge.muscles if name in knowledge.muscles else knowledge.movements
            return f"{'no ' if result is Result.ABSENT else ''}{finding.kind.value} of {lowered(table[name].name)}"
        case Kind.REFLEX:
            return f"{lowered(knowledge.reflexes[name].name)} {_REFLEXES[result]}"
        case Kind.SIGN:
            return f"{knowledge.signs[name].name} {result.value}"
        case Kind.HISTORY:
            meaning = lowered(knowledge.history[name].meaning.rstrip("."))
            return f"denied: {meaning}" if result is Result.ABSENT else meaning
        case Kind.MEASURE:
            return measure_phrase(name, f"{finding.number:g}", knowledge)
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


def measure_phrase(name: str, number: str, knowledge: Knowledge) -> str:
    """A measure with its number and unit."""
    measure = knowledge.measures[name]
    said = lowered(measure.name)
    return f"{said}: {number} {measure.unit}" if measure.unit != "MRC grade" else f"{said}: MRC {number}"


def measured_phrase(claim: Claim, knowledge: Knowledge) -> str:
    """A measure that follows from other findings, from its claim `measure NAME: NUMBER`."""
    name, _, number = claim.subject.removeprefix("measure ").partition(": ")
    return measure_phrase(name, number, knowledge) if name in knowledge.measures else claim.subject


def assumption_phrase(claim: Claim, reason: str, knowledge: Knowledge) -> str:
    """What is taken for true without evidence, from its claim `MEASURE OPERATOR NUMBER, or not known`."""
    words = claim.subject.partition(",")[0].split()
    if len(words) != 3 or words[0] not in knowledge.measures or words[1] not in OPERATORS:
        return f"assumed: {reason}"
    measure = knowledge.measures[words[0]]
    return f"assumed, because not given: {lowered(measure.name)} {OPERATORS[words[1]]} {words[2]} {measure.unit}"
