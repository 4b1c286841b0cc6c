"""Rows that may hold several lesions take their answer from the engine for a single case; the others keep theirs."""

import numpy as np
import pytest

from dermarules.cohort import search
from dermarules.cohort.search import searched
from dermarules.inference.compiled.columns import UNKNOWN, Column, Label, Measured, Outcomes
from dermarules.knowledgebase.base import Knowledge

ROOT, NERVE, BOTH = Label("root L5", "left"), Label("nerve tibial", "right"), Label("root L5 + nerve tibial", "both")
COLUMNS = (Column((), np.array([0, 1, 2], np.int32)), Measured("age", np.array([10.0, 20.0, 30.0])))


def outcomes(several: list[bool], labels: tuple[Label, ...], place: list[int], number: int) -> Outcomes:
    rows = len(several)
    small, tiny, bools = (np.full((3, rows), number, kind) for kind in (np.int16, np.int8, np.bool_))
    return Outcomes(
        labels=labels,
        sites=("knee",),
        flags=("one", "two", "three"),
        rules=("one", "two", "three"),
        place=np.array([place, [UNKNOWN] * rows, [UNKNOWN] * rows], np.int16),
        site=np.array([[0] * rows, [UNKNOWN] * rows, [UNKNOWN] * rows], np.int16),
        weight=small,
        certainty=tiny[0],
        urgency=tiny[0],
        urgency_possible=tiny[0],
        raised=bools,
        open=bools,
        fired=bools,
        unexplained=small[0],
        several=np.array(several),
    )


def test_only_the_rows_that_may_be_several_are_searched(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[list[int], list[float], int]] = []

    def evaluate(columns: tuple[Column, Measured], rows: int, *_: object) -> Outcomes:
        asked.append((columns[0].codes.tolist(), columns[1].values.tolist(), rows))
        return outcomes([True], (BOTH,), [0], 1)

    monkeypatch.setattr(search, "evaluate", evaluate)

    merged = searched(outcomes([False, True, False], (ROOT, NERVE), [0, 1, 1], 0), COLUMNS, knowledge, "consensus")

    assert asked == [([1], [20.0], 1)]
    assert [merged.labels[place] for place in merged.place[0]] == [ROOT, BOTH, NERVE]
    assert [merged.sites[site] for site in merged.site[0]] == ["knee"] * 3
    assert merged.place[1].tolist() == [UNKNOWN] * 3
    assert merged.site[1].tolist() == [UNKNOWN] * 3
    for name in ("weight", "raised", "open", "fired"):
        assert getattr(merged, name).astype(int).tolist() == [[0, 1, 0]] * 3
    for name in ("certainty", "urgency", "urgency_possible", "unexplained", "several"):
        assert getattr(merged, name).astype(int).tolist() == [0, 1, 0]


def test_nothing_is_searched_where_one_lesion_will_do(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "evaluate", None)
    alone = outcomes([False, False, False], (ROOT,), [0, 0, 0], 0)

    assert searched(alone, COLUMNS, knowledge, "consensus") is alone
