"""The first places of many cases, and how certain the first of them is."""

from typing import NamedTuple

import numpy as np

from dermarules.inference.compiled.certain import certainty_of
from dermarules.inference.compiled.columns import UNKNOWN, Bools, Small, Tiny
from dermarules.inference.compiled.machine import compiled, kept
from dermarules.inference.compiled.order import (
    count_unexplained,
    find_seen,
    has_other_site,
    may_be_several,
    one_each,
    put_in_order,
)
from dermarules.inference.compiled.patient import LABEL, SITE, WIDE, Patient, Patients, Tables, is_any_lost, patient_of
from dermarules.inference.compiled.rows import Plan
from dermarules.inference.compiled.scores import (
    FINDINGS,
    GAIN_OF_RUN,
    LATERAL,
    OPEN,
    SIDES,
    SINGLES,
    SUPPORTED,
    TOTAL,
    Bits,
    Rows,
    Scores,
)

PLACES = 3


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


@kept
def rank_all(patients: Patients, scores: Scores, plan: Plan, tables: Tables, ranked: Small, found: Found) -> None:
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
    if best != UNKNOWN and status[best] & OPEN and is_any_lost(patient, tables):
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
def judge_all(patients: Patients, scores: Scores, tables: Tables, ranked: Small, found: Found) -> None:
    """The certainty of the first of every case."""
    for case in range(len(patients.signs)):
        found.certainty[case] = certainty_of(ranked[case], patient_of(case, patients, scores), tables)
