"""Dissent: who would say otherwise, the published maps and the plexuses of other people, and which citation decides.

The findings stay; what is believed changes. Every change that is told was made, and the case was ordered anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from dermarules.knowledgebase.facts import authority
from dermarules.questions.answer import Answer
from dermarules.questions.other_facts import First, OtherFacts
from dermarules.questions.robustness import FirstAnswer
from dermarules.vocabulary import Review, Word

# With three or more roots at once, it is the map as a whole that says otherwise.
_MOST_ROOTS = 2


@dataclass(frozen=True, slots=True)
class Exchange:
    """The skin of as few roots as possible that, taken from another map, puts something else first."""

    map: str
    facts: tuple[str, ...]
    first: First


class Cause(Word):
    """Why facts are withdrawn: one alone, all that rest on one source alone, or all that nobody read a source for."""

    FACT = "fact"
    SOURCE = "source"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Facts that, if they were not believed, would put something else first. `source` names the cause, if it is one."""

    cause: Cause
    source: str | None
    facts: tuple[str, ...]
    first: First


@dataclass(frozen=True, slots=True)
class Dissent:
    """Who would answer otherwise.

    `maps` and `variants` hold the first answer under each. `exchanges` name, for maps that dissent, the roots whose
    skin decides; for the maps in `as_a_whole`, no one or two roots do. `withdrawals` are the facts and sources on which
    the first answer hangs, of `tried_facts` (the rules that fired, and the skin of roots) and the `tried_sources` on
    which alone one of them rests.
    """

    first: First
    maps: tuple[FirstAnswer, ...]
    variants: tuple[FirstAnswer, ...]
    exchanges: tuple[Exchange, ...]
    as_a_whole: tuple[str, ...]
    withdrawals: tuple[Withdrawal, ...]
    tried_facts: int
    tried_sources: int


def dissent(answer: Answer) -> Dissent:
    """The first answer under each map and plexus, and the facts and citations whose loss or exchange would turn it."""
    by = OtherFacts(answer)
    maps = tuple(each for each in answer.robustness if each.variant is None)
    dissenting = [each.map for each in maps if not each.is_same and each.has_ground]
    exchanges = tuple(exchange for other in dissenting for exchange in _exchanges(other, answer, by))
    decided = {exchange.map for exchange in exchanges}
    facts = _facts(answer)
    sources = _resting_on_one(facts, answer)
    return Dissent(
        first=by.now,
        maps=maps,
        variants=tuple(each for each in answer.robustness if each.variant is not None),
        exchanges=exchanges,
        as_a_whole=tuple(other for other in dissenting if other not in decided),
        withdrawals=tuple(_withdrawals(facts, sources, answer, by)),
        tried_facts=len(facts),
        tried_sources=len(sources),
    )


def _exchanges(other: str, answer: Answer, by: OtherFacts) -> Iterator[Exchange]:
    """The fewest roots whose skin on the other map turns the answer; every set of that size."""
    roots = [root for root in _answering(answer) if by.weighs_other(root, other)]
    for size in range(1, _MOST_ROOTS + 1):
        tried = [(chosen, by.exchanged(chosen, other)) for chosen in combinations(roots, size)]
        turned = [(chosen, first) for chosen, first in tried if not first.is_same(by.now)]
        for chosen, first in turned:
            yield Exchange(other, tuple(f"dermatomes/{root}/{other}" for root in chosen), first)
        if turned:
            return


def _answering(answer: Answer) -> Iterator[str]:
    """The roots that can be an answer."""
    return (root for root in answer.knowledge.dermatomes if answer.knowledge.roots[root].answer)


def _facts(answer: Answer) -> tuple[str, ...]:
    """What can be disbelieved and the case still be weighed: the rules that fired, and the skin of roots on the map."""
    rules = sorted({f"rules/{each.rule}" for each in answer.inference.evidence.fired})
    return (*rules, *(f"dermatomes/{root}/{answer.map}" for root in _answering(answer)))


def _resting_on_one(facts: tuple[str, ...], answer: Answer) -> Mapping[str, tuple[str, ...]]:
    """For each source, the facts that would have none without it."""
    found: dict[str, tuple[str, ...]] = {}
    for fact in facts:
        sources = authority(answer.knowledge, fact).sources
        if len(sources) == 1:
            found[sources[0]] = (*found.get(sources[0], ()), fact)
    return found


def _withdrawals(
    facts: tuple[str, ...], sources: Mapping[str, tuple[str, ...]], answer: Answer, by: OtherFacts
) -> Iterator[Withdrawal]:
    drafts = tuple(fact for fact in facts if authority(answer.knowledge, fact).review is Review.DRAFT)
    tried: list[tuple[Cause, str | None, tuple[str, ...]]] = [
        *((Cause.FACT, None, (fact,)) for fact in facts),
        *((Cause.SOURCE, source, resting) for source, resting in sources.items() if len(resting) > 1),
        *([(Cause.DRAFT, None, drafts)] if drafts else []),
    ]
    for cause, source, withdrawn in tried:
        first = by.without(_named("rules", withdrawn), _named("dermatomes", withdrawn))
        if not first.is_same(by.now):
            yield Withdrawal(cause, source, withdrawn, first)


def _named(table: str, facts: tuple[str, ...]) -> frozenset[str]:
    """The ids of the facts of one table."""
    return frozenset(fact.split("/")[1] for fact in facts if fact.startswith(f"{table}/"))
