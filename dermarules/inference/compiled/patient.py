"""One case as numbers, beside what is known of every sight, entry and candidate; and what a row is to an entry."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.columns import Bools, Small
from dermarules.inference.compiled.machine import compiled
from dermarules.inference.compiled.scores import NO_SIDE, Rows, Scores, Sides
from dermarules.inference.compiled.tables import AGAINST, REACHED, SILENT

# The states of sights as numbers, in the order of their vocabulary.
DEFICIT, FELT, NORMAL, DENIED, PAIN = range(5)


class Entries(NamedTuple):
    """What each entry is: its candidate and side, its group of one localization and side, its names, and its standing.

    `order` is its place before any weighing, `standing` its place among equals: the commoner, the usual site, the
    earlier. Idle lanes have the candidate UNKNOWN.
    """

    candidate: Small
    side: Sides
    group: Small
    label: Small
    site: Small
    order: npt.NDArray[np.int32]
    by_order: npt.NDArray[np.int32]
    standing: npt.NDArray[np.int32]


class Kinds(NamedTuple):
    """What each candidate is: wide, wide and not symmetric, a structure of one side; which contain each other, which
    are twins; the signs it explains; its core places.
    """

    is_wide: Bools
    is_patchy: Bools
    is_single: Bools
    nested: Bools
    twins: Bools
    explains: Bools
    core: npt.NDArray[np.uint64]
    core_count: Small


class Sights(NamedTuple):
    """What each sight is to each candidate (`marks`), its state, place and cost; the rule of each conclusion, and what
    it says of each candidate.
    """

    marks: npt.NDArray[np.uint8]
    state: Sides
    place: Rows
    cost: Small
    cost_kind: Sides
    rule: Rows
    says: Small


class Patient(NamedTuple):
    """The rows of one case with their sides: sights, then conclusions of rules, `known` in all; the general signs that
    it has; and the scores of the entries.
    """

    rows: Rows
    sides: Sides
    sights: int
    known: int
    has_sign: Bools
    scores: Scores


class Choice(NamedTuple):
    """The constants of ordering and of certainty."""

    tie: int
    undecided: int
    minimum: int
    margin: int
    entry_missing: int
    strong: int
    moderate: int
    rules_cap: int
    total_cap: int
    cost_caps: Small
    sign_costs: Small


class Tables(NamedTuple):
    """What does not change from case to case."""

    sights: Sights
    entries: Entries
    kinds: Kinds
    choice: Choice


@compiled
def is_mine(entry: int, index: int, patient: Patient, tables: Tables) -> bool:
    """True if a row of the case is on the side of an entry; an entry without a side is read over all sides."""
    return bool(tables.entries.side[entry] == NO_SIDE or patient.sides[index] == tables.entries.side[entry])


@compiled
def is_told(mark: int) -> bool:
    """True if a sight lies in the reach of a candidate, or the map does not speak of its place."""
    return mark & (REACHED | SILENT) != 0


@compiled
def speaks_against(entry: int, patient: Patient, tables: Tables) -> bool:
    """True if something that is spared speaks against an entry."""
    number = tables.entries.candidate[entry]
    for index in range(patient.sights):
        if is_mine(entry, index, patient, tables) and tables.sights.marks[patient.rows[index], number] & AGAINST:
            return True
    return False


@compiled
def fits(entry: int, patient: Patient, tables: Tables) -> bool:
    """True if an entry leaves nothing open, and nothing speaks against it."""
    return not patient.scores.is_left_open[entry] and not speaks_against(entry, patient, tables)


@compiled
def concerns(entry: int, index: int, patient: Patient, tables: Tables) -> bool:
    """True if a conclusion is one about the side of an entry. One drawn on several sides is told once for all sides."""
    side = patient.sides[index]
    if tables.entries.side[entry] != NO_SIDE:
        return bool(side == NO_SIDE or side == tables.entries.side[entry])
    for earlier in range(patient.sights, index):
        if patient.rows[earlier] == patient.rows[index]:
            return False
    return True
