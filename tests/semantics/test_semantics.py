"""The rule language as tables: a condition, the findings of a case, and whether it is true, false or unknown there."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dermarules.inference.experta_engine import derive
from dermarules.inference.leaves import ground
from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.knowledgebase.conditions import ConditionReader
from dermarules.knowledgebase.located import Document
from dermarules.notation import FALSE, TRUE, root_claim
from dermarules.rules import DerivedFinding, RedFlag, Referral
from dermarules.vocabulary import Confidence, Review, Side, Urgency

TABLES = sorted(Path(__file__).parent.glob("*.yaml"))
# The columns of a row: the truth of a condition without sides, or on each side that it binds.
COLUMNS = {"truth": Side.NONE, "left": Side.LEFT, "right": Side.RIGHT, "unnamed": Side.UNKNOWN}


@cache
def tables(path: Path) -> list[Mapping[str, Any]]:
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def rows() -> list[Any]:
    return [
        pytest.param(path, t, r, id=f"{path.stem}: {table['say']} [{r}]")
        for path in TABLES
        for t, table in enumerate(tables(path))
        for r in range(len(table["rows"]))
    ]


@cache
def knowledge_with_probe(path: Path, number: int) -> Knowledge:
    """The shipped knowledge with the condition of a table in place of its rules, and the table's derived findings.

    The condition is that of a red flag: of a clinical rule nobody asks whether it is false.
    """
    table = tables(path)[number]
    base = default_knowledge()
    added = table.get("derived", [])
    names = {**base.register.names, "derived finding": dict.fromkeys([*base.derived, *(each["id"] for each in added)])}
    reader = ConditionReader(Document(path.name, None), replace(base.register, names=names))
    derived = {
        each["id"]: DerivedFinding(
            id=each["id"],
            title="",
            when=reader.read(each["when"]),
            because="",
            absent_when=reader.read(each["absent_when"]) if "absent_when" in each else None,
            sources=(),
            confidence=Confidence.VARIABLE,
            review=Review.DRAFT,
        )
        for each in added
    }
    probe = RedFlag(
        id="probe",
        title="",
        review=Review.DRAFT,
        confidence=Confidence.VARIABLE,
        when=reader.read(table["when"]),
        then=Referral(Urgency.ROUTINE, "nothing", ""),
        because="",
        misleads=(),
        sources=(),
    )
    return replace(base, derived={**base.derived, **derived}, wide_sites={}, rules={}, red_flags={"probe": probe})


def truth(knowledge: Knowledge, given: list[Mapping[str, Any]], side: Side) -> bool | str:
    case = case_from_mapping({"id": "probe", "findings": given}, knowledge)
    start = ground(case, knowledge, program(knowledge))
    proved = {*start.base, *derive(start)}
    held = [word for word in (TRUE, FALSE) if root_claim("red_flags/probe", side, word) in proved]
    words: dict[tuple[str, ...], bool | str] = {(): "unknown", (TRUE,): True, (FALSE,): False}
    return words.get(tuple(held), "both")


@pytest.mark.parametrize(("path", "table", "row"), rows())
def test_condition_has_the_truth_of_the_table(path: Path, table: int, row: int) -> None:
    knowledge = knowledge_with_probe(path, table)
    stated = tables(path)[table]["rows"][row]
    expected = {column: stated[column] for column in COLUMNS if column in stated}

    assert expected
    assert {column: truth(knowledge, stated["given"], COLUMNS[column]) for column in expected} == expected


def test_every_table_is_read() -> None:
    assert [path.stem for path in TABLES] == ["derived", "junctions", "measures", "places", "results", "sides"]
    assert all(set(table) <= {"say", "when", "derived", "rows"} for path in TABLES for table in tables(path))
    assert all(set(row) <= {"given", *COLUMNS} for path in TABLES for table in tables(path) for row in table["rows"])
