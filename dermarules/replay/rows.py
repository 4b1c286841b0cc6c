"""The rows of a case, read back from the claims that they make, and the measures that are computed from them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.located import Document
from dermarules.knowledgebase.misfits import Misfit, MisfitError
from dermarules.knowledgebase.rows import read_row
from dermarules.knowledgebase.sides import sides_of
from dermarules.notation import row_claim
from dermarules.proof import Claim, Derivation
from dermarules.vocabulary import BOTH_SIDES, MRC, Kind, Result, Side

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


@dataclass(frozen=True, slots=True)
class Computed:
    """The rows that rules read, how the computed ones follow from others, and the claims of the `partial` ones.

    A lowest power is partial if not every power that it is the lowest of was graded: a lower one may be there.
    """

    rows: Rows
    steps: Mapping[Claim, Derivation]
    partial: frozenset[Claim]


def computed(rows: Rows, knowledge: Knowledge) -> Computed:
    """The rows that rules read: a stated measure gives way to a lower one that the powers show."""
    read = dict(rows)
    steps: dict[Claim, Derivation] = {}
    partial: set[Claim] = set()
    for measure in knowledge.measures.values():
        how, *movements = measure.derived.split() or [""]
        graded = {claim: MRC[row.result] for claim, row in _powers(read, movements) if row.result in MRC}
        stated = {claim: row for claim, row in read.items() if row.name == measure.id}
        worst = min(graded.values(), default=None)
        if how != "lowest" or worst is None or any(_is_low(row, worst) for row in stated.values()):
            continue
        known = {(row.kind, row.name, side) for claim in graded for row in (read[claim],) for side in row.sides}
        read = {claim: row for claim, row in read.items() if claim not in stated}
        lowest = Finding(Kind.MEASURE, measure.id, (Side.NONE,), Result.MEASURED, number=worst)
        claim = row_claim(lowest)
        read[claim] = lowest
        steps[claim] = Derivation(
            f"measures/{measure.id}", tuple(c for c, grade in graded.items() if grade == worst), measure.name
        )
        if not known.issuperset(_every_power(movements, knowledge)):
            partial.add(claim)
    return Computed(read, steps, frozenset(partial))


def _every_power(movements: list[str], knowledge: Knowledge) -> Iterator[tuple[Kind, str, Side]]:
    """What would have to be graded before the lowest of it is known."""
    midline = sides_of(knowledge).midline
    for kind, names in ((Kind.POWER, knowledge.movements), (Kind.MUSCLE, knowledge.muscles)):
        for name in names:
            if name in movements or not movements:
                sides = (Side.NONE,) if (kind, name) in midline else BOTH_SIDES
                yield from ((kind, name, side) for side in sides)


def _powers(rows: Rows, movements: list[str]) -> Iterator[tuple[Claim, Finding]]:
    """The rows that grade one of the movements; with none named, any power."""
    for claim, row in rows.items():
        if row.name in movements or (not movements and row.kind in (Kind.POWER, Kind.MUSCLE)):
            yield claim, row


def _is_low(row: Finding, worst: float) -> bool:
    return row.number is not None and row.number <= worst
