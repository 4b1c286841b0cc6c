"""The leaves of the rules as planes: where a case makes each true, and where it makes it false.

What they mean is written in `inference.leaves`; here it is said of many cases at once. A cell is one place (or thing)
and side that a leaf asks about; several rows may fill it, and may contradict each other.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from dermarules.inference.clauses import LeafQuestion
from dermarules.inference.compiled.atoms import Atom
from dermarules.inference.compiled.circuit import NEVER, Circuit
from dermarules.inference.compiled.measure_planes import MeasurePlanes
from dermarules.knowledgebase.base import Knowledge
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import BOTH_SIDES, RESULTS, WEAK_POWER, Kind, Result, Side

# Of the findings of skin at one place and side the strongest counts: the weakest first.
_BY_STRENGTH = (Result.NORMAL, Result.INCREASED, Result.REDUCED, Result.ABSENT)
_DENIALS = frozenset({Result.ABSENT, Result.NEGATIVE})


@dataclass(frozen=True, slots=True)
class _Asked:
    """A leaf on a side; `unsaid_fits` as in the question."""

    leaf: Leaf
    side: Side | None
    unsaid_fits: bool

    @property
    def names(self) -> tuple[str, ...]:
        """What each cell is about: a place of the skin, else a thing."""
        return self.leaf.places or self.leaf.names

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides of the cells."""
        return tuple(Side) if self.side is None else (self.side,)

    def rows(self, name: str, side: Side, results: Iterable[Result]) -> Iterator[Atom]:
        """What a row must say to fill a cell with one of the results."""
        names, place = (self.leaf.names, name) if self.leaf.places else ((name,), "")
        for result in results:
            for of in self._speaking(side, result):
                yield from (Atom(self.leaf.kind, each, place, of, result) for each in names)

    def _speaking(self, side: Side, result: Result) -> tuple[Side, ...]:
        """The sides of rows that speak of a side: what is denied of no side in particular is denied of each."""
        if self.side is None or side is Side.NONE:
            return (side,)
        unsaid = result in _DENIALS or self.unsaid_fits or side is Side.UNKNOWN
        return (side, Side.NONE) if unsaid else (side,)


class LeafPlanes:
    """The planes of leaf questions, without what is only assumed."""

    def __init__(self, knowledge: Knowledge, circuit: Circuit) -> None:
        self.measures = MeasurePlanes(knowledge, circuit)
        self._circuit = circuit

    def true(self, question: LeafQuestion) -> int:
        """Set where some row makes the leaf true."""
        if isinstance(question.leaf, Compare):
            return self.measures.holds(question.leaf)
        asked = _Asked(question.leaf, question.side, question.unsaid_fits)
        return self._true(asked)

    def false(self, question: LeafQuestion) -> int:
        """Set where nothing makes the leaf true, and everything that could was examined with another result."""
        if isinstance(question.leaf, Compare):
            return self.measures.fails(question.leaf)
        asked = _Asked(question.leaf, question.side, question.unsaid_fits)
        denied = self._circuit.both(self._is_denied(asked, name) for name in asked.names)
        return self._circuit.without(denied, self._true(asked))

    def _true(self, asked: _Asked) -> int:
        cells = [(name, side) for name in asked.names for side in asked.sides]
        if asked.leaf.kind is Kind.SENSATION and not _is_strongest(asked.leaf.results):
            return self._circuit.one(self._strongest(asked, *cell, asked.leaf.results) for cell in cells)
        return self._circuit.some(atom for cell in cells for atom in asked.rows(*cell, asked.leaf.results))

    def _is_denied(self, asked: _Asked, name: str) -> int:
        """Another result on every side that is asked about: without a side, on both sides or of no side at all."""
        if asked.side is not None:
            return self._false(asked, name, asked.side)
        on_both = self._circuit.both(self._false(asked, name, side) for side in BOTH_SIDES)
        return self._circuit.one((on_both, self._false(asked, name, Side.NONE)))

    def _false(self, asked: _Asked, name: str, side: Side) -> int:
        """Weak without a grade may be as weak as the leaf asks, and a feeling is denied if every quality of it is."""
        leaf = asked.leaf
        others = RESULTS[leaf.kind] - leaf.results
        if leaf.kind is Kind.SENSATION:
            return self._strongest(asked, name, side, others)
        if leaf.results <= WEAK_POWER:
            others -= {Result.WEAK}
        false = self._circuit.some(asked.rows(name, side, others))
        if leaf.kind is not Kind.FEELS or not leaf.places:
            return false
        said = list(asked.rows(name, side, RESULTS[leaf.kind]))
        every = (self._circuit.some(atom for atom in said if atom.name == quality) for quality in leaf.names)
        return self._circuit.both((false, *every))

    def _strongest(self, asked: _Asked, name: str, side: Side, results: Collection[Result]) -> int:
        """Set where the strongest finding of a cell is one of the results."""
        plane = NEVER
        for is_asked, alike in groupby(_BY_STRENGTH, results.__contains__):
            found = self._circuit.some(asked.rows(name, side, alike))
            plane = self._circuit.one((plane, found)) if is_asked else self._circuit.without(plane, found)
        return plane


def _is_strongest(results: Collection[Result]) -> bool:
    """True if no other result is stronger than one of these, so that no other hides them."""
    return set(results) == set(_BY_STRENGTH[-len(results) :])
