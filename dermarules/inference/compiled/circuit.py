"""A straight-line program over bit planes: each step is AND, OR or AND NOT of two earlier planes.

A plane holds one bit for each case. Steps are shared (the same step of the same planes is one plane), and planes that
are never or always set cost nothing.
"""

from collections.abc import Container, Hashable, Iterable
from dataclasses import dataclass
from functools import reduce

# The planes that are never and always set.
NEVER, ALWAYS = 0, 1
AND, OR, WITHOUT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Some:
    """An input that is set where any of others is: who fills the inputs knows which a finding sets, and saves steps."""

    keys: frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Step:
    """Plane `target` is made of planes `first` and `second`."""

    operation: int
    first: int
    second: int
    target: int


class Circuit:
    """Collects the inputs and the steps of a program; an input that is not among `given` is never set."""

    def __init__(self, given: Container[Hashable] | None = None) -> None:
        self.given = given
        self.inputs: dict[Hashable, int] = {}
        self.steps: list[Step] = []
        self.planes = 2
        self._made: dict[tuple[int, int, int], int] = {}

    def input(self, key: Hashable) -> int:
        """The plane of an input, made when it is first asked for."""
        return self._input(key) if self._may_be(key) else NEVER

    def some(self, keys: Iterable[Hashable]) -> int:
        """The plane of some inputs together: an input of its own, unless but one of them can be set."""
        given = frozenset(filter(self._may_be, keys))
        return self._input(Some(given)) if len(given) > 1 else self.one(map(self._input, given))

    def both(self, planes: Iterable[int]) -> int:
        """Set where every plane is."""
        return reduce(self._and, sorted(set(planes)), ALWAYS)

    def one(self, planes: Iterable[int]) -> int:
        """Set where any plane is."""
        return reduce(self._or, sorted(set(planes)), NEVER)

    def without(self, plane: int, other: int) -> int:
        """Set where the first plane is and the other is not."""
        if plane in (NEVER, other) or other == ALWAYS:
            return NEVER
        return plane if other == NEVER else self._step(WITHOUT, plane, other)

    def _may_be(self, key: Hashable) -> bool:
        return self.given is None or key in self.given

    def _input(self, key: Hashable) -> int:
        if key not in self.inputs:
            self.inputs[key] = self._new()
        return self.inputs[key]

    def _and(self, plane: int, other: int) -> int:
        if NEVER in (plane, other):
            return NEVER
        if plane in (ALWAYS, other):
            return other
        return plane if other == ALWAYS else self._step(AND, plane, other)

    def _or(self, plane: int, other: int) -> int:
        if ALWAYS in (plane, other):
            return ALWAYS
        if plane in (NEVER, other):
            return other
        return plane if other == NEVER else self._step(OR, plane, other)

    def _step(self, operation: int, first: int, second: int) -> int:
        key = (operation, first, second)
        if key not in self._made:
            self._made[key] = self._new()
            self.steps.append(Step(*key, self._made[key]))
        return self._made[key]

    def _new(self) -> int:
        self.planes += 1
        return self.planes - 1
