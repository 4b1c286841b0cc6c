"""Every id that a record names is the id of something, and every id is given once."""

import re
from collections.abc import Iterable, Iterator, Mapping

from dermarules.errors import Fault
from dermarules.knowledgebase.layout import FOOT_DROP, ISNCSCI, WEIGHTS
from dermarules.knowledgebase.located import Document, Steps, matches, shown
from dermarules.knowledgebase.register import Entry, Register
from dermarules.knowledgebase.targets import site_misfit, target_misfit

_ROOTS = {"roots.all.*": "root", "roots.main.*": "root"}
_SKIN = {f"skin.{tier}.*": "region" for tier in ("core", "usual", "variable")}
_TARGETS = {
    f"then{item}.{verb}{target}": "target"
    for item in ("", ".*")
    for verb in ("favours", "opposes", "over")
    for target in ("", ".*")
}

# For each kind of record: where it names ids, and of what. `*` is every item, `@` every key of a mapping.
_REFERENCES: Mapping[str, Mapping[str, str]] = {
    "region": {"neighbours.*": "region", "key_point_of": "root or S4-5"},
    "area": {"regions.*": "region"},
    "dermatome": {
        "id": "root",
        "detached.*": "region",
        "maps.@": "dermatome map",
        "maps.*.sources.*": "source",
        **{f"maps.*.{tier}.*": "region" for tier in ("core", "usual", "variable")},
    },
    "transition zone": {"regions.*": "region", "roots.*": "root"},
    "nerve": {
        "parent": "nerve",
        "also_from.*": "nerve",
        "joins": "nerve",
        "report_as": "nerve",
        "usual_site": "lesion site",
        "frequency": "prior",
        "course.*.site": "lesion site",
        "course.*.muscle": "muscle",
        "course.*.nerve": "nerve",
        "course.*.skin.*": "region",
        "skin.sources.*": "source",
        **_SKIN,
        **_ROOTS,
    },
    "plexus variant": {"moves.*.usual": "root", "moves.*.carried_by.*": "root", "moves.*.within": "nerve"},
    "muscle": {
        "group": "muscle group",
        "nerves.*": "nerve",
        "key_muscle_of": "root",
        "innervation.sources.*": "source",
        "root_supply.sources.*": "source",
        **_ROOTS,
    },
    "movement": {"movers.*.muscle": "muscle", "weighting.sources.*": "source"},
    "functional test": {"movement": "movement", "roots.*": "root"},
    "reflex": {"nerves.*": "nerve", "effectors.*": "muscle", **_ROOTS},
    "sign": {"roots.*": "root", "nerves.*": "nerve", "site": "lesion site", "weak_movement": "movement"},
    "history item": {"weak_movement": "movement"},
    "disc level": {
        "exiting": "root",
        "traversing": "root",
        "paracentral.*": "root",
        "foraminal.*": "root",
        "herniation": "condition",
        "radiculopathy": "condition",
    },
    "condition": {"labels.*": "structure"},
    "syndrome": {
        "roots.*": "root",
        "nerves.*": "nerve",
        "site": "lesion site",
        "skin.*.*": "region",
        "movements.*.*": "movement",
        "reflexes.@": "reflex",
        "signs.*.*": "sign",
        "discriminators.*.separates_from.*": "syndrome",
    },
    "localization": {
        "nested_with.*": "target",
        "territory.skin.*.*": "region or area",
        "territory.movements.*.*": "movement",
        "territory.reflexes.*.*": "reflex",
        "suspects.*": "condition",
        "prior": "prior",
        "report_as": "structure",
    },
    "rule": {"sources.*.source": "source", "then.suspects": "condition", "then.*.suspects": "condition", **_TARGETS},
    "red flag": {"sources.*.source": "source", "then.suspects": "condition"},
    "modifier": {"reflexes.*": "reflex", "over.*": "region or area", "rules.*": "rule"},
    "accuracy row": {"used_by.*": "rule or red flag"},
}
_ALWAYS = {"sources.*": "source"}
_PATHS = {
    kind: [(tuple(path.split(".")), named) for path, named in (_ALWAYS | dict(paths)).items()]
    for kind, paths in _REFERENCES.items()
}
_ALWAYS_PATHS = [(("sources", "*"), "source")]

# Ids that are names in the clinic keep their capitals.
_FREE_IDS = ("root", "dermatome", "disc level", "accuracy row")
_SNAKE_CASE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


def reference_faults(
    documents: Mapping[str, Document], entries: Iterable[Entry], register: Register
) -> Iterator[Fault]:
    """A fault for each id that names nothing."""
    for entry in entries:
        for steps, kind in _PATHS.get(entry.shelf.kind, _ALWAYS_PATHS):
            yield from _faults_at(entry.document, entry.path, entry.value, steps, (kind, register))
    for file, path, kind in (
        (WEIGHTS, ("root_prior", "@"), "root"),
        (WEIGHTS, ("signs", "*"), "derived finding"),
        (WEIGHTS, ("sources", "*"), "source"),
        (ISNCSCI, ("motor", "@"), "root"),
        (ISNCSCI, ("motor", "*"), "movement"),
        (ISNCSCI, ("contraction",), "movement"),
        (ISNCSCI, ("sources", "*"), "source"),
        (FOOT_DROP[0], (FOOT_DROP[1], "@"), "syndrome"),
    ):
        if file in documents:
            yield from _faults_at(documents[file], (), documents[file].value, path, (kind, register))


def id_faults(entries: Iterable[Entry]) -> Iterator[Fault]:
    """A fault for each id that is given twice, is not the name of its file, or is not in snake case."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        path = (*entry.path, "id")
        if not entry.id:
            continue
        earlier = first.setdefault((entry.shelf.kind, entry.id), entry)
        if earlier is not entry:
            place = earlier.document.place((*earlier.path, "id"))
            yield entry.document.fault(path, f"duplicate {entry.shelf.kind} '{entry.id}', first given in {place}")
        stem = entry.document.file.rpartition("/")[2].removesuffix(".yaml")
        if entry.shelf.is_folder and entry.id != stem:
            yield entry.document.fault(path, f"'{shown(entry.id)}' is not the name of the file, '{stem}'")
        if entry.shelf.kind not in _FREE_IDS and not _SNAKE_CASE.fullmatch(entry.id):
            yield entry.document.fault(path, f"'{shown(entry.id)}' is not in snake_case")


def _faults_at(
    document: Document, start: Steps, value: object, pattern: Steps, named: tuple[str, Register]
) -> Iterator[Fault]:
    kind, register = named
    for path, name, of_key in matches(value, pattern):
        message = _misfit(register, kind, name) if isinstance(name, str) else ""
        if message:
            yield document.fault((*start, *path), message, of_key=of_key)


def _misfit(register: Register, kind: str, name: str) -> str:
    match kind:
        case "target":
            return target_misfit(register, name)
        case "structure":
            return site_misfit(register, name)
        case "root or S4-5":
            return "" if name == "S4-5" else register.misfit("root", name)
        case _:
            return register.misfit(kind, name)
