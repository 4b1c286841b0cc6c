"""Languages: the templates in which a text is said, and the names of what the knowledge speaks of.

A language is a folder of YAML files under `languages/`, one file for each part of the text. Adding one takes no Python.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dermarules.errors import Fault, KnowledgeError
from dermarules.knowledgebase.located import Document, Steps, is_mapping
from dermarules.knowledgebase.yaml_text import read_document
from dermarules.provenance import Location

FOLDER = Path(__file__).parents[1] / "languages"
ENGLISH = "en"
# The file of names; every other file holds templates. A record that has one text only has its name.
NAMES = "names"
NAME = "name"
_MAX_MEGABYTES = 2


# A template in parts: what stands before a slot, the name of the slot (None at the end), and its plural.
_Part = tuple[str, str | None, str]


@cache
def _parts(template: str) -> tuple[_Part, ...]:
    """The parts of a template; ValueError for what is none."""
    return tuple((before, name, spec or "") for before, name, spec, _ in string.Formatter().parse(template))


def _filled(value: object, plural: str) -> str:
    """A slot with its value. `{count:finding|findings}` is the first word for one, the second otherwise."""
    one, bar, many = plural.partition("|")
    if bar:
        return one if value == 1 else many
    return str(value)


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language: `templates` by name, such as `why.draft`; `names` by table of the knowledge, id and field.

    `documents` are the files that it was read from, by the name of each without its ending.
    """

    id: str
    templates: Mapping[str, str]
    names: Mapping[str, Mapping[str, Mapping[str, str]]] = field(repr=False)
    documents: Mapping[str, Document] = field(repr=False)

    def say(self, template: str, **slots: object) -> str:
        """A template with its slots filled."""
        return "".join(
            before if name is None else before + _filled(slots[name], plural)
            for before, name, plural in _parts(self.templates[template])
        )


def language_ids() -> tuple[str, ...]:
    """The languages of this installation, English first."""
    found = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir() and not folder.name.startswith("_"))
    return tuple(sorted(found, key=lambda name: name != ENGLISH))


@cache
def language(name: str) -> Language:
    """A language of this installation; ValueError if there is none of that name, KnowledgeError if it has faults."""
    if name not in language_ids():
        raise ValueError(f"unknown language {name!r}: choose from {', '.join(language_ids())}")
    return read_language(FOLDER / name)


def read_language(folder: Path) -> Language:
    """The language in a folder; KnowledgeError with every fault of every file."""
    documents = {
        path.stem: read_document(path, f"languages/{folder.name}/{path.name}", _MAX_MEGABYTES)
        for path in sorted(folder.glob("*.yaml"))
    }
    templates: dict[str, str] = {}
    names: dict[str, Mapping[str, Mapping[str, str]]] = {}
    faults: list[Fault] = []
    for stem, document in documents.items():
        faults += document.faults
        if document.faults:
            continue
        value = document.value
        if not is_mapping(value):
            faults.append(document.fault((), "must be a mapping"))
        elif stem == NAMES:
            names = {str(table): _records(document, table, records, faults) for table, records in value.items()}
        else:
            templates |= {f"{stem}.{key}": text for key, text in _texts(document, value, (), faults).items()}
            faults += (
                document.fault((str(key),), problem) for key, text in value.items() if (problem := _misfit(str(text)))
            )
    if faults:
        raise KnowledgeError(faults)
    if not templates:
        raise KnowledgeError([Location(f"languages/{folder.name}").fault("holds no templates")])
    return Language(folder.name, templates, names, documents)


def _records(document: Document, table: object, records: object, faults: list[Fault]) -> dict[str, Mapping[str, str]]:
    """The texts of one table by id and field. They are printed as they stand: a brace in them opens no slot."""
    if not is_mapping(records):
        faults.append(document.fault((str(table),), "must be a mapping of ids to names"))
        return {}
    return {
        str(name): _texts(document, found, (str(table), str(name)), faults)
        if is_mapping(found)
        else _texts(document, {NAME: found}, (str(table), str(name)), faults)
        for name, found in records.items()
    }


def _texts(document: Document, value: Mapping[object, object], path: Steps, faults: list[Fault]) -> dict[str, str]:
    """The texts of a mapping; what is no text is a fault."""
    for key, text in value.items():
        if not isinstance(text, str):
            faults.append(document.fault((*path, str(key)), "must be a text; quote it if it looks like something else"))
    return {str(key): str(text) for key, text in value.items()}


def _misfit(text: str) -> str:
    """What is wrong with a template; nothing if it can be filled."""
    try:
        parts = _parts(text)
    except ValueError as error:
        return f"is no template: {error}"
    for _, name, plural in parts:
        if name is not None and not name.isidentifier():
            return f"a slot must be a plain name, and '{{{name}}}' is none"
        if plural and plural.count("|") != 1:
            return f"a slot takes no format; '{{{name}:one|many}}' is its plural"
    return ""


def slots_of(template: str) -> tuple[str, ...]:
    """The slots of a template, each once, in order of their names."""
    return tuple(sorted({name for _, name, _ in _parts(template) if name is not None}))
