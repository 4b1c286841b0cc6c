"""Written records to objects: conditions and areas are read against the ids, the rest is structured."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache

from dermarules.errors import Fault
from dermarules.knowledgebase.conditions import ConditionReader
from dermarules.knowledgebase.located import Document, Steps, is_list, is_mapping
from dermarules.knowledgebase.misfits import Misfit, MisfitError, unknown_field
from dermarules.knowledgebase.register import Entry, Register
from dermarules.knowledgebase.structure import structure
from dermarules.localizations import WideSite
from dermarules.rules import All

_CONDITIONS = ("when", "ask_when", "absent_when", "requires")
_TIERS = ("core", "usual", "variable")
# Stands for a condition that could not be read, so that the rest of the record is still checked.
_UNREAD = All(())


def read_record(entry: Entry, register: Register) -> object:
    """The object that a record states; MisfitError, with paths inside the record, if it states none."""
    names = _fields(entry.shelf.record)
    reader = ConditionReader(entry.document, register)
    value = {str(key): inner for key, inner in entry.value.items()}
    misfits: list[Misfit] = []
    for name in _CONDITIONS:
        if name not in names or value.get(name) is None:
            continue
        try:
            value[name] = reader.read(value[name])
        except MisfitError as error:
            misfits.extend(misfit.under(name) for misfit in error.misfits)
            value[name] = _UNREAD
    if "location" in names:
        if "location" in value:
            misfits.append(unknown_field("location", ()))
        value["location"] = entry.document.at(entry.value)
    if entry.shelf.record is WideSite:
        value = _with_regions(value, register)
    try:
        record: object = structure(value, entry.shelf.record)
    except MisfitError as error:
        misfits.extend(error.misfits)
    if misfits:
        raise MisfitError(*misfits)
    return record


@cache
def _fields(record: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(record))


def _with_regions(site: dict[str, object], register: Register) -> dict[str, object]:
    """The site with regions for areas; where areas overlap, the more constant tier counts."""
    territory = site.get("territory")
    skin = territory.get("skin") if is_mapping(territory) else None
    if not is_mapping(territory) or not is_mapping(skin):
        return site
    seen: set[str] = set()
    tiers: dict[object, object] = dict(skin)
    for tier in _TIERS:
        places = skin.get(tier)
        if is_list(places) and all(isinstance(place, str) for place in places):
            regions = [region for place in places for region in register.regions_of(str(place))]
            tiers[tier] = [region for region in dict.fromkeys(regions) if region not in seen]
            seen.update(regions)
    return site | {"territory": {**territory, "skin": tiers}}


def record_faults(document: Document, path: Steps, error: MisfitError) -> Iterator[Fault]:
    """The misfits of a value at a path of a document, as faults."""
    for misfit in error.misfits:
        yield document.fault((*path, *misfit.path), misfit.message, of_key=misfit.of_key)


def read_records(entries: Iterable[Entry], register: Register) -> tuple[Mapping[str, dict[str, object]], list[Fault]]:
    """The objects of every record by attribute of Knowledge and id, and every fault on the way."""
    records: dict[str, dict[str, object]] = {}
    faults: list[Fault] = []
    for entry in entries:
        try:
            record = read_record(entry, register)
        except MisfitError as error:
            faults.extend(record_faults(entry.document, entry.path, error))
        else:
            records.setdefault(entry.shelf.attribute, {}).setdefault(entry.id, record)
    return records, faults
