"""The order of the entries of one case, and whether several lesions are possible: as `rank` and `covers` have it."""

import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.columns import Bools
from dermarules.inference.compiled.machine import compiled
from dermarules.inference.compiled.patient import FELT, Patient, Tables, is_mine, is_told
from dermarules.inference.compiled.scores import SIDES, Rows
from dermarules.inference.compiled.tables import CONSTANTLY, EXPLAINED

# Greater than any total.
_GREAT = 1 << 14
# Of nothing to localize no place can be tested: in a tie it goes last.
_LAST = 1000
Keys = npt.NDArray[np.int64]


@compiled
def _untested_core(entry: int, patient: Patient, tables: Tables) -> int:
    """The core places of which nothing is known."""
    number = tables.entries.candidate[entry]
    if number == len(tables.kinds.core_count) - 1:
        return _LAST
    core = tables.kinds.core[number]
    seen = np.zeros(len(core), np.uint64)
    for index in range(patient.sights):
        if is_mine(entry, index, patient, tables):
            place = tables.sights.place[patient.rows[index]]
            seen[place // 64] |= np.uint64(1) << np.uint64(place % 64)
    tested = 0
    for word in range(len(core)):
        bits = core[word] & seen[word]
        while bits:
            bits &= bits - np.uint64(1)
            tested += 1
    return int(tables.kinds.core_count[number]) - tested


@compiled
def put_in_order(present: Rows, patient: Patient, tables: Tables) -> None:
    """Sort the entries that are present: by total, and those within a tie of a leader by what speaks between equals."""
    size, total = len(tables.entries.order), patient.scores.total
    keys = np.empty(len(present), np.int64)
    for index, entry in enumerate(present):
        keys[index] = (_GREAT - np.int64(total[entry])) * size + tables.entries.order[entry]
    _sort(keys)
    for index, key in enumerate(keys):
        present[index] = tables.entries.by_order[key % size]
    start = 0
    while start < len(present):
        least = total[present[start]] - tables.choice.tie
        end = start + 1
        while end < len(present) and total[present[end]] >= least:
            end += 1
        if end - start > 1:
            _break_tie(present[start:end], patient, tables)
        start = end


@compiled
def _break_tie(tied: Rows, patient: Patient, tables: Tables) -> None:
    """Sort equals: fewer untested core places, the standing, the higher total, the side; else they stay as they are."""
    before, size = tied.copy(), len(tied)
    keys = np.empty(size, np.int64)
    for index, entry in enumerate(tied):
        key = np.int64(_untested_core(entry, patient, tables)) * _GREAT + tables.entries.standing[entry]
        key = key * 2 * _GREAT + _GREAT - patient.scores.total[entry]
        keys[index] = (key * SIDES + tables.entries.side[entry]) * size + index
    _sort(keys)
    for index, key in enumerate(keys):
        tied[index] = before[key % size]


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
def one_each(present: Rows, seen: Bools, tables: Tables) -> Rows:
    """The first entry of each localization and side, in order. `seen` is room for marks, one for each group."""
    ranked = np.empty(len(present), np.int32)
    number = 0
    seen[:] = False
    for entry in present:
        group = tables.entries.group[entry]
        if not seen[group]:
            seen[group] = True
            ranked[number] = entry
            number += 1
    return ranked[:number]


@compiled
def has_other_site(entry: int, present: Rows, patient: Patient, tables: Tables) -> bool:
    """True if another entry of its localization and side is tied with it."""
    total, group = patient.scores.total, tables.entries.group
    for other in present:
        if other != entry and group[other] == group[entry] and total[entry] - total[other] <= tables.choice.tie:
            return True
    return False


@compiled
def count_unexplained(entry: int, patient: Patient, tables: Tables) -> int:
    """How many abnormal findings an entry leaves open: on its side those out of its reach, and all on other sides."""
    number = tables.entries.candidate[entry]
    found = 0
    for index in range(patient.sights):
        row = patient.rows[index]
        if tables.sights.state[row] <= FELT:
            mark = tables.sights.marks[row, number]
            if not is_mine(entry, index, patient, tables) or not is_told(mark):
                found += 1
    return found


@compiled
def may_be_several(present: Rows, patient: Patient, tables: Tables) -> bool:
    """True if every leading entry leaves something open that is abnormal: a set of lesions might explain it."""
    total, has_entered = patient.scores.total, patient.scores.has_entered
    top = -_GREAT
    for entry in present:
        if has_entered[entry]:
            top = max(top, total[entry])
    for entry in present:
        if has_entered[entry] and total[entry] == top and not _leaves_open(entry, patient, tables):
            return False
    return top > -_GREAT


@compiled
def _leaves_open(entry: int, patient: Patient, tables: Tables) -> bool:
    """True if something abnormal is not in a place that the entry takes out as a rule."""
    if patient.scores.is_left_open[entry]:
        return True
    number = tables.entries.candidate[entry]
    for index in range(patient.sights):
        row = patient.rows[index]
        mark = tables.sights.marks[row, number]
        if (
            tables.sights.state[row] <= FELT
            and is_mine(entry, index, patient, tables)
            and mark & EXPLAINED
            and not mark & CONSTANTLY
        ):
            return True
    return False
