"""Case after case: from planes of bits to the rows of each case, its scores, its order and its certainty."""

from typing import NamedTuple

import numpy as np

from dermarules.inference.compiled.certain import certainty_of
from dermarules.inference.compiled.columns import UNKNOWN, Bools, Small, Tiny
from dermarules.inference.compiled.machine import Words, compiled
from dermarules.inference.compiled.order import (
    count_unexplained,
    has_other_site,
    may_be_several,
    one_each,
    put_in_order,
)
from dermarules.inference.compiled.patient import (
    DEFICIT,
    FELT,
    LABEL,
    PAIN,
    SITE,
    WIDE,
    Patient,
    Tables,
    is_mine,
)
from dermarules.inference.compiled.scores import (
    ENTERED,
    FINDINGS,
    GAIN_OF_RUN,
    KIND,
    KINDS,
    LATERAL,
    NO_SIDE,
    NOT_ENOUGH,
    NOTHING,
    OPEN,
    PAIN_ALONE,
    PRICE,
    SIDES,
    SINGLES,
    STATE,
    SUPPORTED,
    TOTAL,
    UNNAMED,
    Bits,
    Block,
    Rows,
    Scores,
    Sides,
    scratch_for,
    weigh_block,
)

PLACES = 3
_BITS = 64
# The place of a single bit in its word, by the product of the bit with a de Bruijn sequence.
_SEQUENCE = 0x03F79D71B4CB0A89
_PLACE_OF_BIT = np.argsort([((_SEQUENCE << bit) & (1 << 64) - 1) >> 58 for bit in range(_BITS)])


class Plan(NamedTuple):
    """Where the planes are: rows of sights with their sides, then conclusions, three signs, two complaints (of the leg,
    neurological), and entries of wide sites (candidate and side). `irritative` is the row that stands for a sight where
    nothing is lost; `runs` are the single roots of each run of roots, UNKNOWN where it has fewer.
    """

    rows: Rows
    sides: Sides
    sights: int
    entered: Rows
    entered_side: Sides
    irritative: Rows
    runs: Rows


class Found(NamedTuple):
    """What is written for each case."""

    place: Small
    site: Small
    weight: Small
    certainty: Tiny
    unexplained: Small
    several: Bools


@compiled
def answer(planes: Words, plan: Plan, lateral: Block, bilateral: Block, tables: Tables, found: Found) -> None:
    """Answer every case of the planes."""
    rows = np.empty((_BITS, len(plan.rows)), np.int32)
    sides = np.empty((_BITS, len(plan.rows)), np.int8)
    sights, known = np.empty(_BITS, np.int32), np.empty(_BITS, np.int32)
    entries = len(tables.by_order)
    scores = Scores(np.zeros((2, entries), np.int16), np.zeros(entries, np.uint8), np.zeros(entries, np.uint8))
    seen = np.zeros(entries, np.bool_)
    width = lateral.lanes.shape[1]
    scratch, wide_scratch = scratch_for(lateral, tables.known), scratch_for(bilateral, tables.known)
    entered = np.zeros((SIDES, width + bilateral.lanes.shape[1]), np.uint8)
    general = planes[len(plan.rows) :]
    for word in range(planes.shape[1]):
        _scatter(planes[:, word], plan, rows, sides, sights, known)
        for bit in range(min(_BITS, len(found.certainty) - word * _BITS)):
            signs = _bit(general[0, word], bit) | _bit(general[1, word], bit) << 1 | _bit(general[2, word], bit) << 2
            patient = Patient(rows[bit, : known[bit]], sides[bit, : known[bit]], sights[bit], signs, scores)
            if not _is_any_lost(patient, tables):
                for index in range(patient.sights):
                    patient.rows[index] = plan.irritative[patient.rows[index]]
            _enter(general[5:, word], bit, plan, width, entered)
            is_active = _active_sides(patient, tables)
            costs = _costs(patient, tables)
            scores.status[:] = 0
            for side in range(LATERAL):
                if is_active[side]:
                    mine, count = _rows_of(side, patient)
                    elsewhere, at = costs[SIDES] - costs[side], side * width
                    weigh_block(
                        lateral, tables.known, mine, count, elsewhere, signs, entered[side], at, scratch, scores
                    )
            mine, count = _rows_of(NO_SIDE, patient)
            elsewhere, at = costs[SIDES + 1], LATERAL * width
            is_in = entered[NO_SIDE, width:]
            weigh_block(bilateral, tables.known, mine, count, elsewhere, signs, is_in, at, wide_scratch, scores)
            _weigh_nothing(patient, _bit(general[3, word], bit), _bit(general[4, word], bit), tables)
            present = _present(patient, plan, width, tables)
            _write(word * _BITS + bit, present, seen, patient, tables, found)


