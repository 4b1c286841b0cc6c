"""A circuit made ready to run: only the steps that lead to a wanted plane, in few places of a small memory."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.circuit import ALWAYS, Circuit, Step

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The steps, over `slots` places in memory: the constants, then the inputs `keys` in their order.

    `program` has four rows: the operation of each step, its first and second place, and the place that it fills. A
    place is filled again when its plane was read for the last time; those of the wanted planes, `outputs`, are not.
    """

    keys: tuple[Hashable, ...]
    outputs: Numbers
    slots: int
    program: Numbers


def steps_to(circuit: Circuit, wanted: Sequence[int]) -> Steps:
    """The steps to the wanted planes, which become the rows of the output in their order."""
    needed = _needed(circuit, wanted)
    keys = {plane: key for key, plane in circuit.inputs.items() if plane in needed}
    slots = _Slots(keys)
    steps = slots.place([step for step in circuit.steps if step.target in needed], frozenset(wanted))
    program = np.array(steps, dtype=np.int32).reshape(-1, 4).T.copy()
    return Steps(tuple(keys.values()), slots.of(wanted), slots.used, program)


def _needed(circuit: Circuit, wanted: Iterable[int]) -> set[int]:
    """The planes on which the wanted ones rest."""
    needed = set(wanted)
    for step in reversed(circuit.steps):
        if step.target in needed:
            needed.update((step.first, step.second))
    return needed


class _Slots:
    """Gives planes places in memory, each until its last use."""

    def __init__(self, inputs: Iterable[int]) -> None:
        self._place = {plane: place for place, plane in enumerate((*range(ALWAYS + 1), *inputs))}
        self._free: list[int] = []
        self.used = len(self._place)

    def of(self, planes: Iterable[int]) -> Numbers:
        """The places of planes."""
        return np.array([self._place[plane] for plane in planes], np.int32)

    def place(self, steps: Sequence[Step], kept: frozenset[int]) -> list[tuple[int, int, int, int]]:
        """The steps with places for planes."""
        last = {plane: number for number, step in enumerate(steps) for plane in (step.first, step.second)}
        placed = []
        for number, step in enumerate(steps):
            first, second = self._place[step.first], self._place[step.second]
            for plane in {step.first, step.second} - kept:
                if plane > ALWAYS and last[plane] == number:
                    self._free.append(self._place[plane])
            placed.append((step.operation, first, second, self._take(step.target)))
        return placed

    def _take(self, plane: int) -> int:
        if not self._free:
            self._free.append(self.used)
            self.used += 1
        self._place[plane] = self._free.pop()
        return self._place[plane]
