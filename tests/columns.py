"""Cases as columns, and outcomes as rows that can be compared."""

from collections.abc import Sequence

import numpy as np

from dermarules.findings import Case, Finding
from dermarules.inference.compiled.columns import AGE, UNKNOWN, Column, Measured, Outcomes
from dermarules.vocabulary import Kind


def columns_of(cases: Sequence[Case]) -> list[Column | Measured]:
    """A column for each finding that any case has, in the cases that have it; of numbers the first of each measure."""
    said: dict[Finding, list[int]] = {}
    numbers: dict[str, dict[int, float]] = {AGE: {}}
    for row, case in enumerate(cases):
        for finding in case.findings:
            if finding.kind is Kind.MEASURE and finding.number is not None:
                numbers.setdefault(finding.name, {}).setdefault(row, finding.number)
            else:
                said.setdefault(finding, []).append(row)
        if case.age is not None:
            numbers[AGE][row] = case.age
    return [
        *(Column((finding,), _codes(rows, len(cases))) for finding, rows in said.items()),
        *(Measured(name, _values(values, len(cases))) for name, values in numbers.items()),
    ]


def _codes(rows: list[int], size: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    codes = np.full(size, UNKNOWN, np.int32)
    codes[rows] = 0
    return codes


def _values(numbers: dict[int, float], size: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = np.full(size, np.nan)
    values[list(numbers)] = list(numbers.values())
    return values


def rows_of(outcomes: Outcomes) -> list[dict[str, object]]:
    """What the outcomes say of each case, by name."""
    return [
        {
            "places": [
                (outcomes.labels[place], outcomes.sites[site] if site != UNKNOWN else None, int(weight))
                for place, site, weight in zip(
                    outcomes.place[:, row], outcomes.site[:, row], outcomes.weight[:, row], strict=True
                )
                if place != UNKNOWN
            ],
            "certainty": int(outcomes.certainty[row]),
            "urgency": (int(outcomes.urgency[row]), int(outcomes.urgency_possible[row])),
            "raised": [flag for flag, holds in zip(outcomes.flags, outcomes.raised[:, row], strict=True) if holds],
            "open": [flag for flag, holds in zip(outcomes.flags, outcomes.open[:, row], strict=True) if holds],
            "fired": [rule for rule, holds in zip(outcomes.rules, outcomes.fired[:, row], strict=True) if holds],
            "unexplained": int(outcomes.unexplained[row]),
        }
        for row in range(len(outcomes.certainty))
    ]
