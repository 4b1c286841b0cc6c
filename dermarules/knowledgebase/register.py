"""The ids that the knowledge defines, by kind, and the little about each that decides where it may be used."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dermarules.knowledgebase.layout import FOOT_DROP, MUSCLE_GROUPS, SHELVES, WEIGHTS, Shelf
from dermarules.knowledgebase.located import Document, Steps, is_list, is_mapping
from dermarules.knowledgebase.misfits import unknown

Names = Mapping[str, None]

_TENDON_RESULTS = frozenset({"normal", "reduced", "absent", "brisk"})


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One record as written: its shelf, its file, and the path to it in that file."""

    shelf: Shelf
    document: Document
    path: Steps
    value: Mapping[object, object]

    @property
    def id(self) -> str:
        """The id of the record; empty if it has none that is text."""
        name = self.value.get("id")
        return name if isinstance(name, str) else ""


def entries(documents: Mapping[str, Document]) -> Iterator[Entry]:
    """Every record of the knowledge that is a mapping, in the order of the shelves."""
    for shelf in SHELVES:
        for document, path, value in _values(shelf, documents):
            if is_mapping(value):
                yield Entry(shelf, document, path, value)


def _values(shelf: Shelf, documents: Mapping[str, Document]) -> Iterator[tuple[Document, Steps, object]]:
    if shelf.is_folder:
        for file, document in documents.items():
            if file.startswith(f"{shelf.place}/"):
                yield document, (), document.value
        return
    document = documents.get(shelf.place, _NO_DOCUMENT)
    records = document.value.get(shelf.key) if is_mapping(document.value) else None
    for index, record in enumerate(records if is_list(records) else ()):
        yield document, (shelf.key, index), record


_NO_DOCUMENT = Document("", None)


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Every id by kind of thing; `areas` with their regions; what is midline; what a reflex may answer."""

    names: Mapping[str, Names]
    synonyms: Mapping[tuple[str, str], str]
    areas: Mapping[str, tuple[str, ...]]
    midline: frozenset[tuple[str, str]]
    reflex_results: Mapping[str, frozenset[str]]
    sites_of: Mapping[str, frozenset[str]]
    plexuses: Names

    def misfit(self, kind: str, name: object) -> str:
        """Why `name` is no id of this kind; empty if it is one."""
        names = self.names.get(kind, {})
        if isinstance(name, str) and name in names:
            return ""
        if isinstance(name, str) and (kind, name) in self.synonyms:
            return f"unknown {kind} '{name}' (did you mean '{self.synonyms[kind, name]}'?)"
        return unknown(kind, name, names)

    def reflex_misfit(self, reflex: str, results: set[str]) -> str:
        """Why a reflex cannot answer so; empty if it can. A reflex that lists no results is a tendon reflex."""
        possible = self.reflex_results.get(reflex, _TENDON_RESULTS)
        if results & possible or reflex not in self.names["reflex"]:
            return ""
        return f"the {reflex} reflex is never {' or '.join(sorted(results))}; it is {', '.join(sorted(possible))}"

    def regions_of(self, place: str) -> tuple[str, ...]:
        """The regions that a region or area stands for."""
        return self.areas.get(place, (place,))


def register(documents: Mapping[str, Document], all_entries: Iterable[Entry]) -> Register:
    """The register of the documents of a knowledge folder, whatever else is wrong with them."""
    by_kind: dict[str, dict[str, Mapping[object, object]]] = {shelf.kind: {} for shelf in SHELVES}
    for entry in all_entries:
        if entry.id:
            by_kind[entry.shelf.kind].setdefault(entry.id, entry.value)
    names: dict[str, Names] = {kind: dict.fromkeys(records) for kind, records in by_kind.items()}
    names["muscle group"] = _keys(documents, *MUSCLE_GROUPS)
    names["prior"] = _keys(documents, WEIGHTS, "prior")
    names["foot drop row"] = _keys(documents, *FOOT_DROP)
    names["region or area"] = {**names["region"], **names["area"]}
    names["muscle or movement"] = {**names["muscle"], **names["movement"]}
    names["rule or red flag"] = {**names["rule"], **names["red flag"]}
    return Register(
        names=names,
        synonyms={
            (kind, synonym): name
            for kind, records in by_kind.items()
            for name, record in records.items()
            for synonym in _texts(record.get("synonyms"))
            if synonym not in names[kind]
        },
        areas={name: tuple(dict.fromkeys(_texts(record.get("regions")))) for name, record in by_kind["area"].items()},
        midline=frozenset(
            (kind, name)
            for kind, records in by_kind.items()
            for name, record in records.items()
            if record.get("lateral") is False
        ),
        reflex_results={
            name: frozenset(_texts(record["results"]))
            for name, record in by_kind["reflex"].items()
            if is_list(record.get("results"))
        },
        sites_of={name: frozenset(_course_sites(record)) for name, record in by_kind["nerve"].items()},
        plexuses={
            name.removesuffix("_plexus"): None
            for name, record in by_kind["nerve"].items()
            if record.get("kind") == "plexus"
        },
    )


def _keys(documents: Mapping[str, Document], file: str, key: str) -> Names:
    value = documents.get(file, _NO_DOCUMENT).value
    inner = value.get(key) if is_mapping(value) else None
    return {name: None for name in inner if isinstance(name, str)} if is_mapping(inner) else {}


def _texts(value: object) -> Iterator[str]:
    return (item for item in value if isinstance(item, str)) if is_list(value) else iter(())


def _course_sites(nerve: Mapping[object, object]) -> Iterator[str]:
    course = nerve.get("course")
    for item in course if is_list(course) else ():
        site = item.get("site") if is_mapping(item) else None
        if isinstance(site, str):
            yield site
