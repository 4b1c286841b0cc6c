"""The small print of a page: under which map and knowledge it holds, and its limits."""

from dermarules.questions.answer import Asked
from dermarules.render.asking import authors, limits
from dermarules.render.voice import Voice

_DIGEST = 12


def page_footer(asked: Asked, voice: Voice) -> tuple[str, ...]:
    """Under which map and knowledge a page holds, and what the reader is to keep in mind."""
    knowledge = asked.knowledge
    made = voice.say("page.made", map=asked.map, version=knowledge.version, digest=knowledge.digest[:_DIGEST])
    return (made, *authors(voice), *limits(asked.case, voice.language))
