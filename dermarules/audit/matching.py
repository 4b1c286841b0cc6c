"""When an answer is one that a case accepts. The rules are those at the end of the case format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dermarules.findings import Expectation
from dermarules.inference.rank import NOTHING
from dermarules.notation import SEVERAL
from dermarules.questions.differential import side_of
from dermarules.report import Report

_NO_SIDE = (None, "both", "none")
_UNCHECKED_SIDES = (None, "", "unknown", "none")


@dataclass(frozen=True, slots=True)
class Place:
    """A localization that was answered, with its side, and the single lesions if it takes several."""

    localization: str
    side: str | None
    lesions: tuple[str, ...] = ()


def places_of(report: Report) -> tuple[Place, ...]:
    """Every localization that was ranked, best first."""
    weighings = (ranked.weighing for ranked in report.inference.ranked)
    return tuple(
        Place(w.candidate.localization, side_of(w), tuple(c.localization for c, _ in w.candidate.parts))
        for w in weighings
    )


def is_accepted(answered: str, expected: str, roots: Sequence[str]) -> bool:
    """True if the localization answered is the one expected; `roots` are all roots in order."""
    if SEVERAL in answered:
        return False
    answered, expected = _structure(answered), _structure(expected)
    kind, _, name = answered.partition(" ")
    match expected.partition(" "):
        case ("root", _, "unspecified"):
            return kind == "root"
        case ("roots", _, "unspecified"):
            return kind in ("root", "roots")
        case ("roots", _, span):
            return kind in ("root", "roots") and _range(name, roots) <= _range(span, roots) != frozenset()
        case ("plexus", _, "lumbosacral"):
            return kind == "plexus"
        case ("upper_motor_neuron", _, _):
            return answered in ("brain", "spinal_cord", "upper_motor_neuron")
        case ("not_neurological", _, _):
            return answered in ("not_neurological", NOTHING)
    return answered == expected


def _structure(localization: str) -> str:
    """A localization without its site: another site of the same nerve counts."""
    return localization.partition(" at ")[0]


def _range(span: str, roots: Sequence[str]) -> frozenset[str]:
    """The roots of a span such as L5-S1; a root that nobody knows stands for itself."""
    first, _, last = span.partition("-")
    if first not in roots or (last or first) not in roots:
        return frozenset({span})
    return frozenset(roots[roots.index(first) : roots.index(last or first) + 1])


def side_fits(answered: str | None, expected: str | None) -> bool:
    """True if the side is right, or is not checked, or the answer has none."""
    if expected in _UNCHECKED_SIDES or answered in _NO_SIDE:
        return True
    return answered == expected


def checks_side(expected: str | None) -> bool:
    """True if a case says on which side the lesion is."""
    return expected not in _UNCHECKED_SIDES


def fits(place: Place, localization: str, side: str | None, roots: Sequence[str]) -> bool:
    """True if an answer is the localization expected, on the side expected."""
    return is_accepted(place.localization, localization, roots) and side_fits(place.side, side)


def strict_rank(places: Sequence[Place], expect: Expectation, roots: Sequence[str]) -> int | None:
    """The position from which on every localization expected has been named, counted from 1; None if one is missing."""
    ranks = (_one_by_one(places, expect, roots), _together(places, expect, roots))
    return min((rank for rank in ranks if rank is not None), default=None)


def _one_by_one(places: Sequence[Place], expect: Expectation, roots: Sequence[str]) -> int | None:
    positions = [_position(places, [wanted], expect.side, roots) for wanted in expect.localization]
    found = [position for position in positions if position is not None]
    return max(found) if found and len(found) == len(positions) else None


def _together(places: Sequence[Place], expect: Expectation, roots: Sequence[str]) -> int | None:
    """The position of an answer of several lesions that are those expected, no more and no fewer."""
    wanted = expect.localization
    positions = (
        n
        for n, place in enumerate(places, start=1)
        if len(place.lesions) == len(wanted) > 1
        and side_fits(place.side, expect.side)
        and all(any(is_accepted(lesion, w, roots) for lesion in place.lesions) for w in wanted)
        and all(any(is_accepted(lesion, w, roots) for w in wanted) for lesion in place.lesions)
    )
    return next(positions, None)


def lenient_rank(places: Sequence[Place], expect: Expectation, roots: Sequence[str]) -> int | None:
    """The position of the first acceptable answer, counted from 1; None if there is none."""
    ranks = (strict_rank(places, expect, roots), _position(places, expect.also_accept, expect.side, roots))
    return min((rank for rank in ranks if rank is not None), default=None)


def _position(places: Sequence[Place], wanted: Iterable[str], side: str | None, roots: Sequence[str]) -> int | None:
    accepted = tuple(wanted)
    positions = (n for n, place in enumerate(places, start=1) if any(fits(place, w, side, roots) for w in accepted))
    return next(positions, None)


def is_among_first(places: Sequence[Place], expect: Expectation, roots: Sequence[str], count: int = 1) -> bool:
    """True if the localization expected is among the first `count`; several lesions may take as many places."""
    together, apart = _together(places, expect, roots), _one_by_one(places, expect, roots)
    if together is not None and together <= count:
        return True
    return apart is not None and apart <= max(count, len(expect.localization))


def is_acceptable_among_first(
    places: Sequence[Place], expect: Expectation, roots: Sequence[str], count: int = 1
) -> bool:
    """True if the localization expected, or one that is also accepted, is among the first `count`."""
    also = _position(places, expect.also_accept, expect.side, roots)
    return is_among_first(places, expect, roots, count) or (also is not None and also <= count)
