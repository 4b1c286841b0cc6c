"""Making one thing while the one before is in use."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


def ahead(things: Iterator[Thing]) -> Iterator[Thing]:
    """The same things in the same order, each made by another thread while the one before is in use."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(_next, things)
        while made := coming.result():
            coming = thread.submit(_next, things)
            yield made.pop()


def _next(things: Iterator[Thing]) -> list[Thing]:
    """The next thing, alone in a list that is empty at the end. Whoever takes it out is the only one to hold it."""
    return list(islice(things, 1))
