"""The rules of the knowledge base as ground clauses, and the leaves of a case that they start from.

Three truth values need no negation: `true` and `false` of a condition are two claims, each proved by clauses of its
own, and unknown is the absence of both. A side is bound once for a whole rule (left, right or the unnamed side).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dermarules.proof import Claim, Derivation, Step
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import Kind, Side


@dataclass(frozen=True)
class Clause:
    """If every claim of `body` holds, and no claim of `unless`, then `head` holds by rule `by`."""

    head: Claim
    body: tuple[Claim, ...]
    by: str
    because: str = ""
    stratum: int = 0
    unless: tuple[Claim, ...] = ()

    @cached_property
    def step(self) -> Derivation:
        """The step of a proof that the clause makes where it holds."""
        return Derivation(self.by, self.body, self.because, self.unless)


# What engines find: the claims that follow, with the clauses that prove each, in the order of the program.
Derivations = Mapping[Claim, tuple[Clause, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class LeafQuestion:
    """A leaf as asked on one side (None: on any side), with the claims that it is true and that it is false.

    If `unsaid_fits`, what is present on a side that the case does not name may be on the side that is asked about.
    """

    leaf: Leaf | Compare
    side: Side | None
    true: Claim
    false: Claim
    unsaid_fits: bool = False

    @property
    def keys(self) -> tuple[tuple[Kind, str], ...]:
        """What a finding must be about to touch the leaf: a place for skin, else the id."""
        leaf = self.leaf
        if isinstance(leaf, Compare):
            return ((Kind.MEASURE, leaf.measure),)
        return tuple((leaf.kind, name) for name in leaf.places or leaf.names)


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """All clauses of a knowledge base in one order, by number where they wait, and the leaves that they start from.

    `by_key` has the leaves that a finding of a key touches: `alone`, or `shared` with findings of other keys.
    `lacking` is how many claims each clause waits for. `assumable` are the clauses that could hold by assumptions
    alone, conclusions before premises; `assumed` are the leaves that are taken for true where nobody measured, each
    with the claims from which a clause that needs it can be reached.
    """

    clauses: tuple[Clause, ...]
    questions: tuple[LeafQuestion, ...]
    by_body: Mapping[Claim, tuple[int, ...]]
    lacking: tuple[int, ...]
    by_key: Mapping[tuple[Kind, str], tuple[LeafQuestion, ...]]
    alone: Mapping[tuple[Kind, str], tuple[LeafQuestion, ...]]
    shared: Mapping[tuple[Kind, str], tuple[LeafQuestion, ...]]
    leaves_of: Mapping[str, tuple[LeafQuestion, ...]]
    leaf_claims: frozenset[Claim]
    assumable: tuple[Clause, ...]
    assumed: Mapping[LeafQuestion, frozenset[Claim]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a case brings to a program: base claims with their steps, and clauses from rows to leaves."""

    base: Mapping[Claim, tuple[Step, ...]]
    leaves: tuple[Clause, ...]
    program: Program
