"""Many cases, one after another by the engine for a single case: slow, and the meaning of the compiled answers."""

from collections.abc import Sequence

import numpy as np

from dermarules.findings import Case, Finding
from dermarules.inference.compiled.columns import AGE, UNKNOWN, Bools, Column, Label, Measured, Outcomes
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim
from dermarules.report import Report, localize
from dermarules.vocabulary import Certainty, Kind, Result, Side


def case_of(columns: Sequence[Column | Measured], row: int) -> Case:
    """The case that a row of the columns states."""
    findings: list[Finding] = []
    age = None
    for column in columns:
        if isinstance(column, Column):
            if column.codes[row] != UNKNOWN:
                findings.append(column.findings[column.codes[row]])
        elif not np.isnan(column.values[row]):
            number = float(column.values[row])
            if column.name == AGE:
                age = number
            else:
                findings.append(Finding(Kind.MEASURE, column.name, (Side.NONE,), Result.MEASURED, number=number))
    return Case(f"row {row}", tuple(findings), age=age)


def evaluate(columns: Sequence[Column | Measured], rows: int, knowledge: Knowledge, map_id: str) -> Outcomes:
    """What follows for each row."""
    reports = [localize(case_of(columns, row), knowledge=knowledge, map=map_id) for row in range(rows)]
    firsts = [report.differential[:3] for report in reports]
    labels = tuple(dict.fromkeys(Label(p.localization, p.side) for first in firsts for p in first))
    sites = tuple(dict.fromkeys(p.site for first in firsts for p in first if p.site))
    flags, rules = tuple(knowledge.red_flags), tuple(knowledge.rules)
    place, site, weight = (np.full((3, rows), UNKNOWN, np.int16) for _ in range(3))
    for row, first in enumerate(firsts):
        for index, p in enumerate(first):
            place[index, row] = labels.index(Label(p.localization, p.side))
            site[index, row] = sites.index(p.site) if p.site else UNKNOWN
            weight[index, row] = p.weight_centibans
    certainty = [list(Certainty).index(report.inference.certainty) for report in reports]
    return Outcomes(
        labels,
        sites,
        flags,
        rules,
        place,
        site,
        weight,
        np.array(certainty, np.int8),
        np.array([report.urgency.rank for report in reports], np.int8),
        np.array([report.urgency_possible.rank for report in reports], np.int8),
        _set([[raised.id for raised in report.red_flags.raised] for report in reports], flags),
        _set([[waiting.id for waiting in report.red_flags.open] for report in reports], flags),
        _set([[rule for rule in rules if _fired(report, rule)] for report in reports], rules),
        np.array([len(report.unexplained) for report in reports], np.int16),
        np.array([" + " in report.differential[0].localization for report in reports], np.bool_),
    )


def _set(named: Sequence[Sequence[str]], names: Sequence[str]) -> Bools:
    return np.array([[name in found for found in named] for name in names], np.bool_).reshape(len(names), len(named))


def _fired(report: Report, rule: str) -> bool:
    return any(Claim("true", f"rules/{rule}", side.value) in report.proof for side in Side)
