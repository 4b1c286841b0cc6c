"""The voice in which the tests read texts."""

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.languages import language
from dermarules.render.voice import Voice


def english(knowledge: Knowledge) -> Voice:
    """The voice of English."""
    return Voice(knowledge, language("en"))
