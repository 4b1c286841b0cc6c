"""One case as numbers, beside what is known of every entry and candidate; and what a row is to an entry."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.columns import Small
from dermarules.inference.compiled.machine import compiled
from dermarules.inference.compiled.scores import NO_SIDE, OPEN, STATE, Bits, Known, Rows, Scores, Sides
from dermarules.inference.compiled.tables import AGAINST

# The states of sights as numbers, in the order of their vocabulary.
DEFICIT, FELT, NORMAL, DENIED, PAIN = range(5)
# What an entry is, the second index of `Tables.entries`: its candidate and side, its group of one localization and
# side, its names, its place before any weighing (ORDER), and among equals (STANDING).
CANDIDATE, SIDE, GROUP_OF_ONE, LABEL, SITE, ORDER, STANDING = range(7)
# What two candidates are to each other, the bits of `Tables.pairs`; and what one is, the bits of `Tables.kinds`: the
# signs that it explains come last.
NESTED, TWINS = 1, 2
# The general signs, as bits of `Patients.signs`, and the complaints.
GENERAL, OF_THE_LEG, NEUROLOGICAL = 7, 8, 16
WIDE, PATCHY, SINGLE, EXPLAINS = 0, 1, 2, 3


class Tables(NamedTuple):
    """What does not change from case to case.

    `known` and `marks` are of rows (marks: row x candidate), `says` of conclusions (conclusion x candidate); `entries`
    is entry x what, `by_order` the entries in their order; `pairs` candidate x candidate, `kinds` of candidates; `core`
    candidate x word, the core places as bits, and `core_count` how many there are.
    """

    known: Known
    marks: Bits
    says: Small
    entries: Rows
    by_order: Rows
    pairs: Bits
    kinds: Bits
    core: npt.NDArray[np.uint64]
    core_count: Rows


class Patients(NamedTuple):
    """Many cases: the rows of each with their sides, case after case, sights before conclusions of rules.

    The rows of a case begin at `starts`, its conclusions at `conclusions`, and end where the next begins. `signs` are
    its general signs, as bits, and whether it has a complaint of the leg and a neurological one.
    """

    rows: Rows
    sides: Sides
    starts: Rows
    conclusions: Rows
    signs: Bits


class Patient(NamedTuple):
    """One of them, with the scores of the entries."""

    rows: Rows
    sides: Sides
    sights: int
    signs: int
    weight: Small
    marks: Bits
    status: Bits


@compiled
def patient_of(case: int, patients: Patients, scores: Scores) -> Patient:
    """One case of many."""
    start, end = patients.starts[case], patients.starts[case + 1]
    return Patient(
        patients.rows[start:end],
        patients.sides[start:end],
        patients.conclusions[case] - start,
        patients.signs[case],
        scores.weight[case],
        scores.marks[case],
        scores.status[case],
    )


@compiled
def is_mine(side: int, other: int) -> bool:
    """True if a side is another, or holds for all: an entry without a side is read over all sides."""
    return bool(side == NO_SIDE or side == other)


@compiled
def fits(entry: int, patient: Patient) -> bool:
    """True if an entry leaves nothing open, and nothing that is spared speaks against it."""
    return not patient.status[entry] & OPEN and not patient.marks[entry] & AGAINST


@compiled
def is_any_lost(patient: Patient, tables: Tables) -> bool:
    for row in patient.rows[: patient.sights]:
        if tables.known.rows[row, STATE] == DEFICIT:
            return True
    return False
