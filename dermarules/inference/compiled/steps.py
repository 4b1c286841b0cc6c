"""A circuit made ready to run: only the steps that lead to a wanted plane, in few places of a small memory."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.circuit import ALWAYS, AND, OR, WITHOUT, Circuit, Step

# Beside AND, OR and WITHOUT: a plane comes from row `first` of the inputs, or goes to row `target` of the outputs.
LOAD, STORE = 3, 4
assert {AND, OR, WITHOUT}.isdisjoint({LOAD, STORE})

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The steps as arrays. `keys` are the inputs that are read, in the order of the rows that they are read from."""

    keys: tuple[Hashable, ...]
    outputs: int
    slots: int
    operations: Numbers
    firsts: Numbers
    seconds: Numbers
    targets: Numbers


def steps_to(circuit: Circuit, wanted: Sequence[int]) -> Steps:
    """The steps to the wanted planes, which become the rows of the output in their order."""
    needed = _needed(circuit, wanted)
    keys = {plane: key for key, plane in circuit.inputs.items() if plane in needed}
    rows = {plane: row for row, plane in enumerate(keys)}
    slots = _Slots(_in_order(circuit.steps, needed, rows, wanted))
    arrays = np.array(slots.steps, dtype=np.int32).reshape(-1, 4).T.copy()
    return Steps(tuple(keys.values()), len(wanted), slots.used, *arrays)


def _needed(circuit: Circuit, wanted: Iterable[int]) -> set[int]:
    """The planes on which the wanted ones rest."""
    needed = set(wanted)
    for step in reversed(circuit.steps):
        if step.target in needed:
            needed.update((step.first, step.second))
    return needed


def _in_order(
    steps: Iterable[Step], needed: set[int], rows: dict[int, int], wanted: Sequence[int]
) -> Iterator[Step]:
    """The needed steps, each input loaded when it is first used, each output stored when it is made."""
    outputs: dict[int, list[int]] = {}
    for number, plane in enumerate(wanted):
        outputs.setdefault(plane, []).append(number)
    waiting = dict(rows)

    def stores(plane: int) -> Iterator[Step]:
        return (Step(STORE, plane, plane, number) for number in outputs.get(plane, ()))

    for step in steps:
        if step.target not in needed:
            continue
        for plane in (step.first, step.second):
            if plane in waiting:
                yield Step(LOAD, waiting.pop(plane), 0, plane)
                yield from stores(plane)
        yield step
        yield from stores(step.target)
    for plane, row in waiting.items():
        yield Step(LOAD, row, 0, plane)
        yield from stores(plane)
    for plane in range(ALWAYS + 1):
        yield from stores(plane)


class _Slots:
    """Gives planes places in memory, each from its making to its last use. The constants keep theirs."""

    def __init__(self, order: Iterable[Step]) -> None:
        ordered = list(order)
        last = {plane: number for number, step in enumerate(ordered) for plane in _read(step)}
        self._place = {plane: plane for plane in range(ALWAYS + 1)}
        self._free: list[int] = []
        self.used = ALWAYS + 1
        self.steps = []
        for number, step in enumerate(ordered):
            read = _read(step)
            first, second = (self._place[plane] for plane in read) if read else (step.first, 0)
            for plane in set(read):
                if plane > ALWAYS and last[plane] == number:
                    self._free.append(self._place.pop(plane))
            target = step.target if step.operation == STORE else self._take(step.target)
            self.steps.append((step.operation, first, second, target))

    def _take(self, plane: int) -> int:
        if not self._free:
            self._free.append(self.used)
            self.used += 1
        self._place[plane] = self._free.pop()
        return self._place[plane]


def _read(step: Step) -> tuple[int, ...]:
    return () if step.operation == LOAD else (step.first, step.second)
