"""The letter of an answer: each section from its module, in the order in which a doctor needs them."""

from dataclasses import replace

from dermarules.findings import Case
from dermarules.questions.answer import Answer
from dermarules.render.alarm import urgent
from dermarules.render.asking import footer, unasked
from dermarules.render.grounds import Grounds
from dermarules.render.letter import Letter, Line, sources_once
from dermarules.render.place import rows, where
from dermarules.render.reasons import misfit, why_first
from dermarules.render.verbosity import Verbosity, told
from dermarules.render.voice import Voice

_SEXES = ("female", "male")


def compose(answer: Answer, voice: Voice, verbosity: Verbosity) -> Letter:
    """The letter that every renderer prints; in short, how urgent it is and where."""
    letter = _whole(answer, voice, verbosity)
    if verbosity is Verbosity.FULL:
        return letter
    is_short = verbosity is Verbosity.SHORT
    where_first = letter.where.lines[:1] if is_short else letter.where.lines
    why, misfit, unasked = (
        replace(section, lines=() if is_short else _told(section.lines, verbosity))
        for section in (letter.why, letter.misfit, letter.unasked)
    )
    return replace(
        letter,
        urgent=replace(letter.urgent, lines=_told(letter.urgent.lines, verbosity)),
        where=replace(letter.where, lines=_told(where_first, verbosity)),
        rows=() if is_short else letter.rows,
        why=why,
        misfit=misfit,
        unasked=unasked,
    )


def _told(lines: tuple[Line, ...], verbosity: Verbosity) -> tuple[Line, ...]:
    return tuple(told(lines, verbosity))


def _whole(answer: Answer, voice: Voice, verbosity: Verbosity) -> Letter:
    grounds = Grounds(answer, voice)
    alarm, place, why, left, asking = sources_once(
        (
            urgent(answer, grounds, verbosity),
            where(answer, grounds),
            why_first(answer, grounds),
            misfit(answer, grounds),
            unasked(answer, voice),
        ),
        voice.say("page.draft"),
    )
    return Letter(
        title=case_title(answer.case),
        subject=subject(answer.case, voice),
        urgency=answer.urgency,
        urgent=alarm,
        where=place,
        rows=rows(answer, voice),
        why=why,
        misfit=left,
        unasked=asking,
        footer=footer(answer, voice),
    )


def case_title(case: Case) -> str:
    """What a case is called."""
    return plain(case.title) or plain(case.id)


def titled(case: Case, voice: Voice) -> str:
    """Whom a page speaks of, after the title of the case if it has one."""
    return ", ".join(part for part in (plain(case.title), subject(case, voice)) if part)


def subject(case: Case, voice: Voice) -> str:
    """Whom a page speaks of: the id of the case, age and sex where stated, and its file."""
    age = voice.say("page.years", age=voice.number(case.age)) if case.age is not None else ""
    file = case.location.file if case.location.line else ""
    return ", ".join(plain(part) for part in (case.id, age, _sex(case.sex, voice), file) if part)


def _sex(sex: str, voice: Voice) -> str:
    """A sex as it is written in the case, or in the language if it is one of the two words that a case mostly has."""
    return voice.say(f"page.sex_{sex}") if sex in _SEXES else sex


def plain(text: str) -> str:
    """A text from a case as one line without control characters, which could make a terminal lie."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
