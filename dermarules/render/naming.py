"""The name of a weighed localization with its side; several lesions each with its own."""

from collections.abc import Callable

from dermarules.inference.weigh import Weighing
from dermarules.questions.differential import side_of
from dermarules.render.voice import Voice
from dermarules.render.words import localization_name, on_side, the_localization

Namer = Callable[[str, Voice], str]


def named(weighing: Weighing, voice: Voice) -> str:
    """The localization and its side: L5 root, left."""
    return _named(weighing, voice, localization_name)


def the_named(weighing: Weighing, voice: Voice) -> str:
    """The localization and its side within a sentence: the L5 root, left."""
    return _named(weighing, voice, the_localization)


def has_lesions_apart(weighing: Weighing) -> bool:
    """True if it takes several lesions that are not all on one side, so that one word cannot say where."""
    return len({side for _, side in weighing.candidate.parts}) > 1


def _named(weighing: Weighing, voice: Voice, name: Namer) -> str:
    if not has_lesions_apart(weighing):
        return on_side(name(weighing.candidate.localization, voice), side_of(weighing), voice)
    parts = (
        on_side(name(candidate.localization, voice), "both" if candidate.is_bilateral else side.value, voice)
        for candidate, side in weighing.candidate.parts
    )
    return voice.say("words.and_apart").join(parts)
