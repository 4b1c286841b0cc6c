"""The files of a knowledge folder: what they hold, their common digest, and what does not belong there."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from dermarules.errors import Fault
from dermarules.knowledgebase.layout import BESIDE, ISNCSCI, SCHEMA, SENTINEL, SHELVES, UNUSED, WEIGHTS
from dermarules.knowledgebase.located import Document, is_list, is_mapping
from dermarules.knowledgebase.misfits import Misfit, missing_field, one_of, unknown, unknown_field, wanted
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


Documents = dict[str, Document]
Contents = dict[str, bytes]


def read_files(folder: Path) -> tuple[Documents, Contents]:
    """The documents of a folder by path inside it, in order of path, and their contents with newlines as \\n."""
    documents: Documents = {}
    contents: Contents = {}
    for relative in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.y*ml") if path.is_file()):
        label = f"{folder.name}/{relative}"
        content, faults = read_content(folder / relative, label, _MAX_MEGABYTES)
        documents[relative] = Document(label, None, faults) if faults else parse_document(content, label)
        contents[relative] = content.replace(b"\r\n", b"\n")
    return documents, contents


def parsed_files(texts: Mapping[str, str], name: str) -> tuple[Documents, Contents]:
    """The documents of a folder that was called `name`, and their contents, from the texts of its files."""
    # A text that cannot be UTF-8 becomes a fault of its document.
    contents = {path: texts[path].encode("utf-8", "surrogatepass").replace(b"\r\n", b"\n") for path in sorted(texts)}
    return {path: parse_document(content, f"{name}/{path}") for path, content in contents.items()}, contents


def digest_of(contents: Contents) -> str:
    """The digest of the files of a folder, the same on every system: it covers their sorted paths and contents."""
    digest = hashlib.sha256()
    for path in sorted(contents):
        digest.update(path.encode("utf-8", "surrogatepass") + b"\0" + contents[path] + b"\0")
    return digest.hexdigest()


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
            schema = document.value.get("schema")
            if file == SENTINEL and schema != SCHEMA:
                yield document.fault(("schema",), one_of("schema", schema, [SCHEMA]))
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
