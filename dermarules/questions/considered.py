"""A localization that is asked about, with its weighing: as it stands in the order, or as it would be weighed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dermarules.inference.candidates import Candidate, candidates, ranges
from dermarules.inference.rank import Ranked
from dermarules.inference.weigh import Weighing, weigh
from dermarules.questions.answer import Answer
from dermarules.questions.claims import Named
from dermarules.questions.differential import side_of
from dermarules.vocabulary import Side


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
    listed = places(asked.id, answer)
    on_side = [place for place in listed if asked.side in (None, side_of(place[1]))]
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
        return Considered(answer, *listed[0])
    best = min(weighed, key=lambda w: (-w.total, w.candidate.order, w.side.rank))
    again = next((place for place in listed if place[1].claim == best.claim), None)
    if again is not None:
        return Considered(answer, *again)
    inference = replace(answer.inference, ranked=(*answer.inference.ranked, Ranked(best, ())))
    return Considered(replace(answer, inference=inference), None, best)


def places(localization: str, answer: Answer) -> list[tuple[int, Weighing]]:
    """The places of a localization in the order, one for each side."""
    ranked = enumerate(answer.inference.ranked, start=1)
    return [(n, place.weighing) for n, place in ranked if place.weighing.candidate.localization == localization]


def _sides(candidate: Candidate, asked: str | None, found: Iterable[Side]) -> Iterable[Side]:
    """The sides on which to weigh a candidate: the one that is asked about, or those on which something was found."""
    if candidate.is_bilateral:
        return (Side.NONE,)
    return [side for side in Side if side.value == asked] or found
