"""Whether a report holds, in words: every flaw, what was checked, and what was not."""

from collections.abc import Iterator, Sequence

from dermarules.questions.answer import Asked
from dermarules.render.compose import case_title, subject
from dermarules.render.footer import page_footer
from dermarules.render.letter import Line, Section
from dermarules.render.page import Page
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.replay.compare import Flaw, Wrong
from dermarules.replay.verdict import Checked, Verdict

# A report under other knowledge may differ in every step: the page tells the first, its JSON all.
_MOST = 50


def replay_page(asked: Asked, value: Verdict, voice: Voice, _: Verbosity) -> Page:
    """Whether a report holds, with every flaw, what was checked and what was not."""
    count = len(value.flaws)
    verdict = Line(voice.say("replay.sound") if value.is_sound else voice.say("replay.unsound", n=count))
    parts = voice.say("replay.parts", parts=", ".join(value.unchecked))
    sections = [
        Section(voice.say("replay.verdict"), (verdict,)),
        *([Section(voice.say("replay.flaws"), tuple(flaw_lines(value.flaws, voice)))] if count else []),
        Section(voice.say("replay.checked"), tuple(_checked(value.checked, voice, is_sound=value.is_sound))),
        Section(voice.say("replay.unchecked"), (Line(parts), Line(voice.say("replay.findings")))),
    ]
    title = voice.say("replay.title", case=case_title(asked.case))
    return Page(title, subject(asked.case, voice), tuple(sections), page_footer(asked, voice))


def flaw_lines(flaws: Sequence[Flaw], voice: Voice) -> Iterator[Line]:
    """A line for each flaw, up to so many, and how many more there are."""
    yield from (Line(_flaw(flaw, voice)) for flaw in flaws[:_MOST])
    if len(flaws) > _MOST:
        yield Line(voice.say("replay.more", n=len(flaws) - _MOST))


def _flaw(flaw: Flaw, voice: Voice) -> str:
    nothing = voice.say("replay.nothing")
    slots = {"where": flaw.where, "part": flaw.part, "said": flaw.said or nothing, "follows": flaw.follows or nothing}
    key = "insufficient_total" if flaw.wrong is Wrong.INSUFFICIENT and flaw.part else flaw.wrong.value
    return voice.say(f"replay.{key}", **slots)


def _checked(checked: Checked, voice: Voice, *, is_sound: bool) -> Iterator[Line]:
    """How much was checked; that each finding was used is said only where no flaw says otherwise."""
    yield Line(voice.say("replay.rows", rows=checked.rows, steps=checked.steps, claims=checked.claims))
    key = "replay.alone" if is_sound else "replay.alone_not"
    yield Line(voice.say(key, conditions=checked.conditions_alone, totals=checked.totals_alone))
    yield Line(voice.say("replay.apart"))
