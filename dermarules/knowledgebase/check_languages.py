"""Languages agree: each says what English says with the same slots, and names only what the knowledge holds."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from dermarules.errors import Fault, KnowledgeError
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.languages import ENGLISH, FOLDER, NAMES, Language, read_language, slots_of
from dermarules.knowledgebase.misfits import unknown
from dermarules.knowledgebase.translations import OF, digest_of, is_of, sentences
from dermarules.provenance import Location

# The texts that a language may have of a record. `do` is what a red flag asks for; `causes` is one text for all.
_FIELDS = {
    "regions": ("name",),
    "areas": ("name",),
    "movements": ("name", "how"),
    "muscles": ("name",),
    "reflexes": ("name", "how"),
    "signs": ("name", "how"),
    "nerves": ("name",),
    "lesion_sites": ("name", "causes"),
    "wide_sites": ("name", "because"),
    "history": ("meaning", "question"),
    "measures": ("name", "unit"),
    "conditions": ("name",),
    "plexus_variants": ("name",),
    "maps": ("title",),
    "zones": ("advice",),
    "modifiers": ("because",),
    "derived": ("title",),
    "rules": ("title", "because"),
    "red_flags": ("title", "because", "do"),
}


def shipped_language_faults(knowledge: Knowledge) -> tuple[Fault, ...]:
    """Every fault of the languages of this installation, in order of place."""
    return language_faults(sorted(path for path in FOLDER.iterdir() if path.is_dir()), knowledge)


def language_faults(folders: Iterable[Path], knowledge: Knowledge) -> tuple[Fault, ...]:
    """Every fault of languages: of what they write, against English, and against the knowledge, in order of place."""
    faults: list[Fault] = []
    read: list[Language] = []
    for folder in folders:
        try:
            read.append(read_language(folder))
        except KnowledgeError as error:
            faults += error.faults
    english = next((language for language in read if language.id == ENGLISH), None)
    for language in read:
        faults += _name_faults(language, knowledge)
        if english is not None and language is not english:
            faults += _template_faults(language, english)
    return tuple(sorted(set(faults)))


def _template_faults(language: Language, english: Language) -> Iterator[Fault]:
    """Templates that English has and the language has not, or the other way round, and slots that differ."""
    for template in english.templates.keys() - language.templates.keys():
        stem, _, key = template.partition(".")
        said = english.templates[template]
        yield _place(language, stem).fault(f"missing template '{key}', in English: {said}")
    for template, text in language.templates.items():
        stem, _, key = template.partition(".")
        document = language.documents[stem]
        if template not in english.templates:
            known = [other.partition(".")[2] for other in english.templates if other.startswith(f"{stem}.")]
            yield document.fault((key,), unknown("template", key, known), of_key=True)
            continue
        has, needs = slots_of(text), slots_of(english.templates[template])
        for slot in needs:
            if slot not in has:
                yield document.fault((key,), f"has no slot {{{slot}}}, which English fills")
        for slot in has:
            if slot not in needs:
                yield document.fault((key,), unknown("slot", slot, needs))


def _place(language: Language, stem: str) -> Location:
    """Where a file of the language begins, though it may not be there."""
    document = language.documents.get(stem)
    return document.place() if document else Location(f"languages/{language.id}/{stem}.yaml")


def _name_faults(language: Language, knowledge: Knowledge) -> Iterator[Fault]:
    """Names of what the knowledge does not hold, and texts that no record has."""
    for table, records in language.names.items():
        document = language.documents[NAMES]
        if table not in _FIELDS:
            yield document.fault((table,), unknown("table", table, _FIELDS), of_key=True)
            continue
        known = getattr(knowledge, table)
        for name, texts in records.items():
            if name not in known:
                yield document.fault((table, name), unknown("id", name, known), of_key=True)
            odd = [field for field in texts if field not in (*_FIELDS[table], OF)]
            for field in odd:
                yield document.fault((table, name, field), unknown("text", field, _FIELDS[table]), of_key=True)
            if name in known and not odd and not is_of(table, name, texts, knowledge):
                yield document.fault((table, name), _outdated(table, name, texts, knowledge))


def _outdated(table: str, name: str, texts: Mapping[str, str], knowledge: Knowledge) -> str:
    digest = digest_of(table, name, sentences(texts), knowledge)
    is_said = "translates other words than the knowledge has now" if OF in texts else "does not say what it translates"
    return f"{is_said}; compare them, then write of: '{digest}'"
