"""An outcome in words: the first answer with its side, and the red flags behind it, wherever answers are compared."""

from collections.abc import Iterable

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.facts import known
from dermarules.render.grounds import flag_tag
from dermarules.render.voice import Voice
from dermarules.render.words import on_side, the_localization
from dermarules.vocabulary import Review


def the_place(localization: str, side: str | None, voice: Voice) -> str:
    """A localization and its side within a sentence: the L5 root, left."""
    return on_side(the_localization(localization, voice), side, voice)


def flag_tags(flags: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Red flags as grounds, each with its first sources."""
    return tuple(flag_tag(flag, knowledge) for flag in flags)


def has_draft_flag(flags: Iterable[str], knowledge: Knowledge) -> bool:
    """True if nobody has read a source for one of the red flags."""
    return any(knowledge.red_flags[flag].review is Review.DRAFT for flag in flags)


def weights_are_draft(knowledge: Knowledge) -> bool:
    """True if the weights, on which every order rests, were never checked against a source."""
    return known(knowledge, "weights").review is Review.DRAFT
