"""The report as a self-contained block of HTML for notebooks."""

from collections.abc import Iterable, Iterator
from html import escape

from dermarules.questions.answer import Answer
from dermarules.render.bars import bar_svg
from dermarules.render.compose import compose
from dermarules.render.letter import Line, Row, Section
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import urgency_title
from dermarules.vocabulary import Urgency

# White text on each of these has a contrast of at least 4.5 to 1; the label says the same in words.
_COLOURS = {
    Urgency.EMERGENCY_NOW: "#b00020",
    Urgency.SAME_DAY: "#b34700",
    Urgency.URGENT_2_WEEKS: "#7a5c00",
    Urgency.ROUTINE: "#2e6b34",
    Urgency.SELF_CARE_MONITOR: "#35608a",
}
BLOCK = "font-family:sans-serif;max-width:60em;line-height:1.4"
SMALL = "opacity:0.7;font-size:0.85em"
_CELL = "padding:0.1em 0.6em;text-align:left"
HEADINGS = ("localization", "side", "site", "centibans", "certainty")


def to_html(answer: Answer, voice: Voice, verbosity: Verbosity) -> str:
    """The report as HTML: escaped, with inline style, no script and nothing loaded from elsewhere."""
    letter = compose(answer, voice, verbosity)
    colour = _COLOURS[letter.urgency]
    label = (
        f'<p><strong style="background:{colour};color:#ffffff;padding:0.2em 0.6em;border-radius:0.2em">'
        f"{escape(urgency_title(letter.urgency, voice).upper())}</strong></p>"
    )
    parts = [
        f'<div class="dermarules" style="{BLOCK}">',
        f"<h3>{escape(letter.title)}</h3>",
        f'<p style="{SMALL}">{escape(letter.subject)}</p>',
        label,
        *section_html(letter.urgent),
        *section_html(letter.where),
        *(_table(letter.rows, voice) if letter.rows else ()),
        *(part for section in letter.rest for part in section_html(section)),
        f'<p style="{SMALL}">{"<br>".join(escape(sentence) for sentence in letter.footer)}</p>',
        "</div>",
    ]
    return "\n".join(parts)


def section_html(section: Section) -> Iterator[str]:
    """A section as HTML: its title and its lines as nested lists."""
    yield f"<h4>{escape(section.title)}</h4>"
    yield from _list(section.lines)


def _list(lines: Iterable[Line]) -> Iterator[str]:
    yield "<ul>"
    for line in lines:
        ground = " ".join(part for part in (line.brackets, line.place) if part)
        small = f' <span style="{SMALL}">{escape(ground)}</span>' if ground else ""
        bar = "" if line.bar is None else bar_svg(line.bar)
        yield f"<li>{bar}{escape(line.text)}{small}"
        if line.under:
            yield from _list(line.under)
        yield "</li>"
    yield "</ul>"


def _table(rows: Iterable[Row], voice: Voice) -> Iterator[str]:
    yield '<table style="border-collapse:collapse">'
    yield _table_row("th", ("", *(voice.say(f"differential.{each}") for each in HEADINGS)))
    for row in rows:
        cells = (str(row.rank), row.place, row.side, row.site, str(row.weight), row.certainty)
        yield _table_row("td", cells)
    yield "</table>"


def _table_row(tag: str, cells: Iterable[str]) -> str:
    inner = "".join(f'<{tag} style="{_CELL}">{escape(cell)}</{tag}>' for cell in cells)
    return f"<tr>{inner}</tr>"
