"""From planes of bits to the rows of each case."""

from typing import NamedTuple

import numpy as np

from dermarules.inference.compiled.machine import WORD, Words, compiled, kept
from dermarules.inference.compiled.patient import Patients
from dermarules.inference.compiled.scores import Rows, Sides

# The place of a single bit in its word, by the product of the bit with a de Bruijn sequence.
_SEQUENCE = 0x03F79D71B4CB0A89
_PLACE_OF_BIT = np.argsort([((_SEQUENCE << bit) & (1 << 64) - 1) >> 58 for bit in range(WORD)])


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


@kept
def patients_of(planes: Words, cases: int, plan: Plan) -> Patients:
    """The rows of every case of the planes."""
    starts = np.zeros(cases + 1, np.int32)
    for plane in range(len(plan.rows)):
        for word in range(planes.shape[1]):
            bits = planes[plane, word]
            while bits:
                starts[1 + word * WORD + _place(bits)] += 1
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
                case = word * WORD + _place(bits)
                rows[filled[case]] = plan.rows[plane]
                sides[filled[case]] = plan.sides[plane]
                filled[case] += 1
                bits &= bits - np.uint64(1)
    if plan.sights == len(plan.rows):
        conclusions[:] = filled
    signs = np.zeros(cases, np.uint8)
    for sign in range(5):
        for case in range(cases):
            signs[case] |= bit_of(planes[len(plan.rows) + sign, case // WORD], case % WORD) << sign
    return Patients(rows, sides, starts, conclusions, signs)


@compiled
def _place(bits: int) -> int:
    """The place of the lowest bit of a word."""
    lowest = bits & (~bits + np.uint64(1))
    return int(_PLACE_OF_BIT[(lowest * np.uint64(_SEQUENCE)) >> np.uint64(58)])


@compiled
def bit_of(word: int, bit: int) -> int:
    return int((word >> np.uint64(bit)) & np.uint64(1))
