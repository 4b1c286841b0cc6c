"""The differential as a reader sees it: places in order, with what each explains, leaves open and contradicts."""

from collections.abc import Sequence
from dataclasses import dataclass

from dermarules.inference.infer import Inference
from dermarules.inference.observations import Observation
from dermarules.inference.rank import Ranked
from dermarules.inference.weigh import Weighing
from dermarules.proof import Claim
from dermarules.vocabulary import Certainty

# How many localizations are listed at most.
_LISTED = 10


@dataclass(frozen=True, slots=True)
class Localization:
    """One place in the differential. `weight_centibans` is 100 log10 of the evidence for it, prior included.

    `side` is left, right, both or unknown, and None where there is no side. `site` is None where the findings cannot
    tell one site of the structure from another; `sites` are those that they cannot tell apart.
    `certainty` is that of the first answer; a rival has none, or is undecided if it cannot be told from the first.
    """

    localization: str
    side: str | None
    site: str | None
    sites: tuple[str, ...]
    weight_centibans: int
    certainty: Certainty | None
    explains: tuple[str, ...]
    unexplained: tuple[str, ...]
    contradicted: tuple[str, ...]
    claim: Claim

    def __str__(self) -> str:
        site = f" at {self.site}" if self.site else ""
        side = f", {self.side}" if self.side else ""
        return f"{self.localization}{site}{side}"


def differential(inference: Inference, margin: int) -> tuple[Localization, ...]:
    """The localizations of an inference, best first; `margin` is that within which a rival is undecided."""
    first = inference.ranked[0].weighing.total
    listed = inference.ranked[:_LISTED]
    return tuple(
        _entry(place, inference.certainty if i == 0 else _rival(place, first, margin)) for i, place in enumerate(listed)
    )


def _rival(place: Ranked, first: int, margin: int) -> Certainty | None:
    return Certainty.UNDECIDED if first - place.weighing.total < margin else None


def _entry(place: Ranked, certainty: Certainty | None) -> Localization:
    weighing = place.weighing
    sites = sites_of(place)
    return Localization(
        localization=weighing.candidate.localization,
        side=side_of(weighing),
        site=sites[0] if len(sites) == 1 and not place.same_elsewhere else None,
        sites=sites,
        weight_centibans=weighing.total,
        certainty=certainty,
        explains=observation_names(weighing.explained),
        unexplained=observation_names(weighing.unexplained),
        contradicted=observation_names(weighing.contradicted),
        claim=weighing.claim,
    )


def sites_of(place: Ranked) -> tuple[str, ...]:
    """The sites of a structure that the findings cannot tell apart, the best first; none where there are no sites."""
    weighings = (place.weighing, *place.same_elsewhere)
    return tuple(dict.fromkeys(w.candidate.site for w in weighings if w.candidate.site))


def side_of(weighing: Weighing) -> str | None:
    """The side in words: both for a site that is read over both sides, none where nothing is localized."""
    return weighing.candidate.told_side(weighing.side)


def observation_names(observations: Sequence[Observation]) -> tuple[str, ...]:
    """Observations as the report writes them: `deficit movement ankle_dorsiflexion, left`."""
    return tuple(f"{o.state.value} {o.place[0]} {o.place[1]}, {o.side.value}" for o in observations)
