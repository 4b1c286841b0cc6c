"""How certain the first entry of one case is, as `certainty` has it."""

import numpy as np

from dermarules.inference.compiled.columns import UNKNOWN, Small
from dermarules.inference.compiled.machine import compiled
from dermarules.inference.compiled.order import GREAT
from dermarules.inference.compiled.patient import (
    CANDIDATE,
    DEFICIT,
    EXPLAINS,
    GENERAL,
    NESTED,
    NORMAL,
    PATCHY,
    SIDE,
    SINGLE,
    TWINS,
    Patient,
    Tables,
    fits,
    is_mine,
)
from dermarules.inference.compiled.scores import (
    CAPS,
    ENTERED,
    ENTRY_MISSING,
    FINDINGS,
    KIND,
    KINDS,
    MARGIN,
    MINIMUM,
    MODERATE,
    NO_SIDE,
    PRICE,
    RULE,
    RULES_CAP,
    STATE,
    STRONG,
    TIE,
    TOTAL,
    TOTAL_CAP,
    UNDECIDED_BELOW,
)
from dermarules.inference.compiled.tables import AGAINST, CORE_LOST, LOST, SILENT, STRAY, TAKEN, TOLD

# The certainties as numbers, in the order of their vocabulary.
CLEAR, LEANING, UNDECIDED = 0, 1, 2


@compiled
def certainty_of(ordered: Small, patient: Patient, tables: Tables) -> int:
    """How far the first entry stands apart."""
    ranked = ordered[: _length(ordered)]
    first, constants, total = ranked[0], tables.known.constants, patient.weight[TOTAL]
    number = tables.entries[first, CANDIDATE]
    if number == len(tables.kinds) - 1:
        return LEANING if _is_any_normal(patient, tables) else UNDECIDED
    margin, best = GREAT, -GREAT
    for other in ranked[1:]:
        pair = tables.pairs[number, tables.entries[other, CANDIDATE]]
        if pair & TWINS:
            return UNDECIDED
        if not pair & NESTED:
            margin = min(margin, total[first] - total[other])
            if patient.status[other] & ENTERED:
                best = max(best, total[other])
    margin = constants[MARGIN] if margin == GREAT else margin
    best = 0 if best == -GREAT else best
    if margin < constants[UNDECIDED_BELOW] or _fits_worse(ranked, patient, tables):
        return UNDECIDED
    if _hides_a_smaller(ranked, patient, tables):
        return UNDECIDED
    if total[first] < constants[MINIMUM] or margin < constants[MARGIN] or not _is_marked(first, patient, tables):
        return LEANING
    return CLEAR if _is_told_from_all(ranked, best, patient, tables) else LEANING


@compiled
def _length(ordered: Small) -> int:
    """How many entries stand before UNKNOWN."""
    for index in range(len(ordered)):
        if ordered[index] == UNKNOWN:
            return index
    return len(ordered)


@compiled
def _is_any_normal(patient: Patient, tables: Tables) -> bool:
    for row in patient.rows[: patient.sights]:
        if tables.known.rows[row, STATE] == NORMAL:
            return True
    return False


@compiled
def _fits_worse(ranked: Small, patient: Patient, tables: Tables) -> bool:
    """True if something speaks against the first, and nothing against another that is about as likely."""
    first, weight = ranked[0], patient.weight
    if not patient.marks[first] & AGAINST:
        return False
    for other in ranked[1:]:
        pair = tables.pairs[tables.entries[first, CANDIDATE], tables.entries[other, CANDIDATE]]
        what = FINDINGS if pair & NESTED else TOTAL
        is_near = weight[what, first] - weight[what, other] < tables.known.constants[UNDECIDED_BELOW]
        if is_near and fits(other, patient):
            return True
    return False


@compiled
def _hides_a_smaller(ranked: Small, patient: Patient, tables: Tables) -> bool:
    """True if a lesion of one side explains all that was found, and the first, which takes it all, may be partial."""
    number = tables.entries[ranked[0], CANDIDATE]
    if not tables.kinds[number] >> PATCHY & 1 or patient.signs & GENERAL:
        return False
    is_core_lost = False
    for row in patient.rows[: patient.sights]:
        if tables.marks[row, number] & STRAY:
            return False
        if tables.marks[row, number] & CORE_LOST:
            is_core_lost = True
    if is_core_lost:
        for other in ranked[1:]:
            if tables.kinds[tables.entries[other, CANDIDATE]] >> SINGLE & 1 and fits(other, patient):
                return True
    return False


@compiled
def _is_marked(first: int, patient: Patient, tables: Tables) -> bool:
    """True if an answer rests on what marks it, a core place that is lost or a rule, and no strong rule opposes it."""
    constants, marks = tables.known.constants, patient.marks[first]
    said, denied = 0, 0
    for index in range(patient.sights, len(patient.rows)):
        if _concerns(first, index, patient, tables):
            weight = _says(first, index, patient, tables)
            said, denied = max(said, weight), max(denied, -weight)
    needed = constants[MODERATE] if marks & LOST else constants[STRONG]
    is_characteristic = marks & CORE_LOST or min(said, constants[RULES_CAP]) >= needed
    return bool(is_characteristic and min(denied, constants[RULES_CAP]) < constants[STRONG])


