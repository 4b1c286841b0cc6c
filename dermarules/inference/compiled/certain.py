"""How certain the first entry of one case is, as `certainty` has it."""

import numpy as np

from dermarules.inference.compiled.machine import compiled
from dermarules.inference.compiled.patient import (
    DEFICIT,
    NORMAL,
    Patient,
    Tables,
    concerns,
    fits,
    is_mine,
    is_told,
    speaks_against,
)
from dermarules.inference.compiled.scores import Rows
from dermarules.inference.compiled.tables import AGAINST, CONSTANTLY, CORE, EXPLAINED, OWN, SILENT

# The certainties as numbers, in the order of their vocabulary.
CLEAR, LEANING, UNDECIDED = 0, 1, 2
_GREAT = 1 << 14


@compiled
def certainty_of(ranked: Rows, patient: Patient, tables: Tables) -> int:
    """How far the first entry stands apart."""
    first = ranked[0]
    number = tables.entries.candidate[first]
    if number == len(tables.kinds.core_count) - 1:
        return LEANING if _any_normal(patient, tables) else UNDECIDED
    margin, best = _GREAT, -_GREAT
    for rival in ranked[1:]:
        if not tables.kinds.nested[number, tables.entries.candidate[rival]]:
            margin = min(margin, patient.scores.total[first] - patient.scores.total[rival])
            if patient.scores.has_entered[rival]:
                best = max(best, patient.scores.total[rival])
    margin = tables.choice.margin if margin == _GREAT else margin
    best = 0 if best == -_GREAT else best
    if margin < tables.choice.undecided or _fits_worse(ranked, patient, tables):
        return UNDECIDED
    if _hides_a_smaller(ranked, patient, tables):
        return UNDECIDED
    for other in ranked[1:]:
        if tables.kinds.twins[number, tables.entries.candidate[other]]:
            return UNDECIDED
    if patient.scores.total[first] < tables.choice.minimum or margin < tables.choice.margin:
        return LEANING
    if not _is_characteristic(first, patient, tables):
        return LEANING
    if _most(first, -1, patient, tables) >= tables.choice.strong:
        return LEANING
    shown = min(tables.choice.minimum, best - tables.choice.tie)
    not_shown = max(
        tables.choice.minimum, patient.scores.total[first] - tables.choice.margin + tables.choice.entry_missing
    )
    for rival in ranked[1:]:
        if tables.kinds.nested[number, tables.entries.candidate[rival]]:
            continue
        is_competing = patient.scores.total[rival] >= (shown if patient.scores.has_entered[rival] else not_shown)
        if is_competing and not _is_told_from(first, rival, patient, tables):
            return LEANING
    return CLEAR


@compiled
def _any_normal(patient: Patient, tables: Tables) -> bool:
    for index in range(patient.sights):
        if tables.sights.state[patient.rows[index]] == NORMAL:
            return True
    return False


@compiled
def _fits_worse(ranked: Rows, patient: Patient, tables: Tables) -> bool:
    """True if something speaks against the first, and nothing against another that is about as likely."""
    first = ranked[0]
    if not speaks_against(first, patient, tables):
        return False
    for other in ranked[1:]:
        if tables.kinds.nested[tables.entries.candidate[first], tables.entries.candidate[other]]:
            lead = patient.scores.explained[first] - patient.scores.explained[other]
        else:
            lead = patient.scores.total[first] - patient.scores.total[other]
        if lead < tables.choice.undecided and fits(other, patient, tables):
            return True
    return False


@compiled
def _hides_a_smaller(ranked: Rows, patient: Patient, tables: Tables) -> bool:
    """True if a lesion of one side explains all that was found, and the first, which takes it all, may be partial."""
    number = tables.entries.candidate[ranked[0]]
    if not tables.kinds.is_patchy[number] or patient.has_sign.any():
        return False
    is_core_lost = False
    for index in range(patient.sights):
        row = patient.rows[index]
        if tables.sights.state[row] == DEFICIT:
            mark = tables.sights.marks[row, number]
            if not mark & OWN:
                return False
            if mark & CORE:
                is_core_lost = True
    if not is_core_lost:
        return False
    for other in ranked[1:]:
        if tables.kinds.is_single[tables.entries.candidate[other]] and fits(other, patient, tables):
            return True
    return False


