"""What running a capsule again gave, in words: whether it is the same, what differs, and whether its report holds."""

from collections.abc import Iterator
from dataclasses import replace

from dermarules.questions.answer import Asked
from dermarules.questions.rerun import Rerun
from dermarules.render.compose import case_title
from dermarules.render.letter import Line, Section
from dermarules.render.page import Page
from dermarules.render.replay import flaw_lines, replay_page
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice


def rerun_page(asked: Asked, value: Rerun, voice: Voice, verbosity: Verbosity) -> Page:
    """Whether running a capsule again gives what is in it, and after that the page of the replayed report."""
    replayed = replay_page(asked, value.replayed, voice, verbosity)
    differing = Section(voice.say("rerun.differences"), tuple(flaw_lines(value.differences, voice)))
    sections = (
        Section(voice.say("rerun.again"), tuple(_again(value, voice))),
        *(() if value.is_same else (differing,)),
        *replayed.sections,
    )
    return replace(replayed, title=voice.say("rerun.title", case=case_title(asked.case)), sections=sections)


def _again(value: Rerun, voice: Voice) -> Iterator[Line]:
    yield Line(voice.say("rerun.same") if value.is_same else voice.say("rerun.differs", n=len(value.differences)))
    yield Line(voice.say("rerun.with_own" if value.with_own_knowledge else "rerun.with_other"))
    key = "rerun.version" if value.made_by == value.run_by else "rerun.versions"
    yield Line(voice.say(key, made=value.made_by, run=value.run_by))
