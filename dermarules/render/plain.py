"""Values as plain ones that JSON can write: what a question returns becomes keys and texts by one rule."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from dermarules.proof import Claim
from dermarules.provenance import Location


def plain(value: object) -> Any:
    """A frozen value as plain values: a dataclass or named tuple by its fields, a claim as printed, a word itself."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case Claim():
            return str(value)
        case Location():
            return {"file": value.file, "line": value.line, "column": value.column}
        case Enum():
            return value.value
        case Mapping():
            return {str(plain(key)): plain(each) for key, each in value.items()}
        case _ if is_dataclass(value):
            return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        case tuple() if hasattr(value, "_fields"):
            return {name: plain(getattr(value, name)) for name in value._fields}
        case Set():
            # A set has no order of its own, and that of its hashes changes from one process to the next.
            return sorted(plain(each) for each in value)
        case Iterable():
            return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} is no plain value")
