"""The cited facts of the knowledge base, by name: `movements/hip_flexion`, `dermatomes/L5/consensus`, `weights`."""

from functools import lru_cache

from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Known
from dermarules.provenance import Fact
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
