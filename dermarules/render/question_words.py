"""What to ask or examine, in the words of the language."""

from dermarules.render.voice import Voice
from dermarules.render.words import capital, places_phrase
from dermarules.vocabulary import Feeling

# What a condition on a level on the trunk waits for.
_LEVELS = ("sensory",)
_EXAMINED = ("signs", "reflexes", "movements")
_FEELINGS = frozenset(feeling.value for feeling in Feeling)


def question_words(about: str, words: str, voice: Voice) -> str:
    """The question about something: an id of the knowledge, or what is felt. `words` are those of the knowledge."""
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
    if about in knowledge.regions:
        return capital(voice.say("asks.sensation", where=places_phrase([about], voice))) + "."
    if about in _FEELINGS:
        return voice.say("asks.felt", felt=voice.say(f"phrases.feels_{about}"))
    return words