@compiled
def _bit(word: int, bit: int) -> int:
    return int((word >> np.uint64(bit)) & np.uint64(1))


@compiled
def _scatter(column: Words, plan: Plan, rows: Rows, sides: Sides, sights: Rows, known: Rows) -> None:
    """The rows of 64 cases, in the order of the planes."""
    known[:] = 0
    for plane in range(len(plan.rows)):
        if plane == plan.sights:
            sights[:] = known
        bits = column[plane]
        while bits:
            lowest = bits & (~bits + np.uint64(1))
            case = _PLACE_OF_BIT[(lowest * np.uint64(_SEQUENCE)) >> np.uint64(58)]
            rows[case, known[case]] = plan.rows[plane]
            sides[case, known[case]] = plan.sides[plane]
            known[case] += 1
            bits ^= lowest
    if plan.sights == len(plan.rows):
        sights[:] = known


@compiled
def _is_any_lost(patient: Patient, tables: Tables) -> bool:
    for row in patient.rows[: patient.sights]:
        if tables.known.rows[row, STATE] == DEFICIT:
            return True
    return False


@compiled
def _enter(column: Words, bit: int, plan: Plan, width: int, entered: Bits) -> None:
    """Which wide sites have their entry condition shown, side by side; one read over both sides has it on any."""
    entered[:] = 0
    for index in range(len(plan.entered)):
        if _bit(column[index], bit):
            number, side = plan.entered[index], plan.entered_side[index]
            if number >= width:
                entered[NO_SIDE, number] = 1
            elif side == NO_SIDE:
                entered[:, number] = 1
            else:
                entered[side, number] = 1


@compiled
def _active_sides(patient: Patient, tables: Tables) -> Bools:
    """The sides on which something was found or concluded; if none of them is lateral, the unnamed one."""
    is_active = np.zeros(SIDES, np.bool_)
    for index in range(patient.sights):
        state = tables.known.rows[patient.rows[index], STATE]
        if state <= FELT or state == PAIN:
            is_active[patient.sides[index]] = True
    is_anything_seen = is_active.any()
    for side in patient.sides[patient.sights :]:
        if side < UNNAMED or not is_anything_seen:
            is_active[side] = True
    if not is_active[:LATERAL].any():
        is_active[UNNAMED] = True
    return is_active


@compiled
def _costs(patient: Patient, tables: Tables) -> Small:
    """What the sights of each side would cost by kind if they were not explained; then of all sides, and of none."""
    costs = np.zeros((SIDES + 2, tables.known.constants[KINDS]), np.int16)
    for index in range(patient.sights):
        row = patient.rows[index]
        kind, price = tables.known.rows[row, KIND], tables.known.rows[row, PRICE]
        costs[patient.sides[index], kind] += price
        costs[SIDES, kind] += price
    return costs