@compiled
def _is_characteristic(first: int, patient: Patient, tables: Tables) -> bool:
    """True if a core place is lost, a strong rule speaks for the entry, or a moderate one beside a deficit."""
    number = tables.entries.candidate[first]
    is_lost = False
    for index in range(patient.sights):
        row = patient.rows[index]
        mark = tables.sights.marks[row, number]
        if tables.sights.state[row] == DEFICIT and mark & EXPLAINED and is_mine(first, index, patient, tables):
            if mark & CORE:
                return True
            is_lost = True
    return _most(first, 1, patient, tables) >= (tables.choice.moderate if is_lost else tables.choice.strong)


@compiled
def _most(entry: int, sign: int, patient: Patient, tables: Tables) -> int:
    """The most that one conclusion counts for an entry, or (with sign -1) against it."""
    most = 0
    for index in range(patient.sights, patient.known):
        if concerns(entry, index, patient, tables):
            said = tables.sights.says[patient.rows[index] - len(tables.sights.state), tables.entries.candidate[entry]]
            most = max(most, sign * said)
    return min(most, tables.choice.rules_cap)


@compiled
def _is_told_from(first: int, rival: int, patient: Patient, tables: Tables) -> bool:
    """True if a place that was examined, a general sign, or a rule speaks for the first rather than for the rival."""
    for index in range(patient.sights):
        if _separates(first, rival, index, patient, tables):
            return True
    open_by_first = _signs_left_open(first, patient, tables)
    open_by_rival = _signs_left_open(rival, patient, tables)
    if open_by_rival & ~open_by_first:
        return True
    for index in range(patient.sights, patient.known):
        rule = tables.sights.rule[patient.rows[index] - len(tables.sights.state)]
        said = _said_by(rule, first, patient, tables)
        of_rival = _said_by(rule, rival, patient, tables)
        if np.sign(said) > np.sign(of_rival):
            return True
    return False


@compiled
def _separates(first: int, rival: int, index: int, patient: Patient, tables: Tables) -> bool:
    """True if a place was examined and fits the first alone."""
    row = patient.rows[index]
    mark = tables.sights.marks[row, tables.entries.candidate[first]]
    of_rival = tables.sights.marks[row, tables.entries.candidate[rival]]
    is_of_first = is_mine(first, index, patient, tables)
    is_of_rival = is_mine(rival, index, patient, tables)
    if tables.sights.state[row] == DEFICIT:
        takes = is_of_first and mark & EXPLAINED and mark & CONSTANTLY
        rival_takes = is_of_rival and of_rival & EXPLAINED and of_rival & CONSTANTLY
        return bool(takes and not rival_takes and not of_rival & SILENT)
    if tables.sights.state[row] == NORMAL:
        is_kept = not (is_of_first and mark & AGAINST) and not mark & SILENT
        return bool(is_kept and is_of_rival and of_rival & AGAINST)
    return False


@compiled
def _signs_left_open(entry: int, patient: Patient, tables: Tables) -> int:
    """The general signs that an entry is charged for, as bits, while the cap of all that is open leaves room."""
    number = tables.entries.candidate[entry]
    if number == len(tables.kinds.core_count) - 1:
        return 0
    costs = np.zeros(len(tables.choice.cost_caps), np.int64)
    for index in range(patient.sights):
        row = patient.rows[index]
        if not is_mine(entry, index, patient, tables) or not is_told(tables.sights.marks[row, number]):
            costs[tables.sights.cost_kind[row]] += tables.sights.cost[row]
    left = tables.choice.total_cap
    for kind in range(len(costs)):
        left -= min(costs[kind], tables.choice.cost_caps[kind])
    charged = 0
    for sign in range(len(patient.has_sign)):
        if patient.has_sign[sign] and not tables.kinds.explains[sign, number] and left > 0:
            charged |= 1 << sign
            left -= tables.choice.sign_costs[sign]
    return charged


@compiled
def _said_by(rule: int, entry: int, patient: Patient, tables: Tables) -> int:
    """What a rule says of an entry in all its conclusions."""
    said = 0
    for index in range(patient.sights, patient.known):
        conclusion = patient.rows[index] - len(tables.sights.state)
        if tables.sights.rule[conclusion] == rule and concerns(entry, index, patient, tables):
            said += tables.sights.says[conclusion, tables.entries.candidate[entry]]
    return said
