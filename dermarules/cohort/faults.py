"""Faults of a table: it has no lines, so that a fault names the column, the value and the rows."""

from collections.abc import Iterable

from dermarules.errors import CaseError, Fault
from dermarules.knowledgebase.misfits import MisfitError

_TABLE = "table"


def told(error: MisfitError) -> str:
    """The misfits of one name or value in one line."""
    return "; ".join(dict.fromkeys(misfit.message for misfit in error.misfits))


def table_error(messages: Iterable[str]) -> CaseError:
    """The error of a table with these faults."""
    return CaseError([Fault(_TABLE, 0, 0, message) for message in messages])
