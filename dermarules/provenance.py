"""Where a statement comes from: a place in a file, a source, a citation."""

from dataclasses import dataclass

from dermarules.errors import Fault
from dermarules.vocabulary import Confidence, Review


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; lines and columns count from 1, and 0 means that there is none (a case made in Python)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file

    def fault(self, message: str) -> Fault:
        """The fault `message` at this place."""
        return Fault(self.file, self.line, self.column, message)


NOWHERE = Location("<python>")


@dataclass(frozen=True, slots=True)
class Source:
    """A publication; `read` is true if someone on the project has read it, in full or as an abstract."""

    id: str
    reference: str
    read: bool
    kind: str = ""
    url: str = ""
    doi: str = ""
    pmid: str = ""
    synonyms: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source, where in it, and what of the rule it supports."""

    source: str
    supports: tuple[str, ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact of the knowledge base carries: its sources, how far they agree, and who has read them."""

    sources: tuple[str, ...]
    confidence: Confidence
    review: Review
    note: str = ""
