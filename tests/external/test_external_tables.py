"""Our nerve tree and muscle supply against published tables: every disagreement is listed, with its reason."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from dermarules.inference.graphs import branches_of, lesion
from dermarules.knowledgebase.base import Knowledge

HERE = Path(__file__).parent
PUBLISHED = HERE.parents[2] / "shared" / "reference" / "external"
# The licence of this source is not stated, so none of its rows are kept.
UNLICENSED = "GSSE Anki deck"

Row = Mapping[str, str]


def table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def word(source: str) -> str:
    return "HRA" if source.startswith("HRA") else "Uberon"


NAMES = read("names.yaml")
LISTED = read("disagreements.yaml")


def listed(key: str, *fields: str) -> set[tuple[str, ...]]:
    return {tuple(row[field] for field in fields) for row in LISTED[key]}


def supply_disagreements(rows: list[Row], knowledge: Knowledge) -> set[tuple[str, ...]]:
    """Rows whose muscle keeps its supply, in all its parts, when we cut the nerve that they name."""
    return {
        (row["muscle"], row["nerve"])
        for row in rows
        if row["muscle"] in NAMES["muscles"]
        and not lost_with(NAMES["nerves"][row["nerve"]], knowledge) & set(NAMES["muscles"][row["muscle"]])
    }


def lost_with(nerve: Mapping[str, str], knowledge: Knowledge) -> set[str]:
    return set(lesion(knowledge, nerve["nerve"], nerve.get("from")).muscles)


def branch_disagreements(rows: list[Row], knowledge: Knowledge) -> set[tuple[str, ...]]:
    """Rows whose nerve is not, with us, a branch at any depth of the nerve that they name as its parent."""
    nerves = NAMES["nerves"]
    edges = [(row["child"], row["parent"]) for row in rows if row["child"] in nerves and row["parent"] in nerves]
    return {
        (child, parent)
        for child, parent in edges
        if nerves[child]["nerve"] not in branches_of(knowledge, nerves[parent]["nerve"])
    }


def root_disagreements(rows: list[Row], knowledge: Knowledge) -> set[tuple[str, ...]]:
    """Plexus and root that only the table joins, or only we."""
    theirs = {
        (NAMES["nerves"][row["child"]]["nerve"], NAMES["roots"][row["parent"]])
        for row in rows
        if row["child"] in NAMES["nerves"] and row["parent"] in NAMES["roots"]
    }
    ours = {
        (plexus, root) for plexus in {plexus for plexus, _ in theirs} for root in knowledge.nerves[plexus].roots.all
    }
    return theirs ^ ours


def test_muscle_supply_differs_from_the_kept_table_only_where_listed(knowledge: Knowledge) -> None:
    assert supply_disagreements(table(HERE / "muscle_supply.csv"), knowledge) == listed("supply", "muscle", "nerve")


def test_nerve_tree_differs_from_the_kept_table_only_where_listed(knowledge: Knowledge) -> None:
    assert branch_disagreements(table(HERE / "nerve_branches.csv"), knowledge) == listed("branches", "child", "parent")


def test_roots_of_the_plexuses_differ_from_the_kept_table_only_where_listed(knowledge: Knowledge) -> None:
    assert root_disagreements(table(HERE / "nerve_branches.csv"), knowledge) == listed("roots", "plexus", "root")


def test_nerves_that_the_tables_do_not_name_are_listed(knowledge: Knowledge) -> None:
    rows = [*table(HERE / "muscle_supply.csv"), *table(HERE / "nerve_branches.csv")]
    said = {row[column] for row in rows for column in ("nerve", "child", "parent") if column in row}
    named = {NAMES["nerves"][name]["nerve"] for name in said if name in NAMES["nerves"]}

    assert set(knowledge.nerves) - named == listed_ids("nerves_not_named")


def test_muscles_that_the_tables_do_not_name_are_listed(knowledge: Knowledge) -> None:
    named = {muscle for row in table(HERE / "muscle_supply.csv") for muscle in NAMES["muscles"][row["muscle"]]}

    assert set(knowledge.muscles) - named == listed_ids("muscles_not_named")


def listed_ids(key: str) -> set[str]:
    return {name for row in LISTED[key] for name in row["ids"]}


def test_every_listed_disagreement_has_a_reason() -> None:
    reasons = [row["because"] for rows in LISTED.values() for row in rows]

    assert reasons
    assert all(len(reason.split()) >= 5 for reason in reasons)


def test_names_stand_for_ids_of_the_knowledge(knowledge: Knowledge) -> None:
    assert {nerve["nerve"] for nerve in NAMES["nerves"].values()} <= set(knowledge.nerves)
    assert {muscle for muscles in NAMES["muscles"].values() for muscle in muscles} <= set(knowledge.muscles)
    assert set(NAMES["roots"].values()) <= set(knowledge.roots)


needs_published = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published tables are not beside this checkout")


@needs_published
def test_kept_muscle_table_holds_what_the_published_one_says() -> None:
    rows = [row for row in table(PUBLISHED / "muscle_innervation.csv") if UNLICENSED not in row["source"]]
    known = [row for row in rows if row["muscle"] not in NAMES["muscles_outside"]]
    kept = {(row["muscle"], row["nerve"], row["source"]) for row in table(HERE / "muscle_supply.csv")}

    assert kept == {(row["muscle"], row["nerve"], word(row["source"])) for row in known}


@needs_published
def test_kept_nerve_table_holds_what_the_published_one_says() -> None:
    rows = [row for row in table(PUBLISHED / "nerve_tree.csv") if UNLICENSED not in row["source"]]
    parents = NAMES["nerves"].keys() | NAMES["roots"].keys()
    known = [row for row in rows if row["child"] in NAMES["nerves"] and row["parent"] in parents]
    kept = {(row["child"], row["parent"], row["source"]) for row in table(HERE / "nerve_branches.csv")}

    assert kept == {(row["child"], row["parent"], word(row["source"])) for row in known}


@needs_published
def test_whole_published_nerve_tree_differs_only_where_listed(knowledge: Knowledge) -> None:
    assert branch_disagreements(table(PUBLISHED / "nerve_tree.csv"), knowledge) == listed("branches", "child", "parent")
