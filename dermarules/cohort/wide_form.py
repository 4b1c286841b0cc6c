"""Cases as an Arrow table in the wide form: a case a row, a column for each finding, null for what was not examined."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from os import PathLike
from typing import Any

from dermarules.cohort.arrow import pa
from dermarules.cohort.faults import table_error
from dermarules.cohort.headings import ID, SEX, column_name
from dermarules.findings import Case, Finding
from dermarules.inference.compiled.columns import AGE
from dermarules.knowledgebase.cases import case_from_mapping, read_cases
from dermarules.vocabulary import Kind

_Order = tuple[int, str, str, str]


def to_table(cases: "Iterable[Case | Mapping[str, Any]] | str | PathLike[str]") -> pa.Table:
    """The cases of a file, or an iterable of cases or mappings, as a table that `localize_table` takes.

    A table has one cell for one place and side. `CaseError` names every case that tells two results of one.
    """
    read = read_cases(cases) if isinstance(cases, str | PathLike) else tuple(map(_case, cases))
    columns: dict[tuple[_Order, str], list[object]] = {}
    faults: list[str] = []
    for row, case in enumerate(read):
        for name, order, word in _cells(case):
            column = columns.setdefault((order, name), [None] * len(read))
            if column[row] not in (None, word):
                faults.append(f"case '{case.id}': {name} is {column[row]} and {word}; a table tells one result")
            column[row] = word
    if faults:
        raise table_error(faults)
    fields = [pa.field(ID, pa.string()), pa.field(AGE, pa.float64()), pa.field(SEX, pa.string())]
    arrays = [
        pa.array([case.id for case in read], pa.string()),
        pa.array([case.age for case in read], pa.float64()),
        pa.array([case.sex or None for case in read], pa.string()),
    ]
    for order, name in sorted(columns):
        kind = pa.float64() if name.startswith(f"{Kind.MEASURE.value}.") else pa.string()
        fields.append(pa.field(name, kind))
        arrays.append(pa.array(columns[order, name], kind))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _case(case: Case | Mapping[str, Any]) -> Case:
    return case if isinstance(case, Case) else case_from_mapping(case)


def _cells(case: Case) -> Iterator[tuple[str, _Order, object]]:
    for finding in case.findings:
        for place, side in product(finding.places or ("",), finding.sides):
            order = (list(Kind).index(finding.kind), finding.name, place, side.value)
            yield column_name(finding, place, side), order, _word(finding)


def _word(finding: Finding) -> object:
    return finding.number if finding.kind is Kind.MEASURE else finding.level or finding.result.value
