"""A case written in the case format, in one form: no two orders of its findings are told apart."""

from dataclasses import replace
from typing import Any

from dermarules.findings import Case, Finding
from dermarules.provenance import Location
from dermarules.vocabulary import BOTH_SIDES, Side

_SIDES = {(side,): side.value for side in Side if side is not Side.NONE} | {BOTH_SIDES: "both"}


def case_values(case: Case) -> dict[str, Any]:
    """All that an answer rests on, as plain values: the id, age and sex, and the rows in one order.

    Title, text, origin, tags and what is expected are left out: no answer depends on them.
    """
    patient = {"age": None if case.age is None else _number(case.age), "sex": case.sex}
    return {
        "id": case.id,
        "patient": {key: value for key, value in patient.items() if value not in (None, "")},
        "findings": [_row(finding) for finding in _in_order(case)],
    }


def numbered(case: Case) -> Case:
    """The case with its rows in the order of `case_values`, each at a place that is its number there: `findings:3`."""
    rows = (replace(row, location=Location("findings", n)) for n, row in enumerate(_in_order(case), start=1))
    return replace(case, findings=tuple(rows), location=Location("patient"))


def _in_order(case: Case) -> list[Finding]:
    return sorted(case.findings, key=lambda finding: (finding.key, finding.said))


def _row(finding: Finding) -> dict[str, Any]:
    row: dict[str, Any] = {finding.kind.value: finding.name}
    if finding.places:
        row["over"] = list(finding.places)
    if finding.sides in _SIDES:
        row["side"] = _SIDES[finding.sides]
    row["is"] = finding.level or finding.result.value if finding.number is None else _number(finding.number)
    if finding.said:
        row["derived_from"] = finding.said
    return row


def _number(value: float) -> int | float:
    """A number as it is written: without a point where it is whole."""
    return int(value) if float(value).is_integer() else value
