"""The text of a report, read back to what it states; every line must be recognised and held by its proof."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from dermarules.report import Report
from tests.told import alarm, asking, place, reasons
from tests.told.held import Held, NotHeldError, Reader, attempt, is_word
from tests.told.outline import NoOutlineError, Part, outline

Title = Callable[[Held, Part], None]


def unheld(report: Report, text: str) -> list[str]:
    """What the text of a report says and the report does not hold; nothing if every line is recognised and held."""
    try:
        found = outline(text)
    except NoOutlineError as fault:
        return [str(fault)]
    held, case = Held(report), report.case
    readers: Sequence[tuple[Title, Sequence[Reader]]] = (
        (alarm.title, alarm.LINES),
        (place.title, place.LINES),
        (is_titled("reasons.title"), reasons.WHY),
        (is_titled("reasons.misfit"), reasons.MISFIT),
        (is_titled("asking.title"), asking.LINES),
    )
    if len(found.parts) != len(readers):
        return [f"it has {len(found.parts)} sections"]
    sections = zip(found.parts, readers, strict=True)
    return [
        *asking.head(held, found.head, " ".join(case.title.split()) or case.id),
        *(fault for part, (title, lines) in sections for fault in section_faults(held, part, title, lines)),
        *asking.foot(held, found.foot, "page.made_by"),
    ]


def is_titled(key: str) -> Title:
    """A title that is always the same."""
    return partial(_is_title, key)


def _is_title(key: str, _: Held, part: Part) -> None:
    is_word(key, part.title)


def section_faults(held: Held, part: Part, title: Title, readers: Sequence[Reader]) -> Iterator[str]:
    """What of a section does not hold, each with the line in which it stands."""
    try:
        title(held, part)
    except NotHeldError as fault:
        yield f"line {part.number}: {part.title}: {fault}"
    if not part.lines:
        yield f"line {part.number}: nothing stands under {part.title}"
    for line in part.lines:
        try:
            attempt(held, line, readers)
        except NotHeldError as fault:
            yield f"line {line.number}: {line.text}: {fault}"
