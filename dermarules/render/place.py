"""Where the lesion is, how clearly, what cannot be told from it, and which examination would decide."""

from collections.abc import Iterator, Sequence

from dermarules.inference.observations import State
from dermarules.inference.rank import NOTHING
from dermarules.inference.weigh import Weighing
from dermarules.questions.answer import Answer
from dermarules.questions.ask import Examination
from dermarules.questions.differential import Localization
from dermarules.render.consider import consider
from dermarules.render.grounds import Grounds
from dermarules.render.key_points import key_points
from dermarules.render.letter import Line, Row, Section
from dermarules.render.naming import has_lesions_apart, named, the_named
from dermarules.render.neighbours import neighbours
from dermarules.render.robustness import robustness
from dermarules.render.site import site
from dermarules.render.voice import Voice
from dermarules.render.words import (
    CERTAINTY,
    capital,
    localization_name,
    lowered,
    on_side,
    side_word,
    site_name,
    the_localization,
)
from dermarules.vocabulary import Certainty, Side

_EXAMINATIONS = 3
_RIVALS = 3
_ROWS = 6


def where(answer: Answer, grounds: Grounds) -> Section:
    """The first localization, its rivals, its site, on what it hangs, and what would decide."""
    lines = (
        _first(answer, grounds.voice),
        *site(answer, grounds),
        *neighbours(answer, grounds.voice),
        *robustness(answer, grounds.voice),
        *_deciding(answer, grounds.voice),
        *consider(answer, grounds),
        *key_points(answer),
    )
    return Section(f"Where: {named(_weighing(answer.differential[0], answer), grounds.voice)}", lines)


def rows(answer: Answer, voice: Voice) -> tuple[Row, ...]:
    """The differential in words, as far as a letter lists it."""
    return tuple(_row(rank, entry, answer, voice) for rank, entry in enumerate(answer.differential[:_ROWS], start=1))


def _row(rank: int, entry: Localization, answer: Answer, voice: Voice) -> Row:
    weighing = _weighing(entry, answer)
    apart = has_lesions_apart(weighing)
    name = named(weighing, voice) if apart else localization_name(entry.localization, voice)
    return Row(
        rank=rank,
        place=capital(name),
        side="" if apart else side_word(entry.side),
        site=site_name(entry.site, voice) if entry.site else "",
        certainty=CERTAINTY[entry.certainty] if entry.certainty else "",
        weight=entry.weight_centibans,
        explains=len(entry.explains),
        unexplained=len(entry.unexplained),
        contradicted=len(entry.contradicted),
    )


def _weighing(entry: Localization, answer: Answer) -> Weighing:
    """The weighing that an entry of the differential shows."""
    return next(r.weighing for r in answer.inference.ranked if r.weighing.claim == entry.claim)


def _first(answer: Answer, voice: Voice) -> Line:
    """How clearly the first localization stands, and against which rival."""
    first = answer.differential[0]
    if first.localization == NOTHING:
        if answer.inference.evidence.neurological:
            return Line("What was reported does not point to one place: not enough to localize.")
        if any(o.state is State.PAIN for o in answer.inference.observations):
            return Line("Pain that stays in one place is all that was reported: not enough to name a nerve or root.")
        return Line("Nothing abnormal was reported that has a place. What was not examined may still be abnormal.")
    name = capital(named(_weighing(first, answer), voice))
    rival = _rival_name(answer, voice)
    match first.certainty:
        case Certainty.CLEAR:
            return Line(
                f"{name}: clear, well ahead of {rival}." if rival else f"{name}: clear; no other place competes."
            )
        case Certainty.LEANING:
            thin = "no other place competes, but little speaks for it"
            return Line(
                f"{name}: leaning; ahead of {rival}, but not clearly." if rival else f"{name}: leaning; {thin}."
            )
    near = [e for e in answer.differential[1:] if e.certainty is Certainty.UNDECIDED and e.localization != NOTHING]
    other = _near(near, answer, voice) or rival
    if not other:
        return Line(f"{name}: undecided; the findings hardly suffice to name a place.")
    return Line(f"{name}: undecided. It cannot be told from {other}.")


def _near(entries: Sequence[Localization], answer: Answer, voice: Voice) -> str:
    names = [the_named(_weighing(entry, answer), voice) for entry in entries[:_RIVALS]]
    more = len(entries) - len(names)
    return "; ".join([*names, f"or {more} more places"] if more else names)


def _rival_name(answer: Answer, voice: Voice) -> str:
    rival = answer.inference.rival
    if rival is None or rival.candidate.localization == NOTHING:
        return ""
    return the_named(rival, voice)


def _deciding(answer: Answer, voice: Voice) -> Iterator[Line]:
    is_clear = answer.differential[0].certainty is Certainty.CLEAR
    examinations = answer.deciding[: 1 if is_clear else _EXAMINATIONS]
    if examinations:
        head = "To confirm it against" if is_clear else "What would tell it from"
        yield Line(f"{head} {_rival_name(answer, voice)}:", under=tuple(_examination(e, voice) for e in examinations))


def _examination(examination: Examination, voice: Voice) -> Line:
    name = on_side(examination.name, "" if examination.side is Side.UNKNOWN else examination.side.value)
    how = f" How: {lowered(examination.how)}" if examination.how else ""
    abnormal = the_localization(examination.abnormal_favours, voice)
    normal = the_localization(examination.normal_favours, voice)
    word = "weak" if examination.place[0] in ("movement", "muscle") else "reduced"
    return Line(f"{name}: {word} favours {abnormal}, normal {normal}.{how}")
