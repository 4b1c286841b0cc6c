"""The one door to experta: forward chaining over the clauses that a case touches, with the proof captured on the way.

experta as it comes can fire a rule that has just been invalidated, in an order that differs between processes; it keeps
activations after an exception, and mixes up threads. So: one rule that joins by an index, an agenda in one total order,
strata, a lock, and an engine that is thrown away when anything goes wrong.
"""

import bisect
import collections
import collections.abc
import logging
import threading
from collections.abc import Iterable, Mapping, Sequence

from dermarules.inference.clauses import Clause, Derivations, Ground
from dermarules.inference.touched import touched
from dermarules.proof import Claim

# experta 1.9.4 asks for frozendict 1.2, which reads a name that Python removed in 3.10; nothing stays patched.
_had_mapping = hasattr(collections, "Mapping")
_handlers = list(logging.getLogger().handlers)
try:
    if not _had_mapping:
        collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
    import frozendict  # noqa: F401
finally:
    if not _had_mapping:
        del collections.Mapping  # type: ignore[attr-defined]

from experta import AS, Fact, KnowledgeEngine, Rule, unwatch
from experta.abstract import Strategy
from experta.activation import Activation
from experta.agenda import Agenda

# experta adds a handler to the root logger and logs every step.
for _handler in [h for h in logging.getLogger().handlers if h not in _handlers]:
    logging.getLogger().removeHandler(_handler)
unwatch()


class Next(Fact):
    """A batch to be looked at: `turn` is its stratum, 1 for clauses that waited for their stratum, and its number."""


class TotalOrder(Strategy):
    """An agenda in one total order, that of the turns, lowest first; removal is exact."""

    def _update_agenda(self, agenda: Agenda, added: Iterable[Activation], removed: Iterable[Activation]) -> None:
        for activation in removed:
            activation.key = self._key(activation)
            index = bisect.bisect_left(agenda.activations, activation)
            if index < len(agenda.activations) and agenda.activations[index].key == activation.key:
                del agenda.activations[index]
        for activation in added:
            activation.key = self._key(activation)
            bisect.insort(agenda.activations, activation)

    @staticmethod
    def _key(activation: Activation) -> tuple[int, int, int]:
        """The agenda pops its last activation, so the first turn has the highest key."""
        stratum, waited, number = activation.context["what"]["turn"]
        return -stratum, -waited, -number


class ClauseEngine(KnowledgeEngine):
    """Chains forward from what is held to what follows, and keeps every derivation."""

    __strategy__ = TotalOrder

    def start(self, clauses: Sequence[Clause], numbers: Mapping[Claim, int]) -> None:
        """Forget the last case and take in the clauses of the next."""
        self.reset()
        self.clauses = clauses
        self.numbers = numbers
        self.held: set[Claim] = set()
        self.fired: dict[Claim, set[int]] = {}
        self.batches: dict[tuple[int, int], list[int]] = {}
        self.opened = 0
        self.waiting: list[list[int]] = [[] for _ in numbers]
        for index, clause in enumerate(clauses):
            for claim in clause.body:
                self.waiting[numbers[claim]].append(index)

    def hold(self, claim: Claim, stratum: int) -> None:
        """Take a claim as holding; if clauses wait for it, they are told when the turn of its stratum comes."""
        if claim in self.held:
            return
        self.held.add(claim)
        number = self.numbers[claim]
        if self.waiting[number]:
            self.queue(number, stratum, waited=0)

    def queue(self, number: int, stratum: int, waited: int) -> None:
        """Add a claim that holds, or a clause that waited, to the open batch of its stratum."""
        if (stratum, waited) not in self.batches:
            self.batches[stratum, waited] = []
            self.opened += 1
            self.declare(Next(turn=(stratum, waited, self.opened)))
        self.batches[stratum, waited].append(number)

    @Rule(AS.what << Next())
    def follow(self, what: Next) -> None:
        """What is held completes clauses: their heads follow, those with `unless` when their stratum is decided."""
        stratum, waited, _ = what["turn"]
        for number in sorted(self.batches.pop((stratum, waited))):
            if waited:
                self.decide(number)
            else:
                self.complete(number)

    def decide(self, index: int) -> None:
        """A clause whose body holds, now that all that could speak against it is known."""
        clause = self.clauses[index]
        if self.held.isdisjoint(clause.unless):
            self.conclude(index, clause)

    def complete(self, number: int) -> None:
        """The clauses that waited for a claim and lack nothing else."""
        for index in self.waiting[number]:
            clause = self.clauses[index]
            if not self.held.issuperset(clause.body):
                continue
            if clause.unless:
                self.queue(index, clause.stratum, waited=1)
            else:
                self.conclude(index, clause)

    def conclude(self, number: int, clause: Clause) -> None:
        """Keep the derivation and hold its head."""
        self.fired.setdefault(clause.head, set()).add(number)
        self.hold(clause.head, clause.stratum)


class _Shared:
    """One engine for the process: building its network costs more than running it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.engine: ClauseEngine | None = None


_shared = _Shared()


def derive(start: Ground) -> Derivations:
    """Everything that follows from what a case brings, with every clause that proved it."""
    return follow(start.base, touched(start))


def follow(base: Iterable[Claim], clauses: Sequence[Clause]) -> Derivations:
    """Everything that follows from the base claims by the clauses, with every clause that proved it."""
    with _shared.lock:
        engine, _shared.engine = _shared.engine or ClauseEngine(), None
        derivations = _run(engine, base, clauses)
        _shared.engine = engine
    return derivations


def _run(engine: ClauseEngine, base: Iterable[Claim], clauses: Sequence[Clause]) -> Derivations:
    claims = sorted({*base, *(c.head for c in clauses), *(claim for c in clauses for claim in c.body)})
    numbers = {claim: number for number, claim in enumerate(claims)}
    engine.start(clauses, numbers)
    for claim in sorted(set(base)):
        engine.hold(claim, -1)
    engine.run()
    return {claim: tuple(clauses[i] for i in sorted(engine.fired[claim])) for claim in sorted(engine.fired)}
