"""One case by the batch kernel."""

from collections.abc import Callable

from agreement import check

from dermarules.findings import Case
from dermarules.inference.compiled.batch import evaluate_cases
from dermarules.knowledgebase.base import Knowledge
from dermarules.report import Report

MAP = "consensus"


def one_row(case: Case, report: Report, knowledge: Knowledge) -> Callable[[], object]:
    """What answers the case by the kernel, held against its report."""
    check(evaluate_cases([case], knowledge, MAP), 0, report)
    return lambda: evaluate_cases([case], knowledge, MAP)
