"""The verdicts on the cases of a file, each case run once for all tests of a worker."""

from functools import cache
from pathlib import Path

from dermarules.audit.expectations import Verdict, verdict
from dermarules.knowledgebase.base import default_knowledge
from dermarules.knowledgebase.cases import read_cases


@cache
def verdicts(path: Path) -> tuple[Verdict, ...]:
    """The verdict on each case of a file, under the consensus map unless a tag of the case names another."""
    knowledge = default_knowledge()
    return tuple(verdict(case, knowledge, "consensus") for case in read_cases(path, knowledge))
