"""YAML becomes plain values that know their places; what could surprise or harm is refused where it stands."""

from pathlib import Path

import pytest
import yaml

from dermarules.knowledgebase.located import Document
from dermarules.knowledgebase.yaml_text import FASTEST, parse_document, read_document

BOTH_LOADERS = pytest.mark.parametrize("events", [FASTEST, yaml.SafeLoader])


def told(text: str) -> list[str]:
    return [str(fault) for fault in parse_document(text.encode(), "x.yaml").faults]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("2026-11-24", "2026-11-24"),
        ("4-", "4-"),
        ("4+", "4+"),
        ("<<", "<<"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'5'", "5"),
        ("5", 5),
        ("-3", -3),
        ("0", 0),
        ("4.0", 4.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        (".inf", float("inf")),
        ("9" * 400, float("inf")),
    ],
)
def test_plain_scalars_follow_the_yaml_1_2_core_rules(written: str, value: object) -> None:
    document = parse_document(f"a: {written}".encode(), "x.yaml")
    assert document == Document("x.yaml", {"a": value})


@BOTH_LOADERS
def test_every_key_and_value_has_a_place(events: type[yaml.SafeLoader]) -> None:
    document = parse_document(b"a:\n  - {b: 1}\n  - text\n", "x.yaml", events)
    assert str(document.fault(("a", 0, "b"), "value")) == "x.yaml:2:9: a.0.b: value"
    assert str(document.fault(("a", 0, "b"), "key", of_key=True)) == "x.yaml:2:6: a.0.b: key"
    assert str(document.fault(("a", 1), "item")) == "x.yaml:3:5: a.1: item"
    assert str(document.fault(("a", 9, "b"), "no such place")) == "x.yaml:2:3: a.9.b: no such place"
    assert str(document.fault((), "the whole")) == "x.yaml:1:1: the whole"


@BOTH_LOADERS
def test_all_duplicate_keys_are_told(events: type[yaml.SafeLoader]) -> None:
    document = parse_document(b"a: 1\nb: {c: 1, c: 2}\na: 2\n", "x.yaml", events)
    assert [str(fault) for fault in document.faults] == [
        "x.yaml:2:11: duplicate key 'c', first given in line 2",
        "x.yaml:3:1: duplicate key 'a', first given in line 1",
    ]


@BOTH_LOADERS
def test_anchors_aliases_and_tags_are_refused(events: type[yaml.SafeLoader]) -> None:
    document = parse_document(b"a: &x [1]\nb: *x\nc: !!python/name:os.system 1\n", "x.yaml", events)
    assert [str(fault) for fault in document.faults] == [
        "x.yaml:1:4: anchor &x: anchors are not used here; leave it out",
        "x.yaml:2:4: alias *x: aliases are not used here; write it out",
        "x.yaml:3:4: tag tag:yaml.org,2002:python/name:os.system: tags are not used here; leave it out",
    ]


def test_a_bomb_of_aliases_stays_small() -> None:
    text = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert len(told(text)) == 9 + 16


def test_nesting_beyond_forty_levels_is_refused() -> None:
    assert told("[" * 41) == ["x.yaml:1:41: nested deeper than 40 levels"]
    assert told("- " * 41) == ["x.yaml:1:81: nested deeper than 40 levels"]


def test_very_deep_nesting_is_a_fault_and_not_a_recursion_error() -> None:
    assert len(told("[" * 100_000)) == 1


def test_forty_levels_are_read() -> None:
    assert not told("[" * 40 + "]" * 40)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "x.yaml:1:1: the file is empty"),
        ("# only a comment\n", "x.yaml:2:1: the file is empty"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2:1: a second document; a file holds one"),
        ("a: [1\n", "x.yaml:2:1: not YAML: did not find expected ',' or ']', while parsing a flow sequence"),
        ("a: b: c\n", "x.yaml:1:5: not YAML: mapping values are not allowed in this context"),
        ("? [a]\n: 1\n", "x.yaml:1:3: a list or mapping cannot be a key; a key is text"),
        ("true: 1\n", "x.yaml:1:1: 'True' cannot be a key; a key is text"),
        ("a: \x07\n", "x.yaml:1:4: a character that YAML does not allow"),
        ("é: 1\n\tb: 2\nc:\t3\n", "x.yaml:2:1: a tab; write spaces"),
    ],
)
def test_what_is_no_yaml_is_told(text: str, fault: str) -> None:
    assert told(text)[0] == fault


def test_every_line_with_a_tab_is_told() -> None:
    assert told("\ta: 1\nb: 2\nc:\t3\n") == ["x.yaml:1:1: a tab; write spaces", "x.yaml:3:3: a tab; write spaces"]


def test_text_that_is_not_utf_8_is_told_with_its_place() -> None:
    document = parse_document("a: 1\né: ".encode() + b"\xff", "x.yaml")
    assert [str(fault) for fault in document.faults] == ["x.yaml:2:4: not UTF-8 text"]


def test_a_byte_order_mark_and_windows_newlines_are_read() -> None:
    assert parse_document(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "x.yaml").value == {"a": 1, "b": 2}


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"#" * 1_000_001)
    (fault,) = read_document(path, "big.yaml", 1).faults
    assert str(fault) == "big.yaml: the file is larger than 1 MB and is not read"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    (fault,) = read_document(tmp_path / "no.yaml", "no.yaml", 1).faults
    assert str(fault) == "no.yaml: cannot be read: No such file or directory"
