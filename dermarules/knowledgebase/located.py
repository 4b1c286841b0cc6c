"""Plain Python values that know where they were written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeGuard

from dermarules.errors import Fault
from dermarules.provenance import Location

Step = str | int
Steps = tuple[Step, ...]

_MAX_SHOWN = 60
# Python refuses to write out whole numbers of some thousand digits.
_ENORMOUS = 10**18


class Mark(Protocol):
    """A position in a text, counted from 0."""

    @property
    def line(self) -> int:
        """The line, from 0."""

    @property
    def column(self) -> int:
        """The column, from 0."""


class Table(dict[Step, object]):
    """A YAML mapping, with the mark of itself, of each key and of each value."""

    __slots__ = ("key_marks", "mark", "value_marks")

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.key_marks: dict[Step, Mark] = {}
        self.value_marks: dict[Step, Mark] = {}


class Row(list[object]):
    """A YAML sequence, with the mark of itself and of each item."""

    __slots__ = ("item_marks", "mark")

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.item_marks: list[Mark] = []


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says: its value, with places inside it, and the faults of its text."""

    file: str
    value: object
    faults: tuple[Fault, ...] = ()

    def place(self, path: Steps = (), *, of_key: bool = False) -> Location:
        """Where the value at `path` is written (or its key); the nearest enclosing place if there is none."""
        value = self.value
        mark = value.mark if isinstance(value, Table | Row) else None
        for depth, step in enumerate(path):
            if isinstance(value, Table):
                marks = value.key_marks if of_key and depth == len(path) - 1 else value.value_marks
                mark, value = marks.get(step, mark), value.get(step)
            elif isinstance(value, Row) and isinstance(step, int) and step < len(value):
                mark, value = value.item_marks[step], value[step]
            else:
                break
        return location_of(mark, self.file)

    def fault(self, path: Steps, message: str, *, of_key: bool = False) -> Fault:
        """The fault `message` at `path`, which the message names first."""
        where = ".".join(shown(step) for step in path)
        return self.place(path, of_key=of_key).fault(f"{where}: {message}" if where else message)

    def at(self, value: object) -> Location:
        """Where a mapping or sequence of this document is written."""
        return location_of(value.mark if isinstance(value, Table | Row) else None, self.file)


def location_of(mark: Mark | None, file: str) -> Location:
    """The place of a mark in a file."""
    return Location(file, mark.line + 1, mark.column + 1) if mark is not None else Location(file)


def is_mapping(value: object) -> TypeGuard[dict[object, object]]:
    """True for a mapping, from a file or made in Python."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    """True for a sequence, from a file or made in Python."""
    return isinstance(value, list | tuple)


def shown(value: object) -> str:
    """A value as an error message shows it: short, on one line."""
    if isinstance(value, int) and abs(value) >= _ENORMOUS:
        return "a number of many digits"
    if not isinstance(value, str | int | float | None):
        return type(value).__name__
    text = value if isinstance(value, str) else repr(value)
    text = text if text.isprintable() else ascii(text)[1:-1]
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 3]}..."


def matches(value: object, steps: Steps, path: Steps = ()) -> Iterable[tuple[Steps, object, bool]]:
    """Every value that a pattern finds, with its path, and whether it is a key: `*` is every item, `@` every key."""
    if not steps:
        return ((path, value, False),)
    step, rest = steps[0], steps[1:]
    if step == "*":
        return [found for key, inner in _items(value) for found in matches(inner, rest, (*path, key))]
    if is_mapping(value) and step == "@":
        return [((*path, key), key, True) for key in value if isinstance(key, str)]
    return matches(value[step], rest, (*path, step)) if is_mapping(value) and step in value else ()


def _items(value: object) -> Iterable[tuple[Step, object]]:
    if is_list(value):
        return enumerate(value)
    return [(k, v) for k, v in value.items() if isinstance(k, str | int)] if is_mapping(value) else ()
