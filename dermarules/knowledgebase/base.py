"""The knowledge base: every record of the knowledge folder, checked, by id."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

from dermarules.anatomy import (
    Area,
    Dermatome,
    DermatomeMap,
    DiscLevel,
    LesionSite,
    Movement,
    Muscle,
    Nerve,
    PlexusVariant,
    ReflexArc,
    Region,
    Root,
    Statement,
    TransitionZone,
)
from dermarules.bedside import FunctionalTest, HistoryItem, KeyExamination, Measure, Sign
from dermarules.diseases import DiseaseEntity, Syndrome
from dermarules.errors import Fault, KnowledgeError
from dermarules.examiner import Agreement, Detection, TierShare
from dermarules.knowledgebase.beside import beside_faults, read_beside
from dermarules.knowledgebase.consistency import condition_faults, move_faults, tier_faults
from dermarules.knowledgebase.files import Contents, Documents, digest_of, file_faults, parsed_files, read_files
from dermarules.knowledgebase.layout import SHELVES
from dermarules.knowledgebase.located import Document
from dermarules.knowledgebase.records import read_records
from dermarules.knowledgebase.references import id_faults, reference_faults
from dermarules.knowledgebase.register import Entry, Register, entries, make_register
from dermarules.knowledgebase.resolve import knowledge_folder
from dermarules.localizations import WideSite
from dermarules.provenance import Location, Source
from dermarules.rules import Accuracy, DerivedFinding, Modifier, RedFlag, Rule, Unused
from dermarules.vocabulary import Review
from dermarules.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Everything the knowledge folder states, by id and in its order; retired rules and red flags are left out.

    `locations` says where each record is written, by names such as nerves/femoral; `register` knows every id;
    `files` are the texts that it was read from, by path inside the folder.
    """

    version: str
    title: str
    digest: str
    folder: str
    sources: Mapping[str, Source]
    regions: Mapping[str, Region]
    areas: Mapping[str, Area]
    roots: Mapping[str, Root]
    maps: Mapping[str, DermatomeMap]
    dermatomes: Mapping[str, Dermatome]
    zones: Mapping[str, TransitionZone]
    evidence: Mapping[str, Statement]
    lesion_sites: Mapping[str, LesionSite]
    nerves: Mapping[str, Nerve]
    plexus_variants: Mapping[str, PlexusVariant]
    muscles: Mapping[str, Muscle]
    muscle_groups: Mapping[str, str]
    movements: Mapping[str, Movement]
    functional_tests: Mapping[str, FunctionalTest]
    grades: Mapping[int, str]
    reflexes: Mapping[str, ReflexArc]
    signs: Mapping[str, Sign]
    history: Mapping[str, HistoryItem]
    measures: Mapping[str, Measure]
    disc_levels: Mapping[str, DiscLevel]
    disc_rules: Mapping[str, Statement]
    conditions: Mapping[str, DiseaseEntity]
    syndromes: Mapping[str, Syndrome]
    foot_drop: Mapping[str, Mapping[str, str]]
    derived: Mapping[str, DerivedFinding]
    wide_sites: Mapping[str, WideSite]
    rules: Mapping[str, Rule]
    red_flags: Mapping[str, RedFlag]
    modifiers: Mapping[str, Modifier]
    accuracy: Mapping[str, Accuracy]
    detection: Mapping[str, Detection]
    tier_shares: Mapping[str, TierShare]
    agreement: Mapping[str, Agreement]
    weights: Weights
    isncsci: KeyExamination
    unused: Mapping[str, Unused]
    locations: Mapping[str, Location] = field(repr=False)
    register: Register = field(repr=False)
    files: Mapping[str, str] = field(repr=False)


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """The knowledge of a folder (by default of this installation); KnowledgeError with every fault of every file."""
    with _no_garbage_collection():
        root = knowledge_folder(folder)
        return _load(root.name, *read_files(root))


def knowledge_in(files: Mapping[str, str], name: str) -> Knowledge:
    """The knowledge that files state which are at hand as texts, by path inside their folder, called `name`.

    KnowledgeError with every fault of every file.
    """
    with _no_garbage_collection():
        return _load(name, *parsed_files(files, name))


def _load(folder: str, documents: Documents, contents: Contents) -> Knowledge:
    all_entries = tuple(entries(documents))
    register = make_register(documents, all_entries)
    records, faults = read_records(all_entries, register)
    faults.extend(_faults(folder, documents, all_entries, register))
    faults.extend(condition_faults(all_entries, records))
    beside, more = read_beside(documents)
    faults.extend(more)
    if faults:
        raise KnowledgeError(faults)
    shelves = {shelf.attribute: records.get(shelf.attribute, {}) for shelf in SHELVES}
    shelves |= {name: _active(shelves[name]) for name in ("rules", "red_flags")}
    locations = {f"{entry.shelf.label}/{entry.id}": entry.document.at(entry.value) for entry in all_entries}
    # The types of the values are those of layout.SHELVES and beside.read_beside.
    fields = cast(dict[str, Any], {**shelves, **beside})
    return Knowledge(
        digest=digest_of(contents),
        folder=folder,
        locations=locations,
        register=register,
        files={path: content.decode() for path, content in contents.items()},
        **fields,
    )


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Loading makes a hundred thousand objects and no garbage; looking for it would cost a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def default_knowledge() -> Knowledge:
    """The knowledge of this installation, loaded once per process."""
    with _LOCK:
        return _default_knowledge()


_LOCK = Lock()


@cache
def _default_knowledge() -> Knowledge:
    return load_knowledge()


def _faults(
    folder: str, documents: Mapping[str, Document], all_entries: tuple[Entry, ...], register: Register
) -> Iterator[Fault]:
    yield from file_faults(folder, documents)
    yield from id_faults(all_entries)
    yield from reference_faults(documents, all_entries, register)
    yield from beside_faults(documents, register)
    yield from tier_faults(all_entries)
    yield from move_faults(all_entries)


def _active(rules: Mapping[str, object]) -> dict[str, object]:
    return {
        name: rule
        for name, rule in rules.items()
        if isinstance(rule, Rule | RedFlag) and rule.review is not Review.RETIRED
    }
