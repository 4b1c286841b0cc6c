"""Many cases, some at a time: from planes of bits to rows, to scores, to an order and its certainty."""

from typing import NamedTuple

import numpy as np

from dermarules.inference.compiled.machine import WORD, Words
from dermarules.inference.compiled.patient import Tables
from dermarules.inference.compiled.ranking import Found, judge_all, rank_all
from dermarules.inference.compiled.rows import Plan, patients_of
from dermarules.inference.compiled.scores import Block, Scores
from dermarules.inference.compiled.weighing import weigh_all

# So many words of 64 cases are worked on at once: their scores stay in the cache of the processor.
WORDS = 4


class Kernel(NamedTuple):
    """All that is needed to answer the planes: where they are, what they weigh, and what does not change."""

    plan: Plan
    lateral: Block
    bilateral: Block
    tables: Tables


def answer(planes: Words, kernel: Kernel, found: Found) -> None:
    """Answer every case of the planes, some words of cases at a time."""
    plan, lateral, bilateral, tables = kernel
    cases = len(found.certainty)
    for word in range(0, planes.shape[1], WORDS):
        part = planes[:, word : word + WORDS]
        first = word * WORD
        size = min(cases - first, WORDS * WORD)
        mine = found.part(first, first + size)
        patients = patients_of(np.ascontiguousarray(part), size, plan)
        scores = _scores(size, tables)
        weigh_all(patients, np.ascontiguousarray(part[len(plan.rows) + 5 :]), plan, lateral, bilateral, tables, scores)
        ranked = np.empty((size, len(tables.by_order)), np.int16)
        rank_all(patients, scores, plan, tables, ranked, mine)
        judge_all(patients, scores, tables, ranked, mine)


def _scores(cases: int, tables: Tables) -> Scores:
    entries = len(tables.by_order)
    return Scores(
        np.empty((cases, 2, entries), np.int16),
        np.empty((cases, entries), np.uint8),
        np.empty((cases, entries), np.uint8),
    )
