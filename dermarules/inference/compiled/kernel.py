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
from dermarules.inference.compiled.patient import DEFICIT, FELT, PAIN, Patient, Tables
from dermarules.inference.compiled.scores import (
    LATERAL,
    NO_SIDE,
    SIDES,
    UNNAMED,
    Block,
    Limits,
    Mine,
    Rows,
    Scores,
    Scratch,
    Sides,
    scratch_for,
    weigh_block,
)

PLACES = 3
_BITS = 64
# The place of a single bit in its word, by the product of the bit with a de Bruijn sequence.
_SEQUENCE = 0x03F79D71B4CB0A89
_PLACE_OF_BIT = np.array([(((_SEQUENCE << n) & (1 << 64) - 1) >> 58, n) for n in range(64)])
_PLACE_OF_BIT = _PLACE_OF_BIT[_PLACE_OF_BIT[:, 0].argsort(), 1].astype(np.int64)


class Plan(NamedTuple):
    """Where the planes are: rows of sights with their sides, then conclusions, signs, complaints, and entries of wide
    sites (candidate and side). `irritative` is the row that stands for a sight where nothing is lost.
    """

    rows: Rows
    sides: Sides
    sights: int
    signs: int
    leg_complaint: int
    neurological: int
    entered: Rows
    entered_side: Sides
    irritative: Rows


class Weights(NamedTuple):
    """All that is weighed: the two blocks of candidates, what each sight costs, and the constants.

    `singles` are the first lateral candidates, `runs` the roots of each run of roots after them, UNKNOWN where it has
    fewer. `nothing`, `not_enough` and `pain_alone` are the totals of nothing to localize.
    """

    lateral: Block
    bilateral: Block
    cost: Small
    limits: Limits
    singles: int
    runs: Rows
    gain: int
    nothing: int
    not_enough: int
    pain_alone: int


class Found(NamedTuple):
    """What is written for each case."""

    place: Small
    site: Small
    weight: Small
    certainty: Tiny
    unexplained: Small
    several: Bools


@compiled
def answer(planes: Words, plan: Plan, weights: Weights, tables: Tables, found: Found) -> None:
    """Answer every case of the planes."""
    most = len(plan.rows)
    rows = np.empty((_BITS, most), np.int32)
    sides = np.empty((_BITS, most), np.int8)
    sights, known = np.empty(_BITS, np.int64), np.empty(_BITS, np.int64)
    number = len(tables.entries.order)
    scores = Scores(
        np.zeros(number, np.int16),
        np.zeros(number, np.int16),
        np.zeros(number, np.bool_),
        np.zeros(number, np.bool_),
        np.zeros(number, np.bool_),
    )
    kinds, depth = len(weights.limits.cost_caps), weights.limits.depth
    lateral = scratch_for(weights.lateral.gains.shape[1], kinds, depth)
    bilateral = scratch_for(weights.bilateral.gains.shape[1], kinds, depth)
    entered = np.zeros((SIDES, len(tables.kinds.is_wide)), np.bool_)
    has_sign = np.zeros(3, np.bool_)
    seen = np.zeros(number, np.bool_)
    cases = len(found.certainty)
    for word in range(planes.shape[1]):
        _scatter(planes[:, word], plan, rows, sides, sights, known)
        for bit in range(min(_BITS, cases - word * _BITS)):
            patient = Patient(rows[bit], sides[bit], sights[bit], known[bit], has_sign, scores)
            if not _any_lost(patient, tables):
                for index in range(patient.sights):
                    patient.rows[index] = plan.irritative[patient.rows[index]]
            for sign in range(3):
                has_sign[sign] = _bit(planes, plan.signs + sign, word, bit)
            _enter(planes, word, bit, plan, weights, entered)
            _weigh(patient, entered, weights, tables, lateral, bilateral)
            has_complaint = _bit(planes, plan.leg_complaint, word, bit)
            is_neurological = _bit(planes, plan.neurological, word, bit)
            _nothing(patient, has_complaint, is_neurological, weights, tables)
            present = _present(patient, weights, tables)
            _write(word * _BITS + bit, present, seen, patient, tables, found)


@compiled
def _bit(planes: Words, plane: int, word: int, bit: int) -> bool:
    return bool((planes[plane, word] >> np.uint64(bit)) & np.uint64(1))


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
def _any_lost(patient: Patient, tables: Tables) -> bool:
    for index in range(patient.sights):
        if tables.sights.state[patient.rows[index]] == DEFICIT:
            return True
    return False


@compiled
def _enter(planes: Words, word: int, bit: int, plan: Plan, weights: Weights, entered: Bools) -> None:
    """Which wide sites have their entry condition shown, side by side; one read over both sides has it on any."""
    entered[:] = False
    first = plan.neurological + 1
    for index in range(len(plan.entered)):
        if _bit(planes, first + index, word, bit):
            number, side = plan.entered[index], plan.entered_side[index]
            if number >= weights.bilateral.first:
                entered[NO_SIDE, number] = True
            elif side == NO_SIDE:
                entered[:, number] = True
            else:
                entered[side, number] = True


