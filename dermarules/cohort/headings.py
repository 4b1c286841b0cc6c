"""Headings: what a column asks, by its name, and what each of its words finds.

A name is `kind.target.side`, such as `pinprick.sole.left`, `power.hip_flexion.both` or `history.fever`. For skin, the
kind is the modality or the feeling, and the target a region or area.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from dermarules.cohort.faults import told
from dermarules.errors import CaseError
from dermarules.findings import Finding
from dermarules.inference.compiled.columns import AGE
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.knowledgebase.located import Document
from dermarules.knowledgebase.misfits import Misfit, MisfitError, unknown
from dermarules.knowledgebase.rows import read_row
from dermarules.provenance import NOWHERE
from dermarules.vocabulary import RESULTS, Feeling, Kind, Modality, Result, Side

ID, SEX = "id", "sex"
# What a table may tell of a case beside its findings.
PLAIN = (ID, SEX)
_AGE_PATH = "patient.age: "
_DOCUMENT = Document(NOWHERE.file, None)
_SKIN = {
    **{modality.value: Kind.SENSATION for modality in Modality},
    **{feeling.value: Kind.FEELS for feeling in Feeling},
}
_NAMED = {kind.value: kind for kind in Kind if kind not in (Kind.SENSATION, Kind.FEELS)}
_HEADS = (*_SKIN, *_NAMED)
_GRAMMAR = "a column is named kind.target or kind.target.side, such as pinprick.sole.left or history.fever"
# What the case format may name as a level; the reader of rows knows which of them there are.
_SEGMENTS = tuple(f"{letter}{number}" for letter in "CTLS" for number in range(1, 13))


@dataclass(frozen=True, slots=True, eq=False)
class Heading:
    """A column by its name: the row of a case that it fills in, without the result; and what each word finds.

    The code of a word is its place in `words`, and that of its finding in `findings`. Numbers have neither; they have
    the name under which they are measured, and a span.
    """

    name: str
    kind: Kind
    row: Mapping[str, object]
    words: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    measures: str = ""
    span: tuple[float, float] = (-inf, inf)

    def fault(self, value: object, knowledge: Knowledge) -> str:
        """What the reader of cases says of a value that this column cannot hold."""
        try:
            if self.measures == AGE:
                case_from_mapping({"id": "row", "patient": {"age": value}}, knowledge)
            else:
                _finding(self.row, value, knowledge)
        except CaseError as error:
            return "; ".join(fault.message.removeprefix(_AGE_PATH) for fault in error.faults)
        except MisfitError as error:
            return told(error)
        raise AssertionError(f"{self.name} may be {value!r}")  # pragma: no cover - the reader of cases would know it


def heading(name: str, knowledge: Knowledge) -> Heading:
    """What a column asks; MisfitError if its name says nothing that a case could say."""
    if name == AGE:
        return Heading(AGE, Kind.MEASURE, {}, measures=AGE, span=_age_span(knowledge))
    kind, row = _row(name)
    if kind is Kind.MEASURE:
        return _measure(name, row, knowledge)
    read = {word: _read(row, word, knowledge) for word in _words(kind)}
    findings = {word: finding for word, finding in read.items() if isinstance(finding, Finding)}
    if not findings:
        # What is wrong with every word is wrong with the name.
        raise next(error for error in read.values() if isinstance(error, MisfitError))
    return Heading(name, kind, row, tuple(findings), tuple(findings.values()))


def _measure(name: str, row: Mapping[str, object], knowledge: Knowledge) -> Heading:
    known = knowledge.measures.get(str(row[Kind.MEASURE.value]))
    found = _finding(row, known.minimum if known else 0, knowledge)
    if found.sides != (Side.NONE,):
        raise MisfitError(Misfit("a table holds no measure of one side"))
    measure = knowledge.measures[found.name]
    return Heading(name, Kind.MEASURE, row, measures=measure.id, span=(measure.minimum, measure.maximum))


def _age_span(knowledge: Knowledge) -> tuple[float, float]:
    spans = ((m.minimum, m.maximum) for m in knowledge.measures.values() if m.derived == AGE)
    return next(spans, (-inf, inf))


def column_name(finding: Finding, place: str, side: Side) -> str:
    """The name of the column that asks what a finding answers, at one of its places and sides."""
    first, target = (finding.name, place) if place else (finding.kind.value, finding.name)
    return f"{first}.{target}" if side is Side.NONE else f"{first}.{target}.{side.value}"


def _finding(row: Mapping[str, object], value: object, knowledge: Knowledge) -> Finding:
    return read_row({**row, "is": value}, _DOCUMENT, knowledge)


def _row(name: str) -> tuple[Kind, dict[str, object]]:
    head, *rest = name.split(".")
    if head in (Kind.SENSATION.value, Kind.FEELS.value):
        what = "modality" if head == Kind.SENSATION.value else "feeling"
        known = rest and _SKIN.get(rest[0]) is Kind(head)
        way = f"write '{'.'.join(rest)}'" if known else f"write {what}.place.side, such as pinprick.sole.left"
        raise MisfitError(Misfit(f"the {what} comes first; {way}"))
    if head not in _HEADS:
        message = unknown("kind of column", head, _HEADS) if rest else unknown("column", name, (ID, AGE, SEX))
        raise MisfitError(Misfit(message))
    if len(rest) not in (1, 2) or not all(rest):
        raise MisfitError(Misfit(_GRAMMAR))
    side: dict[str, object] = {"side": rest[1]} if len(rest) == 2 else {}
    if head in _SKIN:
        return _SKIN[head], {_SKIN[head].value: head, "over": [rest[0]], **side}
    return _NAMED[head], {head: rest[0], **side}


def _words(kind: Kind) -> Iterator[str]:
    yield from (result.value for result in Result if result in RESULTS[kind] and result is not Result.MEASURED)
    if kind is Kind.LEVEL:
        yield from _SEGMENTS


def _read(row: Mapping[str, object], value: object, knowledge: Knowledge) -> Finding | MisfitError:
    try:
        return _finding(row, value, knowledge)
    except MisfitError as error:
        return error
