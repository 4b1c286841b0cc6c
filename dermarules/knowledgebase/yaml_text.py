"""YAML text to located values.

The text is read event by event, not into a node tree first: nesting is bounded before anything recurses, and anchors,
aliases and tags are refused where they stand, so that no file can grow in memory beyond its own size.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dermarules.errors import Fault
from dermarules.knowledgebase.located import Document, Mark, Row, Step, Table, location_of, shown
from dermarules.knowledgebase.scalars import plain_scalar
from dermarules.provenance import Location

EventSource = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
# PyYAML has no CSafeLoader where it was built without libyaml.
FASTEST: EventSource = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 40
MEGABYTE = 1_000_000

_NO_KEY = object()
_BAD_KEY = object()
_OPENING: dict[type, type[Table | Row]] = {yaml.MappingStartEvent: Table, yaml.SequenceStartEvent: Row}
_CLOSING = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})


def read_document(path: Path, file: str, max_megabytes: int) -> Document:
    """The document in a file, which faults call `file`."""
    content, faults = read_content(path, file, max_megabytes)
    return Document(file, None, faults) if faults else parse_document(content, file)


def read_content(path: Path, file: str, max_megabytes: int) -> tuple[bytes, tuple[Fault, ...]]:
    """The content of a file; empty, with the reason as a fault, if it is too large or cannot be read."""
    try:
        if path.stat().st_size <= max_megabytes * MEGABYTE:
            return path.read_bytes(), ()
    except OSError as error:
        return b"", (Location(file).fault(f"cannot be read: {error.strerror or error}"),)
    return b"", (Location(file).fault(f"the file is larger than {max_megabytes} MB and is not read"),)


def parse_document(content: bytes, file: str, events: EventSource = FASTEST) -> Document:
    """The document in the content of a file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        return _refused(_fault_at(file, before, len(before), "not UTF-8 text"))
    if "\t" in text:
        return _refused(*_tabs(file, text))
    composer = _Composer(file)
    try:
        value = composer.compose(events(text))
    except yaml.MarkedYAMLError as error:
        return _refused(*composer.faults, _syntax_fault(file, error))
    except yaml.reader.ReaderError:
        offset = next((n for n, character in enumerate(text) if not _yaml_allows(character)), 0)
        return _refused(*composer.faults, _fault_at(file, text, offset, "a character that YAML does not allow"))
    return Document(file, value, tuple(composer.faults))


class _Composer:
    """Builds the value of a text from its parse events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.root: object = None
        self.documents = 0

    def fault(self, mark: Any, message: str) -> None:
        self.faults.append(location_of(mark, self.file).fault(message))

    def compose(self, events: Any) -> object:
        """The value of the only document."""
        get_event = events.get_event
        stack: list[tuple[Table | Row | None, object]] = []
        parent: Table | Row | None = None
        key: object = _NO_KEY
        while True:
            event = get_event()
            kind = type(event)
            opened: Table | Row | None = None
            value: object = None
            if kind is yaml.ScalarEvent:
                value = plain_scalar(event.value) if event.implicit[0] else event.value
            elif kind in _OPENING:
                value = opened = _OPENING[kind](event.start_mark)
            elif kind in _CLOSING:
                parent, key = stack.pop()
                continue
            elif kind is not yaml.AliasEvent:
                if self.is_over(event):
                    return self.root
                continue
            if event.anchor or event.tag:
                self.refuse(event)
            key = self.add(parent, key, value, event.start_mark)
            if opened is not None:
                if len(stack) >= MAX_DEPTH:
                    self.fault(event.start_mark, f"nested deeper than {MAX_DEPTH} levels")
                    return None
                stack.append((parent, key))
                parent, key = opened, _NO_KEY

    def is_over(self, event: Any) -> bool:
        """True at the end of the text, and at a second document."""
        if type(event) is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self.fault(event.start_mark, "a second document; a file holds one")
            return self.documents > 1
        if type(event) is yaml.StreamEndEvent:
            if not self.documents:
                self.fault(event.start_mark, "the file is empty")
            return True
        return False

    def add(self, parent: Table | Row | None, key: Any, value: object, mark: Mark) -> object:
        """Put a value into its parent; the answer is the key that waits for a value."""
        if type(parent) is Row:
            parent.append(value)
            parent.item_marks.append(mark)
        elif type(parent) is not Table:
            self.root = value
        elif key is _NO_KEY:
            return self.key(parent, value, mark)
        elif key is not _BAD_KEY:
            parent[key] = value
            parent.value_marks[key] = mark
        return _NO_KEY

    def refuse(self, event: Any) -> None:
        """Note that anchors, aliases and tags are not used."""
        if type(event) is yaml.AliasEvent:
            self.fault(event.start_mark, f"alias *{shown(event.anchor)}: aliases are not used here; write it out")
            return
        if event.anchor:
            self.fault(event.start_mark, f"anchor &{shown(event.anchor)}: anchors are not used here; leave it out")
        if event.tag:
            self.fault(event.start_mark, f"tag {shown(event.tag)}: tags are not used here; leave it out")

    def key(self, parent: Table, key: object, mark: Mark) -> Step | object:
        """The key, if it can be one and is new; else a sign that its value is to be dropped."""
        if type(key) is not str and type(key) is not int:
            what = "a list or mapping" if isinstance(key, Table | Row) else f"'{shown(key)}'"
            self.fault(mark, f"{what} cannot be a key; a key is text")
            return _BAD_KEY
        if key in parent.key_marks:
            first = parent.key_marks[key].line + 1
            self.fault(mark, f"duplicate key '{shown(key)}', first given in line {first}")
            return _BAD_KEY
        parent.key_marks[key] = mark
        return key


def _refused(*faults: Fault) -> Document:
    return Document(faults[0].file, None, faults)


def _fault_at(file: str, text: str, offset: int, message: str) -> Fault:
    line = text.count("\n", 0, offset) + 1
    return Location(file, line, offset - text.rfind("\n", 0, offset)).fault(message)


def _tabs(file: str, text: str) -> Iterator[Fault]:
    """One fault for each line with a tab."""
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            yield Location(file, number, line.index("\t") + 1).fault("a tab; write spaces")


def _yaml_allows(character: str) -> bool:
    return character in "\n\r\x85" or character.isprintable() or character >= "\xa0"


def _syntax_fault(file: str, error: yaml.MarkedYAMLError) -> Fault:
    told = ", ".join(part for part in (error.problem, error.context) if part)
    mark: Mark | None = error.problem_mark or error.context_mark
    return location_of(mark, file).fault(f"not YAML: {told}")
