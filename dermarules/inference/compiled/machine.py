"""The one door to numba: runs the steps of a circuit over words of 64 cases, a tile of words at a time."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from os import environ
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.circuit import ALWAYS, AND, NEVER, OR
from dermarules.inference.compiled.columns import UNKNOWN
from dermarules.inference.compiled.steps import Numbers, Steps

Words = npt.NDArray[np.uint64]
_Function = TypeVar("_Function", bound=Callable[..., Any])

# So many cases are in a word.
WORD = 64
# The planes of a tile of words stay in the cache of the processor; a tile of few words is not worth its steps.
_CACHE_WORDS = 1 << 15
_TILE = (8, 64)


def compiled(function: _Function) -> _Function:
    """The function in machine code; other threads run beside it."""
    return cast(_Function, numba.njit(nogil=True)(function))


def kept(function: _Function) -> _Function:
    """The same, kept on disk from one process to the next, if there is a place for it.

    numba looks for changes in the file of a function and not in those of the functions that it calls, so what is kept
    belongs to the text of the whole package: what was compiled from another text is never used.
    """
    settings: Any = numba.config
    before, settings.CACHE_DIR = settings.CACHE_DIR, _place_to_keep()
    try:
        return cast(_Function, numba.njit(nogil=True, cache=bool(settings.CACHE_DIR))(function))
    finally:
        settings.CACHE_DIR = before


@cache
def _place_to_keep() -> str:
    """A folder of the user's for this text of the package; empty if none can be made."""
    try:
        text = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
        folder = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dermarules"
        folder /= sha256(text).hexdigest()[:16]
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return ""
    return str(folder)


def must_compile() -> bool:
    """True if nothing is kept yet: the first cases then wait for what this text of the package is compiled to."""
    folder = _place_to_keep()
    return not folder or next(Path(folder).rglob("*.nbi"), None) is None


def run(steps: Steps, inputs: Words) -> Words:
    """The wanted planes (outputs x words) of the input planes (one row for each of `steps.keys`)."""
    words = inputs.shape[1]
    least, most = _TILE
    tile = min(max(least, min(most, _CACHE_WORDS // steps.slots)), max(words, 1))
    outputs = np.empty((len(steps.outputs), words), np.uint64)
    _run(steps.program, np.empty((steps.slots, tile), np.uint64), inputs, steps.outputs, outputs)
    return outputs


def spread(codes: Numbers, count: int, said: Numbers, planes: Words) -> None:
    """Set the bits of the cases that have a code (of `count`, or UNKNOWN) in the planes that the code sets.

    `said` has two rows: a code, and the number of a plane that it sets; the pairs of a code stand together.
    """
    words, rest = divmod(len(codes), WORD)
    # So many digits tell the codes from each other, and from UNKNOWN, of which every digit is set.
    digits = count.bit_length()
    _spread(codes[: words * WORD].reshape(words, WORD), 0, digits, said, planes)
    if rest:
        last = np.full((1, WORD), UNKNOWN, np.int32)
        last[0, :rest] = codes[-rest:]
        _spread(last, words, digits, said, planes)


@kept
def _run(program: Numbers, planes: Words, inputs: Words, wanted: Numbers, outputs: Words) -> None:
    operations, firsts, seconds, targets = program[0], program[1], program[2], program[3]
    words, tile = inputs.shape[1], planes.shape[1]
    planes[NEVER] = 0
    planes[ALWAYS] = ~np.uint64(0)
    for start in range(0, words, tile):
        width = min(tile, words - start)
        for row in range(inputs.shape[0]):
            for word in range(width):
                planes[np.uint32(ALWAYS + 1 + row), np.uint32(word)] = inputs[row, start + word]
        for step in range(len(operations)):
            # One formula for the three operations: a branch for each would cost more than the work.
            operation = operations[step]
            first_flip = np.uint64(-np.int64(operation == OR))
            second_flip = np.uint64(-np.int64(operation != AND))
            first = planes[np.uint32(firsts[step])]
            second = planes[np.uint32(seconds[step])]
            target = planes[np.uint32(targets[step])]
            for word in range(width):
                target[word] = ((first[word] ^ first_flip) & (second[word] ^ second_flip)) ^ first_flip
        for row in range(len(wanted)):
            for word in range(width):
                outputs[row, start + word] = planes[np.uint32(wanted[row]), np.uint32(word)]


@kept
def _spread(codes: Numbers, offset: int, digits: int, said: Numbers, planes: Words) -> None:
    """First the binary digits of the codes as planes, then from these each code: there are fewer digits than codes."""
    tile = _TILE[1]
    set_digits = np.empty((digits, tile), np.uint64)
    with_code = np.empty(tile, np.uint64)
    for start in range(0, len(codes), tile):
        width = min(tile, len(codes) - start)
        for digit in range(digits):
            for word in range(width):
                cases = codes[np.uint32(start + word)]
                bits = np.uint64(0)
                # A loop of a known length becomes few instructions.
                for case in range(WORD):
                    bits |= np.uint64((cases[case] >> digit) & 1) << np.uint64(case)
                set_digits[digit, word] = bits
        last = UNKNOWN
        for pair in range(said.shape[1]):
            code = said[0, pair]
            if code != last:
                last = code
                with_code[:] = ~np.uint64(0)
                for digit in range(digits):
                    flip = np.uint64(((code >> digit) & 1) - 1)
                    is_set = set_digits[np.uint32(digit)]
                    for word in range(width):
                        with_code[word] &= is_set[word] ^ flip
            plane = planes[np.uint32(said[1, pair])]
            for word in range(width):
                plane[np.uint32(offset + start + word)] |= with_code[word]
