from collections.abc import Callable, Iterator
from typing import Any, Self

from experta.fact import Fact

class DefFacts:
    order: int
    def __new__(cls, nonexpected: None = ..., order: int = ...) -> Self: ...
    def __call__(self, function: Callable[..., Iterator[Fact]]) -> Any: ...
