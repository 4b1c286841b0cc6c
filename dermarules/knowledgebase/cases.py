"""Cases: what was examined and asked, read from files or Python mappings and checked against the knowledge."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import TypeVar

from dermarules.errors import CaseError, Fault
from dermarules.findings import Case, Finding, Origin
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.knowledgebase.contradictions import Numbered, contradictions
from dermarules.knowledgebase.expectations import read_expectation
from dermarules.knowledgebase.located import Document, Steps, is_list, is_mapping, shown
from dermarules.knowledgebase.misfits import Misfit, MisfitError, unknown_field, wanted
from dermarules.knowledgebase.records import record_faults
from dermarules.knowledgebase.rows import read_row
from dermarules.knowledgebase.structure import structure
from dermarules.knowledgebase.yaml_text import read_document
from dermarules.provenance import NOWHERE, Location
from dermarules.vocabulary import Kind, Result, Side

T = TypeVar("T")
CasePath = str | PathLike[str]

_MAX_MEGABYTES = 5


@dataclass(frozen=True, slots=True)
class _Patient:
    age: float | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class _Heading:
    """All of a case but its findings and what is expected of it."""

    id: str
    title: str = ""
    origin: Origin | None = None
    patient: _Patient = _Patient()
    text: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""


_FIELDS = ("id", "title", "origin", "patient", "text", "findings", "expect", "tags", "note")


def read_cases(path: CasePath, knowledge: Knowledge | None = None) -> tuple[Case, ...]:
    """The cases of a file, one or a list; CaseError with every fault of every case."""
    answers = read_each(path, knowledge)
    faults = [fault for answer in answers if isinstance(answer, CaseError) for fault in answer.faults]
    if faults:
        raise CaseError(faults)
    return tuple(answer for answer in answers if isinstance(answer, Case))


def read_case(path: CasePath, knowledge: Knowledge | None = None) -> Case:
    """The only case of a file; CaseError with every fault."""
    cases = read_cases(path, knowledge)
    if len(cases) != 1:
        raise CaseError([Fault(_label(path), 0, 0, f"{len(cases)} cases; a file with one case is needed")])
    return cases[0]


def read_each(path: CasePath, knowledge: Knowledge | None = None) -> tuple[Case | CaseError, ...]:
    """Each case of a file, or the error with its faults in its place, so that one bad case does not hide the others."""
    base = default_knowledge() if knowledge is None else knowledge
    document = read_document(Path(path), _label(path), _MAX_MEGABYTES)
    value = document.value
    if is_mapping(value):
        return (_case_or_error(document, (), value, base, document.faults),)
    if not is_list(value) or not value:
        fault = document.fault((), "a case or a list of cases is needed")
        return (CaseError(document.faults or [fault]),)
    answers: list[Case | CaseError] = []
    first: dict[str, int] = {}
    for index, part in enumerate(value):
        faults = list(_faults_of_item(document, index, len(value)))
        name = part.get("id") if is_mapping(part) else None
        if isinstance(name, str) and first.setdefault(name, index) != index:
            line = document.place((first[name], "id")).line
            faults.append(document.fault((index, "id"), f"duplicate case '{name}', first given in line {line}"))
        answers.append(_case_or_error(document, (index,), part, base, faults))
    return tuple(answers)


def case_from_mapping(mapping: Mapping[str, object], knowledge: Knowledge | None = None) -> Case:
    """The case that a Python mapping states in the format of a case file; CaseError with every fault."""
    base = default_knowledge() if knowledge is None else knowledge
    return _case(Document(NOWHERE.file, None), (), dict(mapping), base, ())


def stated(case: Case, knowledge: Knowledge) -> tuple[Finding, ...]:
    """Every finding that a case states: its rows, and the age as a measure, where a measure is said to be it."""
    if case.age is None:
        return case.findings
    place = Location(case.location.file, case.location.line)
    ages = (
        Finding(Kind.MEASURE, measure.id, (Side.NONE,), Result.MEASURED, number=case.age, location=place)
        for measure in knowledge.measures.values()
        if measure.derived == "age"
    )
    return (*case.findings, *ages)


def _label(path: CasePath) -> str:
    return Path(fspath(path)).as_posix()


def _faults_of_item(document: Document, index: int, count: int) -> Iterator[Fault]:
    """The faults of the text that stand in one case of a list."""
    start = document.place((index,)).line if index else 0
    end = document.place((index + 1,)).line if index + 1 < count else None
    yield from (f for f in document.faults if f.line >= start and (end is None or f.line < end))


def _case_or_error(
    document: Document, path: Steps, value: object, knowledge: Knowledge, faults: list[Fault] | tuple[Fault, ...]
) -> Case | CaseError:
    try:
        return _case(document, path, value, knowledge, faults)
    except CaseError as error:
        return error


def _case(
    document: Document, path: Steps, value: object, knowledge: Knowledge, faults: list[Fault] | tuple[Fault, ...]
) -> Case:
    """The case at a path of a document; CaseError with the faults of its text and its own."""
    try:
        case = case_of(value, document, knowledge)
    except MisfitError as error:
        raise CaseError([*faults, *record_faults(document, path, error)]) from None
    if faults:
        raise CaseError(faults)
    return case


def case_of(value: object, document: Document, knowledge: Knowledge) -> Case:
    """The case that a value of a document states; MisfitError with everything that is wrong with it."""
    if not is_mapping(value):
        raise MisfitError(wanted("a case", value))
    misfits = [unknown_field(k if isinstance(k, int) else shown(k), _FIELDS) for k in value if k not in _FIELDS]
    given = {shown(key): inner for key, inner in value.items() if inner is not None}
    heading = _or_misfits(lambda: structure(_heading(given), _Heading), misfits)
    rows = _rows(document, given.get("findings", []), knowledge, misfits)
    expect = None
    if "expect" in given:
        expect = _or_misfits(lambda: read_expectation(given["expect"], knowledge.register), misfits, "expect")
    if heading is not None and heading.patient.age is not None:
        misfits.extend(_age_misfits(heading.patient.age, knowledge))
    misfits.extend(contradictions(rows, knowledge))
    if misfits or heading is None:
        raise MisfitError(*misfits)
    return Case(
        heading.id,
        tuple(finding for _, finding in rows),
        heading.title,
        heading.text,
        heading.patient.age,
        heading.patient.sex,
        heading.origin,
        expect,
        heading.tags,
        heading.note,
        document.at(value),
    )


def _or_misfits(read: Callable[[], T], misfits: list[Misfit], *path: str) -> T | None:
    """What `read` returns; None, with its misfits added, if it fails."""
    try:
        return read()
    except MisfitError as error:
        misfits.extend(misfit.under(*path) for misfit in error.misfits)
        return None


def _heading(given: Mapping[str, object]) -> dict[str, object]:
    heading = {name: value for name, value in given.items() if name in _FIELDS and name not in ("findings", "expect")}
    patient = heading.get("patient")
    if is_mapping(patient):
        heading["patient"] = {key: value for key, value in patient.items() if value is not None}
    return heading


def _rows(document: Document, findings: object, knowledge: Knowledge, misfits: list[Misfit]) -> list[Numbered]:
    """The readable rows with their numbers; the misfits of the others are added."""
    if not is_list(findings):
        misfits.append(wanted("a list of findings", findings).under("findings"))
        return []
    rows: list[Numbered] = []
    for index, value in enumerate(findings):
        try:
            rows.append((index, read_row(value, document, knowledge)))
        except MisfitError as error:
            misfits.extend(misfit.under("findings", index) for misfit in error.misfits)
    return rows


def _age_misfits(age: float, knowledge: Knowledge) -> Iterator[Misfit]:
    """An age has the range of the measure that is derived from it."""
    for measure in knowledge.measures.values():
        if measure.derived == "age" and not measure.minimum <= age <= measure.maximum:
            span = f"{measure.minimum:g} to {measure.maximum:g} {measure.unit}"
            yield Misfit(f"{age:g} is outside the possible range, {span}", ("patient", "age"))
