"""What to ask and examine next: first what red flags leave open, then what tells the first answer from its rival."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dermarules.inference.infer import Inference
from dermarules.inference.observations import Observation, Place, State
from dermarules.inference.program import LeafQuestion
from dermarules.inference.urgency import OpenFlag
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.rules import Compare
from dermarules.vocabulary import Kind, Side, Tier, Urgency

_STEP = {Tier.CORE: 3, Tier.USUAL: 2, Tier.VARIABLE: 1, None: 0}
_EASE = {"movement": 0, "reflex": 1, "skin": 2, "muscle": 3}


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask or examine: the id of what it asks for, the words, and the red flags that it would settle."""

    about: str
    words: str
    urgency: Urgency | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """An examination that tells two localizations apart: a place, how to examine it, and what each would show there."""

    place: Place
    side: Side
    name: str
    how: str
    abnormal_favours: str
    normal_favours: str


def open_questions(flags: Sequence[OpenFlag], knowledge: Knowledge) -> tuple[Question, ...]:
    """One question for each thing that open red flags wait for: bladder, bowel, saddle, then the most urgent."""
    asked: dict[str, list[OpenFlag]] = {}
    for flag in flags:
        for missing in flag.missing:
            for name in _names(missing, knowledge):
                asked.setdefault(name, []).append(flag)
    questions = [_question(name, found, knowledge) for name, found in asked.items()]
    return tuple(sorted(questions, key=lambda q: _priority(q, knowledge)))


def _names(question: LeafQuestion, knowledge: Knowledge) -> Iterable[str]:
    leaf = question.leaf
    if isinstance(leaf, Compare):
        return (leaf.measure,)
    return leaf.names if leaf.kind in (Kind.HISTORY, Kind.SIGN, Kind.REFLEX) else ()


def _question(name: str, flags: Sequence[OpenFlag], knowledge: Knowledge) -> Question:
    urgency = min((flag.flag.then.urgency for flag in flags), key=lambda u: u.rank)
    ids = tuple(dict.fromkeys(flag.flag.id for flag in flags))
    return Question(name, _words(name, knowledge), urgency, ids)


def _words(name: str, knowledge: Knowledge) -> str:
    if name in knowledge.history:
        return knowledge.history[name].question
    if name in knowledge.measures:
        measure = knowledge.measures[name]
        return f"{measure.name} ({measure.unit})?"
    if name in knowledge.signs:
        return f"{knowledge.signs[name].name}: {knowledge.signs[name].how}"
    return f"{knowledge.reflexes[name].name}: {knowledge.reflexes[name].how}"


def _priority(question: Question, knowledge: Knowledge) -> tuple[bool, int, bool, int, str]:
    item = knowledge.history.get(question.about)
    is_urgent = item is not None and item.urgent_question
    rank = question.urgency.rank if question.urgency else len(Urgency)
    return (not is_urgent, rank, item is None, -len(question.flags), question.about)


def deciding_examinations(inference: Inference, knowledge: Knowledge) -> tuple[Examination, ...]:
    """What was not examined and tells the first answer from its nearest rival, the most telling first."""
    first, rival = inference.ranked[0].weighing, inference.rival
    if rival is None or first.side is not rival.side or not (first.candidate.reach and rival.candidate.reach):
        return ()
    examined = {(o.place, o.side) for o in inference.observations if o.state in (State.DEFICIT, State.NORMAL)}
    telling = [
        (difference, place)
        for place in sorted({*first.candidate.reach, *rival.candidate.reach})
        if (place, first.side) not in examined and (difference := _difference(first, rival, place)) >= 2
    ]
    telling.sort(key=lambda found: (-found[0], _EASE[found[1][0]], found[1]))
    return tuple(_examination(first, rival, place, knowledge) for _, place in telling)


def _difference(first: Weighing, rival: Weighing, place: Place) -> int:
    if place in first.candidate.silent or place in rival.candidate.silent:
        return 0
    tiers = [_STEP[w.candidate.reach.get(place)] for w in (first, rival)]
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


def unsettled(inference: Inference) -> tuple[Observation, ...]:
    """What the first answer does not explain."""
    return inference.ranked[0].weighing.unexplained
