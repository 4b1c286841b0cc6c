"""The report as Markdown."""

import re
from collections.abc import Iterable, Iterator

from dermarules.questions.answer import Answer
from dermarules.render.compose import compose
from dermarules.render.letter import Line, Row, Section
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice

# An underscore within a word and a bracket that no parenthesis follows mean nothing in Markdown.
_SPECIAL = re.compile(r"([\\`*<>|#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=\])[(:])")
_HEADINGS = ("rank", "localization", "side", "site", "centibans", "certainty", "explains", "leaves", "contradicts")


def to_markdown(answer: Answer, voice: Voice, verbosity: Verbosity) -> str:
    """The report as Markdown, in the order of the text."""
    letter = compose(answer, voice, verbosity)
    parts = [f"# {_escaped(letter.title)}", "", _escaped(letter.subject)]
    parts += _section(letter.urgent, is_loud=letter.is_emergency)
    parts += _section(letter.where)
    parts += ["", *_table(letter.rows, voice)] if letter.rows else []
    for section in letter.rest:
        parts += _section(section)
    parts += ["", "---", "", *(f"*{_escaped(sentence)}*  " for sentence in letter.footer)]
    return "\n".join(parts) + "\n"


def _section(section: Section, *, is_loud: bool = False) -> Iterator[str]:
    yield ""
    yield f"## {_escaped(section.title.upper() if is_loud else section.title)}"
    yield ""
    yield from _lines(section.lines, 0)


def _lines(lines: Iterable[Line], depth: int) -> Iterator[str]:
    for line in lines:
        parts = [_escaped(line.text), _escaped(line.brackets), f"`{line.place}`" if line.place else ""]
        yield f"{'  ' * depth}- {' '.join(part for part in parts if part)}"
        yield from _lines(line.under, depth + 1)


def _table(rows: Iterable[Row], voice: Voice) -> Iterator[str]:
    yield f"| {' | '.join(voice.say(f'differential.{each}') for each in _HEADINGS)} |"
    yield f"|{'---|' * len(_HEADINGS)}"
    for row in rows:
        yield f"| {' | '.join(_escaped(cell) for cell in cells(row))} |"


def cells(row: Row) -> tuple[str, ...]:
    """A localization of the differential as the cells of a table."""
    counts = (row.explains, row.unexplained, row.contradicted)
    return (str(row.rank), row.place, row.side, row.site, str(row.weight), row.certainty, *map(str, counts))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
