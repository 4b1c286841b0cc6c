"""What may be taken for true because nobody measured it: only what bears on a rule that the case touches."""

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache

from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import TRUE
from dermarules.proof import Assumed, Claim, Derivation
from dermarules.replay.conditions import book
from dermarules.replay.rows import Rows
from dermarules.rules import Compare
from dermarules.vocabulary import Kind


def assumptions(rows: Rows, answered: Set[Claim], knowledge: Knowledge) -> Iterator[tuple[Claim, Assumed]]:
    """What is assumed of a case; `answered` are the tests that its rows make true or false."""
    measured = {row.name for row in rows.values() if row.kind is Kind.MEASURE}
    for claim, (leaf, touching) in _assumable(knowledge).items():
        if leaf.measure not in measured and not touching.isdisjoint(answered):
            yield claim, Assumed(f"{leaf.measure} is not given: taken as {leaf.operator} {leaf.number:g}")


def assumable(knowledge: Knowledge) -> frozenset[str]:
    """The measures that something may be assumed of."""
    return frozenset(leaf.measure for leaf, _ in _assumable(knowledge).values())


@lru_cache(maxsize=8)
def _assumable(knowledge: Knowledge) -> Mapping[Claim, tuple[Compare, frozenset[Claim]]]:
    """The tests that are taken for true where nobody measured, each with the claims that stand beside it in a rule."""
    rules = book(knowledge)
    tests = {true: test.leaf for (true, _), test in rules.tests.items()}
    assumable = {claim: t for claim, t in tests.items() if isinstance(t, Compare) and t.if_unknown}
    alone = _alone(rules.ways, assumable)
    return {claim: (leaf, _beside(claim, rules.ways, alone)) for claim, leaf in assumable.items()}


Ways = tuple[tuple[Claim, Derivation], ...]


def _alone(ways: Ways, assumed: Iterable[Claim]) -> Ways:
    """The ways whose premises assumptions alone could prove."""
    proved = set(assumed)
    found = []
    for head, way in ways:
        if head.predicate == TRUE and not way.unless and proved.issuperset(way.premises):
            proved.add(head)
            found.append((head, way))
    return tuple(found)


def _beside(assumed: Claim, ways: Ways, alone: Ways) -> frozenset[Claim]:
    """What stands beside an assumption in a way that needs it, and what may prove that."""
    needing = {assumed}
    for head, way in alone:
        if not needing.isdisjoint(way.premises):
            needing.add(head)
    proving: dict[Claim, list[Derivation]] = {}
    for head, way in ways:
        proving.setdefault(head, []).append(way)
    stack = [way for _, way in ways if not needing.isdisjoint(way.premises)]
    beside: set[Claim] = set()
    while stack:
        fresh = set(stack.pop().premises) - beside
        beside |= fresh
        stack += [way for claim in fresh for way in proving.get(claim, ())]
    return frozenset(beside)
