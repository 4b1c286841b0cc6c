"""The letter of an answer: each section from its module, in the order in which a doctor needs them."""

from dermarules.findings import Case
from dermarules.questions.answer import Answer
from dermarules.render.alarm import urgent
from dermarules.render.asking import footer, unasked
from dermarules.render.grounds import Grounds
from dermarules.render.letter import Letter, sources_once
from dermarules.render.place import rows, where
from dermarules.render.reasons import misfit, why_first
from dermarules.render.voice import Voice


def compose(answer: Answer, voice: Voice) -> Letter:
    """The letter that every renderer prints."""
    grounds = Grounds(answer, voice)
    alarm, place, why, left, asking = sources_once(
        (
            urgent(answer, grounds),
            where(answer, grounds),
            why_first(answer, grounds),
            misfit(answer, grounds),
            unasked(answer),
        )
    )
    return Letter(
        title=plain(answer.case.title) or plain(answer.case.id),
        subject=subject(answer.case),
        urgency=answer.urgency,
        urgent=alarm,
        where=place,
        rows=rows(answer, voice),
        why=why,
        misfit=left,
        unasked=asking,
        footer=footer(answer),
    )


def subject(case: Case) -> str:
    """Whose case it is: its id, the age and sex of the patient, and the file."""
    age = f"{case.age:g} years" if case.age is not None else ""
    file = case.location.file if case.location.line else ""
    return ", ".join(plain(part) for part in (case.id, age, case.sex, file) if part)


def plain(text: str) -> str:
    """A text from a case as one line without control characters, which could make a terminal lie."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
