"""The order of the entries of one case, and whether several lesions are possible: as `rank` and `covers` have it."""

import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.columns import UNKNOWN, Bools, Small
from dermarules.inference.compiled.machine import WORD, compiled
from dermarules.inference.compiled.patient import (
    CANDIDATE,
    FELT,
    GROUP_OF_ONE,
    ORDER,
    SIDE,
    STANDING,
    Patient,
    Tables,
    is_mine,
)
from dermarules.inference.compiled.scores import ENTERED, NO_SIDE, OPEN, PLACE, SIDES, STATE, TIE, TOTAL, Rows
from dermarules.inference.compiled.tables import LOOSE, TOLD

# Greater than any total.
GREAT = 1 << 14
# Of nothing to localize no place can be tested: in a tie it goes last.
_LAST = 1000
Keys = npt.NDArray[np.int64]
Places = npt.NDArray[np.uint64]


@compiled
def put_in_order(present: Rows, seen: Places, patient: Patient, tables: Tables) -> None:
    """Sort the entries that are present: by total, and those within a tie of a leader by what speaks between equals.

    `seen` are the places examined on each side, as bits.
    """
    size, total = len(tables.by_order), patient.weight[TOTAL]
    keys = np.empty(len(present), np.int64)
    for index, entry in enumerate(present):
        keys[index] = (GREAT - np.int64(total[entry])) * size + tables.entries[entry, ORDER]
    _sort(keys)
    for index, key in enumerate(keys):
        present[index] = tables.by_order[key % size]
    start = 0
    while start < len(present):
        least = total[present[start]] - tables.known.constants[TIE]
        end = start + 1
        while end < len(present) and total[present[end]] >= least:
            end += 1
        # Equals: fewer untested core places, the standing, the higher total, the side; else they stay as they are.
        for index in range(start, end if end - start > 1 else start):
            entry = present[index]
            key = np.int64(_untested_core(entry, seen, tables)) * GREAT + tables.entries[entry, STANDING]
            key = (key * 2 * GREAT + GREAT - total[entry]) * SIDES + tables.entries[entry, SIDE]
            keys[index] = key * size + entry
        if end - start > 1:
            _sort(keys[start:end])
            for index in range(start, end):
                present[index] = keys[index] % size
        start = end


@compiled
def _sort(keys: Keys) -> None:
    """Insertion: there are few, and most stand in order."""
    for index in range(1, len(keys)):
        key = keys[index]
        hole = index
        while hole > 0 and keys[hole - 1] > key:
            keys[hole] = keys[hole - 1]
            hole -= 1
        keys[hole] = key


@compiled
def find_seen(patient: Patient, tables: Tables, seen: Places) -> None:
    """The places that were examined on each side, as bits; those of any side where an entry has none."""
    seen[:] = 0
    for index in range(patient.sights):
        place = tables.known.rows[patient.rows[index], PLACE]
        bit = np.uint64(1) << np.uint64(place % WORD)
        seen[patient.sides[index], place // WORD] |= bit
        seen[NO_SIDE, place // WORD] |= bit


@compiled
def _untested_core(entry: int, seen: Places, tables: Tables) -> int:
    """The core places of an entry of which nothing is known."""
    number, side = tables.entries[entry, CANDIDATE], tables.entries[entry, SIDE]
    if number == len(tables.core_count) - 1:
        return _LAST
    untested = int(tables.core_count[number])
    for word in range(tables.core.shape[1]):
        bits = tables.core[number, word] & seen[side, word]
        while bits:
            bits &= bits - np.uint64(1)
            untested -= 1
    return untested


@compiled
def one_each(present: Rows, seen: Bools, tables: Tables, ranked: Small) -> int:
    """The first entry of each localization and side, in order; UNKNOWN stands after the last. How many there are.

    `seen` is room for marks, one for each group.
    """
    number = 0
    seen[:] = False
    for entry in present:
        group = tables.entries[entry, GROUP_OF_ONE]
        if not seen[group]:
            seen[group] = True
            ranked[number] = entry
            number += 1
    if number < len(ranked):
        ranked[number] = UNKNOWN
    return number


@compiled
def has_other_site(entry: int, present: Rows, patient: Patient, tables: Tables) -> bool:
    """True if another entry of its localization and side is tied with it."""
    group = tables.entries[entry, GROUP_OF_ONE]
    least = patient.weight[TOTAL, entry] - tables.known.constants[TIE]
    for other in present:
        if other != entry and tables.entries[other, GROUP_OF_ONE] == group and patient.weight[TOTAL, other] >= least:
            return True
    return False


@compiled
def count_unexplained(entry: int, patient: Patient, tables: Tables) -> int:
    """How many abnormal findings an entry leaves open: on its side those out of its reach, and all on other sides."""
    number, side = tables.entries[entry, CANDIDATE], tables.entries[entry, SIDE]
    found = 0
    for index in range(patient.sights):
        row = patient.rows[index]
        is_told = is_mine(side, patient.sides[index]) and tables.marks[row, number] & TOLD
        if tables.known.rows[row, STATE] <= FELT and not is_told:
            found += 1
    return found


@compiled
def may_be_several(present: Rows, patient: Patient) -> bool:
    """True if every leading entry leaves something open that is abnormal: a set of lesions might explain it.

    What an entry explains in a variable place counts as open. The last entry, nothing, is no lesion.
    """
    last = len(patient.status) - 1
    top = -GREAT
    for entry in present:
        if entry != last and patient.status[entry] & ENTERED:
            top = max(top, patient.weight[TOTAL, entry])
    for entry in present:
        is_leading = entry != last and patient.status[entry] & ENTERED and patient.weight[TOTAL, entry] == top
        if is_leading and not patient.status[entry] & OPEN and not patient.marks[entry] & LOOSE:
            return False
    return top > -GREAT
