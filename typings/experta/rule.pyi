from collections.abc import Callable
from typing import Any, Self, overload

from experta.conditionalelement import ConditionalElement
from experta.engine import KnowledgeEngine

class Rule(ConditionalElement):
    __name__: str
    salience: int
    def __new__(cls, *args: Any, salience: int = ...) -> Self: ...
    def new_conditions(self, *args: Any) -> Self: ...
    @overload
    def __call__(self, function: Callable[..., object], /) -> Self: ...
    @overload
    def __call__(self, engine: KnowledgeEngine, /, **context: Any) -> Any: ...
