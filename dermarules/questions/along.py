"""Where along its course a nerve is injured: what the order of its branches shows, and what it leaves open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dermarules.inference.candidates import Candidate, candidates, constant_places
from dermarules.inference.evidence import are_nested
from dermarules.inference.infer import Inference
from dermarules.inference.observations import Observation
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place, State
from dermarules.questions.ask import telling_places


@dataclass(frozen=True, slots=True)
class ElsewhereAlong:
    """Another place on the course of the same fibres, nearer to the spine (`is_above`) or further from it.

    `against` are observations that a lesion there would not leave as they were found. With none, `telling` are places,
    not examined yet, that tell the two apart, the most telling first; with neither, no examination does.
    """

    candidate: Candidate
    is_above: bool
    against: tuple[Observation, ...]
    telling: tuple[Place, ...]


def elsewhere_along(inference: Inference, knowledge: Knowledge, map_id: str) -> tuple[ElsewhereAlong, ...]:
    """The nearest places above and below the first answer, if it is one nerve at a site or one that has sites."""
    weighing = inference.ranked[0].weighing
    first = weighing.candidate
    if first.klass != "nerve" or first.parts:
        return ()
    nerves = [c for c in candidates(knowledge, map_id) if c.klass == "nerve" and c is not first]
    kin = [c for c in nerves if are_nested(first, c) and (c.localization, c.site) != (first.localization, first.site)]
    above = _nearest(kin, first, lambda other: constant_places(other) >= constant_places(first))
    below = _nearest(kin, first, lambda other: constant_places(other) < constant_places(first))
    found = [_elsewhere(weighing, c, True, inference, knowledge) for c in above]
    found += [_elsewhere(weighing, c, False, inference, knowledge) for c in below]
    return tuple(each for each in found if each.is_above or each.against)


def _nearest(kin: Iterable[Candidate], first: Candidate, fits: Callable[[Candidate], bool]) -> list[Candidate]:
    """Of those that fit, the one most like the first of its own name, and the one most like it of another."""
    like = sorted(
        (c for c in kin if fits(c)),
        key=lambda c: (len(constant_places(c) ^ constant_places(first)), not c.is_usual_site, c.order),
    )
    same = [c for c in like if c.localization == first.localization][:1]
    return same + [c for c in like if c.localization != first.localization][:1]


def _elsewhere(
    first: Weighing, other: Candidate, is_above: bool, inference: Inference, knowledge: Knowledge
) -> ElsewhereAlong:
    more, less = (other, first.candidate) if is_above else (first.candidate, other)
    between = constant_places(more) - constant_places(less)
    state = State.NORMAL if is_above else State.DEFICIT
    own = (o for o in inference.observations if o.side is first.side)
    against = tuple(o for o in own if o.state is state and o.place in between)
    telling = () if against else telling_places(first.candidate, other, first.side, inference, knowledge)
    return ElsewhereAlong(other, is_above, against, telling)
