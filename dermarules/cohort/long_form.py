"""The long form: one finding a row, (case, kind, target, side, is). It is turned into the wide form, a case a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dermarules.cohort.arrow import pa, pc
from dermarules.cohort.cells import Rows
from dermarules.cohort.faults import table_error, told
from dermarules.cohort.headings import ID, SEX, Heading, heading
from dermarules.cohort.layout import Layout, id_fault, is_text, value_fault
from dermarules.inference.compiled.columns import UNKNOWN, Bools, Codes
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.misfits import MisfitError, missing_field, unknown

CASE, KIND, TARGET, SIDE, IS = NAMES = ("case", "kind", "target", "side", "is")


@dataclass(frozen=True, slots=True, eq=False)
class Pivoted:
    """The wide form of a long table. A name stands twice if a case says two things under it."""

    table: pa.Table
    layout: Layout


def is_long(schema: pa.Schema) -> bool:
    """True for a table in the long form."""
    return {KIND, TARGET, IS} <= set(schema.names)


def pivot(table: pa.Table, knowledge: Knowledge) -> Pivoted:
    """The wide form, with the cases in order of first appearance; the rows of a case need not stand together."""
    strangers = {name: unknown("column", name, NAMES) for name in table.schema.names if name not in NAMES}
    faults = tuple(_faults(table.schema))
    if faults:
        raise table_error([*faults, *(f"{name}: {reason}" for name, reason in strangers.items())])
    cases, case_of = _encoded(table, CASE)
    if (case_of == UNKNOWN).any():
        raise table_error([f"case: row {int(np.argmin(case_of))} names no case"])
    values, value_of = _encoded(table, IS)
    names, asked = _asked(table)
    headings: dict[int, Heading] = {}
    plain, arrays, labels = {ID: 0}, [cases], [ID]
    for number, rows in _layers(asked, case_of, value_of):
        name = names[number]
        if name == SEX and SEX not in plain:
            plain[SEX] = len(arrays)
        elif name in (ID, SEX):
            strangers[name] = "two are told of one case" if name == SEX else "it stands in the column case"
            continue
        else:
            try:
                headings[len(arrays)] = heading(name, knowledge)
            except MisfitError as error:
                strangers[name] = told(error)
                continue
        codes = np.full(len(cases), UNKNOWN, np.int32)
        codes[case_of[rows]] = value_of[rows]
        arrays.append(pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes == UNKNOWN), values))
        labels.append(name)
    return Pivoted(pa.Table.from_arrays(arrays, labels), Layout(headings, plain, strangers))


def _faults(schema: pa.Schema) -> Iterator[str]:
    if CASE not in schema.names:
        yield missing_field(CASE).message
    for name in NAMES:
        count = schema.names.count(name)
        if count > 1:
            yield f"{name}: {count} columns of this name"
        elif count:
            fault = _type_fault(name, schema.field(name).type)
            if fault:
                yield f"{name}: {fault}"


def _type_fault(name: str, kind: pa.DataType) -> str:
    if name == CASE:
        return id_fault(kind)
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    if name == IS:
        return value_fault(inner)
    return "" if is_text(inner) or pa.types.is_null(inner) else f"words are needed, not {inner}"


def _encoded(table: pa.Table, name: str) -> tuple[pa.Array, Codes]:
    """The distinct values of a column, and for each row the index of its own."""
    if name not in table.schema.names or pa.types.is_null(table.schema.field(name).type):
        return pa.nulls(0, pa.string()), np.full(table.num_rows, UNKNOWN, np.int32)
    column = table.column(name).combine_chunks()
    # A dictionary may hold words that no row uses, and would make cases of them.
    encoded = (column.dictionary_decode() if pa.types.is_dictionary(column.type) else column).dictionary_encode()
    indices: Codes = pc.cast(encoded.indices, pa.int32()).fill_null(UNKNOWN).to_numpy(zero_copy_only=False)
    return encoded.dictionary, indices


def _asked(table: pa.Table) -> tuple[list[str], Rows]:
    """The names under which a wide table would ask what the rows say, and for each row the index of its own."""
    words, codes = zip(*(_encoded(table, name) for name in (KIND, TARGET, SIDE)), strict=True)
    keys = np.zeros(table.num_rows, np.int64)
    for known, code in zip(words, codes, strict=True):
        keys = keys * (len(known) + 1) + code + 1
    _, first, asked = np.unique(keys, return_index=True, return_inverse=True)
    texts = [[*known.to_pylist(), None] for known in words]
    names = (".".join(text[code[row]] or "" for text, code in zip(texts, codes, strict=True)) for row in first)
    return [name.rstrip(".") for name in names], asked


def _layers(asked: Rows, case_of: Codes, value_of: Codes) -> Iterator[tuple[int, Rows]]:
    """Rows that ask one thing, at most one of each case; what a case says twice in one word is said once."""
    order = np.lexsort((value_of, case_of, asked))
    order = order[value_of[order] != UNKNOWN]
    keys = np.stack([asked[order], case_of[order], value_of[order]])
    order = order[_differs(keys)]
    is_first = _differs(np.stack([asked[order], case_of[order]]))
    position = np.arange(len(order))
    layer = position - np.maximum.accumulate(np.where(is_first, position, 0))
    starts = np.flatnonzero(_differs(asked[order][np.newaxis]))
    for start, end in pairwise([*starts, len(order)]):
        rows, layers = order[start:end], layer[start:end]
        yield from ((int(asked[rows[0]]), rows[layers == each]) for each in range(int(layers.max()) + 1))


def _differs(keys: Rows) -> Bools:
    """Where a column of keys differs from the one before it."""
    return np.concatenate([np.ones(min(1, keys.shape[1]), np.bool_), (keys[:, 1:] != keys[:, :-1]).any(axis=0)])
