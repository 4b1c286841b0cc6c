"""What a report tells: where the lesion is, how urgent it is, and which red flags are raised, open and cleared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim
from dermarules.replay.derive import Derived
from dermarules.replay.order import Placed
from dermarules.replay.sights import Sight
from dermarules.replay.weighing import Weighed
from dermarules.vocabulary import Certainty, Side, Urgency

# How many localizations are listed at most.
LISTED = 10


@dataclass(frozen=True, slots=True)
class ToldPlace:
    """A place of the differential, as in the JSON of a report."""

    localization: str
    side: str | None
    site: str | None
    sites: tuple[str, ...]
    weight_centibans: int
    certainty: Certainty | None
    explains: tuple[str, ...]
    unexplained: tuple[str, ...]
    contradicted: tuple[str, ...]
    claim: str


@dataclass(frozen=True, slots=True)
class ToldFloor:
    """A place that is urgent by itself."""

    localization: str
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class ToldRaised:
    """A red flag that is raised."""

    id: str
    urgency: Urgency
    action: str
    suspects: str
    because: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldOpen:
    """A red flag that is open; what it waits for is not derived a second time."""

    id: str
    urgency: Urgency
    ask: object = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ToldCleared:
    """A red flag that is cleared."""

    id: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldFlags:
    """The red flags that a case touches, the most urgent first."""

    raised: tuple[ToldRaised, ...]
    open: tuple[ToldOpen, ...]
    cleared: tuple[ToldCleared, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a report tells and that follows from its proof."""

    differential: tuple[ToldPlace, ...]
    urgency: Urgency
    urgency_possible: Urgency
    urgency_of_localization: ToldFloor | None
    red_flags: ToldFlags
    unexplained: tuple[str, ...]


def told(derived: Derived) -> Told:
    """What follows from rows, as a report tells it."""
    now, possible = derived.urgency
    places = tuple(_places(derived))
    return Told(
        places,
        now,
        possible,
        ToldFloor(*derived.floor) if derived.floor else None,
        _flags(derived, derived.scene.knowledge),
        places[0].unexplained,
    )


def _places(derived: Derived) -> Iterable[ToldPlace]:
    first = derived.order[0].best.total
    margin = derived.scene.knowledge.weights.certainty.undecided
    for number, place in enumerate(derived.order[:LISTED]):
        rival = Certainty.UNDECIDED if first - place.best.total < margin else None
        yield _place(place, derived.certainty if number == 0 else rival)


def _place(place: Placed, certainty: Certainty | None) -> ToldPlace:
    best = place.best
    sites = tuple(dict.fromkeys(w.structure.site for w in (best, *place.as_good) if w.structure.site))
    return ToldPlace(
        best.structure.localization,
        _side(best),
        sites[0] if len(sites) == 1 and not place.as_good else None,
        sites,
        best.total,
        certainty,
        _names(best.explains),
        _names(best.unexplained),
        _names(best.contradicted),
        str(best.claim),
    )


def _side(weighed: Weighed) -> str | None:
    """The side in words: both where it is read over both sides, none where nothing is localized."""
    wide = weighed.structure.wide
    if wide is not None and wide.kind == "mimic":
        return None
    sides = {lesion.side for lesion in weighed.lesions} or {weighed.side}
    if weighed.structure.is_bilateral or sides >= {Side.LEFT, Side.RIGHT}:
        return "both"
    return None if len(sides) > 1 or Side.NONE in sides else weighed.side.value


def _names(sights: Sequence[Sight]) -> tuple[str, ...]:
    return tuple(sight.name for sight in sights)


def _flags(derived: Derived, knowledge: Knowledge) -> ToldFlags:
    flags, of = derived.flags, knowledge.red_flags
    raised = [
        ToldRaised(
            name, of[name].then.urgency, of[name].then.do, of[name].then.suspects, of[name].because, _texts(held)
        )
        for name, held in flags.raised.items()
    ]
    undecided = [ToldOpen(name, of[name].then.urgency) for name in flags.open]
    cleared = tuple(ToldCleared(name, _texts(failed)) for name, failed in flags.cleared.items())
    return ToldFlags(_urgent_first(raised), _urgent_first(undecided), cleared)


def _urgent_first(flags: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(flags, key=lambda flag: flag.urgency.rank))


def _texts(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(str(claim) for claim in claims)
