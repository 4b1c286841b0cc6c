"""Everything that follows from the rows of a case, derived a second time: no engine, no graph."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.facts import known
from dermarules.proof import Claim, Compared, Step
from dermarules.proof import Weighed as Sum
from dermarules.replay.assumptions import assumptions
from dermarules.replay.certain import certain
from dermarules.replay.conclusions import Flags, flags, floor, urgency
from dermarules.replay.conditions import Book, book
from dermarules.replay.leaves import tested
from dermarules.replay.order import Placed, placed
from dermarules.replay.rows import Rows, computed, in_order
from dermarules.replay.scene import Scene
from dermarules.replay.sights import sights
from dermarules.vocabulary import Certainty, Urgency


@dataclass(frozen=True)
class Derived:
    """What follows from rows: every condition and observation that `holds`, with all the steps that prove it."""

    holds: Mapping[Claim, tuple[Step, ...]]
    scene: Scene
    map: str

    @cached_property
    def order(self) -> tuple[Placed, ...]:
        """Every localization that something speaks for, best first."""
        return placed(self.scene, self.map)

    @cached_property
    def flags(self) -> Flags:
        """The red flags that are raised, open and cleared."""
        return flags(self.holds.keys(), self.scene.knowledge)

    @cached_property
    def floor(self) -> tuple[str, Urgency] | None:
        """The localization that is urgent by itself and how urgent it is, if the case shows one."""
        return floor(self.holds.keys(), self.scene.knowledge)

    @cached_property
    def urgency(self) -> tuple[Urgency, Urgency]:
        """How urgent the case is, and how urgent it may be."""
        return urgency(self.flags, self.floor and self.floor[1], self.scene.knowledge)

    @cached_property
    def certainty(self) -> Certainty:
        """How certain the first answer is."""
        return certain(self.order, self.scene)

    @cached_property
    def totals(self) -> Mapping[Claim, tuple[Step, ...]]:
        """Every total, that the first is not below the others, and the facts that the sums rest on."""
        steps: dict[Claim, tuple[Step, ...]] = {}
        for weighed in (each for place in self.order for each in (place.best, *place.as_good)):
            steps[weighed.claim] = (Sum(weighed.terms, weighed.total),)
        first = self.order[0].best
        for other in (place.best for place in self.order[1:]):
            subject = f"{first.structure.name} of {other.structure.name}, {other.side.value}"
            ahead = Claim("ahead", subject, first.side.value)
            steps[ahead] = (Compared(first.claim, other.claim, first.total, other.total),)
        sums = [step for found in steps.values() for step in found if isinstance(step, Sum)]
        facts = {p for step in sums for term in step.terms for p in term.premises if p.predicate == "known"}
        return {**steps, **{fact: (known(self.scene.knowledge, fact.subject),) for fact in facts}}


def derived(findings: Iterable[Finding], knowledge: Knowledge, map_id: str) -> Derived:
    """What follows from findings under one dermatome map; the findings themselves are not among what holds."""
    given = in_order(findings)
    seen = sights(given, knowledge)
    holds = {**conditions(given, knowledge), **{sight.claim: (sight.step,) for sight in seen}}
    return Derived(holds, Scene(seen, holds.keys(), knowledge), map_id)


def conditions(given: Rows, knowledge: Knowledge) -> Mapping[Claim, tuple[Step, ...]]:
    """Every condition that rows make true or false, with every step that proves it."""
    rules = book(knowledge)
    read = computed(given, knowledge)
    steps: dict[Claim, dict[Step, None]] = {claim: {step: None} for claim, step in read.steps.items()}
    for claim, step in tested(rules, read.rows, read.partial):
        steps.setdefault(claim, {})[step] = None
    for claim, assumed in tuple(assumptions(read.rows, steps.keys(), knowledge)):
        steps.setdefault(claim, {})[assumed] = None
    _follow(steps, rules)
    return {claim: tuple(found) for claim, found in steps.items()}


def _follow(steps: dict[Claim, dict[Step, None]], rules: Book) -> None:
    """Add every way whose premises all hold, the first in the book first: what it is `unless` is settled by then."""
    lacking: dict[int, int] = {}
    ready = [*rules.unconditional]
    fresh = [*steps]
    while fresh or ready:
        for number in (number for claim in fresh for number in rules.using.get(claim, ())):
            lacking[number] = lacking.get(number, rules.needs[number]) - 1
            if not lacking[number]:
                heappush(ready, number)
        fresh = []
        if ready:
            claim, way = rules.ways[heappop(ready)]
            if steps.keys().isdisjoint(way.unless):
                fresh = [] if claim in steps else [claim]
                steps.setdefault(claim, {})[way] = None
