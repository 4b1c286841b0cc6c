"""Answers as an Arrow table: a row for each case, in the words of the report."""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from dermarules.cohort.arrow import pa
from dermarules.cohort.headings import ID
from dermarules.inference.compiled.columns import UNKNOWN, Bools, Outcomes, Small
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Certainty, Urgency

_PLACES = ("first", "second", "third")
# One word for all rows takes a byte a row.
_CONSTANT = pa.dictionary(pa.int8(), pa.string())
# Few words stand in many rows: each is held once, and a row holds its number.
_WORD = pa.dictionary(pa.int16(), pa.string())
_WORDS = pa.list_(_WORD)


def output_schema(id_type: "pa.DataType | None") -> pa.Schema:
    """The columns of the answers; ids are numbers or text as they were, and are left out where there are none."""
    places = chain.from_iterable(_place_fields(name) for name in _PLACES)
    return pa.schema(
        [
            *([] if id_type is None else [pa.field(ID, _plain(id_type))]),
            *places,
            pa.field("certainty", _WORD),
            pa.field("urgency", _WORD),
            pa.field("urgency_possible", _WORD),
            pa.field("red_flags_raised", _WORDS),
            pa.field("red_flags_open", _WORDS),
            pa.field("rules", _WORDS),
            pa.field("unexplained", pa.int16()),
            pa.field("several", pa.bool_()),
            pa.field("map", _CONSTANT),
            pa.field("knowledge_version", _CONSTANT),
            pa.field("knowledge_hash", _CONSTANT),
        ]
    )


def _plain(kind: pa.DataType) -> pa.DataType:
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    return inner if pa.types.is_integer(inner) else pa.string()


def _place_fields(name: str) -> Iterator[pa.Field]:
    yield pa.field(f"{name}_localization", _WORD)
    yield pa.field(f"{name}_side", _WORD)
    yield pa.field(f"{name}_site", _WORD)
    yield pa.field(f"{name}_weight_centibans", pa.int16())


def answers(
    outcomes: Outcomes, ids: "pa.Array | None", knowledge: Knowledge, map_id: str, schema: pa.Schema
) -> pa.RecordBatch:
    """What follows for each case, under the names of the schema."""
    rows = len(outcomes.several)
    order = _most_urgent_first(outcomes.flags, knowledge)
    flags = [outcomes.flags[index] for index in order]
    made = [
        *([] if ids is None else [ids]),
        *chain.from_iterable(_places(outcomes, index) for index in range(len(_PLACES))),
        _words([certainty.value for certainty in Certainty], outcomes.certainty.astype(np.int16)),
        _words([urgency.value for urgency in Urgency], outcomes.urgency.astype(np.int16)),
        _words([urgency.value for urgency in Urgency], outcomes.urgency_possible.astype(np.int16)),
        _lists(flags, outcomes.raised[order]),
        _lists(flags, outcomes.open[order]),
        _lists(outcomes.rules, outcomes.fired),
        pa.array(outcomes.unexplained, pa.int16()),
        pa.array(outcomes.several),
        *(_constant(word, rows) for word in (map_id, knowledge.version, knowledge.digest)),
    ]
    return pa.RecordBatch.from_arrays(made, schema=schema)


def _places(outcomes: Outcomes, index: int) -> Iterator[pa.Array]:
    place = outcomes.place[index]
    yield _words([label.localization for label in outcomes.labels], place)
    yield _words([label.side for label in outcomes.labels], place)
    yield _words(outcomes.sites, outcomes.site[index])
    yield pa.array(outcomes.weight[index], pa.int16(), mask=place == UNKNOWN)


def _words(words: Sequence[str | None], codes: Small) -> pa.Array:
    """The word of each code, or null; a word that is None is null as well, as no dictionary in a file may hold one."""
    said = [word for word in dict.fromkeys(words) if word is not None]
    numbers = np.array([*(UNKNOWN if word is None else said.index(word) for word in words), UNKNOWN], np.int16)[codes]
    return pa.DictionaryArray.from_arrays(pa.array(numbers, mask=numbers == UNKNOWN), pa.array(said, pa.string()))


def _most_urgent_first(flags: Sequence[str], knowledge: Knowledge) -> list[int]:
    return sorted(range(len(flags)), key=lambda index: knowledge.red_flags[flags[index]].then.urgency.rank)


def _lists(names: Sequence[str], holds: Bools) -> pa.Array:
    """For each row the names that hold in it, in their order."""
    offsets = np.zeros(holds.shape[1] + 1, np.int32)
    np.cumsum(holds.sum(axis=0, dtype=np.int32), out=offsets[1:])
    which = np.empty(offsets[-1], np.int16)
    # Name by name into the next free place of each row: turning the whole of `holds` takes several times as long.
    free = offsets[:-1].copy()
    for number, plane in enumerate(holds):
        rows = np.flatnonzero(plane)
        places = free[rows]
        which[places] = number
        free[rows] = places + 1
    named = pa.DictionaryArray.from_arrays(pa.array(which), pa.array(names, pa.string()))
    return pa.ListArray.from_arrays(pa.array(offsets), named)


def _constant(word: str, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int8)), pa.array([word]))
