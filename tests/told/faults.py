"""Faults planted in a text: each is a thing that the report does not hold, so that a reader must object to it."""

import re
from collections.abc import Callable, Iterator, Mapping

from dermarules.report import Report
from dermarules.vocabulary import Certainty, Urgency
from tests.told.outline import Line, outline
from tests.told.words import word

Planted = Iterator[str]
_TABLES = {
    "rules": "rules",
    "red_flags": "red_flags",
    "findings": "derived",
    "localizations": "wide_sites",
    "nerves": "nerves",
    "movements": "movements",
    "reflexes": "reflexes",
    "muscles": "muscles",
    "lesion_sites": "lesion_sites",
    "zones": "zones",
    "dermatomes": "dermatomes",
}
_TAG = re.compile(rf"(?<![\w/])({'|'.join(_TABLES)})/([\w-]+)")


def numbers(text: str, report: Report) -> Planted:
    """Another number: of centibans, of findings, a grade, a place, a line of a file."""
    yield from _each(text, re.compile(r"\d+"), lambda found: str(int(found.group()) + 1))


def sides(text: str, report: Report) -> Planted:
    """The other side."""
    other = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
    yield from _each(text, re.compile(r"\b(?:left|right|Left|Right)\b"), lambda found: other[found.group()])


def tags(text: str, report: Report) -> Planted:
    """The name of a rule that did not fire, or of another fact."""

    def another(found: re.Match[str]) -> str:
        table, name = found.groups()
        told = {claim.subject for claim in report.proof}
        known = [f"{table}/{each}" for each in getattr(report.knowledge, _TABLES[table]) if each != name]
        return next((each for each in known if each not in told), known[0])

    yield from _each(text, _TAG, another)


def drafts(text: str, report: Report) -> Planted:
    """A mark that something is draft that is missing."""
    yield from _each(text, re.compile(r"\s+\[draft\]"), lambda _: "")


def urgencies(text: str, report: Report) -> Planted:
    """Another urgency."""
    words = [word(f"urgency.{each.value}_within") for each in Urgency]
    said = re.compile("|".join(re.escape(each) for each in words))
    yield from _each(text, said, lambda found: words[(words.index(found.group()) + 1) % len(words)])


def certainties(text: str, report: Report) -> Planted:
    """Another certainty."""
    words = [each.value for each in Certainty]
    said = re.compile(rf"(?<=[:;] )(?:{'|'.join(words)})\b")
    yield from _each(text, said, lambda found: words[(words.index(found.group()) + 1) % len(words)])


def states(text: str, report: Report) -> Planted:
    """A red flag in another state: one that is named as open is cleared, one that is explained is not so."""
    flags, titles = report.red_flags, report.knowledge.red_flags
    joined = " ".join(text.split())
    for flag in flags.open[:4]:
        named = titles[flag.id].title
        if "red flags are open" in joined or "red flag is open" in joined:
            for other in flags.cleared[:1]:
                yield _unwrapped(text, _small(named), _small(titles[other.id].title))
        yield _unwrapped(text, f"{named}: open, ", f"{named}: raised, ").replace(" if it holds", "")
        yield _unwrapped(text, f"{named}: open, ", f"{named}: cleared: false whatever was not asked, ")
    for raised in flags.raised:
        named = titles[raised.id].title
        yield _unwrapped(text, f"{named}: raised, ", f"{named}: open, ")


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _unwrapped(text: str, said: str, instead: str) -> str:
    """A text with other words, though they may be broken over lines."""
    return re.sub(r"\s+".join(map(re.escape, said.split())), instead, text, count=1)


FAULTS: Mapping[str, Callable[[str, Report], Planted]] = {
    "number": numbers,
    "side": sides,
    "tag": tags,
    "draft": drafts,
    "urgency": urgencies,
    "certainty": certainties,
    "state": states,
}


def foreign(text: str, other: str, section: str) -> Planted:
    """A text with a line of another case in it, in the section where such lines stand."""
    told = {line.text for part in outline(text).parts for line in part.lines}
    head = f"\n{section}\n"
    for line in (line for part in outline(other).parts if part.title == section for line in part.lines):
        if line.text not in told and head in text:
            yield text.replace(head, f"{head}  {_printed(line)}\n", 1)


def _printed(line: Line) -> str:
    grounds = f"[{'; '.join(line.tags)}]" if line.tags else ""
    return "  ".join(part for part in (line.text, grounds, "[draft]" if line.is_draft else "") if part)


def _each(text: str, pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]) -> Planted:
    """The text with one thing changed, once for every place where it stands."""
    for found in pattern.finditer(text):
        changed = text[: found.start()] + instead(found) + text[found.end() :]
        if changed != text:
            yield changed
