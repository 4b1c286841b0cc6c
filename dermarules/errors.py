"""Errors: a fault has a place, says what is wrong and how to mend it; an error carries all faults of its input."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with an input: where, what, and the way out. Lines and columns count from 1; 0 means unknown."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"


class DermarulesError(Exception):
    """Anything that dermarules raises about data it was given."""


class _FaultyError(DermarulesError):
    def __init__(self, faults: tuple[Fault, ...] | list[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class KnowledgeError(_FaultyError):
    """The knowledge base has faults; `faults` lists every one of every file."""


class CaseError(_FaultyError):
    """A case has faults; `faults` lists every one."""


class ReportError(_FaultyError):
    """A report or capsule read back from JSON has faults of form; `faults` lists every one."""
