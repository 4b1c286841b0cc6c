"""Why a localization is not first: how far behind it is, what speaks against it, and what would speak for it.

One that is not in the order is weighed as well: that nothing speaks for it is an answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dermarules.inference import chain
from dermarules.inference.candidates import Candidate, candidates, ranges
from dermarules.inference.evidence import Evidence
from dermarules.inference.infer import gathered
from dermarules.inference.rank import Ranked, nowhere
from dermarules.inference.weigh import Weighing, said, weigh
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import TRUE, Place
from dermarules.proof import Claim, Term
from dermarules.questions.answer import Answer
from dermarules.questions.ask import telling_places
from dermarules.questions.cells import Shown
from dermarules.questions.claims import Named
from dermarules.questions.differential import side_of
from dermarules.questions.unmet import Reader, UnmetOnSide, is_open
from dermarules.rules import Favours, Rule
from dermarules.vocabulary import BOTH_SIDES, Group, Kind, Modality, Result, Side, TermKind, Tier, Word

# So many examinations are tried, and so many rules and rivals are listed.
_TRIED = 10
_LISTED = 5
_LOST = {
    "skin": (Kind.SENSATION, Result.REDUCED),
    "movement": (Kind.POWER, Result.WEAK),
    "muscle": (Kind.MUSCLE, Result.WEAK),
    "reflex": (Kind.REFLEX, Result.REDUCED),
}


class Standing(Word):
    """How a localization stands: in the order, or why not in it."""

    FIRST = "first"
    BEHIND = "behind"
    UNSUPPORTED = "unsupported"
    NOTHING_ON_SIDE = "nothing_on_side"
    RUN_NOT_NEEDED = "run_not_needed"


@dataclass(frozen=True, slots=True)
class Rival:
    """A localization in the order: its place from 1, its side in words, and its total in centibans."""

    rank: int
    localization: str
    side: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Against:
    """What takes from a total, in centibans, and the claims that it rests on."""

    kind: TermKind
    group: Group | None
    label: str
    counted: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """What a wide site needs in order to compete: the claim that it has it, or what it lacks on each side."""

    site: str
    met_by: tuple[Claim, ...]
    unmet: tuple[UnmetOnSide, ...]


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


@dataclass(frozen=True, slots=True)
class Behind:
    """Why a localization is not first.

    `claim` is that it has its `total`; `rank` is its place in the order, if it has one. `elsewhere` is the same
    localization on other sides, and `ahead` what goes before it. `is_tied` is true if its total is as good as the
    first, and fewer unexamined core places or how often it is met decided; `untested_core` are those of both.
    """

    localization: str
    side: str | None
    site: str | None
    standing: Standing
    claim: Claim
    total: int
    rank: int | None
    count: int
    first: Rival
    is_part_of_first: bool
    is_tied: bool
    untested_core: tuple[int, int]
    against: tuple[Against, ...]
    gate: Gate | None
    elsewhere: tuple[Rival, ...]
    ahead: tuple[Rival, ...]
    not_examined: tuple[Telling, ...]
    rules: tuple[NearRule, ...]


@dataclass(frozen=True, slots=True)
class Considered:
    """A localization with its place in the order, and the answer in whose proof its total stands.

    One that is not in the order stands last in that answer, and has no rank.
    """

    answer: Answer
    rank: int | None
    weighing: Weighing


def considered(asked: Named, answer: Answer) -> Considered:
    """The localization that is asked about: its best place on that side, or its best weighing if it has none."""
    places = _places(asked.id, answer)
    on_side = [place for place in places if asked.side in (None, side_of(place[1]))]
    if on_side:
        return Considered(answer, *on_side[0])
    alone = (*candidates(answer.knowledge, answer.map), *ranges(answer.knowledge, answer.map))
    evidence = answer.inference.evidence
    weighed = [
        weigh(candidate, side, evidence, answer.knowledge)
        for candidate in alone
        if candidate.localization == asked.id
        for side in _sides(candidate, asked.side, evidence.sides)
    ]
    if not weighed:
        return Considered(answer, *places[0])
    best = min(weighed, key=lambda w: (-w.total, w.candidate.order, w.side.rank))
    again = next((place for place in places if place[1].claim == best.claim), None)
    if again is not None:
        return Considered(answer, *again)
    inference = replace(answer.inference, ranked=(*answer.inference.ranked, Ranked(best, ())))
    return Considered(replace(answer, inference=inference), None, best)


def behind(asked: Named, answer: Answer) -> Behind:
    """Why a localization is not first."""
    found, reader = considered(asked, answer), Reader(answer)
    weighing, ranked = found.weighing, answer.inference.ranked
    first, total, candidate = ranked[0].weighing, found.weighing.total, found.weighing.candidate
    standing = _standing(found, answer)
    is_first = standing is Standing.FIRST
    ahead = [_rival(rank, place.weighing) for rank, place in enumerate(ranked[: (found.rank or _LISTED + 1) - 1], 1)]
    parts = {part.localization for part, side in first.candidate.parts if weighing.side in (side, Side.NONE)}
    return Behind(
        localization=candidate.localization,
        side=side_of(weighing),
        site=candidate.site,
        standing=standing,
        claim=weighing.claim,
        total=total,
        rank=found.rank,
        count=len(ranked),
        first=_rival(1, first),
        is_part_of_first=candidate.localization in parts,
        is_tied=not is_first and found.rank is not None and abs(first.total - total) <= answer.knowledge.weights.tie,
        untested_core=(weighing.untested_core, first.untested_core),
        against=_against(weighing),
        gate=_gate(weighing, reader),
        elsewhere=tuple(_rival(rank, w) for rank, w in _places(asked.id, answer) if w.claim != weighing.claim),
        ahead=tuple(ahead[:_LISTED]),
        not_examined=() if is_first else _not_examined(weighing, answer),
        rules=() if is_first else _near_rules(weighing, answer, reader),
    )


def _places(localization: str, answer: Answer) -> list[tuple[int, Weighing]]:
    """The places of a localization in the order, one for each side."""
    ranked = enumerate(answer.inference.ranked, start=1)
    return [(n, place.weighing) for n, place in ranked if place.weighing.candidate.localization == localization]


def _sides(candidate: Candidate, asked: str | None, found: Iterable[Side]) -> Iterable[Side]:
    """The sides on which to weigh a candidate: the one that is asked about, or those on which something was found."""
    if candidate.is_bilateral:
        return (Side.NONE,)
    return [side for side in Side if side.value == asked] or found


def _rival(rank: int, weighing: Weighing) -> Rival:
    return Rival(rank, weighing.candidate.localization, side_of(weighing), weighing.total)


def _standing(found: Considered, answer: Answer) -> Standing:
    if found.rank is not None:
        return Standing.FIRST if found.rank == 1 else Standing.BEHIND
    weighing, candidate = found.weighing, found.weighing.candidate
    if not candidate.is_bilateral and weighing.side not in answer.inference.evidence.sides:
        return Standing.NOTHING_ON_SIDE
    if not weighing.is_supported:
        return Standing.UNSUPPORTED
    return Standing.RUN_NOT_NEEDED


def _against(weighing: Weighing) -> tuple[Against, ...]:
    """What takes from the total, the most first."""
    found = sorted((term for term in weighing.terms if term.counted < 0), key=lambda term: (term.counted, term.label))
    return tuple(_taken(term) for term in found)


def _taken(term: Term) -> Against:
    return Against(term.kind, term.group, term.label, term.counted, term.premises)


def _gate(weighing: Weighing, reader: Reader) -> Gate | None:
    """What a wide site needs in order to compete."""
    site = weighing.candidate.wide
    if site is None:
        return None
    met = tuple(claim for term in weighing.terms if term.kind is TermKind.ENTRY for claim in term.premises)
    sides = () if weighing.candidate.is_bilateral else (weighing.side,)
    lacking = () if met else reader.unmet(f"localizations/{site.id}", site.requires, sides)
    return Gate(site.id, met, lacking)


def _not_examined(weighing: Weighing, answer: Answer) -> tuple[Telling, ...]:
    """What was not examined and would bring a localization nearer to the first: each is run, the most telling first."""
    first, candidate = answer.inference.ranked[0].weighing, weighing.candidate
    if candidate.parts:
        return ()
    is_beside = candidate.is_bilateral or first.side in (weighing.side, Side.NONE)
    rival = first.candidate if is_beside else nowhere()
    places = telling_places(candidate, rival, weighing.side, answer.inference, answer.knowledge)
    reflexes = answer.knowledge.reflexes
    tendon = [(kind, name) for kind, name in places if kind != "reflex" or not reflexes[name].results]
    tried = [_tried(place, weighing, (first, rival), answer) for place in tendon[:_TRIED]]
    return tuple(sorted((each for each in tried if each.nearer > 0), key=lambda each: -each.nearer))


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


def _near_rules(weighing: Weighing, answer: Answer, reader: Reader) -> tuple[NearRule, ...]:
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
