"""The rows of a case, read back from the claims that they make, and the measures that are computed from them."""

from collections.abc import Iterable, Iterator, Mapping

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.located import Document
from dermarules.knowledgebase.misfits import Misfit, MisfitError
from dermarules.knowledgebase.rows import read_row
from dermarules.notation import row_claim
from dermarules.proof import Claim, Derivation
from dermarules.vocabulary import MRC, Kind, Result, Side

# Findings by the claims that they make, in one order.
Rows = Mapping[Claim, Finding]
_NOWHERE = Document("", None)


def finding_of(claim: Claim, knowledge: Knowledge) -> Finding:
    """The finding that a claim states; MisfitError if there is no such finding."""
    head, _, result = claim.subject.rpartition(": ")
    what, _, places = head.partition(" over ")
    kind, _, name = what.partition(" ")
    row: dict[object, object] = {kind: name, "is": _number(result) if kind == Kind.MEASURE.value else result}
    if places:
        row["over"] = places.split(", ")
    if claim.side != Side.NONE.value:
        row["side"] = claim.side
    finding = read_row(row, _NOWHERE, knowledge)
    if row_claim(finding) != claim:
        raise MisfitError(Misfit(str(row_claim(finding))))
    return finding


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def in_order(findings: Iterable[Finding]) -> Rows:
    """The rows in the order of what they say."""
    return {row_claim(finding): finding for finding in sorted(findings, key=lambda f: f.key)}


def computed(rows: Rows, knowledge: Knowledge) -> tuple[Rows, Mapping[Claim, Derivation]]:
    """The rows that rules read: a stated measure gives way to a lower one that the powers show."""
    read = dict(rows)
    steps: dict[Claim, Derivation] = {}
    for measure in knowledge.measures.values():
        how, *movements = measure.derived.split() or [""]
        graded = {claim: MRC[row.result] for claim, row in _powers(read, movements) if row.result in MRC}
        stated = {claim: row for claim, row in read.items() if row.name == measure.id}
        worst = min(graded.values(), default=None)
        if how != "lowest" or worst is None or any(_is_low(row, worst) for row in stated.values()):
            continue
        read = {claim: row for claim, row in read.items() if claim not in stated}
        lowest = Finding(Kind.MEASURE, measure.id, (Side.NONE,), Result.MEASURED, number=worst)
        read[row_claim(lowest)] = lowest
        premises = tuple(claim for claim, grade in graded.items() if grade == worst)
        steps[row_claim(lowest)] = Derivation(f"measures/{measure.id}", premises, measure.name)
    return read, steps


def _powers(rows: Rows, movements: list[str]) -> Iterator[tuple[Claim, Finding]]:
    """The rows that grade one of the movements; with none named, any power."""
    for claim, row in rows.items():
        if row.name in movements or (not movements and row.kind in (Kind.POWER, Kind.MUSCLE)):
            yield claim, row


def _is_low(row: Finding, worst: float) -> bool:
    return row.number is not None and row.number <= worst
