"""The published JSON Schemas, and what they find wrong."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).parents[1] / "dermarules" / "schemas"


@cache
def schema(name: str) -> dict[str, Any]:
    """A schema by the name of its file, such as report-1."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


@cache
def validator(name: str) -> Any:
    """What validates against a schema, offline."""
    every = [schema(path.stem) for path in FOLDER.glob("*.json")]
    registry: Any = Registry().with_resources([(each["$id"], Resource.from_contents(each)) for each in every])
    return Draft202012Validator(schema(name), registry=registry)


def departures(values: Any, name: str) -> list[str]:
    """The paths at which values depart from a schema."""
    return [error.json_path for error in validator(name).iter_errors(values)]
