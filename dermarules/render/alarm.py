"""How urgent it is, and what to do: the first section of every letter."""

from collections.abc import Iterator

from dermarules.questions.answer import Answer, Raised
from dermarules.render.grounds import Grounds, flag_tag, tag
from dermarules.render.letter import Line, Section, shortened
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import (
    and_more,
    condition_name,
    flag_name,
    localization_name,
    lowered,
    stopped,
    urgency_title,
    urgency_word,
)

# How many red flags are told with their findings; the others are named.
_TOLD = 3
_NAMED = 4


def urgent(answer: Answer, grounds: Grounds, verbosity: Verbosity) -> Section:
    """Raised red flags and what they ask for, the urgency of the localization itself, and what is not excluded."""
    voice = grounds.voice
    lines = (*_raised(answer, grounds), *_floor(answer, grounds), *_open(answer, voice, verbosity))
    return Section(_title(answer, voice), lines or tuple(_quiet(answer, voice)))


def _quiet(answer: Answer, voice: Voice) -> Iterator[Line]:
    """No flag is raised or open; what nobody asked is named, for it is not normal."""
    yield Line(voice.say("alarm.quiet"))
    told = {finding.name for finding in answer.case.findings}
    first = sorted((i for i in answer.knowledge.history.values() if i.ask_first), key=lambda item: item.ask_first)
    meanings = [voice.text("history", item.id, "meaning") for item in first if item.id not in told][:_NAMED]
    missing = [lowered(meaning, voice).rstrip(".") for meaning in meanings]
    if missing:
        yield Line(voice.say("alarm.not_asked", missing="; ".join(missing)))


def _title(answer: Answer, voice: Voice) -> str:
    urgency = urgency_word(answer.urgency, voice)
    if answer.urgency_possible is answer.urgency:
        return voice.say("alarm.title", urgency=urgency)
    return voice.say("alarm.title_possible", urgency=urgency, possible=urgency_word(answer.urgency_possible, voice))


def _raised(answer: Answer, grounds: Grounds) -> Iterator[Line]:
    top = [flag for flag in answer.red_flags.raised if flag.urgency is answer.urgency][:_TOLD]
    told: dict[Line, None] = {}
    for flag in top:
        yield _told(flag, answer, grounds, told)
    for flag in answer.red_flags.raised:
        if flag not in top:
            yield _also(flag, answer, grounds)


def _also(flag: Raised, answer: Answer, grounds: Grounds) -> Line:
    """A red flag that is less urgent than the most urgent, or one too many to be told whole."""
    voice = grounds.voice
    text = voice.say(
        "alarm.also_raised",
        urgency=urgency_word(flag.urgency, voice),
        flag=flag_name(flag.id, voice),
        action=stopped(action_of(flag, voice)),
    )
    return Line(text, (flag_tag(flag.id, answer.knowledge),), grounds.is_draft(flag.claims))


def action_of(flag: Raised, voice: Voice) -> str:
    """What a red flag asks for, in its author's words if the language has none of its own."""
    return voice.own("red_flags", flag.id, "do") or flag.action


def because_of(flag: Raised, voice: Voice) -> str:
    """Why a red flag is one, in its author's words if the language has none of its own."""
    return voice.own("red_flags", flag.id, "because") or flag.because


def _told(flag: Raised, answer: Answer, grounds: Grounds, told: dict[Line, None]) -> Line:
    """A red flag with the findings that it rests on; those in `told`, which grows, are not told again."""
    voice = grounds.voice
    said = voice.say("alarm.because", because=stopped(because_of(flag, voice)))
    because = Line(said, (flag_tag(flag.id, answer.knowledge),), grounds.is_draft(flag.claims))
    suspected = Line(voice.say("alarm.suspected", condition=condition_name(flag.suspects, voice)))
    findings = grounds.findings(flag.claims)
    new = [line for line in findings if line not in told]
    again = [Line(voice.say("alarm.above_too" if new else "alarm.above"))] if len(new) < len(findings) else []
    told.update(dict.fromkeys(new))
    under = (because, suspected, *shortened(tuple(new), voice), *again)
    return Line(stopped(action_of(flag, voice)), under=under)


def _floor(answer: Answer, grounds: Grounds) -> Iterator[Line]:
    floor = answer.inference.floor
    if floor is None:
        return
    name = localization_name(floor.localization, grounds.voice)
    is_first = answer.inference.ranked[0].weighing.candidate.localization == floor.localization
    key = "alarm.floor_first" if is_first else "alarm.floor_possible"
    text = grounds.voice.say(key, urgency=urgency_title(floor.urgency, grounds.voice), place=name)
    ground = (tag(f"localizations/{floor.site.id}", floor.site.sources),)
    yield Line(text, ground, grounds.is_draft(floor.entries))


def _open(answer: Answer, voice: Voice, verbosity: Verbosity) -> Iterator[Line]:
    flags = answer.red_flags.open
    if not flags:
        return
    named = and_more([flag_name(flag.id, voice) for flag in flags[:_NAMED]], max(0, len(flags) - _NAMED), voice)
    highest = urgency_word(answer.urgency_possible, voice)
    # A letter in short has no questions at its end to send the reader to.
    key = "alarm.open_alone" if verbosity is Verbosity.SHORT else "alarm.open"
    yield Line(voice.say(key, n=len(flags), urgency=highest, flags=named))
