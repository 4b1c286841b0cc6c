"""Case after case: from planes of bits to the rows of each case, its scores, its order and its certainty."""

from typing import NamedTuple

import numpy as np

from dermarules.inference.compiled.certain import certainty_of
from dermarules.inference.compiled.columns import UNKNOWN, Bools, Small, Tiny
from dermarules.inference.compiled.machine import Words, compiled, kept
from dermarules.inference.compiled.order import (
    count_unexplained,
    find_seen,
    has_other_site,
    may_be_several,
    one_each,
    put_in_order,
)
from dermarules.inference.compiled.patient import (
    DEFICIT,
    FELT,
    GENERAL,
    LABEL,
    NEUROLOGICAL,
    OF_THE_LEG,
    PAIN,
    SITE,
    WIDE,
    Patient,
    Patients,
    Tables,
    is_mine,
    patient_of,
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
# So many words of 64 cases are worked on at once: their scores stay in the cache of the processor.
WORDS = 4
_BITS = 64
# The place of a single bit in its word, by the product of the bit with a de Bruijn sequence.
_SEQUENCE = 0x03F79D71B4CB0A89
_PLACE_OF_BIT = np.argsort([((_SEQUENCE << bit) & (1 << 64) - 1) >> 58 for bit in range(_BITS)])


class Plan(NamedTuple):
    """Where the planes are: rows of sights with their sides, then conclusions, three signs, two complaints (of the leg,
    neurological), and entries of wide sites (candidate and side). `irritative` is the row that stands for a sight where
    nothing is lost; `runs` are the single roots of each run of roots, UNKNOWN where it has fewer; `width` is how
    many lanes the lateral candidates have.
    """

    rows: Rows
    sides: Sides
    sights: int
    entered: Rows
    entered_side: Sides
    irritative: Rows
    runs: Rows
    width: int


class Found(NamedTuple):
    """What is written for each case."""

    place: Small
    site: Small
    weight: Small
    certainty: Tiny
    unexplained: Small
    several: Bools

    def part(self, start: int, end: int) -> "Found":
        """Room for the cases from one to another, of the same memory."""
        return Found(
            self.place[:, start:end],
            self.site[:, start:end],
            self.weight[:, start:end],
            self.certainty[start:end],
            self.unexplained[start:end],
            self.several[start:end],
        )


def answer(planes: Words, plan: Plan, lateral: Block, bilateral: Block, tables: Tables, found: Found) -> None:
    """Answer every case of the planes, some words of cases at a time."""
    cases = len(found.certainty)
    for word in range(0, planes.shape[1], WORDS):
        part = planes[:, word : word + WORDS]
        first = word * _BITS
        size = min(cases - first, WORDS * _BITS)
        mine = found.part(first, first + size)
        patients = _patients(np.ascontiguousarray(part), size, plan, tables)
        scores = _scores(size, tables)
        _weigh(patients, np.ascontiguousarray(part[len(plan.rows) + 5 :]), plan, lateral, bilateral, tables, scores)
        ranked = np.empty((size, len(tables.by_order)), np.int16)
        _order(patients, scores, plan, tables, ranked, mine)
        _judge(patients, scores, tables, ranked, mine)


def _scores(cases: int, tables: Tables) -> Scores:
    entries = len(tables.by_order)
    return Scores(
        np.empty((cases, 2, entries), np.int16),
        np.empty((cases, entries), np.uint8),
        np.empty((cases, entries), np.uint8),
    )


@kept
def _patients(planes: Words, cases: int, plan: Plan, tables: Tables) -> Patients:
    """The rows of every case of the planes."""
    starts = np.zeros(cases + 1, np.int32)
    for plane in range(len(plan.rows)):
        for word in range(planes.shape[1]):
            bits = planes[plane, word]
            while bits:
                starts[1 + word * _BITS + _place(bits)] += 1
                bits &= bits - np.uint64(1)
    for case in range(cases):
        starts[case + 1] += starts[case]
    filled, conclusions = starts.copy(), starts.copy()
    rows, sides = np.empty(starts[cases], np.int32), np.empty(starts[cases], np.int8)
    for plane in range(len(plan.rows)):
        if plane == plan.sights:
            conclusions[:] = filled
        for word in range(planes.shape[1]):
            bits = planes[plane, word]
            while bits:
                case = word * _BITS + _place(bits)
                rows[filled[case]] = plan.rows[plane]
                sides[filled[case]] = plan.sides[plane]
                filled[case] += 1
                bits &= bits - np.uint64(1)
    if plan.sights == len(plan.rows):
        conclusions[:] = filled
    signs = np.zeros(cases, np.uint8)
    for sign in range(5):
        for case in range(cases):
            signs[case] |= _bit(planes[len(plan.rows) + sign, case // _BITS], case % _BITS) << sign
    return Patients(rows, sides, starts, conclusions, signs)


@compiled
def _place(bits: int) -> int:
    """The place of the lowest bit of a word."""
    lowest = bits & (~bits + np.uint64(1))
    return int(_PLACE_OF_BIT[(lowest * np.uint64(_SEQUENCE)) >> np.uint64(58)])


@compiled
def _bit(word: int, bit: int) -> int:
    return int((word >> np.uint64(bit)) & np.uint64(1))


@kept
def _weigh(
    patients: Patients,
    entries: Words,
    plan: Plan,
    lateral: Block,
    bilateral: Block,
    tables: Tables,
    scores: Scores,
) -> None:
    """Score every entry of every case; where nothing is lost, the rows are changed to those that stand for them."""
    width, wide = lateral.lanes.shape[1], bilateral.lanes.shape[1]
    scratch, wide_scratch = scratch_for(lateral, tables.known), scratch_for(bilateral, tables.known)
    entered = np.zeros((SIDES, width + wide), np.uint8)
    costs = np.zeros((SIDES + 2, tables.known.constants[KINDS]), np.int16)
    is_active = np.zeros(SIDES, np.bool_)
    mine = np.empty(len(plan.rows), np.int32)
    for case in range(len(patients.signs)):
        patient = patient_of(case, patients, scores)
        if not _is_any_lost(patient, tables):
            for index in range(patient.sights):
                patient.rows[index] = plan.irritative[patient.rows[index]]
        _enter(entries[:, case // _BITS], case % _BITS, plan, width, entered)
        _find_active(patient, tables, is_active)
        _find_costs(patient, tables, costs)
        weight, marks, status = patient.weight, patient.marks, patient.status
        status[:] = 0
        for side in range(SIDES):
            if is_active[side] or side == NO_SIDE:
                known, sights = _rows_of(side, patient, mine)
                for kind in range(costs.shape[1]):
                    costs[SIDES + 1, kind] = costs[SIDES, kind] - costs[side, kind] if side < LATERAL else 0
                first = side * width
                last = first + width if side < LATERAL else len(status) - 1
                block = lateral if side < LATERAL else bilateral
                weigh_block(
                    block,
                    tables.known,
                    mine[:known],
                    sights,
                    costs[SIDES + 1],
                    patient.signs & GENERAL,
                    entered[side] if side < LATERAL else entered[side, width:],
                    scratch if side < LATERAL else wide_scratch,
                    weight[:, first:last],
                    marks[first:last],
                    status[first:last],
                )
        _weigh_nothing(patient, tables)


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
def _find_active(patient: Patient, tables: Tables, is_active: Bools) -> None:
    """The sides on which something was found or concluded; if none of them is lateral, the unnamed one."""
    is_active[:] = False
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


@compiled
def _find_costs(patient: Patient, tables: Tables, costs: Small) -> None:
    """What the sights of each side would cost by kind if they were not explained, and then those of all sides."""
    costs[:] = 0
    for index in range(patient.sights):
        row = patient.rows[index]
        kind, price = tables.known.rows[row, KIND], tables.known.rows[row, PRICE]
        costs[patient.sides[index], kind] += price
        costs[SIDES, kind] += price


@compiled
def _rows_of(side: int, patient: Patient, mine: Rows) -> tuple[int, int]:
    """The rows that concern a side, in order: how many, and how many of them are sights."""
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
    return number, sights


@compiled
def _is_in(row: int, rows: Rows) -> bool:
    for other in rows:
        if other == row:
            return True
    return False


@compiled
def _weigh_nothing(patient: Patient, tables: Tables) -> None:
    """The total of nothing to localize, which is the last entry."""
    is_abnormal, is_painful = False, False
    for row in patient.rows[: patient.sights]:
        state = tables.known.rows[row, STATE]
        is_abnormal |= state <= FELT
        is_painful |= state == PAIN
    which = NOT_ENOUGH
    if not is_abnormal and not is_painful and not patient.signs & OF_THE_LEG:
        which = NOTHING
    elif is_painful and not is_abnormal and not patient.signs & NEUROLOGICAL:
        which = PAIN_ALONE
    last = len(tables.by_order) - 1
    patient.weight[TOTAL, last] = tables.known.constants[which]
    patient.weight[FINDINGS, last] = 0
    patient.marks[last] = 0
    patient.status[last] = SUPPORTED | ENTERED | (OPEN if is_abnormal else 0)


@kept
def _order(patients: Patients, scores: Scores, plan: Plan, tables: Tables, ranked: Small, found: Found) -> None:
    """Rank the entries of every case: one for each localization and side, UNKNOWN after the last."""
    seen = np.zeros(len(tables.by_order), np.bool_)
    room = np.empty(len(tables.by_order), np.int32)
    examined = np.zeros((SIDES, tables.core.shape[1]), np.uint64)
    for case in range(len(patients.signs)):
        patient = patient_of(case, patients, scores)
        present = room[: _find_present(patient, plan, tables, room)]
        find_seen(patient, tables, examined)
        put_in_order(present, examined, patient, tables)
        count = one_each(present, seen, tables, ranked[case])
        for index in range(PLACES):
            found.place[index, case] = UNKNOWN
            found.site[index, case] = UNKNOWN
            found.weight[index, case] = UNKNOWN
            if index < count:
                entry = ranked[case, index]
                found.place[index, case] = tables.entries[entry, LABEL]
                found.weight[index, case] = patient.weight[TOTAL, entry]
                if not has_other_site(entry, present, patient, tables):
                    found.site[index, case] = tables.entries[entry, SITE]
        found.unexplained[case] = count_unexplained(ranked[case, 0], patient, tables)
        found.several[case] = may_be_several(present, patient)


@compiled
def _find_present(patient: Patient, plan: Plan, tables: Tables, present: Rows) -> int:
    """The entries that compete: candidates that something speaks for, worthwhile runs of roots, and nothing."""
    status, findings = patient.status, patient.weight[FINDINGS]
    singles, last, first_wide = tables.known.constants[SINGLES], len(tables.by_order), LATERAL * plan.width
    number, best = 0, UNKNOWN
    for first in range(0, first_wide, plan.width):
        for candidate in range(singles):
            entry = first + candidate
            if status[entry] & SUPPORTED:
                present[number] = entry
                number += 1
                if not tables.kinds[candidate] >> WIDE & 1 and _is_better(entry, best, findings, plan.width):
                    best = entry
    if best != UNKNOWN and status[best] & OPEN and _is_any_lost(patient, tables):
        least = findings[best] + tables.known.constants[GAIN_OF_RUN]
        for run in range(len(plan.runs)):
            for first in range(0, first_wide, plan.width):
                entry = first + singles + run
                if findings[entry] >= least and _are_supported(first, plan.runs[run], status):
                    present[number] = entry
                    number += 1
    for entry in range(first_wide, last):
        if status[entry] & SUPPORTED:
            present[number] = entry
            number += 1
    return number


@compiled
def _is_better(entry: int, best: int, findings: Small, width: int) -> bool:
    """True if the findings say more for an entry than for the best so far; of equals the earlier candidate stays."""
    if best == UNKNOWN or findings[entry] != findings[best]:
        return bool(best == UNKNOWN or findings[entry] > findings[best])
    return bool(entry % width < best % width)


@compiled
def _are_supported(first: int, roots: Rows, status: Bits) -> bool:
    """True if something speaks for every root of a run on its side."""
    for root in roots:
        if root != UNKNOWN and not status[first + root] & SUPPORTED:
            return False
    return True


@kept
def _judge(patients: Patients, scores: Scores, tables: Tables, ranked: Small, found: Found) -> None:
    """The certainty of the first of every case."""
    for case in range(len(patients.signs)):
        found.certainty[case] = certainty_of(ranked[case], patient_of(case, patients, scores), tables)
