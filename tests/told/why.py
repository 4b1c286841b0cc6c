"""The text of an answer to why, read back: its head, its two accounts, and the facts that it rests on."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from dermarules.proof import Claim, Known
from dermarules.questions.claims import spoken_of
from dermarules.report import Report
from tests.told import asking
from tests.told.held import Held, NotHeldError, need
from tests.told.outline import Line, NoOutlineError, Outline, outline
from tests.told.why_flag import WhyFlag
from tests.told.why_place import WhyPlace
from tests.told.words import read, word

About = WhyPlace | WhyFlag


def unheld_why(report: Report, text: str, asked: str | None = None) -> list[str]:
    """What the text of `report.why(asked)` says and the report does not hold."""
    try:
        page = outline(text)
    except NoOutlineError as fault:
        return [str(fault)]
    held = Held(report)
    name = held.first.candidate.localization if asked is None else asked
    match spoken_of(name, report):
        case (rank, weighing):
            about: About = WhyPlace(held, rank, weighing)
        case flag:
            about = WhyFlag(held, flag)
    return [*_head(held, page, about), *_parts(held, page, about), *asking.foot(held, page.foot, "page.made")]


def _head(held: Held, page: Outline, about: About) -> Iterator[str]:
    title = " ".join(held.report.case.title.split()) or held.report.case.id
    told = read("why.title", page.head[0])
    if not told or not page.head[0].startswith(word("why.title").partition("{asked}")[0].replace("{case}", title)):
        yield f"the case is '{title}'"
        return
    asked = page.head[0].removeprefix(word("why.title").partition("{asked}")[0].replace("{case}", title))
    if not about.is_asked(asked):
        yield f"'{asked}' was not asked about"
    yield from asking.head(held, page.head, page.head[0])


def _parts(held: Held, page: Outline, about: About) -> Iterator[str]:
    known = _facts(held, about.claims)
    keys = ("why.short", "why.long", *(["why.facts"] if known else []))
    if [part.title for part in page.parts] != [word(key) for key in keys]:
        yield f"its sections are {[part.title for part in page.parts]}"
        return
    short, long, *rest = page.parts
    for part, checks in ((short, about.short(len(short.lines))), (long, about.long(len(long.lines)))):
        if len(part.lines) != len(checks):
            yield f"line {part.number}: {len(checks)} lines are to stand under {part.title}"
        for line, check in zip(part.lines, checks, strict=False):
            yield from _fault(line, check)
    if sum(line.bar[1] for line in long.lines if line.bar) != about.total:
        yield f"line {long.number}: the bars do not add up to {about.total}"
    for part in rest:
        if len(part.lines) != len(known):
            yield f"line {part.number}: it rests on {len(known)} facts"
        for line in part.lines:
            yield from _fault(line, partial(_fact, held, known))


def _fault(line: Line, check: Callable[[Line], None]) -> Iterator[str]:
    try:
        check(line)
    except NotHeldError as fault:
        yield f"line {line.number}: {line.text}: {fault}"


def _facts(held: Held, claims: Iterable[Claim]) -> dict[str, Known]:
    """The cited facts behind claims."""
    behind = (step for claim in claims for b in held.proof.behind(claim) for step in held.proof[b])
    return {step.fact: step for step in behind if isinstance(step, Known)}


def _fact(held: Held, known: dict[str, Known], line: Line) -> None:
    name, _, sources = line.text.partition(": ")
    need(name in known, "no claim behind this rests on it")
    need(sources == ", ".join(known[name].sources), f"its sources are {known[name].sources}")
    held.grounds(line, drafts=[name], places=held.located(name))
    need(not line.under, "nothing stands under it")
