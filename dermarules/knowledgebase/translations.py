"""Translations hold only for the words that they translate: `of` is the digest of those words."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.languages import NAME, Language

OF = "of"
_DIGITS = 8
# What is a name or a unit, and no sentence that could come to say something else.
_NAMES = (NAME, "unit", OF)


def sentences(texts: Iterable[str]) -> tuple[str, ...]:
    """The fields of a record that are sentences, in order of their names."""
    return tuple(sorted(field for field in texts if field not in _NAMES))


def digest_of(table: str, name: str, fields: Iterable[str], knowledge: Knowledge) -> str:
    """The digest of what the knowledge says in some fields of a record."""
    record = getattr(knowledge, table)[name]
    said = "\n".join(_written(record, field) for field in fields)
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]


def _written(record: Any, field: str) -> str:
    value = record.then.do if field == "do" else getattr(record, field)
    return value if isinstance(value, str) else "; ".join(value)


@lru_cache(maxsize=16)
def outdated(language: Language, knowledge: Knowledge) -> frozenset[tuple[str, str]]:
    """The records, by table and id, of which a language translates other words than the knowledge has."""
    return frozenset(
        (table, name)
        for table, records in language.names.items()
        for name, texts in records.items()
        if name in getattr(knowledge, table, {}) and not is_of(table, name, texts, knowledge)
    )


def is_of(table: str, name: str, texts: Mapping[str, str], knowledge: Knowledge) -> bool:
    """True if texts of a language translate what the knowledge says, or are no more than names."""
    fields = sentences(texts)
    return not fields or texts.get(OF) == digest_of(table, name, fields, knowledge)
