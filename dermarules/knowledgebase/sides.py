"""What has sides, and how a condition speaks of them: of one leg, of both, or of neither."""

from collections.abc import Iterator
from dataclasses import dataclass

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.consistency import NORMAL
from dermarules.rules import All, AtLeast, Compare, Condition, Derived, Leaf, Not, binds_side, parts, walk
from dermarules.rules import Any as AnyOf
from dermarules.vocabulary import Kind, SideTest

# A test of findings, as against a group of conditions or a number.
Test = Leaf | Derived


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """What has sides in one knowledge base; `midline` is what has none, by kind of test and name or region."""

    knowledge: Knowledge
    midline: frozenset[tuple[Kind, str]]

    def has(self, test: Test) -> bool:
        """True if what is tested may be on one side and not on the other."""
        if isinstance(test, Derived):
            return binds_side(self.knowledge.derived[test.finding].when)
        names = test.places or test.names
        return test.kind is not Kind.LEVEL and any((test.kind, name) not in self.midline for name in names)

    def unsaid(self, condition: Condition) -> Iterator[Test]:
        """The tests of what has sides that say none, not even that any will do."""
        for part in walk(condition):
            if isinstance(part, Test) and not part.says_side and self.has(part):
                yield part

    def least(self, condition: Condition) -> int:
        """On how many sides something must be found to make it true: 2, 1, or 0 if it asks of nothing with sides."""
        match condition:
            case Compare() | Not():
                return 0
            case Leaf() | Derived() if condition.side is SideTest.BOTH:
                return 2
            case Leaf() | Derived() if self.has(condition):
                return 1
            case Leaf():
                return 0
            case Derived():
                return self.least(self.knowledge.derived[condition.finding].when)
            case All():
                asked = {part.side for part in condition.of if isinstance(part, Test)}
                is_crossed = {SideTest.SAME, SideTest.OTHER} <= asked
                return 2 if is_crossed else max(map(self.least, condition.of))
            case AnyOf() | AtLeast():
                found = set(map(self.least, condition.of))
                return 1 if 1 in found else max(found)

    def lone(self, condition: Condition) -> Iterator[Test]:
        """The tests by which a condition is true of one side alone."""
        if self.least(condition) != 1:
            return
        if isinstance(condition, Test):
            yield condition
        for part in parts(condition):
            yield from self.lone(part)


def sides_of(knowledge: Knowledge) -> Sides:
    """What has sides in a knowledge base; a muscle has none if it makes nothing but midline movements."""
    moved: dict[str, set[bool]] = {}
    for movement in knowledge.movements.values():
        for mover in movement.movers:
            moved.setdefault(mover.muscle, set()).add(movement.lateral)
    muscles = {muscle for muscle, sides in moved.items() if sides == {False}}
    movements = {movement.id for movement in knowledge.movements.values() if not movement.lateral}
    skin = {region.id for region in knowledge.regions.values() if region.midline}
    midline = {
        Kind.SENSATION: skin,
        Kind.FEELS: skin,
        Kind.POWER: movements,
        Kind.MUSCLE: muscles,
        Kind.WASTING: movements | muscles,
        Kind.FASCICULATION: movements | muscles,
        Kind.REFLEX: {reflex.id for reflex in knowledge.reflexes.values() if not reflex.lateral},
        Kind.SIGN: {sign.id for sign in knowledge.signs.values() if not sign.lateral},
        Kind.HISTORY: {item.id for item in knowledge.history.values() if not item.lateral},
    }
    return Sides(knowledge, frozenset((kind, name) for kind, names in midline.items() for name in names))


def nameless(condition: Condition) -> Iterator[Condition]:
    """The parts that make a condition true without a finding of the leg that it speaks of."""
    match condition:
        case Leaf() | Derived() if condition.side in (SideTest.SAME, SideTest.BOTH):
            return
        case Leaf() | Derived() | Compare():
            yield condition
        case All():
            if all(any(nameless(part)) for part in condition.of):
                yield condition
        case AtLeast():
            without = [part for part in condition.of if any(nameless(part))]
            yield from without if len(without) >= condition.n else ()
        case _:
            yield from (found for part in parts(condition) for found in nameless(part))


def is_abnormal(test: Test) -> bool:
    """True if a test asks for something that should not be."""
    return test.present if isinstance(test, Derived) else not test.results & NORMAL.get(test.kind, frozenset())
