"""What to ask or examine, in the words of the language."""

from collections.abc import Mapping
from functools import lru_cache

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.check_use import conditions_of
from dermarules.render.voice import Voice
from dermarules.render.words import places_phrase
from dermarules.rules import Leaf, walk
from dermarules.vocabulary import Kind, Modality

# What a condition on a level on the trunk waits for.
_LEVELS = ("sensory",)
_EXAMINED = ("signs", "reflexes", "movements")


def question_words(about: str, words: str, voice: Voice) -> str:
    """The question about something: an id of the knowledge, or places in words. `words` are those of the knowledge."""
    knowledge = voice.knowledge
    if about in knowledge.history:
        return voice.text("history", about, "question")
    if about in knowledge.measures:
        unit = voice.text("measures", about, "unit")
        return voice.say("asking.measure", measure=voice.name("measures", about), unit=unit)
    for table in _EXAMINED:
        if about in getattr(knowledge, table):
            return voice.say("asking.examine", name=voice.name(table, about), how=voice.text(table, about, "how"))
    if about in knowledge.muscles:
        return voice.name("muscles", about)
    if about in _LEVELS:
        return voice.say("asking.level")
    leaf = _leaves(knowledge).get(about)
    # A language without names of its own for the skin reads the condition as the knowledge words it.
    if leaf is None or "regions" not in voice.language.names:
        return words
    return voice.say("asking.place", place=_leaf_phrase(leaf, voice))


def _leaf_phrase(leaf: Leaf, voice: Voice) -> str:
    """What a condition tests at which places, whatever is found there."""
    prefix = "feels_" if leaf.kind is Kind.FEELS else ""
    name = leaf.names[0] if len(leaf.names) == 1 else Modality.ANY.value
    felt = voice.say(f"phrases.{prefix}{name}")
    return voice.say("asking.felt", felt=felt, where=places_phrase(leaf.places, voice))


@lru_cache(maxsize=8)
def _leaves(knowledge: Knowledge) -> Mapping[str, Leaf]:
    """Every condition about places by the words in which it is asked for."""
    parts = (part for condition in conditions_of(knowledge) for part in walk(condition))
    leaves = (part for part in parts if isinstance(part, Leaf) and part.places)
    return {_asked(leaf): leaf for leaf in leaves}


def _asked(leaf: Leaf) -> str:
    if leaf.kind is not Kind.SENSATION:
        return leaf.wording
    quality = leaf.names[0] if len(leaf.names) == 1 else "sensation"
    return f"{quality} over {leaf.wording.partition(' over ')[2]}"
