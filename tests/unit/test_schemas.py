"""The published JSON Schemas: they accept everything that is shipped, and nothing that departs from it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dermarules.knowledgebase.base import default_knowledge
from dermarules.knowledgebase.case_values import numbered
from dermarules.knowledgebase.cases import read_cases
from dermarules.render.capsule import capsule_values
from dermarules.replay import written
from dermarules.report import localize
from dermarules.vocabulary import (
    RESULTS,
    Certainty,
    Feeling,
    Group,
    Kind,
    Modality,
    Review,
    TermKind,
    Tier,
    Urgency,
    Word,
)
from tests.schemas import FOLDER, departures, schema

ROOT = Path(__file__).parents[2]
# Every shipped example, and some of the many cases of the tests.
FILES = (
    *sorted((ROOT / "examples" / "cases").rglob("*.yaml")),
    *sorted((ROOT / "tests" / "cases").rglob("*.yaml"))[::6],
)
# What was accepted in one proof need not be looked at in every other: most of it is the same in many.
_ACCEPTED: set[str] = set()


def capsules(file: Path) -> Iterator[Any]:
    """The capsules of the cases in a file, with those entries of a proof that no capsule before them had."""
    for case in read_cases(file, default_knowledge()):
        report = localize(numbered(case), engine="compiled")
        values = json.loads(json.dumps(capsule_values(report, with_knowledge=False)))
        proof = values["report"]["proof"]
        fresh = {text: entry for entry in proof["claims"] if (text := json.dumps(entry)) not in _ACCEPTED}
        _ACCEPTED.update(fresh)
        proof["claims"] = [*fresh.values()] or proof["claims"][:1]
        yield values


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_the_report_and_the_capsule_of_every_shipped_case_keep_to_the_schemas(file: Path) -> None:
    found = {values["case"]["id"]: departures(values, "capsule-1") for values in capsules(file)}

    assert found
    assert {name: paths for name, paths in found.items() if paths} == {}


@pytest.fixture
def capsule() -> dict[str, Any]:
    report = localize(ROOT / "examples" / "cases" / "foot_drop_weak_inversion.yaml", engine="compiled")
    values: dict[str, Any] = json.loads(report.to_json(capsule=True, with_knowledge=True))
    return values


def _entry(values: dict[str, Any], kind: str) -> dict[str, Any]:
    """The first entry of the proof with a step of a kind."""
    claims = values["report"]["proof"]["claims"]
    entry: dict[str, Any] = next(entry for entry in claims if entry["steps"][0]["kind"] == kind)
    return entry


def _step(values: dict[str, Any], kind: str) -> dict[str, Any]:
    step: dict[str, Any] = _entry(values, kind)["steps"][0]
    return step


def _term(values: dict[str, Any]) -> dict[str, Any]:
    term: dict[str, Any] = _step(values, "weighed")["terms"][0]
    return term


DEPARTURES: dict[str, Callable[[dict[str, Any]], object]] = {
    "an unknown key of the capsule": lambda v: v.update(note="x"),
    "another schema": lambda v: v.update(schema="dermarules.capsule/2"),
    "no map": lambda v: v.pop("map"),
    "the version of Python": lambda v: v["versions"].update(python="3.11"),
    "a hash of another length": lambda v: v["knowledge"].update(hash="abc"),
    "no files where there should be some": lambda v: v["knowledge"].update(files={}),
    "a title of the case": lambda v: v["case"].update(title="x"),
    "a name of the patient": lambda v: v["case"]["patient"].update(name="x"),
    "an age in words": lambda v: v["case"]["patient"].update(age="old"),
    "a finding of two kinds": lambda v: v["case"]["findings"][0].update(sign="slr"),
    "a finding without a result": lambda v: v["case"]["findings"][0].pop("is"),
    "an unknown result": lambda v: v["case"]["findings"][0].update({"is": "perhaps"}),
    "an unknown side of a finding": lambda v: v["case"]["findings"][-1].update(side="lft"),
    "an unknown key of the report": lambda v: v["report"].update(note="x"),
    "another schema of the report": lambda v: v["report"].update(schema="dermarules.report/2"),
    "an unknown urgency": lambda v: v["report"].update(urgency="tomorrow"),
    "an empty differential": lambda v: v["report"].update(differential=[]),
    "a weight in words": lambda v: v["report"]["differential"][0].update(weight_centibans="12"),
    "a side that is no side": lambda v: v["report"]["differential"][0].update(side="both legs"),
    "an observation without its kind": lambda v: v["report"]["unexplained"].append("deficit ankle, left"),
    "a raised flag without its claims": lambda v: v["report"]["red_flags"]["raised"][0].pop("claims"),
    "a claim without steps": lambda v: _entry(v, "derived").update(steps=[]),
    "a claim without its predicate": lambda v: _entry(v, "derived").pop("predicate"),
    "a claim of an unknown predicate": lambda v: _entry(v, "derived").update(predicate="guessed"),
    "a claim of an unknown side": lambda v: _entry(v, "observed").update(side="lft"),
    "an unknown kind of step": lambda v: _step(v, "derived").update(kind="guessed"),
    "a step without its rule": lambda v: _step(v, "derived").pop("rule"),
    "a premise that is no claim": lambda v: _step(v, "derived")["premises"].append("a hunch"),
    "an unknown key of a step": lambda v: _step(v, "known").update(note="x"),
    "an unknown review state": lambda v: _step(v, "known").update(review="believed"),
    "half a centiban": lambda v: _step(v, "weighed").update(total=0.5),
    "a term without `of`": lambda v: _term(v).pop("of"),
    "a term of an unknown tier": lambda v: _term(v).update(tier="outer"),
    "a term of an unknown kind": lambda v: _term(v).update(kind="guess"),
    "an unknown key of a term": lambda v: _term(v).update(note="x"),
    "a place before the first line": lambda v: _step(v, "observed")["location"].update(line=-1),
}


@pytest.mark.parametrize("depart", DEPARTURES.values(), ids=list(DEPARTURES))
def test_a_planted_departure_is_rejected(depart: Callable[[dict[str, Any]], object], capsule: dict[str, Any]) -> None:
    assert departures(capsule, "capsule-1") == []

    depart(capsule)

    assert departures(capsule, "capsule-1") != []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_schema_is_one_of_draft_2020_12_and_named_after_its_version(path: Path) -> None:
    values = schema(path.stem)

    Draft202012Validator.check_schema(values)
    assert values["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert values["properties"]["schema"] == {"const": f"dermarules.{path.stem.replace('-', '/')}"}


def test_the_schema_has_the_keys_that_replay_reads() -> None:
    assert set(schema("report-1")["properties"]) == {field.name for field in fields(written._Report)}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "properties" in value and "required" in value and "allOf" not in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_object_of_a_schema_is_strict(path: Path) -> None:
    # A step is strict by its kind.
    assert [each for each in _objects(schema(path.stem)) if each.get("additionalProperties") is not False] == []


def test_the_words_of_the_schema_are_those_of_the_vocabulary() -> None:
    parts = schema("report-1")["$defs"]
    term = parts["term"]["properties"]
    told: list[tuple[list[str | None], type[Word]]] = [
        (parts["urgency"]["enum"], Urgency),
        (parts["review"]["enum"], Review),
        (parts["localization"]["properties"]["certainty"]["enum"], Certainty),
        (term["kind"]["enum"], TermKind),
        (term["group"]["enum"], Group),
        (term["tier"]["enum"], Tier),
    ]

    assert [[word for word in words if word] for words, _ in told] == [[w.value for w in kind] for _, kind in told]


def test_the_findings_of_the_schema_are_those_of_the_vocabulary() -> None:
    parts = schema("capsule-1")["$defs"]
    rows = {next(iter(row["properties"])): row["properties"] for row in parts["finding"]["anyOf"]}
    grades = parts["grade"]["enum"]
    results = {
        kind: set(row["is"].get("enum", grades)) for kind, row in rows.items() if kind not in ("measure", "level")
    }

    assert set(rows) == {kind.value for kind in Kind}
    assert set(rows["sensation"]["sensation"]["enum"]) == {word.value for word in Modality}
    assert set(rows["feels"]["feels"]["enum"]) == {word.value for word in Feeling}
    assert results == {kind: {result.value for result in RESULTS[Kind(kind)]} for kind in results}
