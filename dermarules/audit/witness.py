"""A witness of a condition: findings that make it true, added to an examination that may make part of it true.

What was found is a mapping from cells (what, where, on which side) to results, so that a finding replaces what was
found in the same cell before.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place
from dermarules.rules import All, Any, AtLeast, Compare, Condition, Derived, Leaf, binds_side
from dermarules.vocabulary import BOTH_SIDES, FULL_POWER, Kind, Modality, Result, Side, SideTest, Tier


class Cell(NamedTuple):
    """What is examined or asked, on which side, and where (skin only)."""

    kind: Kind
    name: str
    side: Side
    place: str = ""


Found = Mapping[Cell, Result | float]
Part = TypeVar("Part")
Choose = Callable[[Sequence[Found]], Found]

# The result that an examiner notes most often where a condition allows several.
_TYPICAL = (Result.REDUCED, Result.MRC_3, Result.POSITIVE, Result.PRESENT)
_UNREMARKABLE = FULL_POWER | {Result.NORMAL, Result.FLEXOR, Result.NEGATIVE}
_PLACES = {Kind.SENSATION: "skin", Kind.FEELS: "skin", Kind.REFLEX: "reflex", Kind.POWER: "movement"}
_JUST_BEYOND = {"lt": -1.0, "gt": 1.0}


def fewest(ways: Sequence[Found]) -> Found:
    """The way that adds least to an examination; of several, the first in the knowledge."""
    return min(ways, key=len)


@dataclass(frozen=True, slots=True)
class Witness:
    """Makes witnesses for a lesion: abnormal findings lie in its reach if they can, normal ones outside.

    `choose` takes one of several ways in which a condition may come true.
    """

    knowledge: Knowledge
    reach: Mapping[Place, Tier]
    choose: Choose

    def of(self, condition: Condition, side: Side, found: Found, held: Found | None = None) -> Found | None:
        """What makes the condition true of the side when it is added to what was found; `held` is added in any case.

        None if no way is known: what makes a finding absent is known only where `absent_when` states it.
        """
        held = held or {}
        match condition:
            case Leaf():
                sides = _sides(condition.side, side)
                return _one_by_one(sides, held, lambda at, so_far: self._leaf(condition, at, found, so_far))
            case Compare():
                return {**held, **_measured(condition)}
            case Derived():
                derived = self.knowledge.derived[condition.finding]
                inner = derived.when if condition.present else derived.absent_when
                if inner is None:
                    return None
                sides = _sides(condition.side, side) if binds_side(derived.when) else (side,)
                return _one_by_one(sides, held, lambda at, so_far: self.of(inner, at, found, so_far))
            case Any():
                ways = [self.of(part, side, found, held) for part in condition.of]
                return self._chosen(ways)
            case All() | AtLeast():
                parts = condition.of[: condition.n] if isinstance(condition, AtLeast) else condition.of
                return _one_by_one(parts, held, lambda part, so_far: self.of(part, side, found, so_far))
            case _:
                return None

    def _chosen(self, ways: Iterable[Found | None]) -> Found | None:
        possible = [way for way in ways if way is not None]
        return self.choose(possible) if possible else None

    def _leaf(self, leaf: Leaf, side: Side, found: Found, held: Found) -> Found | None:
        """Nothing more where the leaf is true; else one of the cells that fit best and that the witness leaves free."""
        cells = list(self._cells(leaf, side))
        if any({**found, **held}.get(cell) in leaf.results for cell in cells):
            return held
        typical = next((each for each in _TYPICAL if each in leaf.results), None)
        result = typical or min(leaf.results, key=list(Result).index)
        free = {cell: self._misfit(cell, result) for cell in cells if cell not in held}
        best = min(free.values(), default=0)
        return self._chosen({**held, cell: result} for cell, misfit in free.items() if misfit == best)

    def _cells(self, leaf: Leaf, side: Side) -> Iterator[Cell]:
        names = leaf.names
        if leaf.kind in (Kind.SENSATION, Kind.FEELS):
            pin = Modality.PINPRICK.value
            names = (pin,) if pin in names else names[:1]
        for name in names:
            where = side if _is_lateral(leaf.kind, name, self.knowledge) else Side.NONE
            yield from (Cell(leaf.kind, name, where, place) for place in leaf.places or ("",))

    def _misfit(self, cell: Cell, result: Result) -> int:
        """Lowest where the lesion shows the result best: abnormal in its core, normal outside its reach."""
        kind = _PLACES.get(cell.kind) or ("muscle" if cell.name in self.knowledge.muscles else "movement")
        tier = self.reach.get((kind, cell.place or cell.name))
        rank = len(Tier) if tier is None else tier.rank
        return -rank if result in _UNREMARKABLE else rank


def _sides(test: SideTest, side: Side) -> tuple[Side, ...]:
    return {SideTest.BOTH: BOTH_SIDES, SideTest.OTHER: (side.other,)}.get(test, (side,))


def _one_by_one(parts: Iterable[Part], held: Found, add: Callable[[Part, Found], Found | None]) -> Found | None:
    """What is held after every part has added its own; None as soon as one cannot."""
    so_far: Found | None = held
    for part in parts:
        so_far = add(part, so_far) if so_far is not None else None
    return so_far


def _is_lateral(kind: Kind, name: str, knowledge: Knowledge) -> bool:
    match kind:
        case Kind.POWER:
            return knowledge.movements[name].lateral
        case Kind.REFLEX:
            return knowledge.reflexes[name].lateral
        case Kind.SIGN:
            return knowledge.signs[name].lateral
        case Kind.HISTORY:
            return knowledge.history[name].lateral
        case _:
            return kind is not Kind.LEVEL


def _measured(test: Compare) -> Found:
    """A number for which the comparison holds; none if it is taken to hold where nobody measured."""
    if test.if_unknown:
        return {}
    return {Cell(Kind.MEASURE, test.measure, Side.NONE): test.number + _JUST_BEYOND.get(test.operator, 0.0)}
