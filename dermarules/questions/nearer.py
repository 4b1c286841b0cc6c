"""What would bring a localization nearer to the first: places not examined, and rules that would speak for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dermarules.inference import chain
from dermarules.inference.candidates import Candidate
from dermarules.inference.evidence import Evidence
from dermarules.inference.infer import gathered
from dermarules.inference.rank import nowhere
from dermarules.inference.weigh import Weighing, said, weigh
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import TRUE, Place
from dermarules.questions.answer import Answer
from dermarules.questions.ask import telling_places
from dermarules.questions.cells import Shown
from dermarules.questions.unmet import Reader, UnmetOnSide, is_open
from dermarules.rules import Favours, Rule
from dermarules.vocabulary import BOTH_SIDES, Kind, Modality, Result, Side, Tier

# So many examinations are tried, and so many rules are listed.
_TRIED = 10
_LISTED = 5
_LOST = {
    "skin": (Kind.SENSATION, Result.REDUCED),
    "movement": (Kind.POWER, Result.WEAK),
    "muscle": (Kind.MUSCLE, Result.WEAK),
    "reflex": (Kind.REFLEX, Result.REDUCED),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What was not examined and would bring a localization nearer to the first, by so many centibans, if it were so.

    It is a loss in its own territory (`is_own`), or a place that the first supplies and that is normal.
    """

    shown: tuple[Shown, ...]
    tier: Tier
    is_own: bool
    nearer: int


@dataclass(frozen=True, slots=True)
class NearRule:
    """A rule that would speak for a localization by some centibans, and what it lacks that was not examined."""

    rule: str
    weight: int
    unmet: UnmetOnSide


def not_examined(weighing: Weighing, answer: Answer) -> tuple[Telling, ...]:
    """What was not examined and would bring a localization nearer to the first: each is run, the most telling first."""
    first, candidate = answer.inference.ranked[0].weighing, weighing.candidate
    if candidate.parts:
        return ()
    is_beside = candidate.is_bilateral or first.side in (weighing.side, Side.NONE)
    rival = first.candidate if is_beside else nowhere()
    places = telling_places(candidate, rival, weighing.side, answer.inference, answer.knowledge)
    usual = [place for place in places if _answers_as_usual(place, answer.knowledge)]
    tried = [_tried(place, weighing, (first, rival), answer) for place in usual[:_TRIED]]
    return tuple(sorted((each for each in tried if each.nearer > 0), key=lambda each: -each.nearer))


def _answers_as_usual(place: Place, knowledge: Knowledge) -> bool:
    """True unless it is a reflex with results of its own, of which none is a mere loss."""
    kind, name = place
    return kind != "reflex" or not knowledge.reflexes[name].results


def _tried(place: Place, weighing: Weighing, ahead: tuple[Weighing, Candidate], answer: Answer) -> Telling:
    """A place examined: lost if it is more constant in the territory of a localization than in that of the first."""
    first, rival = ahead
    own, other = weighing.candidate.reach.get(place), rival.reach.get(place)
    is_own = own is not None and (other is None or own.rank < other.rank)
    shown = tuple(_shown(place, is_own, weighing, answer.knowledge))
    case = answer.case.with_findings((*answer.case.findings, *(each.finding for each in shown)))
    _, then = gathered(case, answer.knowledge, chain.derive)
    gained = [_gain(each, then, answer.knowledge) for each in (weighing, first)]
    tier = own if is_own else other
    assert tier is not None
    return Telling(shown, tier, is_own, gained[0] - gained[1])


def _gain(weighing: Weighing, then: Evidence, knowledge: Knowledge) -> int:
    """How much a total gains by more evidence; a set of lesions and no lesion are not weighed again."""
    candidate = weighing.candidate
    if candidate.parts or not candidate.reach:
        return 0
    return weigh(candidate, weighing.side, then, knowledge).total - weighing.total


def _shown(place: Place, is_lost: bool, weighing: Weighing, knowledge: Knowledge) -> Iterator[Shown]:
    """A loss at a place, or that it is normal; for a site that is read over both sides, on both."""
    kind, loss = _LOST[place[0]]
    result = loss if is_lost else Result.NORMAL
    is_midline = place[0] == "movement" and not knowledge.movements[place[1]].lateral
    is_midline |= place[0] == "reflex" and not knowledge.reflexes[place[1]].lateral
    sides = (Side.NONE,) if is_midline else BOTH_SIDES if weighing.candidate.is_bilateral else (weighing.side,)
    is_skin = place[0] == "skin"
    name, where = (Modality.PINPRICK.value, place[1]) if is_skin else (place[1], "")
    yield from (Shown(kind, name, where, side, result) for side in sides)


def near_rules(weighing: Weighing, answer: Answer, reader: Reader) -> tuple[NearRule, ...]:
    """The rules that would speak for a localization if what was not examined were as they ask; the nearest first."""
    found = [
        NearRule(rule.id, weight, lacking)
        for rule in answer.knowledge.rules.values()
        if (weight := _spoken(weighing.candidate, rule, answer.knowledge)) > 0
        for lacking in _lacking(rule, weighing, answer, reader)[:1]
        if is_open(lacking.parts)
    ]
    found.sort(key=lambda each: (each.unmet.nearness, -each.weight, each.rule))
    return tuple(found[:_LISTED])


def _spoken(candidate: Candidate, rule: Rule, knowledge: Knowledge) -> int:
    """What a rule would say for a candidate, in centibans."""
    return sum(said(candidate, then, knowledge) for then in rule.then if isinstance(then, Favours))


def _lacking(rule: Rule, weighing: Weighing, answer: Answer, reader: Reader) -> tuple[UnmetOnSide, ...]:
    """What a rule lacks to speak for a localization on its side; nothing if it does so already."""
    owner = f"rules/{rule.id}"
    is_bilateral = weighing.candidate.is_bilateral
    if is_bilateral and answer.inference.held.about(TRUE, owner):
        return ()
    return reader.unmet(owner, rule.when, () if is_bilateral else (weighing.side,))
