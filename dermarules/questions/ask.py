"""What to ask and examine next: first what red flags leave open, then what tells the first answer from its rival."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dermarules.inference.candidates import Candidate
from dermarules.inference.infer import Inference
from dermarules.inference.urgency import OpenFlag
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place, State
from dermarules.questions.cells import Ask
from dermarules.questions.settle import Settler
from dermarules.vocabulary import Feeling, Side, Tier, Urgency

_STEP = {Tier.CORE: 3, Tier.USUAL: 2, Tier.VARIABLE: 1, None: 0}
_LAST = 99
_FEELINGS = frozenset(feeling.value for feeling in Feeling)
_EASE = {"movement": 0, "reflex": 1, "skin": 2, "muscle": 3}


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask or examine: the id of what it asks for, the words, and the red flags that it would settle.

    `sides` are those on which it is to be examined; empty for what is asked once for both, or has no side.
    """

    about: str
    words: str
    urgency: Urgency | None
    flags: tuple[str, ...]
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """An examination that tells two localizations apart: a place, how to examine it, and what each would show there."""

    place: Place
    side: Side
    name: str
    how: str
    abnormal_favours: str
    normal_favours: str


def asked_by(flags: Sequence[OpenFlag], settler: Settler) -> Mapping[str, tuple[Ask, ...]]:
    """For each open red flag, the fewest things to ask or examine whose reassuring answers would clear it.

    Where nothing could clear it any more, what would raise it.
    """
    asked = {}
    for flag in flags:
        found = settler.clearing(flag.flag.id) or settler.raising(flag.flag.id)
        asked[flag.flag.id] = found.asks if found else ()
    return asked


def abouts(asks: Iterable[Ask]) -> tuple[str, ...]:
    """The id of each thing that is asked for, whatever its sides."""
    return tuple(dict.fromkeys(ask.about for ask in asks))


def open_questions(
    flags: Sequence[OpenFlag], asked: Mapping[str, tuple[Ask, ...]], knowledge: Knowledge
) -> tuple[Question, ...]:
    """One question for each thing that open red flags wait for: bladder, bowel, saddle, then the most urgent."""
    waiting: dict[str, list[OpenFlag]] = {}
    for flag in flags:
        for name in abouts(asked[flag.flag.id]):
            waiting.setdefault(name, []).append(flag)
    sides: dict[str, set[Side]] = {}
    for ask in (each for asks in asked.values() for each in asks if each.side is not Side.NONE):
        sides.setdefault(ask.about, set()).add(ask.side)
    questions = [_question(name, found, sides.get(name, ()), knowledge) for name, found in waiting.items()]
    return tuple(sorted(questions, key=lambda q: _priority(q, knowledge)))


def _question(name: str, flags: Sequence[OpenFlag], sides: Iterable[Side], knowledge: Knowledge) -> Question:
    urgency = min((flag.flag.then.urgency for flag in flags), key=lambda u: u.rank)
    ids = tuple(dict.fromkeys(flag.flag.id for flag in flags))
    return Question(name, _words(name, knowledge), urgency, ids, tuple(sorted(sides, key=lambda side: side.rank)))


def _words(name: str, knowledge: Knowledge) -> str:
    if name in knowledge.history:
        return knowledge.history[name].question
    if name in knowledge.measures:
        return f"{knowledge.measures[name].name} ({knowledge.measures[name].unit})?"
    for table in (knowledge.signs, knowledge.reflexes, knowledge.movements):
        if name in table:
            return f"{table[name].name}: {table[name].how}"
    if name in knowledge.regions:
        return f"Sensation over the {knowledge.regions[name].name[0].lower()}{knowledge.regions[name].name[1:]}."
    if name in _FEELINGS:
        return f"Where is {name} felt?"
    return knowledge.muscles[name].name if name in knowledge.muscles else f"To examine: {name}."


def _priority(question: Question, knowledge: Knowledge) -> tuple[int, int, bool, int, str]:
    item = knowledge.history.get(question.about)
    first = item.ask_first if item is not None and item.ask_first else _LAST
    rank = question.urgency.rank if question.urgency else len(Urgency)
    return (first, rank, item is None, -len(question.flags), question.about)


def deciding_examinations(inference: Inference, knowledge: Knowledge) -> tuple[Examination, ...]:
    """What was not examined and tells the first answer from its nearest rival, the most telling first."""
    first, rival = inference.ranked[0].weighing, inference.rival
    if rival is None or first.side is not rival.side or not (first.candidate.reach and rival.candidate.reach):
        return ()
    places = telling_places(first.candidate, rival.candidate, first.side, inference, knowledge)
    return tuple(_examination(first, rival, place, knowledge) for place in places)


def telling_places(
    first: Candidate, rival: Candidate, side: Side, inference: Inference, knowledge: Knowledge
) -> tuple[Place, ...]:
    """What was not examined on a side and tells two candidates apart, the most telling first."""
    found = [o for o in inference.observations if o.state in (State.DEFICIT, State.NORMAL)]
    examined = {o.place for o in found if o.side is side or side is Side.NONE}
    telling = [
        (difference, place)
        for place in sorted({*first.reach, *rival.reach})
        if place not in examined
        and _is_bedside(place, knowledge)
        and (difference := _difference(first, rival, place)) >= 2
    ]
    telling.sort(key=lambda found: (-found[0], _EASE[found[1][0]], found[1]))
    return tuple(place for _, place in telling)


def _is_bedside(place: Place, knowledge: Knowledge) -> bool:
    return place[0] != "movement" or knowledge.movements[place[1]].bedside


def _difference(first: Candidate, rival: Candidate, place: Place) -> int:
    if place in first.silent or place in rival.silent:
        return 0
    tiers = [_STEP[candidate.reach.get(place)] for candidate in (first, rival)]
    return abs(tiers[0] - tiers[1])


def _examination(first: Weighing, rival: Weighing, place: Place, knowledge: Knowledge) -> Examination:
    kind, name = place
    tiers = [_STEP[w.candidate.reach.get(place)] for w in (first, rival)]
    more, less = (first, rival) if tiers[0] > tiers[1] else (rival, first)
    match kind:
        case "movement":
            title, how = knowledge.movements[name].name, knowledge.movements[name].how
        case "reflex":
            title, how = knowledge.reflexes[name].name, knowledge.reflexes[name].how
        case "skin":
            title, how = f"Sensation: {knowledge.regions[name].name}", "Pinprick, eyes closed, against the other side."
        case _:
            title, how = knowledge.muscles[name].name, ""
    return Examination(place, first.side, title, how, more.candidate.localization, less.candidate.localization)
