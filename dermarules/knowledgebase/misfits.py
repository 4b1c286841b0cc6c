"""What does not fit the format, at a path inside a value, in words that name the way out."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeGuard, TypeVar

from dermarules.knowledgebase.located import Step, Steps, is_list, is_mapping, shown

T = TypeVar("T")
Value = TypeVar("Value")

_LONGEST_MISSPELLING = 60
_LARGEST = 1e15


@dataclass(frozen=True, slots=True)
class Misfit:
    """A message about the value at a path, or about the key that ends the path."""

    message: str
    path: Steps = ()
    of_key: bool = False

    def under(self, *steps: Step) -> "Misfit":
        """The same misfit, seen from further out."""
        return replace(self, path=(*steps, *self.path))


class MisfitError(Exception):
    """A value does not fit; `misfits` says every way in which it does not."""

    def __init__(self, *misfits: Misfit) -> None:
        self.misfits = misfits
        super().__init__("; ".join(misfit.message for misfit in misfits))


def inside(read: Callable[[], T], *path: Step) -> T:
    """What `read` returns; its misfits are seen from further out."""
    try:
        return read()
    except MisfitError as error:
        raise MisfitError(*(misfit.under(*path) for misfit in error.misfits)) from None


def each(values: Iterable[Value], read: Callable[[Value], T]) -> tuple[T, ...]:
    """What `read` makes of every value; if some do not fit, the misfits of all of them."""
    made: list[T] = []
    misfits: list[Misfit] = []
    for index, value in enumerate(values):
        try:
            made.append(read(value))
        except MisfitError as error:
            misfits.extend(misfit.under(index) for misfit in error.misfits)
    if misfits:
        raise MisfitError(*misfits)
    return tuple(made)


def unknown(what: str, word: object, names: Iterable[str]) -> str:
    """The message that `word` is no `what`, with the likely intended name."""
    if not isinstance(word, str):
        return f"unknown {what}, {type_of(word)}"
    nearest = _nearest(word, tuple(names))
    return f"unknown {what} '{shown(word)}'" + (f" (did you mean '{nearest}'?)" if nearest else "")


def one_of(what: str, word: object, names: Sequence[str]) -> str:
    """The message that `word` is no `what`, with all that it can be."""
    guess = unknown(what, word, names)
    return guess if guess.endswith(")") else f"{guess}; it is one of {', '.join(names)}"


def unknown_field(word: Step, fields: Iterable[str]) -> Misfit:
    """The misfit of a key that the format does not have."""
    return Misfit(unknown("field", word, fields), (word,), of_key=True)


def missing_field(name: str) -> Misfit:
    """The misfit of a mapping without a field that it needs."""
    return Misfit(f"missing field '{name}'")


def wanted(what: str, value: object) -> Misfit:
    """The misfit of a value of the wrong type."""
    return Misfit(f"{what} is needed, not {type_of(value)}")


def is_number(value: object) -> TypeGuard[int | float]:
    """True for a number that is finite and not absurdly large; truth values are no numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -_LARGEST < value < _LARGEST


def type_of(value: object) -> str:
    """The type of a value, in words."""
    if value is None:
        return "nothing"
    if is_mapping(value):
        return "a mapping"
    if is_list(value):
        return "a list" if value else "an empty list"
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {shown(value)}" if is_number(value) else "a number beyond all measure"
    return f"the text '{shown(value)}'" if isinstance(value, str) else f"a Python {type(value).__name__}"


@lru_cache(maxsize=512)
def _nearest(word: str, names: tuple[str, ...]) -> str | None:
    """The name nearest to a misspelt one; the cache saves time where one slip is repeated in a whole file."""
    if len(word) > _LONGEST_MISSPELLING:
        return None
    return next(iter(difflib.get_close_matches(word, names, n=1, cutoff=0.6)), None)
