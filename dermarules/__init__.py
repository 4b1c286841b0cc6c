"""dermarules: where in the nervous system a lower-limb problem sits, whether it is an emergency, and why."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dermarules.audit.rerun import rerun as rerun
    from dermarules.cohort.cohort_answer import CohortAnswer as CohortAnswer
    from dermarules.cohort.table import localize_table as localize_table
    from dermarules.cohort.wide_form import to_table as to_table
    from dermarules.errors import CaseError as CaseError
    from dermarules.errors import DermarulesError as DermarulesError
    from dermarules.errors import KnowledgeError as KnowledgeError
    from dermarules.errors import ReportError as ReportError
    from dermarules.findings import Case as Case
    from dermarules.findings import Finding as Finding
    from dermarules.knowledgebase.base import Knowledge as Knowledge
    from dermarules.knowledgebase.base import load_knowledge as load_knowledge
    from dermarules.knowledgebase.cases import read_cases as read_cases
    from dermarules.proof import Claim as Claim
    from dermarules.proof import Proof as Proof
    from dermarules.questions.differential import Localization as Localization
    from dermarules.report import Report as Report
    from dermarules.report import localize as localize
    from dermarules.report import replay_report as replay_report
    from dermarules.vocabulary import Certainty as Certainty
    from dermarules.vocabulary import Urgency as Urgency

__version__ = "0.1.0"

# Heavy libraries cost nothing until a name is used (PEP 562).
_HOMES = {
    "Case": "dermarules.findings",
    "CaseError": "dermarules.errors",
    "Certainty": "dermarules.vocabulary",
    "Claim": "dermarules.proof",
    "CohortAnswer": "dermarules.cohort.cohort_answer",
    "DermarulesError": "dermarules.errors",
    "Finding": "dermarules.findings",
    "Knowledge": "dermarules.knowledgebase.base",
    "KnowledgeError": "dermarules.errors",
    "Localization": "dermarules.questions.differential",
    "Proof": "dermarules.proof",
    "Report": "dermarules.report",
    "ReportError": "dermarules.errors",
    "Urgency": "dermarules.vocabulary",
    "load_knowledge": "dermarules.knowledgebase.base",
    "localize": "dermarules.report",
    "localize_table": "dermarules.cohort.table",
    "read_cases": "dermarules.knowledgebase.cases",
    "replay_report": "dermarules.report",
    "rerun": "dermarules.audit.rerun",
    "to_table": "dermarules.cohort.wide_form",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'dermarules' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
