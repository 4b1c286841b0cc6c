"""The ids that the knowledge defines, by kind, and the little about each that decides where it may be used."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dermarules.knowledgebase.layout import MUSCLE_GROUPS, SHELVES, WEIGHTS, Shelf
from dermarules.knowledgebase.located import Document, Steps, is_list, is_mapping
from dermarules.knowledgebase.misfits import unknown
from dermarules.vocabulary import Kind

Names = Mapping[str, None]

PLACE = "region or area"
# Kinds that stand for several, or in the file of another.
_JOINED = {
    PLACE: ("region", "area"),
    "muscle or movement": ("muscle", "movement"),
    "rule or red flag": ("rule", "red flag"),
    "muscle group": ("muscle",),
}
# Of what kind the names of a finding are.
NAMES_OF = {
    Kind.POWER: "movement",
    Kind.MUSCLE: "muscle",
    Kind.WASTING: "muscle or movement",
    Kind.FASCICULATION: "muscle or movement",
    Kind.REFLEX: "reflex",
    Kind.SIGN: "sign",
    Kind.HISTORY: "history item",
    Kind.MEASURE: "measure",
}
_TENDON_RESULTS = frozenset({"normal", "reduced", "absent", "brisk"})


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One record as written: its shelf, its file, the path to it there, and its id (empty if that is not text)."""

    shelf: Shelf
    document: Document
    path: Steps
    value: Mapping[object, object]
    id: str


def entries(documents: Mapping[str, Document]) -> Iterator[Entry]:
    """Every record of the knowledge that is a mapping, in the order of the shelves."""
    for shelf in SHELVES:
        for document, path, value in _values(shelf, documents):
            if is_mapping(value):
                name = value.get("id")
                yield Entry(shelf, document, path, value, name if isinstance(name, str) else "")


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
    """Every id by kind of thing; `areas` with their regions; what is midline; what a reflex may answer.

    Kinds whose files could not be read are `unread`: one syntax error is not to make a thousand ids unknown.
    """

    names: Mapping[str, Names]
    synonyms: Mapping[tuple[str, str], str]
    areas: Mapping[str, tuple[str, ...]]
    midline: frozenset[tuple[str, str]]
    reflex_results: Mapping[str, frozenset[str]]
    sites_of: Mapping[str, frozenset[str]]
    plexuses: Names
    unread: frozenset[str]

    def misfit(self, kind: str, name: object) -> str:
        """Why `name` is no id of this kind; empty if it is one."""
        names = self.names.get(kind, {})
        if isinstance(name, str) and (name in names or kind in self.unread):
            return ""
        if isinstance(name, str) and (kind, name) in self.synonyms:
            return f"unknown {kind} '{name}' (did you mean '{self.synonyms[kind, name]}'?)"
        return unknown("region" if kind == PLACE else kind, name, names)

    def reflex_misfit(self, reflex: str, results: set[str]) -> str:
        """Why a reflex cannot answer so; empty if it can. A reflex that lists no results is a tendon reflex."""
        possible = self.reflex_results.get(reflex, _TENDON_RESULTS)
        if results & possible or reflex not in self.names["reflex"]:
            return ""
        return f"the {reflex} reflex is never {' or '.join(sorted(results))}; it is {', '.join(sorted(possible))}"

    def regions_of(self, place: str) -> tuple[str, ...]:
        """The regions that a region or area stands for."""
        return self.areas.get(place, (place,))


def make_register(documents: Mapping[str, Document], all_entries: Iterable[Entry]) -> Register:
    """The register of the documents of a knowledge folder, whatever else is wrong with them."""
    by_kind: dict[str, dict[str, Mapping[object, object]]] = {shelf.kind: {} for shelf in SHELVES}
    for entry in all_entries:
        if entry.id:
            by_kind[entry.shelf.kind].setdefault(entry.id, entry.value)
    names: dict[str, Names] = {kind: dict.fromkeys(records) for kind, records in by_kind.items()}
    names["muscle group"] = _keys(documents, *MUSCLE_GROUPS)
    names["prior"] = _keys(documents, WEIGHTS, "prior")
    for joined, kinds in _JOINED.items():
        names.setdefault(joined, {name: None for kind in kinds for name in names[kind]})
    return Register(
        names=names,
        unread=frozenset(_unread(documents)),
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


def _unread(documents: Mapping[str, Document]) -> Iterator[str]:
    """The kinds of which some records could not be read, and the kinds that hold those kinds."""
    unread = {shelf.kind for shelf in SHELVES if _is_unread(shelf, documents)}
    yield from unread
    yield from (joined for joined, kinds in _JOINED.items() if unread.intersection(kinds))
    if not is_mapping(documents.get(WEIGHTS, _NO_DOCUMENT).value):
        yield "prior"


def _is_unread(shelf: Shelf, documents: Mapping[str, Document]) -> bool:
    if shelf.is_folder:
        return any(d.value is None for file, d in documents.items() if file.startswith(f"{shelf.place}/"))
    value = documents.get(shelf.place, _NO_DOCUMENT).value
    return not (is_mapping(value) and is_list(value.get(shelf.key)))


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
