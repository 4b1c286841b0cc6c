"""The one door to numba: runs the steps of a circuit over words of 64 cases, a tile of words at a time."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.circuit import ALWAYS, AND, NEVER, OR, WITHOUT
from dermarules.inference.compiled.steps import LOAD, STORE, Steps

Words = npt.NDArray[np.uint64]
_Function = TypeVar("_Function", bound=Callable[..., Any])

# So many words of every plane are worked on at once: the planes of a tile stay in the cache of the processor.
TILE = 32


def compiled(function: _Function) -> _Function:
    """The function in machine code, kept on disk, that lets other threads run beside it."""
    return cast(_Function, numba.njit(nogil=True, cache=False, boundscheck=False)(function))


def run(steps: Steps, inputs: Words) -> Words:
    """The wanted planes (outputs x words) of the inputs (one row for each of `steps.keys`)."""
    words = inputs.shape[1]
    outputs = np.empty((steps.outputs, words), np.uint64)
    planes = np.empty((steps.slots, min(TILE, words)), np.uint64)
    _run(steps.operations, steps.firsts, steps.seconds, steps.targets, planes, inputs, outputs)
    return outputs


@compiled
def _run(
    operations: npt.NDArray[np.int32],
    firsts: npt.NDArray[np.int32],
    seconds: npt.NDArray[np.int32],
    targets: npt.NDArray[np.int32],
    planes: Words,
    inputs: Words,
    outputs: Words,
) -> None:
    words = inputs.shape[1]
    tile = planes.shape[1]
    planes[NEVER] = 0
    planes[ALWAYS] = ~np.uint64(0)
    for start in range(0, words, tile):
        width = min(tile, words - start)
        for number in range(len(operations)):
            operation, first, second, target = operations[number], firsts[number], seconds[number], targets[number]
            if operation == AND:
                for word in range(width):
                    planes[target, word] = planes[first, word] & planes[second, word]
            elif operation == OR:
                for word in range(width):
                    planes[target, word] = planes[first, word] | planes[second, word]
            elif operation == WITHOUT:
                for word in range(width):
                    planes[target, word] = planes[first, word] & ~planes[second, word]
            elif operation == LOAD:
                for word in range(width):
                    planes[target, word] = inputs[first, start + word]
            elif operation == STORE:
                for word in range(width):
                    outputs[target, start + word] = planes[first, word]
