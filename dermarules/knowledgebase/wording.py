"""A condition leaf in a few words, as an explanation lists it."""

from collections.abc import Sequence

from dermarules.vocabulary import Kind, SideTest

_SIDES = {
    SideTest.SAME: ", same side",
    SideTest.OTHER: ", other side",
    SideTest.BOTH: ", both sides",
    SideTest.ANY: "",
}
_MOST_PLACES = 4
_NOUNS = {Kind.WASTING: "wasting of ", Kind.FASCICULATION: "fasciculation of "}


def leaf_wording(kind: Kind, names: Sequence[str], places: Sequence[str], word: str, side: SideTest) -> str:
    """The leaf as a clinician would say it: ankle reflex lost, same side."""
    return _statement(kind, names, places, word) + _SIDES[side]


def _statement(kind: Kind, names: Sequence[str], places: Sequence[str], word: str) -> str:
    said = _either(names)
    match kind:
        case Kind.SENSATION:
            return f"{'sensation' if said == 'any' else said} {word} over {_either(places)}"
        case Kind.FEELS:
            felt = "symptoms" if said == "any" else said
            return f"{'no ' if word == 'absent' else ''}{felt} over {_either(places)}"
        case Kind.REFLEX:
            return f"{said} reflex {word}"
        case Kind.SIGN | Kind.POWER | Kind.MUSCLE:
            return f"{said} {word}"
        case Kind.LEVEL:
            return f"{'no ' if word == 'absent' else ''}sensory level"
        case _:
            return f"{'no ' if word == 'absent' else ''}{_NOUNS.get(kind, '')}{said}"


def _either(names: Sequence[str]) -> str:
    words = [name.replace("_", " ") for name in names]
    if len(words) > _MOST_PLACES:
        return f"{', '.join(words[: _MOST_PLACES - 1])} or {len(words) - _MOST_PLACES + 1} more"
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
