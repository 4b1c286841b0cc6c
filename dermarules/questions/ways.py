"""Ways: each a set of answers by which something comes to hold, as one requirement on cells.

Of many ways those are kept that no other makes needless. What two ways share counts once, and what would rule out every
result of a cell is no way: so leaves that speak of one cell move together.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dermarules.questions.cells import Layout

Ways = tuple[int, ...]
# It holds already; it never can.
NOW: Ways = (0,)
NEVER: Ways = ()
# Of so few questions all subsets are looked up; of more, the ways are gone through.
_FEW = 5


@dataclass(slots=True, eq=False)
class Algebra:
    """Joins ways that need at most `most` questions, and keeps at most `widest` of them.

    `is_cut` is set once there were more: then the fewest questions found need not be the fewest.
    """

    layout: Layout
    most: int
    widest: int
    is_cut: bool = False

    def one(self, choices: Iterable[Ways]) -> Ways:
        """The ways in which one of several things holds."""
        found: dict[int, None] = {}
        for ways in choices:
            if ways == NOW:
                return NOW
            found.update(dict.fromkeys(ways))
        return tuple(found) if len(found) < 2 else self._least(found)

    def all(self, parts: Iterable[Ways]) -> Ways:
        """The ways in which all of several things hold."""
        choices: dict[Ways, None] = {}
        for ways in parts:
            if not ways:
                return NEVER
            if ways != NOW:
                choices[ways] = None
        found = NOW
        for ways in sorted(choices, key=len):
            found = self._both(found, ways)
        return found

    def _both(self, first: Ways, second: Ways) -> Ways:
        if first == NOW:
            return second
        grouped: dict[int, list[int]] = {}
        for way in second:
            grouped.setdefault(way & self.layout.asked, []).append(way)
        found: dict[int, None] = {}
        for one in first:
            for group in self._in_room(one & self.layout.asked, grouped):
                found.update({one | other: None for other in group if self.can_be_met(one | other)})
        return self._least(found)

    def _in_room(self, asked: int, grouped: Mapping[int, list[int]]) -> Iterator[list[int]]:
        """The ways that ask no more than there is room for beside what is asked already."""
        if asked.bit_count() == self.most and 1 << self.most < len(grouped):
            yield from (grouped[part] for part in _parts(asked) if part in grouped)
            return
        yield from (group for more, group in grouped.items() if (asked | more).bit_count() <= self.most)

    def can_be_met(self, way: int) -> bool:
        """True if a case can answer so."""
        return self.layout.can_be_met(way)

    def _least(self, found: Iterable[int]) -> Ways:
        """The ways that no other makes needless: those of the fewest questions first, and of the easier ones."""
        asked = self.layout.asked
        sized = sorted((own.bit_count(), own, way.bit_count(), way) for way in found for own in (way & asked,))
        kept: dict[int, list[int]] = {}
        count = 0
        for size, own, _, way in sized:
            if size > self.most:
                break
            if _is_needless(way, own, kept):
                continue
            if count == self.widest:
                self.is_cut = True
                break
            kept.setdefault(own, []).append(way)
            count += 1
        return tuple(way for ways in kept.values() for way in ways)

    def questions(self, way: int) -> int:
        """How many questions a way needs."""
        return (way & self.layout.asked).bit_count()


def everything(layout: Layout) -> Algebra:
    """Joins ways of however many questions, and keeps all."""
    return Algebra(layout, len(layout.asks), sys.maxsize)


class Loose(Algebra):
    """Joins ways as if one cell could have two results: what it finds no way to, there is no way to."""

    def can_be_met(self, way: int) -> bool:
        """Whatever a case would have to answer."""
        return True


def _is_needless(way: int, asked: int, kept: Mapping[int, list[int]]) -> bool:
    """True if a way of fewer or the same questions is enough."""
    if asked.bit_count() > _FEW or len(kept) < 1 << _FEW:
        return any(less & way == less for own, ways in kept.items() if own & asked == own for less in ways)
    return any(less & way == less for part in _parts(asked) for less in kept.get(part, ()))


def _parts(asked: int) -> Iterator[int]:
    """All subsets of a few questions."""
    part = asked
    while part:
        yield part
        part = (part - 1) & asked
    yield 0
