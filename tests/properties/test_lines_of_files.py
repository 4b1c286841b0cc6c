"""What a line of a file says does not depend on the lines around it, and none is lost."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dermarules.cohort.files.block import Source
from dermarules.cohort.files.comma_separated import open_comma_separated
from dermarules.cohort.files.json_lines import open_json_lines

# Rows, near misses, and lines that are no row.
CSV_LINES = st.sampled_from(
    [
        *b"""\
1,2
1,
,
1
1,2,3
"1","2"
1,"2
1"a,"2
"1"a,2
"1""a",2
1,"2,3"
1,"

NA,NaN
 1 ,2
""".split(b"\n"),
        b" ",
        b"\xff,1",
        b"\xc3\xa9,1",
        b"\r",
        b"1,2\r",
        b'"1,2",\r',
        b"\x00,1",
        b"a\rb,1",
        b"1,2\r\r",
        b'"',
        b'"\r',
    ]
)
JSON_LINES = st.sampled_from(
    [
        *rb"""
{"a": 1}
{"a": 1.0, "b": "x"}
{"a": "1"}
{"b": true}
{"a": null}
{"a": NaN}
{}
{"a": 1} {"a": 2}
{"a": 1, "a": 2}
{"a": [1]}
{"a": {"c": 1}}
[]
1

{
{"a": "2020-01-01"}
{"a": "2020-01-01 10:00:00"}
{"a": 12345678901234567890}
{"a": 9007199254740993}
{"a": 1e400}
{"a": -1e400}
{"a": 1e20}
{"a": 0.1}
{"a": -0.0}
{"a": -0}
{"a": "\ud800"}
{"\ud800": 1}
{"a": "\u0000"}
{"a": 1
"b": 2}
""".split(b"\n"),
        b" ",
        b'{"a": "\xff"}',
        b'{"a": 1}\r',
        b'{"a": 1\r}',
        b'{"a": "x\ty"}',
        b'{"a": "x\ry"}',
    ]
)


def answers(content: bytes, opened: Callable[[Path], Source], rows: int) -> list[tuple[int, object]]:
    """What is read of each line, or why nothing, in order of lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases"
        path.write_bytes(content)
        source = opened(path)
        blocks = list(source.blocks(source.begin, rows))
    read = [pair for block in blocks for pair in zip(block.lines.tolist(), block.batch.to_pylist(), strict=True)]
    return sorted([*read, *((bad.line, bad.reason) for block in blocks for bad in block.bad)], key=lambda pair: pair[0])


@given(st.lists(CSV_LINES, max_size=12), st.integers(1, 12))
def test_a_line_of_a_csv_file_says_the_same_in_any_block(lines: list[bytes], rows: int) -> None:
    content = b"\n".join([b"x,y", *lines])
    whole = answers(content, open_comma_separated, rows)
    assert whole == answers(content, open_comma_separated, 1)
    assert [line for line, _ in whole] == [number for number, line in enumerate(lines, start=2) if line.strip()]


@given(st.lists(JSON_LINES, max_size=12), st.integers(1, 12))
def test_a_line_of_a_json_file_says_the_same_in_any_block(lines: list[bytes], rows: int) -> None:
    content = b"\n".join([b'{"a": null, "b": null}', *lines])
    whole = answers(content, open_json_lines, rows)
    assert whole == answers(content, open_json_lines, 1)
    assert [line for line, _ in whole] == [
        number for number, line in enumerate([b"{}", *lines], start=1) if line.strip()
    ]
