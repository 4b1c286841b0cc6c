"""Reading: rows become columns of codes; values that say nothing, and rows that contradict themselves, are told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dermarules.cohort.arrow import pa
from dermarules.cohort.cells import Cells, Slip, read_cells, read_numbers
from dermarules.cohort.clashes import Clash, clashes, number_clashes, pairs
from dermarules.cohort.headings import Heading
from dermarules.errors import CaseError
from dermarules.inference.compiled.columns import AGE, Column, Measured
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping

_PATH = "patient.age: "


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the rows say. A slip counts as not examined; a row with a clash has no single meaning."""

    columns: tuple[Column | Measured, ...]
    slips: tuple[Slip, ...]
    clashes: tuple[Clash, ...]


class Reader:
    """Reads the rows of a table with these headings; two of them may be the same."""

    def __init__(self, headings: Sequence[Heading], knowledge: Knowledge) -> None:
        self.headings = tuple(heading for heading in headings if not heading.is_measure)
        self.measures = tuple(heading for heading in headings if heading.is_measure)
        self.order = (*self.headings, *self.measures)
        self.knowledge = knowledge
        self._pairs = pairs([heading.findings for heading in self.headings], knowledge)

    def read(self, values: Sequence[pa.Array], age: "pa.Array | None") -> Reading:
        """What the rows say; `values` are in the order of `order`."""
        cells = [
            read_cells(heading, column, self.knowledge) for heading, column in zip(self.order, values, strict=True)
        ]
        if age is not None:
            cells.append(_ages(age, self.knowledge))
        columns = tuple(cell.column for cell in cells)
        return Reading(columns, tuple(slip for cell in cells for slip in cell.slips), tuple(self._clashes(columns)))

    def _clashes(self, columns: Sequence[Column | Measured]) -> Iterator[Clash]:
        found = [column for column in columns if isinstance(column, Column)]
        yield from clashes(self._pairs, found, [heading.name for heading in self.headings])
        measured = [column for column in columns if isinstance(column, Measured)]
        for first, second in combinations(measured, 2):
            if first.name == second.name:
                yield from number_clashes(first, second, f"measure.{first.name}")


def _ages(values: pa.Array, knowledge: Knowledge) -> Cells:
    """The ages, in the range of the measure that stands for them."""
    spans = [(m.minimum, m.maximum) for m in knowledge.measures.values() if m.derived == AGE]
    span = spans[0] if spans else (0.0, float("inf"))
    return read_numbers(AGE, AGE, values, span, lambda value: _age_fault(value, knowledge))


def _age_fault(value: object, knowledge: Knowledge) -> str:
    try:
        case_from_mapping({"id": "row", "patient": {"age": value}}, knowledge)
    except CaseError as error:
        return "; ".join(fault.message.removeprefix(_PATH) for fault in error.faults)
    raise AssertionError(f"{value!r} is an age")
