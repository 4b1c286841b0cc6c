"""From what is known of cases to the input planes of a circuit: a table column by column, one case row by row."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from dermarules.findings import Case, Finding
from dermarules.inference.compiled import machine
from dermarules.inference.compiled.atoms import Atom, atoms_of
from dermarules.inference.compiled.circuit import Some
from dermarules.inference.compiled.columns import AGE, Column, Measured
from dermarules.inference.compiled.machine import Words
from dermarules.inference.compiled.measure_planes import OPERATORS, Stands
from dermarules.inference.compiled.steps import Numbers
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Kind, Result, Side

# The operators of comparisons, over columns.
_TESTS: Mapping[str, Callable[[npt.NDArray[np.float64], float], npt.NDArray[np.bool_]]] = {
    "lt": np.less,
    "le": np.less_equal,
    "eq": np.equal,
    "ge": np.greater_equal,
    "gt": np.greater,
    "ne": np.not_equal,
}


class Given:
    """What the columns of a table can say: the inputs that may be set."""

    def __init__(self, columns: Iterable[Column | Measured], knowledge: Knowledge) -> None:
        self._atoms: set[object] = set()
        self._measures: set[str] = set()
        for column in columns:
            if isinstance(column, Column):
                self._atoms.update(atom for finding in column.findings for atom in atoms_of(finding))
                self._measures.update(finding.name for finding in column.findings if finding.kind is Kind.MEASURE)
            else:
                self._measures.update(_measures(column, knowledge))
                self._atoms.update(map(_taken, _measures(column, knowledge)))

    def __contains__(self, key: object) -> bool:
        return key.measure in self._measures if isinstance(key, Stands) else key in self._atoms


class Inputs:
    """Fills the input planes of a circuit: one row for each key, in the order of the keys."""

    def __init__(self, keys: Sequence[Hashable], knowledge: Knowledge) -> None:
        self._age = _age_measures(knowledge)
        self._knowledge = knowledge
        self._size = len(keys)
        # The rows that an atom sets; and those that a number sets if it stands so.
        self._rows: dict[Hashable, list[int]] = {}
        self._stands: dict[str, list[tuple[int, Stands]]] = {}
        # By its place, the findings of a column and what they set.
        self._kept: dict[int, tuple[tuple[Finding, ...], Numbers]] = {}
        for row, key in enumerate(keys):
            if isinstance(key, Stands):
                self._stands.setdefault(key.measure, []).append((row, key))
            for atom in key.keys if isinstance(key, Some) else (key,):
                self._rows.setdefault(atom, []).append(row)

    def of_cases(self, cases: Sequence[Case]) -> Words:
        """A bit for each case; the bits after the last case are not set."""
        planes = np.zeros((self._size, -(-len(cases) // machine.WORD)), np.uint64)
        for number, case in enumerate(cases):
            said = [row for finding in case.findings for row in self._said_by(finding)]
            if case.age is not None:
                said += (row for measure in self._age for row in self._numbered(measure, case.age))
            word, bit = divmod(number, machine.WORD)
            planes[said, word] |= np.uint64(1 << bit)
        return planes

    def of_table(self, columns: Iterable[Column | Measured], rows: int) -> Words:
        """A bit for each row of a table; the bits after the last row are not set."""
        planes = np.zeros((self._size, -(-rows // machine.WORD)), np.uint64)
        for number, column in enumerate(columns):
            if isinstance(column, Measured):
                for row, bits in self._measured(column):
                    planes[row] |= bits
            else:
                machine.spread(column.codes, len(column.findings), self._said_in(number, column.findings), planes)
        return planes

    def _said_in(self, number: int, findings: tuple[Finding, ...]) -> Numbers:
        """The codes of a column with the rows that they set; kept, for the next batch mostly has the same columns."""
        kept = self._kept.get(number)
        if kept is not None and kept[0] is findings:
            return kept[1]
        pairs = [(code, row) for code, finding in enumerate(findings) for row in dict.fromkeys(self._said_by(finding))]
        said = np.array(pairs, np.int32).reshape(-1, 2).T.copy()
        self._kept[number] = findings, said
        return said

    def _measured(self, column: Measured) -> Iterator[tuple[int, Words]]:
        is_taken = ~np.isnan(column.values)
        for measure in _measures(column, self._knowledge):
            yield from ((row, _packed(is_taken)) for row in self._rows.get(_taken(measure), ()))
            for row, key in self._stands.get(measure, ()):
                stands: npt.NDArray[np.bool_] = _TESTS[key.operator](column.values, key.limit)
                yield row, _packed(stands & is_taken)

    def _said_by(self, finding: Finding) -> list[int]:
        """The rows that a finding sets."""
        rows, kind, name, result = self._rows, finding.kind, finding.name, finding.result
        places = finding.places or ("",)
        # Bare tuples in place of atoms, which they equal: one case in a tenth of a millisecond leaves no more time.
        said = [
            row for side in finding.sides for place in places for row in rows.get((kind, name, place, side, result), ())
        ]
        if kind is Kind.MEASURE and finding.number is not None:
            said += self._standing(name, finding.number)
        return said

    def _numbered(self, measure: str, number: float) -> Iterator[int]:
        """The rows that a number sets which stands beside the findings."""
        yield from self._rows.get(_taken(measure), ())
        yield from self._standing(measure, number)

    def _standing(self, measure: str, number: float) -> Iterator[int]:
        return (row for row, key in self._stands.get(measure, ()) if OPERATORS[key.operator](number, key.limit))


def _packed(bits: npt.NDArray[np.bool_]) -> Words:
    """The bits as words, the first row in the lowest bit; the bits after the last row are not set."""
    packed = np.packbits(bits, bitorder="little")
    padded = np.zeros(-(-len(bits) // machine.WORD) * (machine.WORD // 8), np.uint8)
    padded[: len(packed)] = packed
    return padded.view("<u8").astype(np.uint64, copy=False)


def _taken(measure: str) -> Atom:
    return Atom(Kind.MEASURE, measure, "", Side.NONE, Result.MEASURED)


def _measures(column: Measured, knowledge: Knowledge) -> tuple[str, ...]:
    return _age_measures(knowledge) if column.name == AGE else (column.name,)


def _age_measures(knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(measure.id for measure in knowledge.measures.values() if measure.derived == AGE)
