"""A plexus variant moves something, moves it once, and moves it to roots that can be an answer."""

from collections.abc import Iterator

from dermarules.anatomy import Move, PlexusVariant
from dermarules.errors import Fault
from dermarules.knowledgebase.base import Knowledge


def variant_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every move of a plexus variant that says nothing, says it twice, or would leave a finding without a root."""
    for variant in knowledge.plexus_variants.values():
        place = knowledge.locations[f"plexus_variants/{variant.id}"]
        if not variant.moves:
            yield place.fault(f"{variant.id} moves nothing")
        for message in _misfits(variant, knowledge):
            yield place.fault(f"{variant.id}: {message}")


def _misfits(variant: PlexusVariant, knowledge: Knowledge) -> Iterator[str]:
    for number, move in enumerate(variant.moves):
        where = f" within {move.within}" if move.within else ""
        if set(move.carried_by) == {move.usual}:
            yield f"{move.usual}{where} is carried by no other root"
        for root in move.carried_by:
            if not knowledge.roots[root].answer:
                yield f"{move.usual}{where} is carried by {root}, which is never an answer"
        if any(_covers(earlier, move) for earlier in variant.moves[:number]):
            yield f"{move.usual}{where} is moved already"


def _covers(earlier: Move, move: Move) -> bool:
    """True if an earlier move holds wherever this one does, so that this one never does."""
    return earlier.usual == move.usual and earlier.within in (None, move.within)
