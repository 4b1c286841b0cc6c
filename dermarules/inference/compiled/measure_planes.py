"""What is known of measures as planes: that a number stands so to a limit, be it stated or computed from power."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import ne

from dermarules.inference.compiled.atoms import Atom
from dermarules.inference.compiled.circuit import NEVER, Circuit
from dermarules.inference.leaves import GRADES, powers
from dermarules.inference.leaves import OPERATORS as STATED
from dermarules.knowledgebase.base import Knowledge
from dermarules.rules import Compare
from dermarules.vocabulary import MRC, RESULTS, Kind, Result, Side

# A test that fails is a test as well.
OPERATORS: Mapping[str, Callable[[float, float], bool]] = {**STATED, "ne": ne}
# What a number does that fails the test.
_OPPOSITE = {"lt": "ge", "le": "gt", "eq": "ne", "ge": "lt", "gt": "le"}


@dataclass(frozen=True, slots=True)
class Stands:
    """An input: some number of the measure, as the case states it, stands so to a limit."""

    measure: str
    operator: str
    limit: float


class MeasurePlanes:
    """The planes of comparisons, and of what was measured at all."""

    def __init__(self, knowledge: Knowledge, circuit: Circuit) -> None:
        self._knowledge = knowledge
        self._circuit = circuit
        # The movements of which a measure is the lowest power; none named: any movement or muscle.
        self._lowest = {
            measure.id: tuple(words[1:])
            for measure in knowledge.measures.values()
            if (words := measure.derived.split()) and words[0] == "lowest"
        }

    def holds(self, leaf: Compare) -> int:
        """Set where some number of the measure passes."""
        return self._stands(leaf.measure, leaf.operator, leaf.number)

    def fails(self, leaf: Compare) -> int:
        """Set where some number of the measure does not pass."""
        return self._stands(leaf.measure, _OPPOSITE[leaf.operator], leaf.number)

    def is_taken(self, measure: str) -> int:
        """Set where there is a number of the measure."""
        stated = self._circuit.some(Atom(Kind.MEASURE, measure, "", side, Result.MEASURED) for side in Side)
        return self._circuit.one((stated, self._is_graded(measure)))

    def _stands(self, measure: str, operator: str, limit: float) -> int:
        """By what is stated, unless a worse power was found: then by that alone."""
        circuit = self._circuit
        stated = circuit.input(Stands(measure, operator, limit))
        if measure not in self._lowest:
            return stated
        is_low = circuit.one(
            circuit.both((self._is_worst(measure, grade), circuit.input(Stands(measure, "le", grade))))
            for grade in GRADES
        )
        computed = circuit.without(self._is_graded(measure), is_low)
        compare = OPERATORS[operator]
        passing = [grade for grade in GRADES if compare(grade, limit)]
        # A lower grade may yet be found, unless all were tested.
        final = [grade for grade in passing if all(compare(lower, limit) for lower in GRADES if lower < grade)]
        worst = circuit.one(self._is_worst(measure, grade) for grade in final)
        if len(final) < len(passing):
            of_all = circuit.one(self._is_worst(measure, grade) for grade in passing)
            worst = circuit.one((worst, circuit.both((of_all, self._is_complete(measure)))))
        return circuit.one((circuit.without(stated, computed), circuit.both((worst, computed))))

    def _is_complete(self, measure: str) -> int:
        """Set where every power that the measure is the lowest of was graded."""
        circuit = self._circuit
        return circuit.both(
            circuit.some(
                Atom(kind, name, "", side, result) for result in Result if result in RESULTS[kind] and result in MRC
            )
            for kind, name, side in powers(self._knowledge, self._knowledge.measures[measure].derived)
        )

    def _is_graded(self, measure: str) -> int:
        return self._graded(measure, GRADES) if measure in self._lowest else NEVER

    def _is_worst(self, measure: str, grade: float) -> int:
        worse = self._graded(measure, (worse for worse in GRADES if worse < grade))
        return self._circuit.without(self._graded(measure, [grade]), worse)

    def _graded(self, measure: str, grades: Iterable[float]) -> int:
        return self._circuit.one(self._circuit.some(self._powers(self._lowest[measure], grade)) for grade in grades)

    def _powers(self, movements: tuple[str, ...], grade: float) -> Iterator[Atom]:
        """What says that a power has the grade."""
        of: dict[Kind, Iterable[str]] = {Kind.POWER: self._knowledge.movements, Kind.MUSCLE: self._knowledge.muscles}
        if movements:
            of = dict.fromkeys((kind for kind in Kind if kind is not Kind.SENSATION), movements)
        for kind, names in of.items():
            results = [result for result in Result if result in RESULTS[kind] and MRC.get(result) == grade]
            yield from (Atom(kind, name, "", side, result) for name in names for side in Side for result in results)
