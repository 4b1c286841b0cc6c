from collections import OrderedDict

from experta.fact import Fact

class FactList(OrderedDict[int, Fact]):
    last_index: int
    added: list[Fact]
    removed: list[Fact]
    duplication: bool
    def __init__(self) -> None: ...
    def declare(self, fact: Fact) -> Fact | None: ...
    def retract(self, idx_or_fact: int | Fact) -> int: ...
