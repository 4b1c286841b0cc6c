"""An outcome in words: the first answer with its side, and the red flags behind it, wherever answers are compared."""

from collections.abc import Iterable

from dermarules.inference.facts import known
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.answer import Answer
from dermarules.render.compose import plain
from dermarules.render.grounds import cited, tag
from dermarules.render.voice import Voice
from dermarules.render.words import on_side, the_localization
from dermarules.vocabulary import Review


def case_title(answer: Answer) -> str:
    """What a case is called."""
    return plain(answer.case.title) or plain(answer.case.id)


def the_place(localization: str, side: str | None, voice: Voice) -> str:
    """A localization and its side within a sentence: the L5 root, left."""
    return on_side(the_localization(localization, voice), side, voice)


def flag_tags(flags: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Red flags as grounds, each with its first sources."""
    return tuple(tag(f"red_flags/{flag}", cited(knowledge.red_flags[flag].sources)) for flag in flags)


def has_draft_flag(flags: Iterable[str], knowledge: Knowledge) -> bool:
    """True if nobody has read a source for one of the red flags."""
    return any(knowledge.red_flags[flag].review is Review.DRAFT for flag in flags)


def weights_are_draft(knowledge: Knowledge) -> bool:
    """True if the weights, on which every order rests, were never checked against a source."""
    return known(knowledge, "weights").review is Review.DRAFT
