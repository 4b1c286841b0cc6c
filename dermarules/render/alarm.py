"""How urgent it is, and what to do: the first section of every letter."""

from collections.abc import Iterator

from dermarules.questions.answer import Answer, Raised
from dermarules.render.grounds import Grounds, cited, tag
from dermarules.render.letter import Line, Section, shortened
from dermarules.render.words import URGENCY, condition_name, counted, listed, localization_name, lowered, stopped

# How many red flags are told with their findings; the others are named.
_TOLD = 3
_NAMED = 4


def urgent(answer: Answer, grounds: Grounds) -> Section:
    """Raised red flags and what they ask for, the urgency of the localization itself, and what is not excluded."""
    lines = (*_raised(answer, grounds), *_floor(answer, grounds), *_open(answer))
    return Section(_title(answer), lines or tuple(_quiet(answer)))


def _quiet(answer: Answer) -> Iterator[Line]:
    """No flag is raised or open; what nobody asked is named, for it is not normal."""
    yield Line("No red flag is raised, and none that these findings touch is open.")
    told = {finding.name for finding in answer.case.findings}
    first = sorted((i for i in answer.knowledge.history.values() if i.ask_first), key=lambda item: item.ask_first)
    missing = [lowered(stopped(item.meaning)).rstrip(".") for item in first if item.id not in told][:_NAMED]
    if missing:
        yield Line(f"Not asked, and so not excluded: {'; '.join(missing)}.")


def _title(answer: Answer) -> str:
    title = f"How urgent: {URGENCY[answer.urgency].lower()}"
    if answer.urgency_possible is answer.urgency:
        return title
    return f"{title}; {URGENCY[answer.urgency_possible].lower()} is not excluded"


def _raised(answer: Answer, grounds: Grounds) -> Iterator[Line]:
    top = [flag for flag in answer.red_flags.raised if flag.urgency is answer.urgency][:_TOLD]
    told: dict[Line, None] = {}
    for flag in top:
        yield _told(flag, answer, grounds, told)
    for flag in answer.red_flags.raised:
        if flag not in top:
            known = answer.knowledge.red_flags[flag.id]
            text = f"Also raised, {URGENCY[flag.urgency].lower()}: {lowered(known.title)}. {stopped(flag.action)}"
            yield Line(text, (_flag_tag(flag.id, answer),), grounds.is_draft(flag.claims))


def _told(flag: Raised, answer: Answer, grounds: Grounds, told: dict[Line, None]) -> Line:
    """A red flag with the findings that it rests on; those in `told`, which grows, are not told again."""
    because = Line(f"because {stopped(flag.because)}", (_flag_tag(flag.id, answer),), grounds.is_draft(flag.claims))
    suspected = Line(f"suspected: {condition_name(flag.suspects, grounds.voice)}")
    findings = grounds.findings(flag.claims)
    new = [line for line in findings if line not in told]
    again = (
        [Line("and findings named above" if new else "the findings named above")] if len(new) < len(findings) else []
    )
    told.update(dict.fromkeys(new))
    return Line(stopped(flag.action), under=(because, suspected, *shortened(tuple(new)), *again))


def _flag_tag(name: str, answer: Answer) -> str:
    return tag(f"red_flags/{name}", cited(answer.knowledge.red_flags[name].sources))


def _floor(answer: Answer, grounds: Grounds) -> Iterator[Line]:
    floor = answer.inference.floor
    if floor is None:
        return
    name = localization_name(floor.localization, grounds.voice)
    is_first = answer.inference.ranked[0].weighing.candidate.localization == floor.localization
    near = "is the first localization" if is_first else "is possible, for what it needs was found"
    text = f"{URGENCY[floor.urgency]} at the latest, whatever else is found: {name} {near}."
    ground = (tag(f"localizations/{floor.site.id}", floor.site.sources),)
    yield Line(text, ground, grounds.is_draft(floor.entries))


def _open(answer: Answer) -> Iterator[Line]:
    flags = answer.red_flags.open
    if not flags:
        return
    names = [f"{lowered(answer.knowledge.red_flags[f.id].title)}" for f in flags[:_NAMED]]
    more = len(flags) - len(names)
    named = listed([*names, f"{more} more"] if more else names)
    highest = URGENCY[answer.urgency_possible].lower()
    count = counted(len(flags), "red flag")
    are = "is" if len(flags) == 1 else "are"
    asked = "the questions at the end would settle it" if len(flags) == 1 else "the questions at the end come first"
    yield Line(f"Not excluded, because not asked: {count} {are} open, up to {highest} ({named}); {asked}.")
