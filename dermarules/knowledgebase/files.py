"""The files of a knowledge folder: what they hold, their common digest, and what does not belong there."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from dermarules.errors import Fault
from dermarules.knowledgebase.layout import BESIDE, ISNCSCI, SENTINEL, SHELVES, UNUSED, WEIGHTS
from dermarules.knowledgebase.located import Document, is_list, is_mapping
from dermarules.knowledgebase.misfits import Misfit, missing_field, unknown, unknown_field, wanted
from dermarules.knowledgebase.yaml_text import parse_document, read_content
from dermarules.provenance import Location

_MAX_MEGABYTES = 20

_FOLDERS = tuple(shelf.place for shelf in SHELVES if shelf.is_folder)
_TABLES: dict[str, dict[str, str]] = {}
for _shelf in SHELVES:
    if not _shelf.is_folder:
        _TABLES.setdefault(_shelf.place, {})[_shelf.key] = "a list"
for _file, _key, _what in BESIDE:
    _TABLES[_file][_key] = _what
_REQUIRED = (SENTINEL, WEIGHTS, ISNCSCI, *_TABLES)


def read_files(folder: Path) -> tuple[dict[str, Document], str]:
    """The documents of a folder by path inside it, in order of path, and the digest of them all.

    The digest is the same on every system: it covers sorted paths and contents with newlines as \\n.
    """
    digest = hashlib.sha256()
    documents = {}
    for relative in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.y*ml") if path.is_file()):
        label = f"{folder.name}/{relative}"
        content, faults = read_content(folder / relative, label, _MAX_MEGABYTES)
        documents[relative] = Document(label, None, faults) if faults else parse_document(content, label)
        digest.update(relative.encode() + b"\0" + content.replace(b"\r\n", b"\n") + b"\0")
    return documents, digest.hexdigest()


def file_faults(folder: str, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """A fault for each file that is missing, unreadable, misplaced, or not of the form that its name promises."""
    for missing in (file for file in _REQUIRED if file not in documents):
        yield Location(f"{folder}/{missing}").fault("missing file")
    for file, document in documents.items():
        yield from document.faults
        if not _belongs(file):
            in_folders = (f"{place}/{Path(file).name}" for place in _FOLDERS)
            known = tuple(in_folders) if "/" in file else (*_REQUIRED, UNUSED)
            yield document.fault((), unknown("file", file, known))
        elif document.value is None and document.faults:
            continue
        elif not is_mapping(document.value):
            yield document.fault((), wanted("a mapping", document.value).message)
        else:
            for misfit in _table_misfits(document.value, _TABLES.get(file, {})):
                yield document.fault(misfit.path, misfit.message, of_key=misfit.of_key)


def _belongs(file: str) -> bool:
    folder, _, name = file.rpartition("/")
    return name.endswith(".yaml") and folder in _FOLDERS if folder else file in (*_REQUIRED, UNUSED)


def _table_misfits(value: Mapping[object, object], keys: Mapping[str, str]) -> Iterator[Misfit]:
    """Misfits of the outermost level of a table file; files of one object are structured whole."""
    unknown_keys = [key for key in value if keys and key not in keys]
    yield from (unknown_field(key if isinstance(key, int) else str(key), keys) for key in unknown_keys)
    for key, form in keys.items():
        inner = value.get(key)
        if key not in value:
            yield missing_field(key)
        elif not (is_list if form == "a list" else is_mapping)(inner):
            yield wanted(form, inner).under(key)
        elif is_list(inner):
            yield from (wanted("a mapping", r).under(key, n) for n, r in enumerate(inner) if not is_mapping(r))
