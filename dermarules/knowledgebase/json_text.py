"""JSON files: strict JSON, and a place in the file for whatever does not fit."""

import json
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from dermarules.errors import Fault, ReportError
from dermarules.knowledgebase.located import Document
from dermarules.knowledgebase.misfits import Misfit, MisfitError
from dermarules.knowledgebase.yaml_text import parse_document, read_content
from dermarules.provenance import NOWHERE, Location

T = TypeVar("T")

_MAX_MEGABYTES = 50
_TOO_DEEP = "no JSON of a report: values lie too deep in one another"


def read_json(path: Path, make: Callable[[object], T]) -> T:
    """What `make` makes of the JSON in a file; ReportError with all that is wrong, each with its line and column."""
    content, faults = read_content(path, str(path), _MAX_MEGABYTES)
    if faults:
        raise ReportError(faults)
    value = _parsed(content, str(path))
    # JSON is YAML as well, and the parser of YAML knows where each value stands.
    return made(value, make, lambda: parse_document(content, str(path)))


def read_values(source: Mapping[str, Any] | str | PathLike[str], make: Callable[[object], T]) -> T:
    """What `make` makes of JSON: of a file, or of the values in it; ReportError with all that is wrong."""
    if isinstance(source, Mapping):
        return made(dict(source), make, lambda: Document(NOWHERE.file, None))
    return read_json(Path(source), make)


def made(value: object, make: Callable[[object], T], document: Callable[[], Document]) -> T:
    """What `make` makes of a value; ReportError with all that is wrong, each at its place in the document."""
    try:
        return make(value)
    except MisfitError as error:
        misfits, places = error.misfits, document()
    except RecursionError:
        misfits, places = (Misfit(_TOO_DEEP),), document()
    raise ReportError([places.fault(each.path, each.message, of_key=each.of_key) for each in misfits])


def _parsed(content: bytes, file: str) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ReportError([Fault(file, error.lineno, error.colno, f"no JSON: {error.msg}")]) from None
    except UnicodeDecodeError:
        raise ReportError([Location(file).fault("not UTF-8 text")]) from None
    except RecursionError:
        raise ReportError([Location(file).fault(_TOO_DEEP)]) from None
    except MisfitError as error:
        raise ReportError([Location(file).fault(str(error))]) from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object each of whose keys stands there once: readers differ on which of two counts."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise MisfitError(Misfit(f"the key '{key}' stands twice in one object"))
        found[key] = value
    return found


def _no_number(text: str) -> NoReturn:
    raise MisfitError(Misfit(f"{text} is no number"))
