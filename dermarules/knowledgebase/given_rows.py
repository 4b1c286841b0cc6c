"""Rows that are given beside a case: each a Python mapping or a text, in the form of the rows of a case file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from dermarules.errors import CaseError, Fault
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.changes import Changes, Sought, changes
from dermarules.knowledgebase.located import Document
from dermarules.knowledgebase.misfits import MisfitError
from dermarules.knowledgebase.records import record_faults
from dermarules.knowledgebase.rows import read_row, read_thing
from dermarules.knowledgebase.yaml_text import parse_document

T = TypeVar("T")
# One row, as a mapping or as JSON or YAML text; and one row or several.
Given = Mapping[str, object] | str
Rows = Given | Iterable[Given]

_EXAMPLE = "{power: ankle_dorsiflexion, side: left, is: 4}"


@dataclass(frozen=True, slots=True)
class GivenRows:
    """The rows that are to be added to a case, to replace others in it, and to be taken out of it.

    Rows to be taken out may leave out the result: then whatever was found is taken out.
    """

    add: Rows = ()
    change: Rows = ()
    remove: Rows = ()


def read_changes(case: Case, given: GivenRows, knowledge: Knowledge) -> Changes:
    """What the rows make of a case; CaseError with every fault of every row.

    A row that replaces or removes something that was not found is a fault, and so are rows that contradict each other
    or the case.
    """
    faults: list[Fault] = []
    add = _read("add", given.add, partial(read_row, knowledge=knowledge), faults)
    change = _read("change", given.change, partial(read_row, knowledge=knowledge), faults)
    remove = _read("remove", given.remove, partial(read_thing, knowledge=knowledge), faults)
    try:
        found = changes(case, add, change, [Sought(*thing) for thing in remove], knowledge)
    except CaseError as error:
        raise CaseError([*faults, *error.faults]) from None
    if faults:
        raise CaseError(faults)
    return found


def _read(option: str, rows: Rows, read: Callable[[object, Document], T], faults: list[Fault]) -> list[T]:
    """What `read` makes of the rows of one option; the faults of those that it cannot read are added."""
    found: list[T] = []
    for document in _documents(option, rows):
        faults += document.faults
        if document.faults:
            continue
        try:
            found.append(read(document.value, document))
        except MisfitError as error:
            faults += record_faults(document, (), error)
    return found


def _documents(option: str, rows: Rows) -> list[Document]:
    """One document for each row, called as the option of the command if it is a text, and numbered among several."""
    each = [rows] if isinstance(rows, Mapping | str) else list(rows)
    return [
        _document(row, f"--{option}" if isinstance(row, str) else option, f" ({number})" if len(each) > 1 else "")
        for number, row in enumerate(each, start=1)
    ]


def _document(row: object, option: str, number: str) -> Document:
    name = f"{option}{number}"
    if not isinstance(row, str):
        return Document(name, dict(row) if isinstance(row, Mapping) else row)
    if not row.strip():
        return Document(name, None, (Fault(name, 1, 1, f"no row; write one such as {_EXAMPLE}"),))
    # What a shell passes that is no text fails where the bytes are read.
    return parse_document(row.encode(errors="surrogatepass"), name)
