"""The scores of every entry of many cases."""

import numpy as np

from dermarules.inference.compiled.columns import Bools, Small
from dermarules.inference.compiled.machine import WORD, Words, compiled, kept
from dermarules.inference.compiled.patient import (
    FELT,
    GENERAL,
    NEUROLOGICAL,
    OF_THE_LEG,
    PAIN,
    Patient,
    Patients,
    Tables,
    is_any_lost,
    is_mine,
    patient_of,
)
from dermarules.inference.compiled.rows import Plan, bit_of
from dermarules.inference.compiled.scores import (
    ENTERED,
    FINDINGS,
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
    STATE,
    SUPPORTED,
    TOTAL,
    UNNAMED,
    Bits,
    Block,
    Rows,
    Scores,
    scratch_for,
    weigh_block,
)


@kept
def weigh_all(
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
        if not is_any_lost(patient, tables):
            for index in range(patient.sights):
                patient.rows[index] = plan.irritative[patient.rows[index]]
        _enter(entries[:, case // WORD], case % WORD, plan, width, entered)
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
def _enter(column: Words, bit: int, plan: Plan, width: int, entered: Bits) -> None:
    """Which wide sites have their entry condition shown, side by side; one read over both sides has it on any."""
    entered[:] = 0
    for index in range(len(plan.entered)):
        if bit_of(column[index], bit):
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
