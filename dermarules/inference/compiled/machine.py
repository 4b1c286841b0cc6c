"""The one door to numba: runs the steps of a circuit over words of 64 cases, a tile of words at a time."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.circuit import ALWAYS, AND, NEVER, OR
from dermarules.inference.compiled.steps import Numbers, Steps

Words = npt.NDArray[np.uint64]
_Function = TypeVar("_Function", bound=Callable[..., Any])

# The planes of a tile of words stay in the cache of the processor; a tile of few words is not worth its steps.
_CACHE_WORDS = 1 << 15
_TILE = (8, 64)


def compiled(function: _Function) -> _Function:
    """The function in machine code, kept on disk; other threads run beside it."""
    return cast(_Function, numba.njit(nogil=True, cache=True)(function))


def run(steps: Steps, inputs: Words) -> Words:
    """The wanted planes (outputs x words) of the input planes (one row for each of `steps.keys`)."""
    words = inputs.shape[1]
    least, most = _TILE
    tile = min(max(least, min(most, _CACHE_WORDS // steps.slots)), words)
    planes = np.empty((steps.slots, tile), np.uint64)
    outputs = np.empty((len(steps.outputs), words), np.uint64)
    _run(steps.operations, steps.firsts, steps.seconds, steps.targets, planes, inputs, steps.outputs, outputs)
    return outputs


@compiled
def _run(
    operations: Numbers,
    firsts: Numbers,
    seconds: Numbers,
    targets: Numbers,
    planes: Words,
    inputs: Words,
    wanted: Numbers,
    outputs: Words,
) -> None:
    planes[:] = 0
    words, tile = inputs.shape[1], planes.shape[1]
    for start in range(0, words, tile):
        width = min(tile, words - start)
        planes[NEVER] = 0
        planes[ALWAYS] = ~np.uint64(0)
        for row in range(inputs.shape[0]):
            for word in range(width):
                planes[np.uint32(ALWAYS + 1 + row), np.uint32(word)] = inputs[row, start + word]
        for number in range(len(operations)):
            # One formula for the three operations: a branch for each would cost more than the work.
            operation = operations[number]
            first_flip = np.uint64(-np.int64(operation == OR))
            second_flip = np.uint64(-np.int64(operation != AND))
            first = planes[np.uint32(firsts[number])]
            second = planes[np.uint32(seconds[number])]
            target = planes[np.uint32(targets[number])]
            for word in range(width):
                target[word] = ((first[word] ^ first_flip) & (second[word] ^ second_flip)) ^ first_flip
        for row in range(len(wanted)):
            for word in range(width):
                outputs[row, start + word] = planes[np.uint32(wanted[row]), np.uint32(word)]
