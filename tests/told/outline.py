"""A printed text as an outline: wrapped lines joined again, each with its grounds and with what stands under it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

RULER = "-" * 20
_BAR = re.compile(r"(?P<drawn>[█░]*) *(?P<size>[+-]\d+)  ")
_PLACE = r"[\w./-]+\.ya?ml:\d+"
_LINE = re.compile(
    rf"(?P<text>.*?)(?: \[(?!draft\])(?P<tags>[^\[\]]+)\])?(?P<draft> \[draft\])?(?P<places> {_PLACE}(?:, {_PLACE})*)?"
)


@dataclass
class Line:
    """One thought: its words, the rules and facts that it names, whether it is marked as draft, and its places."""

    number: int
    text: str
    tags: tuple[str, ...] = ()
    is_draft: bool = False
    places: tuple[str, ...] = ()
    bar: tuple[str, int] | None = None
    under: list["Line"] = field(default_factory=list)


@dataclass
class Part:
    """A section: its title and the lines beneath it."""

    number: int
    title: str
    lines: list[Line] = field(default_factory=list)


@dataclass
class Outline:
    """A text: two lines of head, sections, and the small print."""

    head: Sequence[str]
    parts: list[Part]
    foot: Sequence[str]


@dataclass
class _Open:
    """A line that is still being read: its depth, how far what continues it is indented, and its words so far."""

    number: int
    depth: int
    hang: int
    words: list[str]
    bar: tuple[str, int] | None


class NoOutlineError(Exception):
    """A text that is indented as no report is."""


def outline(text: str) -> Outline:
    """The outline of a text."""
    lines = text.splitlines()
    if RULER not in lines:
        raise NoOutlineError("it has no small print")
    end = lines.index(RULER)
    numbered = [(number, line) for number, line in enumerate(lines[:end], start=1) if line and number > 2]
    heads = [place for place, (_, line) in enumerate(numbered) if not line.startswith(" ")]
    if heads[:1] != [0]:
        raise NoOutlineError("it begins with no section")
    parts = [
        Part(*numbered[head], _tree(_joined(numbered[head + 1 : until])))
        for head, until in pairwise([*heads, len(numbered)])
    ]
    return Outline(lines[:2], parts, lines[end + 1 :])


def _joined(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, Line]]:
    """The lines with their depths, those that were wrapped in one piece."""
    current: _Open | None = None
    for number, line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if current is not None and indent == current.hang:
            current.words += line.split()
            continue
        if current is not None:
            yield current.depth, _read(current)
        bar = _BAR.match(line, 2)
        depth = 1 if bar else indent // 2
        if not bar and (indent % 2 or indent == 0 or (current and depth > current.depth + 1)):
            raise NoOutlineError(f"line {number} is indented by {indent}")
        hang = bar.end() if bar else indent + 4
        drawn = (bar["drawn"], int(bar["size"])) if bar else None
        current = _Open(number, depth, hang, line[bar.end() if bar else 0 :].split(), drawn)
    if current is not None:
        yield current.depth, _read(current)


def _read(line: _Open) -> Line:
    found = _LINE.fullmatch(" ".join(line.words))
    assert found is not None
    tags = tuple(found["tags"].split("; ")) if found["tags"] else ()
    places = tuple(found["places"].strip().split(", ")) if found["places"] else ()
    return Line(line.number, found["text"], tags, bool(found["draft"]), places, line.bar)


def _tree(lines: Iterator[tuple[int, Line]]) -> list[Line]:
    """Each line under the nearest one before it that stands further out."""
    top: list[Line] = []
    path: list[Line] = []
    for depth, line in lines:
        if depth > len(path) + 1:
            raise NoOutlineError(f"line {line.number} stands under no line")
        del path[depth - 1 :]
        (path[-1].under if path else top).append(line)
        path.append(line)
    return top
