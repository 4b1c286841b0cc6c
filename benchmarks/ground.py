"""The ground clauses of the knowledge as plain numbers, so that every engine can be given the same rules.

A claim is a number. The leaves of a case that hold are given; what is asked for is every other claim that follows.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim, Proof

# From the leaves that hold to the claims that follow.
Ask = Callable[[Sequence[int]], Set[int]]


@dataclass(frozen=True, slots=True)
class GroundRule:
    """`head` holds if all of `body` and none of `unless` does; lower strata are decided first."""

    head: int
    body: tuple[int, ...]
    unless: tuple[int, ...]
    stratum: int


@dataclass(frozen=True, slots=True)
class GroundRules:
    """All rules, and which claims they start from and end in."""

    rules: tuple[GroundRule, ...]
    numbers: dict[Claim, int]
    leaves: frozenset[Claim]
    heads: frozenset[Claim]

    def given(self, proof: Proof) -> tuple[int, ...]:
        """The leaves that hold in a case."""
        return tuple(self.numbers[claim] for claim in proof if claim in self.leaves)

    def derived(self, proof: Proof) -> frozenset[int]:
        """The claims that follow in a case, by the rules."""
        return frozenset(self.numbers[claim] for claim in proof if claim in self.heads)


def ground_rules(knowledge: Knowledge) -> GroundRules:
    """The rules of a knowledge base in the order of its program."""
    made = program(knowledge)
    claims = {claim for clause in made.clauses for claim in (clause.head, *clause.body, *clause.unless)}
    numbers = {claim: number for number, claim in enumerate(sorted(claims | made.leaf_claims))}
    rules = tuple(
        GroundRule(
            numbers[clause.head],
            tuple(numbers[claim] for claim in clause.body),
            tuple(numbers[claim] for claim in clause.unless),
            clause.stratum,
        )
        for clause in made.clauses
    )
    return GroundRules(rules, numbers, made.leaf_claims, frozenset(clause.head for clause in made.clauses))
