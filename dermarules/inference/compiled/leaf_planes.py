"""The leaves of the rules as planes: where a case makes each true, and where it makes it false.

What they mean is written in `inference.leaves`; here it is said of many cases at once. A cell is one place (or thing)
and side that a leaf asks about; several rows may fill it, and may contradict each other.
"""

from collections.abc import Iterable

from dermarules.inference.clauses import LeafQuestion
from dermarules.inference.compiled.atoms import Atom
from dermarules.inference.compiled.circuit import NEVER, Circuit
from dermarules.inference.compiled.measure_planes import MeasurePlanes
from dermarules.knowledgebase.base import Knowledge
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import BOTH_SIDES, RESULTS, WEAK_POWER, Kind, Result, Side

# Of the findings of one place and side the strongest counts: the strongest first.
_BY_STRENGTH = (Result.ABSENT, Result.REDUCED, Result.INCREASED, Result.NORMAL)
_DENIALS = frozenset({Result.ABSENT, Result.NEGATIVE})


class LeafPlanes:
    """The planes of leaf questions, without what is only assumed."""

    def __init__(self, knowledge: Knowledge, circuit: Circuit) -> None:
        self.measures = MeasurePlanes(knowledge, circuit)
        self._circuit = circuit
        self._rows: dict[tuple[Kind, tuple[str, ...], str, Side, Result], int] = {}

    def true(self, question: LeafQuestion) -> int:
        """Set where some row makes the leaf true."""
        leaf = question.leaf
        if isinstance(leaf, Compare):
            return self.measures.holds(leaf)
        sides = tuple(Side) if question.side is None else (question.side,)
        cells = ((name, side) for name in leaf.places or leaf.names for side in sides)
        return self._circuit.one(self._among(question, leaf, *cell, leaf.results) for cell in cells)

    def false(self, question: LeafQuestion) -> int:
        """Set where nothing makes the leaf true, and everything that could was examined with another result."""
        leaf = question.leaf
        if isinstance(leaf, Compare):
            return self.measures.fails(leaf)
        denied = self._circuit.both(self._is_denied(question, leaf, name) for name in leaf.places or leaf.names)
        return self._circuit.without(denied, self.true(question))

    def _is_denied(self, question: LeafQuestion, leaf: Leaf, name: str) -> int:
        """Another result on every side that is asked about: without a side, on both sides or of no side at all."""
        if question.side is not None:
            return self._false(question, leaf, name, question.side)
        on_both = self._circuit.both(self._false(question, leaf, name, side) for side in BOTH_SIDES)
        return self._circuit.one((on_both, self._false(question, leaf, name, Side.NONE)))

    def _false(self, question: LeafQuestion, leaf: Leaf, name: str, side: Side) -> int:
        """Weak without a grade may be as weak as the leaf asks, and a feeling is denied if every quality of it is."""
        others = RESULTS[leaf.kind] - leaf.results
        if leaf.results <= WEAK_POWER:
            others -= {Result.WEAK}
        false = self._among(question, leaf, name, side, others)
        if leaf.kind is not Kind.FEELS or not leaf.places:
            return false
        results = RESULTS[leaf.kind]
        asked = (self._found(question, leaf, (quality,), name, side, results) for quality in leaf.names)
        return self._circuit.both((false, *asked))

    def _among(self, question: LeafQuestion, leaf: Leaf, name: str, side: Side, results: frozenset[Result]) -> int:
        """Set where a row that counts in the cell has one of the results."""
        names, place = (leaf.names, name) if leaf.places else ((name,), "")
        if leaf.kind is not Kind.SENSATION:
            return self._found(question, leaf, names, place, side, results)
        found = [self._found(question, leaf, names, place, side, (result,)) for result in _BY_STRENGTH]
        plane = NEVER
        for index in reversed(range(len(found))):
            # A stronger result hides a weaker one; another that is asked for too need not be told from it.
            plane = (
                self._circuit.one((plane, found[index]))
                if _BY_STRENGTH[index] in results
                else self._circuit.without(plane, found[index])
            )
        return plane

    def _found(
        self,
        question: LeafQuestion,
        leaf: Leaf,
        names: tuple[str, ...],
        place: str,
        side: Side,
        results: Iterable[Result],
    ) -> int:
        """Set where any row of the cell has one of the results."""
        return self._circuit.one(
            self._row(leaf.kind, names, place, of, result) for result in results for of in _sides(question, side, result)
        )

    def _row(self, kind: Kind, names: tuple[str, ...], place: str, side: Side, result: Result) -> int:
        key = (kind, names, place, side, result)
        if key not in self._rows:
            atoms = (Atom(kind, name, place, side, result) for name in names)
            self._rows[key] = self._circuit.one(map(self._circuit.input, atoms))
        return self._rows[key]


def _sides(question: LeafQuestion, side: Side, result: Result) -> tuple[Side, ...]:
    """The sides of rows that speak of a side, as asked: what is denied of no side in particular is denied of each."""
    if question.side is None or side is Side.NONE:
        return (side,)
    unsaid = result in _DENIALS or question.unsaid_fits or side is Side.UNKNOWN
    return (side, Side.NONE) if unsaid else (side,)


