"""The proof: the and/or graph that inference returns. A claim maps to every way in which it was proved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dermarules.provenance import Location
from dermarules.vocabulary import Group, Review, Side, TermKind, Tier


class Claim(NamedTuple):
    """A ground statement. `predicate` says of what kind, `subject` about what, `side` on which side.

    Predicates: found (a row of the case), assumed, seen (an atomic observation), true and false (a condition),
    supplies (a cited fact), weight (the total of a candidate), ahead (one total beats another).
    """

    predicate: str
    subject: str
    side: str = Side.NONE.value

    def __str__(self) -> str:
        side = "" if self.side == Side.NONE.value else f", {self.side}"
        return f"{self.predicate}: {self.subject}{side}"


@dataclass(frozen=True, slots=True)
class Observed:
    """The claim is a finding of the case."""

    location: Location


@dataclass(frozen=True, slots=True)
class Known:
    """The claim is a fact of the knowledge base."""

    fact: str
    sources: tuple[str, ...]
    review: Review


@dataclass(frozen=True, slots=True)
class Assumed:
    """The claim is taken for true without evidence, for a stated reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """The claim follows from premises by a rule of the knowledge base; `unless` claims do not hold."""

    rule: str
    premises: tuple[Claim, ...]
    because: str = ""
    unless: tuple[Claim, ...] = ()


class Term(NamedTuple):
    """One term of a sum, in centibans: the weight of a premise, and how much of it counts after the group rule.

    `of` names what the term speaks of: the candidate whose place it is, with the `tier` of the place, or the rule.
    """

    kind: TermKind
    label: str
    weight: int
    counted: int
    premises: tuple[Claim, ...]
    group: Group | None = None
    of: str = ""
    tier: Tier | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """The claim is a total: the sum of its counted terms, in centibans."""

    terms: tuple[Term, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The claim says that the first total is not below the second."""

    first: Claim
    second: Claim
    first_total: int
    second_total: int


Step = Observed | Known | Assumed | Derivation | Weighed | Compared


def premises_of(step: Step) -> tuple[Claim, ...]:
    """The claims that a step rests on."""
    match step:
        case Derivation():
            return step.premises
        case Weighed():
            return tuple(dict.fromkeys(claim for term in step.terms for claim in term.premises))
        case Compared():
            return (step.first, step.second)
        case _:
            return ()


@dataclass(frozen=True)
class Proof:
    """Every claim that holds, with every way it was proved, in one order whatever the order of the findings."""

    steps: Mapping[Claim, tuple[Step, ...]]

    @cached_property
    def _by_subject(self) -> Mapping[tuple[str, str], tuple[Claim, ...]]:
        found: dict[tuple[str, str], list[Claim]] = {}
        for claim in self.steps:
            found.setdefault((claim.predicate, claim.subject), []).append(claim)
        return {key: tuple(sorted(claims)) if len(claims) > 1 else tuple(claims) for key, claims in found.items()}

    def about(self, predicate: str, subject: str) -> tuple[Claim, ...]:
        """The claims that say this of the subject, on whatever side."""
        return self._by_subject.get((predicate, subject), ())

    def __contains__(self, claim: Claim) -> bool:
        return claim in self.steps

    def __getitem__(self, claim: Claim) -> tuple[Step, ...]:
        return self.steps[claim]

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def behind(self, claim: Claim) -> tuple[Claim, ...]:
        """The claim and all that it rests on, each once, conclusions before premises."""
        seen: dict[Claim, None] = {}
        stack = [claim]
        while stack:
            current = stack.pop()
            if current in seen:
                continue
            seen[current] = None
            premises = [p for step in self.steps.get(current, ()) for p in premises_of(step)]
            stack.extend(reversed(premises))
        return tuple(seen)

    def leaves(self, claim: Claim) -> tuple[Claim, ...]:
        """What the claim finally rests on: findings, cited facts and assumptions."""
        return tuple(c for c in self.behind(claim) if not any(premises_of(step) for step in self.steps.get(c, ())))
