"""What the context makes worth less: age takes ankle jerks and vibration sense from the healthy, on both sides."""

from collections.abc import Iterator, Mapping, Sequence

from dermarules.inference.evidence import Lessened
from dermarules.inference.observations import Observation
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import TRUE, State
from dermarules.proof import Claim, Proof
from dermarules.rules import Modifier
from dermarules.vocabulary import BOTH_SIDES


def lessened(proof: Proof, observations: Sequence[Observation], knowledge: Knowledge) -> Mapping[Claim, Lessened]:
    """The observations and fired rules that a modifier lessens, by their claims; of several the one that takes most.

    A modifier whose condition is unknown lessens nothing: a patient of unknown age is neither young nor old.
    """
    found: dict[Claim, Lessened] = {}
    for modifier in knowledge.modifiers.values():
        held = proof.about(TRUE, f"modifiers/{modifier.id}")
        if not held:
            continue
        less = Lessened(modifier.factor, (*held, Claim("known", f"modifiers/{modifier.id}")))
        alike = _losses(modifier, observations, knowledge)
        reasons = {claim: Lessened(less.factor, (twin, *less.claims)) for claim, twin in alike}
        for claim, reason in {**reasons, **dict.fromkeys(_fired(modifier, proof), less)}.items():
            if claim not in found or reason.factor < found[claim].factor:
                found[claim] = reason
    return found


def _losses(
    modifier: Modifier, observations: Sequence[Observation], knowledge: Knowledge
) -> Iterator[tuple[Claim, Claim]]:
    """The losses that a modifier is about, where both sides have them alike: each with that of the other side."""
    named = {("reflex", reflex) for reflex in modifier.reflexes}
    skin = {("skin", region) for place in modifier.over for region in regions(place, knowledge)}
    modalities = {modality.value for modality in modifier.modalities}
    meant = [
        o
        for o in observations
        if o.state is State.DEFICIT and (o.place in named or (o.place in skin and o.modalities <= modalities))
    ]
    lost = {(o.place, o.side): o.claim for o in meant if o.side in BOTH_SIDES}
    for (place, side), claim in lost.items():
        if (place, side.other) in lost:
            yield claim, lost[place, side.other]


def regions(place: str, knowledge: Knowledge) -> tuple[str, ...]:
    return knowledge.areas[place].regions if place in knowledge.areas else (place,)


def _fired(modifier: Modifier, proof: Proof) -> Iterator[Claim]:
    for rule in modifier.rules:
        yield from proof.about(TRUE, f"rules/{rule}")
