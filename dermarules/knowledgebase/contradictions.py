"""Rows of one case that cannot both be true."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.misfits import Misfit
from dermarules.provenance import NOWHERE
from dermarules.vocabulary import FULL_POWER, MRC, WEAK_POWER, Kind, Result, Side

# A row's number in the list of findings, and the finding.
Numbered = tuple[int, Finding]
# What a row says something of: a kind, a name, a place (empty where the kind has none) and a side.
About = tuple[Kind, str, str, Side]

# A muscle that makes most of a movement cannot be powerless while the movement is full.
_DOMINANT_SHARE = 0.6
_POWERLESS_BELOW = 4.0

_STANCES: Mapping[Kind, Mapping[Result, str]] = {
    Kind.SENSATION: {Result.NORMAL: "normal", Result.REDUCED: "lost", Result.ABSENT: "lost"},
    Kind.REFLEX: {
        Result.NORMAL: "normal",
        Result.FLEXOR: "normal",
        Result.REDUCED: "low",
        Result.ABSENT: "low",
        Result.MUTE: "low",
        Result.BRISK: "raised",
        Result.EXTENSOR: "raised",
    },
    Kind.POWER: {**dict.fromkeys(FULL_POWER, "normal"), **dict.fromkeys(WEAK_POWER, "weak")},
    Kind.MUSCLE: {**dict.fromkeys(FULL_POWER, "normal"), **dict.fromkeys(WEAK_POWER, "weak")},
}


def contradictions(rows: Sequence[Numbered], knowledge: Knowledge) -> Iterator[Misfit]:
    """A misfit for each row that an earlier row contradicts; it names both."""
    yield from _same_thing(rows)
    yield from _muscle_and_movement(rows, knowledge)


def abouts_of(finding: Finding) -> list[About]:
    """Each thing of which a row says something."""
    return list(product([finding.kind], [finding.name], finding.places or ("",), finding.sides))


def _same_thing(rows: Sequence[Numbered]) -> Iterator[Misfit]:
    """The same thing, place and side with results that exclude each other; told once for a row."""
    earlier: dict[About, list[Numbered]] = {}
    for index, finding in rows:
        abouts = abouts_of(finding)
        clash = next(
            ((about, row) for about in abouts for row in earlier.get(about, ()) if not _compatible(row[1], finding)),
            None,
        )
        if clash is not None:
            about, row = clash
            where = _place(row, finding)
            message = f"{thing(about)} is {result_of(finding)} here and {result_of(row[1])} in {where}"
            yield Misfit(message, ("findings", index, "is"))
        for about in abouts:
            known = earlier.setdefault(about, [])
            if all(_stance(row[1]) != _stance(finding) for row in known):
                known.append((index, finding))


def _compatible(first: Finding, second: Finding) -> bool:
    stances = {_stance(first), _stance(second)}
    if first.kind is Kind.SENSATION:
        return "normal" not in stances or len(stances) == 1
    # A level whose segment is not named agrees with any segment.
    return len(stances) == 1 or (
        first.kind is Kind.LEVEL and Result.PRESENT.value in stances and "absent" not in stances
    )


def _stance(finding: Finding) -> str:
    if finding.kind is Kind.MEASURE:
        return repr(finding.number)
    if finding.kind is Kind.LEVEL:
        return finding.level or finding.result.value
    return _STANCES.get(finding.kind, {}).get(finding.result, finding.result.value)


def _muscle_and_movement(rows: Sequence[Numbered], knowledge: Knowledge) -> Iterator[Misfit]:
    """A movement of full power whose main muscle is powerless, or the reverse."""
    muscles: dict[str, list[Numbered]] = {}
    for row in rows:
        if row[1].kind is Kind.MUSCLE:
            muscles.setdefault(row[1].name, []).append(row)
    for row in rows:
        if row[1].kind is not Kind.POWER:
            continue
        for other in muscles.get(_dominant_mover(row[1].name, knowledge), ()):
            first, second = sorted((row, other))[0], sorted((row, other))[1]
            if set(row[1].sides) & set(other[1].sides) and _power_clash(row[1], other[1]):
                message = (
                    f"{_named(second)} is {result_of(second[1])} here and {_named(first)}, "
                    f"{'its main muscle,' if first is other else 'which it mainly makes,'} "
                    f"{result_of(first[1])} in {_place(first, second[1])}"
                )
                yield Misfit(message, ("findings", second[0], "is"))


def _power_clash(first: Finding, second: Finding) -> bool:
    def full(finding: Finding) -> bool:
        return finding.result in FULL_POWER

    def powerless(finding: Finding) -> bool:
        return MRC.get(finding.result, _POWERLESS_BELOW) < _POWERLESS_BELOW

    return (full(first) and powerless(second)) or (powerless(first) and full(second))


def _dominant_mover(movement: str, knowledge: Knowledge) -> str:
    """The muscle with most of the principal weight of a movement; empty if there is none."""
    principal = [mover for mover in knowledge.movements[movement].movers if mover.role == "principal"]
    total = sum(mover.weight for mover in principal)
    return next((mover.muscle for mover in principal if mover.weight >= _DOMINANT_SHARE * total), "")


def thing(about: About) -> str:
    """What a row says something of, in the words of a fault: pinprick over heel plantar, left."""
    kind, name, place, side = about
    said = name.replace("_", " ")
    if place:
        said = f"{'sensation' if said == 'any' else said} over {place.replace('_', ' ')}"
    noun = f"{said} reflex" if kind is Kind.REFLEX else said
    if kind in (Kind.WASTING, Kind.FASCICULATION):
        noun = f"{kind.value} of {said}"
    return noun if side is Side.NONE else f"{noun}, {side.value},"


def _named(row: Numbered) -> str:
    return row[1].name.replace("_", " ")


def result_of(finding: Finding) -> str:
    """What was found, as the row has it."""
    if finding.number is not None:
        return f"{finding.number:g}"
    return finding.level or finding.result.value


def _place(row: Numbered, later: Finding) -> str:
    """Where a row stands, for a fault in a later one."""
    place = row[1].location
    if place.file not in (later.location.file, NOWHERE.file):
        return str(place)
    return f"line {place.line}" if place.line else f"findings.{row[0]}"
