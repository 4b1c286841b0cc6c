"""The report as plain text."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from dermarules.questions.answer import Answer
from dermarules.render.bars import bar_text
from dermarules.render.compose import compose
from dermarules.render.letter import Letter, Line, Row, Section
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice

_WIDTH = 110
_NAME_WIDTH = 54


def to_text(answer: Answer, voice: Voice, verbosity: Verbosity) -> str:
    """The report as plain text: emergencies first."""
    return "\n".join(_letter(compose(answer, voice, verbosity), voice)) + "\n"


def _letter(letter: Letter, voice: Voice) -> Iterator[str]:
    yield letter.title
    yield letter.subject
    yield from section_text(letter.urgent, is_loud=letter.is_emergency)
    yield from section_text(letter.where)
    if letter.rows:
        yield from _differential(letter.rows, voice)
    for section in letter.rest:
        yield from section_text(section)
    yield ""
    yield "-" * 20
    yield from letter.footer


def section_text(section: Section, *, is_loud: bool = False) -> Iterator[str]:
    """A section as lines of text, after an empty one."""
    yield ""
    yield section.title.upper() if is_loud else section.title
    yield from text_lines(section.lines, 1)


def text_lines(lines: Iterable[Line], depth: int) -> Iterator[str]:
    """Lines of a letter as indented text, wrapped, with what is under them."""
    for line in lines:
        yield from wrapped(line, depth)
        yield from text_lines(line.under, depth + 1)


def wrapped(line: Line, depth: int) -> Iterator[str]:
    """One line of a letter with its ground and place, wrapped; a ground and a place are never torn apart."""
    parts = [line.text, line.brackets, line.place]
    text = "  ".join(part for part in parts if part)
    indent = "  " * depth
    bar = "" if line.bar is None else bar_text(line.bar)
    yield from wrap(
        text,
        _WIDTH,
        initial_indent=indent + bar,
        subsequent_indent=indent + (" " * len(bar) or "    "),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _differential(rows: Sequence[Row], voice: Voice) -> Iterator[str]:
    names = [_named(row, voice) for row in rows]
    width = min(max(len(name) for name in names), _NAME_WIDTH)
    yield f"  {voice.say('differential.title')}"
    for name, row in zip(names, rows, strict=True):
        key = "differential.row_certain" if row.certainty else "differential.row"
        counts = {"explains": row.explains, "leaves": row.unexplained, "contradicts": row.contradicted}
        certainty = {"certainty": row.certainty} if row.certainty else {}
        yield f"    {name:{width}}  {row.weight:5d}  {voice.say(key, **counts, **certainty)}"


def _named(row: Row, voice: Voice) -> str:
    if not row.side:
        return voice.say("differential.named", rank=row.rank, place=row.place)
    return voice.say("differential.on_side", rank=row.rank, place=row.place, side=row.side)
