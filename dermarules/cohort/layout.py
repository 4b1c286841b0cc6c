"""The layout of a table: which of its columns ask what. All that is wrong with its names is told at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dermarules.cohort.arrow import pa
from dermarules.cohort.faults import told
from dermarules.cohort.headings import ID, PLAIN, SEX, Heading, heading
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.misfits import MisfitError

NO_COLUMN = "no column is known; a column is named like pinprick.sole.left, power.hip_flexion.left or history.fever"


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The columns of a table by position: what is asked in `headings`, and where `plain` ones (id, sex) stand.

    `unknown` says of each column that cannot be read why not.
    """

    headings: Mapping[int, Heading]
    plain: Mapping[str, int]
    unknown: Mapping[str, str]


def layout(schema: pa.Schema, knowledge: Knowledge) -> Layout:
    """The layout of a table with this schema."""
    headings: dict[int, Heading] = {}
    plain: dict[str, int] = {}
    unknown = dict(_repeated(schema.names))
    for index, field in enumerate(schema):
        name = field.name
        if name in unknown:
            continue
        fault = _type_fault(name, field.type)
        if fault:
            unknown[name] = fault
        elif name in PLAIN:
            plain[name] = index
        else:
            try:
                headings[index] = heading(name, knowledge)
            except MisfitError as error:
                unknown[name] = told(error)
    return Layout(headings, plain, unknown)


def _repeated(names: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, f"{count} columns of this name") for name, count in Counter(names).items() if count > 1)


def _type_fault(name: str, kind: pa.DataType) -> str:
    if name == ID:
        return id_fault(kind)
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    if name == SEX:
        return "" if is_text(inner) or pa.types.is_null(inner) else f"sex is a word, not {inner}"
    return value_fault(inner)


def id_fault(kind: pa.DataType) -> str:
    """Why a column of this type cannot name cases; empty if it can."""
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    is_possible = is_text(inner) or pa.types.is_integer(inner) or pa.types.is_null(inner)
    return "" if is_possible else f"ids are text or whole numbers, not {inner}"


def value_fault(kind: pa.DataType) -> str:
    """Why a column of this type cannot hold results; empty if it can."""
    if is_text(kind) or is_number(kind) or pa.types.is_boolean(kind) or pa.types.is_null(kind):
        return ""
    return f"a column holds words, numbers or truth values, not {kind}"


def is_text(kind: pa.DataType) -> bool:
    """True for text of any width."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def is_number(kind: pa.DataType) -> bool:
    """True for numbers of any width."""
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
