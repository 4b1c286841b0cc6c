"""One case as a cohort of one row."""

from collections.abc import Callable

import numpy as np
from agreement import check
from kernel import kernel
from rows import cells_of

from dermarules.findings import Case
from dermarules.inference.compiled.columns import Column, Measured
from dermarules.knowledgebase.base import Knowledge
from dermarules.report import Report
from dermarules.vocabulary import Kind

MAP = "consensus"


def one_row(case: Case, report: Report, knowledge: Knowledge) -> Callable[[], object] | None:
    """What answers the case by the kernel, held against its report; None if there is no kernel."""
    evaluate = kernel()
    if evaluate is None:
        return None
    columns: list[Column | Measured] = [Column((found,), np.zeros(1, np.int32)) for _, found in cells_of(case)]
    measures = (f for f in case.findings if f.kind is Kind.MEASURE and f.number is not None)
    columns += [Measured(finding.name, np.array([finding.number])) for finding in measures]
    check(evaluate(columns, 1, knowledge, MAP), 0, report)
    return lambda: evaluate(columns, 1, knowledge, MAP)
