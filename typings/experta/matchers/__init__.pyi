from collections.abc import Iterable

from experta.abstract import Matcher
from experta.activation import Activation
from experta.fact import Fact

class ReteMatcher(Matcher):
    def changes(
        self, adding: Iterable[Fact] | None = ..., deleting: Iterable[Fact] | None = ...
    ) -> tuple[set[Activation], set[Activation]]: ...
    def reset(self) -> None: ...
