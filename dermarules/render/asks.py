"""Questions, and what they would show, in words: both sides and several places of one examination are said once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dermarules.findings import Finding
from dermarules.questions.cells import Ask, Shown
from dermarules.render.phrases import finding_phrase
from dermarules.render.voice import Voice
from dermarules.render.words import listed, lowered, on_side, places_phrase
from dermarules.vocabulary import BOTH_SIDES, Kind, Side

_TABLES = {
    Kind.POWER: "movements",
    Kind.MUSCLE: "muscles",
    Kind.REFLEX: "reflexes",
    Kind.SIGN: "signs",
}


def asks_words(asks: Sequence[Ask], voice: Voice) -> tuple[str, ...]:
    """What is to be asked or examined, one text for what is examined alike."""
    told: dict[tuple[Kind, str], list[Ask]] = {}
    for ask in asks:
        told.setdefault((ask.kind, ask.name), []).append(ask)
    return tuple(text for group in told.values() for text in _group(group, voice))


def _group(asks: Sequence[Ask], voice: Voice) -> Iterator[str]:
    """The texts of questions of one kind and name."""
    if asks[0].kind is not Kind.SENSATION:
        yield on_side(ask_words(asks[0], voice), _sides(asks), voice)
        return
    by_place: dict[str, list[Ask]] = {}
    for ask in asks:
        by_place.setdefault(ask.place, []).append(ask)
    by_side: dict[str, list[str]] = {}
    for place, found in by_place.items():
        by_side.setdefault(_sides(found), []).append(place)
    for side, places in by_side.items():
        where = places_phrase(places, voice)
        yield on_side(voice.say("asks.sensation", where=where), side, voice)


def _sides(asks: Iterable[Ask]) -> str:
    sides = {ask.side for ask in asks}
    return "both" if sides.issuperset(BOTH_SIDES) else next(iter(sides)).value


def ask_words(ask: Ask, voice: Voice) -> str:
    """What is asked or examined, without its side."""
    match ask.kind:
        case Kind.HISTORY:
            return voice.text("history", ask.name, "question")
        case Kind.FEELS:
            return voice.say("asks.felt", felt=voice.say(f"phrases.feels_{ask.name}"))
        case Kind.MEASURE:
            unit = voice.text("measures", ask.name, "unit")
            return voice.say("asking.measure", measure=voice.name("measures", ask.name), unit=unit)
        case Kind.SENSATION:
            return voice.say("asks.sensation", where=places_phrase([ask.place], voice))
        case Kind.LEVEL:
            return voice.say("asks.level")
        case Kind.WASTING | Kind.FASCICULATION:
            table = "muscles" if ask.name in voice.knowledge.muscles else "movements"
            return voice.say(f"asks.{ask.kind.value}", of=lowered(voice.name(table, ask.name), voice))
        case _:
            name = voice.name(_TABLES[ask.kind], ask.name)
            return voice.say("asks.power", of=lowered(name, voice)) if _TABLES[ask.kind] in _MOVED else name


_MOVED = ("movements", "muscles")


def shown_words(shown: Sequence[Shown], voice: Voice) -> str:
    """What questions would show: findings as a clinician writes them, those of both sides said once."""
    sides: dict[Shown, list[Side]] = {}
    for each in shown:
        sides.setdefault(replace(each, side=Side.NONE), []).append(each.side)
    return listed([_shown(each, found, voice) for each, found in sides.items()], voice)


def _shown(shown: Shown, sides: Sequence[Side], voice: Voice) -> str:
    places = (shown.place,) if shown.place else ()
    return finding_phrase(Finding(shown.kind, shown.name, tuple(sides), shown.result, places, shown.number), voice)
