"""A cohort of many rows, drawn again from simulated patients; the same on every machine.

Each row is a simulated patient of whom some findings were not examined, and who denied some of what nobody told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from patients import patients

from dermarules.findings import Case, Finding
from dermarules.inference.compiled.columns import UNKNOWN, Column, Measured
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Kind, Result, Side

DENIAL = {Kind.HISTORY: Result.ABSENT, Kind.SIGN: Result.NEGATIVE}
DAYS = "symptom_days"

Key = tuple[Kind, str, str, Side]


@dataclass(frozen=True, slots=True)
class Examination:
    """The share of a patient's findings that a row leaves out, and of the untold that it denies."""

    name: str
    left_out: float
    denied: float


# A visit, and an examination for a study.
SHORT = Examination("short examinations", left_out=0.8, denied=0.1)
LONG = Examination("long examinations", left_out=0.2, denied=0.5)


@dataclass(frozen=True, slots=True)
class Base:
    """The patients side by side: for each column what may be found, and what each patient has of it."""

    findings: tuple[tuple[Finding, ...], ...]
    codes: np.ndarray
    denials: tuple[int, ...]


@lru_cache(maxsize=1)
def base(knowledge: Knowledge) -> Base:
    """The simulated patients as columns; measures of single patients are left out."""
    cells = [dict(cells_of(case)) for case in patients(knowledge)]
    keys = sorted({key for found in cells for key in found}, key=lambda k: (k[0].value, *k[1:3], k[3].value))
    options = {key: list(dict.fromkeys(found[key] for found in cells if key in found)) for key in keys}
    for key, found in options.items():
        if key[0] in DENIAL:
            found.append(Finding(key[0], key[1], (key[3],), DENIAL[key[0]]))
            options[key] = list(dict.fromkeys(found))
    codes = np.array(
        [[options[key].index(found[key]) if key in found else UNKNOWN for key in keys] for found in cells], np.int32
    )
    denials = tuple(_denial(options[key]) for key in keys)
    return Base(tuple(tuple(options[key]) for key in keys), codes, denials)


def cells_of(case: Case) -> Iterator[tuple[Key, Finding]]:
    """The findings of a case, one for each place and side; numbers and levels are left out."""
    for finding in case.findings:
        if finding.kind in (Kind.MEASURE, Kind.LEVEL):
            continue
        for place in finding.places or ("",):
            for side in finding.sides:
                places = (place,) if place else ()
                yield (
                    (finding.kind, finding.name, place, side),
                    Finding(finding.kind, finding.name, (side,), finding.result, places),
                )


def _denial(findings: Sequence[Finding]) -> int:
    """The code of what is denied; UNKNOWN in a column where nothing is."""
    wanted = DENIAL.get(findings[0].kind)
    return next((code for code, finding in enumerate(findings) if finding.result is wanted), UNKNOWN)


def rows(
    knowledge: Knowledge, number: int, examination: Examination = SHORT, seed: int = 0
) -> tuple[Column | Measured, ...]:
    """So many rows, as columns; the age and the days since onset are drawn for each."""
    random = np.random.default_rng(seed)
    start = base(knowledge)
    who = random.integers(len(start.codes), size=number)
    columns: list[Column | Measured] = []
    for findings, codes, denied in zip(start.findings, start.codes.T, start.denials, strict=True):
        drawn = np.ascontiguousarray(codes)[who]
        drawn[random.random(number, np.float32) < examination.left_out] = UNKNOWN
        if denied != UNKNOWN:
            drawn[(drawn == UNKNOWN) & (random.random(number, np.float32) < examination.denied)] = denied
        columns.append(Column(findings, drawn))
    age = random.integers(18, 90, number).astype(np.float64)
    days = random.integers(1, 400, number).astype(np.float64)
    for values in (age, days):
        values[random.random(number) < examination.left_out] = np.nan
    return (*columns, Measured("age", age), Measured(DAYS, days))


def case_of(columns: Sequence[Column | Measured], row: int) -> Case:
    """One row as a case."""
    measures = {
        c.name: float(c.values[row]) for c in columns if isinstance(c, Measured) and c.values[row] == c.values[row]
    }
    found = [c.findings[c.codes[row]] for c in columns if isinstance(c, Column) and c.codes[row] != UNKNOWN]
    return Case(f"row {row}", (*found, *_measured(measures)), age=measures.get("age"))


def _measured(measures: Mapping[str, float]) -> Iterator[Finding]:
    for name, value in measures.items():
        if name != "age":
            yield Finding(Kind.MEASURE, name, (Side.NONE,), Result.MEASURED, number=value)


def told(columns: Sequence[Column | Measured], number: int) -> float:
    """How many findings a row has."""
    return sum(int(np.count_nonzero(c.codes != UNKNOWN)) for c in columns if isinstance(c, Column)) / number


def read_bytes(columns: Sequence[Column | Measured]) -> int:
    """What must be read of the columns, in bytes."""
    return sum(c.codes.nbytes if isinstance(c, Column) else c.values.nbytes for c in columns)
