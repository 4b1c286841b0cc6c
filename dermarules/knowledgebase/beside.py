"""What the knowledge holds beside its lists of records: version, constants, key points, muscle groups, unused ids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from dermarules.bedside import KeyExamination
from dermarules.errors import Fault
from dermarules.knowledgebase.layout import FOOT_DROP, GRADES, ISNCSCI, MUSCLE_GROUPS, SENTINEL, UNUSED, WEIGHTS
from dermarules.knowledgebase.located import Document, is_list, is_mapping
from dermarules.knowledgebase.misfits import MisfitError
from dermarules.knowledgebase.records import record_faults
from dermarules.knowledgebase.register import Register
from dermarules.knowledgebase.structure import structure
from dermarules.rules import Unused
from dermarules.vocabulary import Kind
from dermarules.weights import Weights

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Header:
    """What the first file of the knowledge folder says of the whole."""

    schema: str
    version: str
    title: str
    language: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Groups:
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Grade:
    grade: int
    meaning: str


@dataclass(frozen=True, slots=True)
class _Grades:
    grades: tuple[_Grade, ...]


@dataclass(frozen=True, slots=True)
class _FootDrop:
    foot_drop: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Unused:
    unused: tuple[Unused, ...]


_UNUSED_KINDS = {
    Kind.SIGN: "sign",
    Kind.HISTORY: "history item",
    Kind.MEASURE: "measure",
    Kind.REFLEX: "reflex",
    Kind.POWER: "movement",
}


def read_beside(documents: Mapping[str, Document]) -> tuple[dict[str, object], list[Fault]]:
    """The values of Knowledge that are not lists of records, and every fault on the way."""
    faults: list[Fault] = []
    header = _read(documents, SENTINEL, Header, (), faults)
    weights = _read(documents, WEIGHTS, Weights, (), faults)
    isncsci = _read(documents, ISNCSCI, KeyExamination, (), faults)
    groups = _read(documents, MUSCLE_GROUPS[0], _Groups, MUSCLE_GROUPS[1:], faults)
    grades = _read(documents, GRADES[0], _Grades, GRADES[1:], faults)
    foot_drop = _read(documents, FOOT_DROP[0], _FootDrop, FOOT_DROP[1:], faults)
    unused = _read(documents, UNUSED, _Unused, (), faults)
    return {
        "version": header.version if header else "",
        "title": header.title if header else "",
        "weights": weights,
        "isncsci": isncsci,
        "muscle_groups": groups.groups if groups else {},
        "grades": {grade.grade: grade.meaning for grade in grades.grades} if grades else {},
        "foot_drop": foot_drop.foot_drop if foot_drop else {},
        "unused": {row.id: row for row in unused.unused} if unused else {},
    }, faults


def beside_faults(documents: Mapping[str, Document], register: Register) -> Iterator[Fault]:
    """A fault for each id that is listed as unused and is not one."""
    document = documents.get(UNUSED)
    rows = document.value.get("unused") if document and is_mapping(document.value) else None
    if document is None or not is_list(rows):
        return
    kinds = {kind.value: named for kind, named in _UNUSED_KINDS.items()}
    for index, row in enumerate(rows):
        kind = kinds.get(str(row.get("kind"))) if is_mapping(row) else None
        message = register.misfit(kind, row["id"]) if kind and is_mapping(row) and "id" in row else ""
        if message:
            yield document.fault(("unused", index, "id"), message)


def _read(
    documents: Mapping[str, Document], file: str, record: type[T], keys: tuple[str, ...], faults: list[Fault]
) -> T | None:
    """A whole file, or some keys of it, as one record; None, with its faults noted, if it is not one."""
    document = documents.get(file)
    if document is None or not is_mapping(document.value):
        return None
    value = {str(key): inner for key, inner in document.value.items() if not keys or key in keys}
    if keys and not value:
        return None
    try:
        return structure(value, record)
    except MisfitError as error:
        faults.extend(record_faults(document, (), error))
        return None
