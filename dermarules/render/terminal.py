"""The report for a terminal. rich is imported when a report is shown, so that nothing else pays for it."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from dermarules.questions.answer import Answer
from dermarules.render.bars import bar_text
from dermarules.render.compose import compose
from dermarules.render.html import HEADINGS
from dermarules.render.letter import Letter, Line, Row, Section
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.vocabulary import Urgency

_STYLES = {
    Urgency.EMERGENCY_NOW: "bold white on red",
    Urgency.SAME_DAY: "bold red",
    Urgency.URGENT_2_WEEKS: "bold yellow",
    Urgency.ROUTINE: "bold green",
    Urgency.SELF_CARE_MONITOR: "bold blue",
}
_NUMBERS = ("centibans",)
_BORDERS = {
    Urgency.EMERGENCY_NOW: "red",
    Urgency.SAME_DAY: "red",
    Urgency.URGENT_2_WEEKS: "yellow",
    Urgency.ROUTINE: "green",
    Urgency.SELF_CARE_MONITOR: "blue",
}


def to_rich(answer: Answer, voice: Voice, verbosity: Verbosity) -> Any:
    """The report as a rich renderable: a panel for the urgency, a table for the differential."""
    letter = compose(answer, voice, verbosity)
    group = import_module("rich.console").Group
    return group(
        styled(f"{letter.title}\n{letter.subject}", "bold"),
        _panel(letter),
        *section_rich(letter.where),
        *([_table(letter.rows, voice)] if letter.rows else []),
        *(part for section in letter.rest for part in section_rich(section)),
        styled("\n" + "\n".join(letter.footer), "dim"),
    )


def styled(text: str, style: str = "") -> Any:
    """A text for a terminal in one style."""
    return import_module("rich.text").Text(text, style=style)


def _panel(letter: Letter) -> Any:
    panel = import_module("rich.panel").Panel
    group = import_module("rich.console").Group
    title = letter.urgent.title.upper() if letter.is_emergency else letter.urgent.title
    label = styled(f" {title} ", _STYLES[letter.urgency])
    return panel(
        group(*_lines(letter.urgent.lines, 0)), title=label, title_align="left", border_style=_BORDERS[letter.urgency]
    )


def section_rich(section: Section) -> tuple[Any, ...]:
    """A section for a terminal: its title and its lines."""
    return (styled(f"\n{section.title}", "bold"), *_lines(section.lines, 1))


def _lines(lines: Iterable[Line], depth: int) -> list[Any]:
    """Lines as indented text: what they rest on is dim, and so is where a finding is written."""
    padding = import_module("rich.padding").Padding
    shown: list[Any] = []
    for line in lines:
        text = styled("" if line.bar is None else bar_text(line.bar), _bar_style(line.bar))
        text.append(line.text, style="default")
        for part, style in ((line.brackets, "dim"), (line.place, "dim cyan")):
            if part:
                text.append(f"  {part}", style=style)
        shown.append(padding(text, (0, 0, 0, 2 * depth)))
        shown += _lines(line.under, depth + 1)
    return shown


def _bar_style(bar: int | None) -> str:
    return "red" if bar is not None and bar < 0 else "green"


def _table(rows: Iterable[Row], voice: Voice) -> Any:
    table = import_module("rich.table").Table(box=import_module("rich.box").SIMPLE)
    table.add_column("", justify="right")
    for heading in HEADINGS:
        justify = "right" if heading in _NUMBERS else "left"
        table.add_column(voice.say(f"differential.{heading}"), justify=justify)
    for row in rows:
        cells = (str(row.rank), row.place, row.side, row.site, str(row.weight), row.certainty)
        table.add_row(*(styled(cell) for cell in cells))
    return table
