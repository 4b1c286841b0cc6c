"""From what is known of cases to the input planes of a circuit: of a table column by column, of one case by its rows."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dermarules.findings import Case, Finding
from dermarules.inference.compiled.atoms import Atom, atoms_of
from dermarules.inference.compiled.columns import AGE, Column, Measured
from dermarules.inference.compiled.measure_planes import OPERATORS, Graded, Stands
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import MRC, Kind, Result, Side

Words = npt.NDArray[np.uint64]
_BITS = 64


class Given:
    """What the columns of a table can say: the inputs that may be set."""

    def __init__(self, columns: Iterable[Column | Measured], knowledge: Knowledge) -> None:
        self._findings = [f for column in columns if isinstance(column, Column) for f in column.findings]
        named = [name for column in columns if isinstance(column, Measured) for name in _measures(column, knowledge)]
        self._measures = {*named, *(f.name for f in self._findings if f.number is not None)}
        self._atoms = {*map(_taken, named), *(atom for finding in self._findings for atom in atoms_of(finding))}

    def __contains__(self, key: object) -> bool:
        match key:
            case Stands():
                return key.measure in self._measures
            case Graded():
                return any(map(key.is_said_by, self._findings))
            case _:
                return key in self._atoms


@dataclass(frozen=True, slots=True)
class _Rows:
    """In which rows of the input planes something is said."""

    atoms: dict[Hashable, int]
    stands: dict[str, list[tuple[int, Stands]]]
    graded: list[tuple[int, Graded]]


class Inputs:
    """Fills the input planes of a circuit: one row for each key, in the order of the keys."""

    def __init__(self, keys: Sequence[Hashable], knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._size = len(keys)
        self._rows = _Rows({}, {}, [])
        for row, key in enumerate(keys):
            match key:
                case Stands():
                    self._rows.stands.setdefault(key.measure, []).append((row, key))
                case Graded():
                    self._rows.graded.append((row, key))
                case _:
                    self._rows.atoms[key] = row

    def of_case(self, case: Case) -> Words:
        """One word for each input: its lowest bit is the case."""
        planes = np.zeros((self._size, 1), np.uint64)
        for finding in case.findings:
            planes[list(self._said_by(finding))] = 1
        if case.age is not None:
            for measure in _age_measures(self._knowledge):
                planes[list(self._numbered(measure, case.age))] = 1
        return planes

    def of_table(self, columns: Iterable[Column | Measured], rows: int) -> Words:
        """A bit for each row of a table; the bits after the last row are not set."""
        planes = np.zeros((self._size, -(-rows // _BITS)), np.uint64)
        for column in columns:
            said = self._column(column) if isinstance(column, Column) else self._measured(column)
            for mine, bits in said:
                words = _packed(bits)
                for row in mine:
                    planes[row] |= words
        return planes

    def _column(self, column: Column) -> Iterator[tuple[list[int], npt.NDArray[np.bool_]]]:
        codes = column.codes.astype(np.int8) if len(column.findings) < 128 else column.codes
        for code, finding in enumerate(column.findings):
            if mine := list(dict.fromkeys(self._said_by(finding))):
                yield mine, codes == code

    def _measured(self, column: Measured) -> Iterator[tuple[list[int], npt.NDArray[np.bool_]]]:
        is_taken = ~np.isnan(column.values)
        for measure in _measures(column, self._knowledge):
            if (row := self._rows.atoms.get(_taken(measure))) is not None:
                yield [row], is_taken
            for row, key in self._rows.stands.get(measure, ()):
                yield [row], np.asarray(OPERATORS[key.operator](column.values, key.limit)) & is_taken

    def _said_by(self, finding: Finding) -> Iterator[int]:
        """The rows that a finding sets."""
        rows = self._rows
        for atom in atoms_of(finding):
            if (row := rows.atoms.get(atom)) is not None:
                yield row
        if finding.kind is Kind.MEASURE and finding.number is not None:
            yield from self._numbered(finding.name, finding.number)
        if finding.result in MRC:
            yield from (row for row, key in rows.graded if key.is_said_by(finding))

    def _numbered(self, measure: str, number: float) -> Iterator[int]:
        if (row := self._rows.atoms.get(_taken(measure))) is not None:
            yield row
        for row, key in self._rows.stands.get(measure, ()):
            if OPERATORS[key.operator](number, key.limit):
                yield row


def _packed(bits: npt.NDArray[np.bool_]) -> Words:
    packed = np.packbits(bits, bitorder="little")
    padded = np.zeros(-(-len(bits) // _BITS) * (_BITS // 8), np.uint8)
    padded[: len(packed)] = packed
    return padded.view("<u8").astype(np.uint64, copy=False)


def _taken(measure: str) -> Atom:
    return Atom(Kind.MEASURE, measure, "", Side.NONE, Result.MEASURED)


def _measures(column: Measured, knowledge: Knowledge) -> list[str]:
    return _age_measures(knowledge) if column.name == AGE else [column.name]


def _age_measures(knowledge: Knowledge) -> list[str]:
    return [measure.id for measure in knowledge.measures.values() if measure.derived == AGE]