@compiled
def _rows_of(side: int, patient: Patient) -> tuple[Rows, int]:
    """The rows that concern a side, in order, and how many of them are sights."""
    mine = np.empty(len(patient.rows), np.int32)
    number = 0
    for index in range(patient.sights):
        if is_mine(side, patient.sides[index]):
            mine[number] = patient.rows[index]
            number += 1
    sights = number
    for index in range(patient.sights, len(patient.rows)):
        row = patient.rows[index]
        is_told = not _is_in(row, mine[sights:number]) if side == NO_SIDE else is_mine(patient.sides[index], side)
        if is_told:
            mine[number] = row
            number += 1
    return mine[:number], sights


@compiled
def _is_in(row: int, rows: Rows) -> bool:
    for other in rows:
        if other == row:
            return True
    return False


@compiled
def _weigh_nothing(patient: Patient, has_complaint: int, is_neurological: int, tables: Tables) -> None:
    """The total of nothing to localize, which is the last entry."""
    is_abnormal, is_painful = False, False
    for row in patient.rows[: patient.sights]:
        state = tables.known.rows[row, STATE]
        is_abnormal |= state <= FELT
        is_painful |= state == PAIN
    which = NOT_ENOUGH
    if not is_abnormal and not is_painful and not has_complaint:
        which = NOTHING
    elif is_painful and not is_abnormal and not is_neurological:
        which = PAIN_ALONE
    scores, last = patient.scores, len(tables.by_order) - 1
    scores.weight[TOTAL, last] = tables.known.constants[which]
    scores.weight[FINDINGS, last] = 0
    scores.marks[last] = 0
    scores.status[last] = SUPPORTED | ENTERED | (OPEN if is_abnormal else 0)


@compiled
def _present(patient: Patient, plan: Plan, width: int, tables: Tables) -> Rows:
    """The entries that compete: candidates that something speaks for, worthwhile runs of roots, and nothing."""
    status, findings = patient.scores.status, patient.scores.weight[FINDINGS]
    singles, last = tables.known.constants[SINGLES], len(tables.by_order)
    present = np.empty(last, np.int32)
    number, best = 0, UNKNOWN
    for candidate in range(singles):
        for entry in range(candidate, LATERAL * width, width):
            if status[entry] & SUPPORTED:
                present[number] = entry
                number += 1
                is_better = best == UNKNOWN or findings[entry] > findings[best]
                if is_better and not tables.kinds[candidate] >> WIDE & 1:
                    best = entry
    if best != UNKNOWN and status[best] & OPEN and _is_any_lost(patient, tables):
        least = findings[best] + tables.known.constants[GAIN_OF_RUN]
        for run in range(len(plan.runs)):
            for first in range(0, LATERAL * width, width):
                entry = first + singles + run
                if findings[entry] >= least and _are_supported(first, plan.runs[run], status):
                    present[number] = entry
                    number += 1
    for entry in range(LATERAL * width, last):
        if status[entry] & SUPPORTED:
            present[number] = entry
            number += 1
    return present[:number]


@compiled
def _are_supported(first: int, roots: Rows, status: Bits) -> bool:
    """True if something speaks for every root of a run on its side."""
    for root in roots:
        if root != UNKNOWN and not status[first + root] & SUPPORTED:
            return False
    return True


@compiled
def _write(case: int, present: Rows, seen: Bools, patient: Patient, tables: Tables, found: Found) -> None:
    put_in_order(present, patient, tables)
    ranked = one_each(present, seen, tables)
    for index in range(PLACES):
        found.place[index, case] = UNKNOWN
        found.site[index, case] = UNKNOWN
        found.weight[index, case] = UNKNOWN
        if index < len(ranked):
            entry = ranked[index]
            found.place[index, case] = tables.entries[entry, LABEL]
            found.weight[index, case] = patient.scores.weight[TOTAL, entry]
            if not has_other_site(entry, present, patient.scores, tables):
                found.site[index, case] = tables.entries[entry, SITE]
    found.certainty[case] = certainty_of(ranked, patient, tables)
    found.unexplained[case] = count_unexplained(ranked[0], patient, tables)
    found.several[case] = may_be_several(present, patient.scores)
