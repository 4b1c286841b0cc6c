"""Which folder holds the knowledge."""

import os
from pathlib import Path

from dermarules.errors import KnowledgeError
from dermarules.knowledgebase.layout import SCHEMA, SENTINEL
from dermarules.knowledgebase.located import is_mapping
from dermarules.knowledgebase.yaml_text import read_document
from dermarules.provenance import Location

VARIABLE = "DERMARULES_KNOWLEDGE"
_PACKAGE = Path(__file__).parent.parent


def knowledge_folder(folder: Path | None = None) -> Path:
    """The folder asked for, else the one that the environment names, else that of the package or checkout."""
    if folder is not None:
        return _checked(folder, "")
    if os.environ.get(VARIABLE):
        return _checked(Path(os.environ[VARIABLE]), f" (from {VARIABLE})")
    candidates = (_PACKAGE / "knowledge", _PACKAGE.parent / "knowledge")
    found = next((candidate for candidate in candidates if _is_knowledge(candidate)), None)
    if found is None:
        looked = " or ".join(str(candidate) for candidate in candidates)
        raise KnowledgeError([Location(looked).fault(f"no knowledge base; set {VARIABLE} to its folder")])
    return found


def _checked(folder: Path, origin: str) -> Path:
    if _is_knowledge(folder):
        return folder
    message = f"no knowledge base{origin}: {SENTINEL} with 'schema: {SCHEMA}' is needed"
    raise KnowledgeError([Location(str(folder)).fault(message)])


def _is_knowledge(folder: Path) -> bool:
    sentinel = folder / SENTINEL
    if not sentinel.is_file():
        return False
    value = read_document(sentinel, SENTINEL, 1).value
    return is_mapping(value) and value.get("schema") == SCHEMA
