"""An audit capsule run again: its case localized anew, and held against the report that is in it."""

from collections.abc import Mapping
from os import PathLike
from typing import Any

from dermarules import __version__
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.json_text import read_values
from dermarules.questions.rerun import Rerun
from dermarules.questions.rerun import rerun as held_against
from dermarules.render.capsule import capsule_values
from dermarules.render.rerun import rerun_page
from dermarules.replay.capsule import Capsule, opened
from dermarules.reply import Reply
from dermarules.report import ReadReport, localize


def rerun(capsule: "Mapping[str, Any] | str | PathLike[str]", *, knowledge: Knowledge | None = None) -> Reply[Rerun]:
    """Whether the case in a capsule, localized anew, gives the report in it, and whether that report replays.

    `capsule` is a path to a JSON file of a capsule, or the values in it. The knowledge inside is used if there is any,
    else that of this installation; `knowledge` is used instead of both. Raises `ReportError` if it has not the form of
    a capsule, or if the knowledge is not that which it names.
    """
    read, said = read_values(capsule, lambda values: _opened(values, knowledge))
    again = localize(read.case, knowledge=read.knowledge, map=read.map)
    now = capsule_values(again, with_knowledge=read.has_knowledge)
    asked = ReadReport(read.case, read.map, read.knowledge)
    return Reply("rerun", held_against(read, said, now, __version__), asked, rerun_page)


def _opened(values: Any, knowledge: Knowledge | None) -> tuple[Capsule, Mapping[str, Any]]:
    return opened(values, knowledge), values