@compiled
def _concerns(entry: int, index: int, patient: Patient, tables: Tables) -> bool:
    """True if a conclusion is one about the side of an entry. One drawn on several sides is told once for all sides."""
    side = tables.entries[entry, SIDE]
    if side != NO_SIDE:
        return is_mine(patient.sides[index], side)
    for earlier in range(patient.sights, index):
        if patient.rows[earlier] == patient.rows[index]:
            return False
    return True


@compiled
def _says(entry: int, index: int, patient: Patient, tables: Tables) -> int:
    """What a conclusion says of an entry."""
    return int(tables.says[patient.rows[index] - len(tables.marks), tables.entries[entry, CANDIDATE]])


@compiled
def _is_told_from_all(ranked: Small, best: int, patient: Patient, tables: Tables) -> bool:
    """True if what was examined tells the first from each rival that competes with it."""
    first, constants, total = ranked[0], tables.known.constants, patient.weight[TOTAL]
    shown = min(constants[MINIMUM], best - constants[TIE])
    not_shown = max(constants[MINIMUM], total[first] - constants[MARGIN] + constants[ENTRY_MISSING])
    for other in ranked[1:]:
        pair = tables.pairs[tables.entries[first, CANDIDATE], tables.entries[other, CANDIDATE]]
        is_rival = not pair & NESTED
        is_competing = total[other] >= (shown if patient.status[other] & ENTERED else not_shown)
        if is_rival and is_competing and not _is_told_from(first, other, patient, tables):
            return False
    return True


@compiled
def _is_told_from(first: int, rival: int, patient: Patient, tables: Tables) -> bool:
    """True if a place that was examined, a general sign, or a rule speaks for the first rather than for the rival."""
    for index in range(patient.sights):
        if _separates(first, rival, index, patient, tables):
            return True
    if _signs_left_open(rival, patient, tables) & ~_signs_left_open(first, patient, tables):
        return True
    for index in range(patient.sights, len(patient.rows)):
        rule = tables.known.rows[patient.rows[index], RULE]
        if np.sign(_said_by(rule, first, patient, tables)) > np.sign(_said_by(rule, rival, patient, tables)):
            return True
    return False


@compiled
def _separates(first: int, rival: int, index: int, patient: Patient, tables: Tables) -> bool:
    """True if a place was examined and fits the first alone."""
    row, side = patient.rows[index], patient.sides[index]
    mark = tables.marks[row, tables.entries[first, CANDIDATE]]
    of_rival = tables.marks[row, tables.entries[rival, CANDIDATE]]
    is_of_first = is_mine(tables.entries[first, SIDE], side)
    is_of_rival = is_mine(tables.entries[rival, SIDE], side)
    if tables.known.rows[row, STATE] == DEFICIT:
        is_taken, is_taken_by_rival = is_of_first and mark & TAKEN, is_of_rival and of_rival & TAKEN
        return bool(is_taken and not is_taken_by_rival and not of_rival & SILENT)
    if tables.known.rows[row, STATE] == NORMAL:
        is_kept = not (is_of_first and mark & AGAINST) and not mark & SILENT
        return bool(is_kept and is_of_rival and of_rival & AGAINST)
    return False


@compiled
def _signs_left_open(entry: int, patient: Patient, tables: Tables) -> int:
    """The general signs that an entry is charged for, as bits, while the cap of all that is open leaves room."""
    number, side = tables.entries[entry, CANDIDATE], tables.entries[entry, SIDE]
    constants, kinds = tables.known.constants, tables.known.constants[KINDS]
    if number == len(tables.kinds) - 1:
        return 0
    costs = np.zeros(kinds, np.int64)
    for index in range(patient.sights):
        row = patient.rows[index]
        if not is_mine(side, patient.sides[index]) or not tables.marks[row, number] & TOLD:
            costs[tables.known.rows[row, KIND]] += tables.known.rows[row, PRICE]
    caps = constants[CAPS + kinds + 1 :]
    left = constants[TOTAL_CAP]
    for kind in range(kinds):
        left -= min(costs[kind], caps[kind])
    charged = 0
    for sign in range(len(caps) - kinds):
        if patient.signs & ~(tables.kinds[number] >> EXPLAINS) & 1 << sign and left > 0:
            charged |= 1 << sign
            left -= caps[kinds + sign]
    return charged


@compiled
def _said_by(rule: int, entry: int, patient: Patient, tables: Tables) -> int:
    """What a rule says of an entry in all its conclusions."""
    said = 0
    for index in range(patient.sights, len(patient.rows)):
        if tables.known.rows[patient.rows[index], RULE] == rule and _concerns(entry, index, patient, tables):
            said += _says(entry, index, patient, tables)
    return said