@compiled
def _weigh(
    patient: Patient, entered: Bools, weights: Weights, tables: Tables, lateral: Scratch, bilateral: Scratch
) -> None:
    """Score every candidate on each side on which something was found; the other entries are not supported."""
    scores = patient.scores
    scores.is_supported[:] = False
    is_active = _active_sides(patient, tables)
    kinds = len(weights.limits.cost_caps)
    by_side = np.zeros((SIDES, kinds), np.int16)
    in_all = np.zeros(kinds, np.int16)
    for index in range(patient.sights):
        row = patient.rows[index]
        by_side[patient.sides[index], weights.limits.cost_kinds[row]] += weights.cost[row]
        in_all[weights.limits.cost_kinds[row]] += weights.cost[row]
    room = np.empty(patient.known, np.int32)
    width = weights.lateral.gains.shape[1]
    for side in range(LATERAL):
        if is_active[side]:
            sights, known = _rows_of(side, patient, room)
            mine = Mine(room[:known], sights, in_all - by_side[side], patient.has_sign, entered[side])
            weigh_block(weights.lateral, mine, side * width, weights.limits, lateral, scores)
    sights, known = _rows_of(NO_SIDE, patient, room)
    in_all[:] = 0
    mine = Mine(room[:known], sights, in_all, patient.has_sign, entered[NO_SIDE])
    weigh_block(weights.bilateral, mine, LATERAL * width, weights.limits, bilateral, scores)


@compiled
def _active_sides(patient: Patient, tables: Tables) -> Bools:
    """The lateral sides on which something was found or concluded; with none, the unnamed side."""
    is_active = np.zeros(SIDES, np.bool_)
    for index in range(patient.sights):
        state = tables.sights.state[patient.rows[index]]
        if state <= FELT or state == PAIN:
            is_active[patient.sides[index]] = True
    is_anything_seen = is_active.any()
    for index in range(patient.sights, patient.known):
        side = patient.sides[index]
        if side < UNNAMED or not is_anything_seen:
            is_active[side] = True
    if not is_active[:LATERAL].any():
        is_active[UNNAMED] = True
    return is_active


@compiled
def _rows_of(side: int, patient: Patient, mine: Rows) -> tuple[int, int]:
    """The rows that concern a side, in order; how many are sights, and how many there are."""
    number = 0
    for index in range(patient.sights):
        if side == NO_SIDE or patient.sides[index] == side:
            mine[number] = patient.rows[index]
            number += 1
    sights = number
    for index in range(patient.sights, patient.known):
        row, of = patient.rows[index], patient.sides[index]
        if (side != NO_SIDE and (of == side or of == NO_SIDE)) or (
            side == NO_SIDE and not _is_in(row, mine[sights:number])
        ):
            mine[number] = row
            number += 1
    return sights, number


@compiled
def _is_in(row: int, rows: Rows) -> bool:
    for other in rows:
        if other == row:
            return True
    return False


@compiled
def _nothing(patient: Patient, has_complaint: bool, is_neurological: bool, weights: Weights, tables: Tables) -> None:
    """The total of nothing to localize, which is the last entry."""
    is_abnormal, is_painful = False, False
    for index in range(patient.sights):
        state = tables.sights.state[patient.rows[index]]
        is_abnormal |= state <= FELT
        is_painful |= state == PAIN
    if not is_abnormal and not is_painful and not has_complaint:
        total = weights.nothing
    elif is_painful and not is_abnormal and not is_neurological:
        total = weights.pain_alone
    else:
        total = weights.not_enough
    last = len(tables.entries.order) - 1
    patient.scores.total[last] = total
    patient.scores.explained[last] = 0
    patient.scores.is_left_open[last] = is_abnormal
    patient.scores.is_supported[last] = True
    patient.scores.has_entered[last] = True


@compiled
def _present(patient: Patient, weights: Weights, tables: Tables) -> Rows:
    """The entries that compete: single candidates that something speaks for, worthwhile runs of roots, and nothing."""
    scores = patient.scores
    present = np.empty(len(tables.entries.order), np.int32)
    number = 0
    width = weights.lateral.gains.shape[1]
    best = UNKNOWN
    for candidate in range(weights.singles):
        for side in range(LATERAL):
            entry = side * width + candidate
            if scores.is_supported[entry]:
                present[number] = entry
                number += 1
                is_better = best == UNKNOWN or scores.explained[entry] > scores.explained[best]
                if is_better and not tables.kinds.is_wide[candidate]:
                    best = entry
    if best != UNKNOWN and scores.is_left_open[best] and _any_lost(patient, tables):
        for run in range(len(weights.runs)):
            for side in range(LATERAL):
                entry = side * width + weights.singles + run
                is_better = scores.explained[entry] >= scores.explained[best] + weights.gain
                if is_better and _is_supported(side * width, weights.runs[run], scores):
                    present[number] = entry
                    number += 1
    for entry in range(LATERAL * width, len(tables.entries.order)):
        if scores.is_supported[entry]:
            present[number] = entry
            number += 1
    return present[:number]


@compiled
def _is_supported(first: int, roots: Rows, scores: Scores) -> bool:
    """True if something speaks for every root of a run on its side."""
    for root in roots:
        if root != UNKNOWN and not scores.is_supported[first + root]:
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
            found.place[index, case] = tables.entries.label[entry]
            found.weight[index, case] = patient.scores.total[entry]
            if not has_other_site(entry, present, patient, tables):
                found.site[index, case] = tables.entries.site[entry]
    found.certainty[case] = certainty_of(ranked, patient, tables)
    found.unexplained[case] = count_unexplained(ranked[0], patient, tables)
    found.several[case] = may_be_several(present, patient, tables)
