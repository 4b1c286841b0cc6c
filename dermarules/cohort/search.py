"""The search for several lesions, where one leaves something open: row by row, by the engine for a single case."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from dermarules.cohort.cells import Rows
from dermarules.cohort.one_by_one import evaluate
from dermarules.cohort.reading import rows_of
from dermarules.inference.compiled.columns import UNKNOWN, Bools, Column, Measured, Outcomes, Small, Tiny
from dermarules.knowledgebase.base import Knowledge

Values = TypeVar("Values", Small, Tiny, Bools)


def searched(outcomes: Outcomes, columns: Sequence[Column | Measured], knowledge: Knowledge, map_id: str) -> Outcomes:
    """The outcomes, with the rows that may hold several lesions as a single case would answer them."""
    rows = np.flatnonzero(outcomes.several)
    if not len(rows):
        return outcomes
    single = evaluate([rows_of(column, rows) for column in columns], len(rows), knowledge, map_id)
    return replace(
        outcomes,
        labels=(*outcomes.labels, *single.labels),
        sites=(*outcomes.sites, *single.sites),
        place=_with(outcomes.place, rows, _shifted(single.place, len(outcomes.labels))),
        site=_with(outcomes.site, rows, _shifted(single.site, len(outcomes.sites))),
        weight=_with(outcomes.weight, rows, single.weight),
        certainty=_with(outcomes.certainty, rows, single.certainty),
        urgency=_with(outcomes.urgency, rows, single.urgency),
        urgency_possible=_with(outcomes.urgency_possible, rows, single.urgency_possible),
        raised=_with(outcomes.raised, rows, single.raised),
        open=_with(outcomes.open, rows, single.open),
        fired=_with(outcomes.fired, rows, single.fired),
        unexplained=_with(outcomes.unexplained, rows, single.unexplained),
    )


def _with(known: Values, rows: Rows, found: Values) -> Values:
    """Values of all rows, with those of some rows replaced."""
    values = known.copy()
    values[..., rows] = found
    return values


def _shifted(indices: Small, offset: int) -> Small:
    shifted: Small = np.where(indices == UNKNOWN, UNKNOWN, indices + offset).astype(np.int16)
    return shifted
