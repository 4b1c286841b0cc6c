"""The page that says of every red flag whether it is raised, open or cleared, and what would settle it."""

from collections.abc import Iterator, Sequence

from dermarules.questions.answer import Answer
from dermarules.questions.clearance import Branch, Clearance, Standing, Standings
from dermarules.questions.settle import Settling
from dermarules.render.asks import asks_words, shown_words
from dermarules.render.compose import titled
from dermarules.render.footer import page_footer
from dermarules.render.grounds import Grounds, flag_tag
from dermarules.render.letter import Line, Section
from dermarules.render.page import Page
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import flag_name, urgency_word
from dermarules.vocabulary import Urgency

_BETWEEN = "; "


def clearance_page(answer: Answer, value: Clearance, voice: Voice, verbosity: Verbosity) -> Page:
    """The certificate: what is raised, what is open, what nobody asked for, and what is cleared."""
    grounds = Grounds(answer, voice)
    sections = [_section(standing, value, grounds, answer) for standing in Standing]
    return Page(
        voice.say("clearance.title"),
        titled(answer.case, voice),
        tuple(section for section in sections if section.lines),
        page_footer(answer, voice),
    )


def _section(standing: Standing, value: Clearance, grounds: Grounds, answer: Answer) -> Section:
    flags, voice = value.that_are(standing), grounds.voice
    title = voice.say(f"clearance.{standing.value}", n=len(flags))
    match standing:
        case Standing.NOT_TOUCHED:
            return Section(title, tuple(_together(flags, answer, voice)))
        case Standing.CLEARED if flags:
            rule = Line(voice.say("clearance.rule"))
            return Section(title, (rule, *(_settled(flag, grounds, answer) for flag in flags)))
        case Standing.OPEN:
            return Section(title, tuple(_open(flag, answer, voice) for flag in flags))
        case _:
            return Section(title, tuple(_settled(flag, grounds, answer) for flag in flags))


def _settled(flag: Standings, grounds: Grounds, answer: Answer) -> Line:
    """A flag that is raised or cleared, with the findings that show it."""
    under = (*grounds.findings(flag.claims), *_branches(flag.cases, grounds.voice))
    return Line(_named(flag, grounds.voice), _ground(flag, answer), grounds.is_draft(flag.claims), under=under)


def _branches(branches: Sequence[Branch], voice: Voice) -> Iterator[Line]:
    for branch in branches:
        text = voice.say("clearance.case", found=shown_words([branch.shown], voice))
        yield Line(text, under=tuple(_branches(branch.cases, voice)))


def _open(flag: Standings, answer: Answer, voice: Voice) -> Line:
    return Line(_named(flag, voice), _ground(flag, answer), under=tuple(_settling(flag, voice)))


def _together(flags: Sequence[Standings], answer: Answer, voice: Voice) -> Iterator[Line]:
    """The flags that nothing reported calls for: one line for each urgency, with each flag beneath it."""
    by_urgency: dict[Urgency, list[Standings]] = {}
    for flag in flags:
        by_urgency.setdefault(flag.urgency, []).append(flag)
    for urgency, found in by_urgency.items():
        names = _BETWEEN.join(flag_name(flag.flag, voice) for flag in found)
        text = voice.say("clearance.several", urgency=urgency_word(urgency, voice), flags=names)
        yield Line(text, under=tuple(_one_of(flag, answer, voice) for flag in found))


def _one_of(flag: Standings, answer: Answer, voice: Voice) -> Line:
    return Line(flag_name(flag.flag, voice), _ground(flag, answer), under=tuple(_settling(flag, voice)))


def _settling(flag: Standings, voice: Voice) -> Iterator[Line]:
    """What would clear the flag; what would raise it, if that takes fewer questions or nothing can clear it."""
    clearing, raising = flag.clearing, flag.raising
    if clearing is None:
        yield Line(voice.say("clearance.nothing_clears"))
    else:
        yield Line(_clearing(clearing, voice))
    if raising is not None and (clearing is None or len(raising.asks) < len(clearing.asks)):
        yield Line(voice.say("clearance.raising", found=shown_words(raising.shown, voice)))


def _clearing(clearing: Settling, voice: Voice) -> str:
    key = "clearance.clearing" if clearing.is_fewest else "clearance.clearing_at_most"
    questions = _BETWEEN.join(asks_words(clearing.asks, voice))
    return voice.say(key, n=len(clearing.asks), questions=questions)


def _named(flag: Standings, voice: Voice) -> str:
    return voice.say("clearance.flag", urgency=urgency_word(flag.urgency, voice), flag=flag_name(flag.flag, voice))


def _ground(flag: Standings, answer: Answer) -> tuple[str, ...]:
    return (flag_tag(flag.flag, answer.knowledge),)
