"""What the context makes worth less: age takes ankle jerks and vibration sense from the healthy, on both sides."""

from collections.abc import Iterator, Mapping, Sequence

from dermarules.inference.evidence import Lessened
from dermarules.inference.observations import Observation
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import TRUE, State
from dermarules.proof import Claim, Proof
from dermarules.rules import Modifier
from dermarules.vocabulary import Side


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
        for claim in (*_losses(modifier, observations, knowledge), *_fired(modifier, proof)):
            if claim not in found or less.factor < found[claim].factor:
                found[claim] = less
    return found


def _losses(modifier: Modifier, observations: Sequence[Observation], knowledge: Knowledge) -> Iterator[Claim]:
    """The losses that a modifier is about, where both sides have them alike."""
    named = {("reflex", reflex) for reflex in modifier.reflexes}
    skin = {("skin", region) for place in modifier.over for region in regions(place, knowledge)}
    modalities = {modality.value for modality in modifier.modalities}
    meant = [
        o
        for o in observations
        if o.state is State.DEFICIT and (o.place in named or (o.place in skin and o.modalities <= modalities))
    ]
    both = {o.place for o in meant if o.side is Side.LEFT} & {o.place for o in meant if o.side is Side.RIGHT}
    yield from (o.claim for o in meant if o.place in both and o.side in (Side.LEFT, Side.RIGHT))


def regions(place: str, knowledge: Knowledge) -> tuple[str, ...]:
    return knowledge.areas[place].regions if place in knowledge.areas else (place,)


def _fired(modifier: Modifier, proof: Proof) -> Iterator[Claim]:
    for rule in modifier.rules:
        yield from proof.about(TRUE, f"rules/{rule}")
