"""The codes of a condition go with their sides: none is missing, and each has the character that means its side."""

from collections.abc import Iterator

from dermarules.diseases import Codes
from dermarules.errors import Fault
from dermarules.knowledgebase.base import Knowledge

# What ICD-10-CM writes behind the base of a code for a side, in the categories of limb and nerve.
_CHARACTERS = {"right": "1", "left": "2", "bilateral": "3", "unspecified": "09"}
_MEANING = "ICD-10-CM writes 1 for right, 2 for left, 3 for both, 0 or 9 for not stated"


def code_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every condition whose codes leave out a side or name another than they say."""
    for condition in knowledge.conditions.values():
        codes = condition.icd10cm
        if codes is not None:
            place = knowledge.locations[f"conditions/{condition.id}"]
            for message in (*_missing(codes), *_misplaced(codes), *_repeated(codes)):
                yield place.fault(f"{condition.id}: {message}")


def _sided(codes: Codes) -> dict[str, str]:
    named = {side: getattr(codes, side) for side in _CHARACTERS}
    return {side: code for side, code in named.items() if code}


def _missing(codes: Codes) -> Iterator[str]:
    """One side coded needs the other, no stated side, and a code for both or the word that there is none."""
    sided = _sided(codes)
    if not sided:
        return
    for side in ("right", "left", "unspecified"):
        if side not in sided:
            yield f"no code for {side}, but for {', '.join(sided)}"
    if "bilateral" not in sided and not codes.no_bilateral:
        yield "no code for bilateral; give it, or say no_bilateral: true if the classification has none"
    if "bilateral" in sided and codes.no_bilateral:
        yield f"{sided['bilateral']} for bilateral, and no_bilateral: true; leave one out"


def _misplaced(codes: Codes) -> Iterator[str]:
    """Behind a `base` stands the character of the side. Codes that are not built so state no base."""
    for side, code in _sided(codes).items() if codes.base else ():
        rest = code.removeprefix(codes.base)
        if rest == code:
            yield f"{code} for {side} does not begin with its base {codes.base}"
        elif rest[:1] not in _CHARACTERS[side] or not rest:
            yield f"{code} for {side}: {_MEANING}"


def _repeated(codes: Codes) -> Iterator[str]:
    sided = _sided(codes)
    for code in dict.fromkeys(sided.values()):
        sides = [side for side, other in sided.items() if other == code]
        if len(sides) > 1:
            yield f"{code} for {' and '.join(sides)}"
