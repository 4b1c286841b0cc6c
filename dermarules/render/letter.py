"""A report as a consultation letter: sections of lines, each with its ground. Every renderer prints this letter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dermarules.render.voice import Voice
from dermarules.vocabulary import Urgency

_MOST_FINDINGS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One thought: its words, the rules and facts that it rests on, where its finding is written, and what is under it.

    `is_draft` is true if something that it rests on was never checked against a source; `mark` says so in words.
    `bar` is what it adds to a total or takes from it, in centibans, to be drawn; None for what is not weighed.
    """

    text: str
    ground: tuple[str, ...] = ()
    is_draft: bool = False
    places: tuple[str, ...] = ()
    under: tuple["Line", ...] = ()
    mark: str = ""
    bar: int | None = None

    @property
    def brackets(self) -> str:
        """What the line rests on, as it stands at the end of the line."""
        grounds = f"[{'; '.join(self.ground)}]" if self.ground else ""
        return " ".join(part for part in (grounds, self.mark) if part)

    @property
    def place(self) -> str:
        """Where the finding is written."""
        return ", ".join(self.places)


def shortened(lines: tuple[Line, ...], voice: Voice) -> tuple[Line, ...]:
    """The first lines, and how many more there are."""
    more = len(lines) - _MOST_FINDINGS
    return lines if more <= 1 else (*lines[:_MOST_FINDINGS], Line(voice.say("page.more_findings", n=more)))


@dataclass(frozen=True, slots=True)
class Section:
    """A question that the letter answers, and the answer."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One localization of the differential, in words."""

    rank: int
    place: str
    side: str
    site: str
    certainty: str
    weight: int
    explains: int
    unexplained: int
    contradicted: int


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter: how urgent, where, the differential, why, what does not fit, what was not asked, small print."""

    title: str
    subject: str
    urgency: Urgency
    urgent: Section
    where: Section
    rows: tuple[Row, ...]
    why: Section
    misfit: Section
    unasked: Section
    footer: tuple[str, ...]

    @property
    def rest(self) -> tuple[Section, ...]:
        """What follows the differential, as far as it is told."""
        return tuple(section for section in (self.why, self.misfit, self.unasked) if section.lines)

    @property
    def is_emergency(self) -> bool:
        """True if the patient is to be seen today."""
        return self.urgency in (Urgency.EMERGENCY_NOW, Urgency.SAME_DAY)


def sources_once(sections: Iterable[Section], draft: str) -> tuple[Section, ...]:
    """The sections, with the sources of a rule or fact only where it is named first, and `draft` on what is draft."""
    told: set[str] = set()
    return tuple(replace(section, lines=_lines_once(section.lines, draft, told)) for section in sections)


def _lines_once(lines: Iterable[Line], draft: str, told: set[str]) -> tuple[Line, ...]:
    """Lines in the order in which they are read; `told` grows on the way."""
    return tuple(
        replace(
            line,
            ground=_ground_once(line.ground, told),
            mark=draft if line.is_draft else "",
            under=_lines_once(line.under, draft, told),
        )
        for line in lines
    )


def _ground_once(ground: Iterable[str], told: set[str]) -> tuple[str, ...]:
    shown = tuple(tag.partition(": ")[0] if tag.partition(": ")[0] in told else tag for tag in ground)
    told.update(tag.partition(": ")[0] for tag in ground)
    return shown
