"""Where the lesion is, how clearly, what cannot be told from it, and which examination would decide."""

from collections.abc import Iterator, Sequence

from dermarules.inference.rank import NOTHING
from dermarules.inference.weigh import Weighing
from dermarules.notation import ABNORMAL, State
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
    capital,
    certainty_word,
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
        *key_points(answer, grounds.voice),
    )
    place = named(_weighing(answer.differential[0], answer), grounds.voice)
    return Section(grounds.voice.say("place.title", place=place), lines)


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
        side="" if apart else side_word(entry.side, voice),
        site=site_name(entry.site, voice) if entry.site else "",
        certainty=certainty_word(entry.certainty, voice),
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
        return Line(voice.say(_nowhere(answer)))
    name = capital(named(_weighing(first, answer), voice))
    rival = _rival_name(answer, voice)
    if first.certainty in (Certainty.CLEAR, Certainty.LEANING):
        key = f"place.{first.certainty.value}"
        return Line(voice.say(key, place=name, rival=rival) if rival else voice.say(f"{key}_alone", place=name))
    near = [e for e in answer.differential[1:] if e.certainty is Certainty.UNDECIDED and e.localization != NOTHING]
    other = _near(near, answer, voice) or rival
    if not other:
        return Line(voice.say("place.undecided_alone", place=name))
    return Line(voice.say("place.undecided", place=name, rivals=other))


def _nowhere(answer: Answer) -> str:
    """Why there is nothing to localize, as the template that says it."""
    states = {o.state for o in answer.inference.observations}
    if answer.inference.evidence.neurological or states & ABNORMAL:
        return "place.not_one_place"
    if State.PAIN in states:
        return "place.pain_alone"
    return "place.nothing"


def _near(entries: Sequence[Localization], answer: Answer, voice: Voice) -> str:
    names = [the_named(_weighing(entry, answer), voice) for entry in entries[:_RIVALS]]
    more = len(entries) - len(names)
    return voice.say("place.between").join([*names, voice.say("place.or_more", n=more)] if more else names)


def _rival_name(answer: Answer, voice: Voice) -> str:
    rival = answer.inference.rival
    if rival is None or rival.candidate.localization == NOTHING:
        return ""
    return the_named(rival, voice)


def _deciding(answer: Answer, voice: Voice) -> Iterator[Line]:
    is_clear = answer.differential[0].certainty is Certainty.CLEAR
    examinations = answer.deciding[: 1 if is_clear else _EXAMINATIONS]
    if examinations:
        head = voice.say("place.confirm" if is_clear else "place.tell", rival=_rival_name(answer, voice))
        yield Line(head, under=tuple(_examination(e, voice) for e in examinations))


def _examination(examination: Examination, voice: Voice) -> Line:
    side = "" if examination.side is Side.UNKNOWN else examination.side.value
    said = voice.say(
        "place.weak" if examination.place[0] in ("movement", "muscle") else "place.reduced",
        examination=on_side(capital(examined_name(examination, voice)), side, voice),
        abnormal=the_localization(examination.abnormal_favours, voice),
        normal=the_localization(examination.normal_favours, voice),
    )
    how = examined_how(examination, voice)
    return Line(voice.say("place.how", said=said, how=lowered(how, voice)) if how else said)


def examined_name(examination: Examination, voice: Voice) -> str:
    """What is examined: a movement, a muscle, a reflex, or sensation in a region."""
    kind, name = examination.place
    match kind:
        case "movement":
            return voice.name("movements", name)
        case "reflex":
            return voice.name("reflexes", name)
        case "skin":
            return voice.say("place.sensation", region=voice.name("regions", name))
    return voice.name("muscles", name)


def examined_how(examination: Examination, voice: Voice) -> str:
    """How to examine it; nothing where the knowledge does not say."""
    kind, name = examination.place
    match kind:
        case "movement":
            return voice.text("movements", name, "how")
        case "reflex":
            return voice.text("reflexes", name, "how")
        case "skin":
            return voice.say("place.pinprick")
    return examination.how
