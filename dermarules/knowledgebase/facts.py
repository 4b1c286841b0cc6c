"""The facts and rules of the knowledge by their names in a proof: `movements/hip_flexion`, `rules/back_pain_root`."""

from dataclasses import dataclass
from functools import lru_cache

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.layout import SHELVES
from dermarules.proof import Known
from dermarules.provenance import Citation, Fact, Location
from dermarules.vocabulary import Review


@lru_cache(maxsize=1 << 13)
def known(knowledge: Knowledge, name: str) -> Known:
    """The step that a fact makes: its sources, and who stands behind it."""
    facts = _facts(knowledge, name)
    sources = tuple(dict.fromkeys(source for fact in facts for source in fact.sources))
    is_draft = any(fact.review is Review.DRAFT for fact in facts)
    return Known(name, sources, Review.DRAFT if is_draft else facts[0].review)


def _facts(knowledge: Knowledge, name: str) -> tuple[Fact, ...]:
    table, _, rest = name.partition("/")
    key, _, part = rest.partition("/")
    match table:
        case "dermatomes":
            return (knowledge.dermatomes[key].maps[part],)
        case "nerves":
            return (knowledge.nerves[key], knowledge.nerves[key].skin)
        case "plexus_variants":
            return (knowledge.plexus_variants[key],)
        case "lesion_sites":
            return (knowledge.lesion_sites[key],)
        case "muscles":
            muscle = knowledge.muscles[key]
            return (muscle.innervation, muscle.root_supply)
        case "movements":
            movement = knowledge.movements[key]
            return (movement, movement.weighting)
        case "reflexes":
            return (knowledge.reflexes[key],)
        case "localizations":
            return (knowledge.wide_sites[key],)
        case "modifiers":
            return (knowledge.modifiers[key],)
        case "weights":
            return (knowledge.weights,)
        case _:
            raise ValueError(f"no table of facts is named {table!r}")


@dataclass(frozen=True, slots=True)
class Authority:
    """Who stands behind a rule or fact, and where it is written; nobody and nowhere for a step of logic or reading."""

    location: Location | None = None
    sources: tuple[str, ...] = ()
    review: Review | None = None


# The tables of what steps apply, where the proof calls them otherwise than the knowledge does.
_TABLES = {"findings": "derived", "localizations": "wide_sites", "ask": "red_flags", "dermatome_maps": "maps"}
_FACTS = ("dermatomes", "nerves", "plexus_variants", "lesion_sites", "muscles", "movements", "reflexes")
_LABELS = {shelf.attribute: shelf.label for shelf in SHELVES}


@lru_cache(maxsize=1 << 13)
def authority(knowledge: Knowledge, name: str) -> Authority:
    """Who stands behind what a step applies, by its name in the proof: `rules/back_pain_root`, `findings/weak_leg`."""
    table, _, key = name.partition("/")
    attribute = _TABLES.get(table, table)
    if name == "weights":
        return Authority(None, knowledge.weights.sources, knowledge.weights.review)
    if attribute not in _LABELS:
        return Authority()
    location = knowledge.locations.get(f"{_LABELS[attribute]}/{key.partition('/')[0]}")
    if table in _FACTS:
        fact = known(knowledge, name)
        return Authority(location, fact.sources, fact.review)
    record = getattr(knowledge, attribute)[key]
    keys = (source.source if isinstance(source, Citation) else source for source in record.sources)
    return Authority(location, tuple(dict.fromkeys(keys)), record.review)
