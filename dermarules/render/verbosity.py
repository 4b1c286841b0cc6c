"""How much a text tells."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum

from dermarules.render.letter import Line


class Verbosity(Enum):
    """How much is told: the heads alone, the heads with what is just beneath them, or everything with its grounds."""

    SHORT = "short"
    MEDIUM = "medium"
    FULL = "full"


def verbosity_of(word: str) -> Verbosity:
    """The verbosity of a word; ValueError that lists them all for any other."""
    try:
        return Verbosity(word)
    except ValueError:
        known = ", ".join(each.value for each in Verbosity)
        raise ValueError(f"unknown verbosity {word!r}: choose from {known}") from None


def told(lines: Iterable[Line], verbosity: Verbosity) -> Iterator[Line]:
    """What a verbosity tells of lines."""
    for line in lines:
        match verbosity:
            case Verbosity.FULL:
                yield line
            case Verbosity.MEDIUM:
                yield replace(line, ground=(), under=tuple(told(line.under, Verbosity.SHORT)))
            case Verbosity.SHORT:
                yield replace(line, ground=(), under=())
