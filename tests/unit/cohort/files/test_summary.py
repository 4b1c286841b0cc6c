"""Summaries: counts over all batches are those over the whole."""

import pyarrow as pa

from dermarules.cohort.answers import output_schema
from dermarules.cohort.files.summary import Section, Summary

ROW = {
    "first_localization": "root L5",
    "first_side": "left",
    "certainty": "clear",
    "urgency": "routine",
    "red_flags_raised": [],
    "red_flags_open": [],
    "several": False,
}
ROWS = [
    ROW,
    ROW | {"first_side": None, "urgency": "same_day", "red_flags_raised": ["b"], "red_flags_open": ["a", "c"]},
    ROW | {"certainty": "undecided", "several": True, "red_flags_open": ["a"]},
    dict.fromkeys(ROW) | {"red_flags_raised": [], "red_flags_open": []},
]


def batch(rows: list[dict[str, object]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, schema=output_schema(None))


def test_words_are_counted() -> None:
    urgency, raised, opened, first, certainty = Summary().plus(batch(ROWS)).sections
    assert urgency.counts == (
        ("emergency_now", 0),
        ("same_day", 1),
        ("urgent_2_weeks", 0),
        ("routine", 2),
        ("self_care_monitor", 0),
    )
    assert raised == Section("red flags raised", (("b", 1),))
    assert opened == Section("red flags open", (("any", 2), ("a", 2), ("c", 1)))
    assert first.counts == (("root L5, left", 2), ("root L5", 1))
    assert certainty.counts == (("clear", 2), ("leaning", 0), ("undecided", 1), ("several lesions possible", 1))


def test_batches_add_up_to_the_whole() -> None:
    whole = Summary().plus(batch(ROWS))
    assert Summary().plus(batch(ROWS[:1])).plus(batch([])).plus(batch(ROWS[1:])) == whole
    assert whole.rows == 4


def test_words_of_few_values_count_the_same() -> None:
    words = batch(ROWS)
    coded = pa.RecordBatch.from_arrays(
        [column.dictionary_encode() if column.type == pa.string() else _coded_list(column) for column in words.columns],
        names=words.schema.names,
    )
    assert Summary().plus(coded) == Summary().plus(words)


def _coded_list(column: pa.Array) -> pa.Array:
    if not pa.types.is_list(column.type):
        return column
    return pa.ListArray.from_arrays(column.offsets, column.values.dictionary_encode())
