"""The small print of a page: under which map and knowledge it holds, and its limits."""

from dermarules.questions.answer import Answer
from dermarules.render.asking import authors, limits
from dermarules.render.voice import Voice

_DIGEST = 12


def page_footer(answer: Answer, voice: Voice) -> tuple[str, ...]:
    """Under which map and knowledge a page holds, and what the reader is to keep in mind."""
    knowledge = answer.knowledge
    made = voice.say("page.made", map=answer.map, version=knowledge.version, digest=knowledge.digest[:_DIGEST])
    return (made, *authors(voice), *limits(answer.case, voice.language))
