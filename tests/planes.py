"""What the planes of the compiled engine say of one case, and what they must agree with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from dermarules.findings import Case
from dermarules.inference import chain
from dermarules.inference.compiled import machine
from dermarules.inference.compiled.circuit import Circuit
from dermarules.inference.compiled.claim_planes import ClaimPlanes
from dermarules.inference.compiled.columns import Column, Measured
from dermarules.inference.compiled.flag_planes import FlagPlanes, flag_planes
from dermarules.inference.compiled.inputs import Given, Inputs
from dermarules.inference.compiled.steps import Steps, steps_to
from dermarules.inference.leaves import ground
from dermarules.inference.program import program
from dermarules.inference.urgency import flag_states, floor, highest
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import TRUE
from dermarules.proof import Assumed, Claim, Proof
from dermarules.vocabulary import Urgency

_Name = TypeVar("_Name")
# The tables of what a report tells that holds; of red flags also that they do not.
TOLD = ("rules", "red_flags", "localizations", "modifiers", "ask", "findings")


@dataclass(frozen=True)
class Told:
    """What is told of a case: claims, red flags raised and open, how urgent it is and may be."""

    claims: frozenset[Claim]
    raised: frozenset[str]
    open: frozenset[str]
    urgency: Urgency
    urgency_possible: Urgency


def claims_to_tell(knowledge: Knowledge) -> list[Claim]:
    """Every claim about a rule, red flag, entry, modifier or finding that some clause proves and that is told."""
    signs = knowledge.weights.signs
    general = {f"findings/{getattr(signs, name)}" for name in signs.__slots__}
    heads = dict.fromkeys(clause.head for clause in program(knowledge).clauses)
    return [
        head
        for head in heads
        if (table := head.subject.partition("/")[0]) in TOLD
        and (table != "findings" or head.subject in general)
        and (head.predicate == TRUE or table == "red_flags")
    ]


def told(case: Case, knowledge: Knowledge) -> Told:
    """What follows by the engine that chains clauses."""
    rules = program(knowledge)
    start = ground(case, knowledge, rules)
    held = (*start.base, *chain.derive(start))
    proof = Proof({claim: (Assumed(""),) for claim in held})
    flags = flag_states(proof, knowledge, rules)
    by_itself = floor(proof, knowledge)
    urgency = highest([*(r.flag.then.urgency for r in flags.raised), *([by_itself.urgency] if by_itself else [])])
    return Told(
        frozenset(claim for claim in claims_to_tell(knowledge) if claim in proof),
        frozenset(raised.flag.id for raised in flags.raised),
        frozenset(undecided.flag.id for undecided in flags.open),
        urgency,
        highest([urgency, *(undecided.flag.then.urgency for undecided in flags.open)]),
    )


@dataclass(frozen=True)
class Compiled:
    """A knowledge base as planes, for any case or for the columns of a table."""

    knowledge: Knowledge
    columns: Sequence[Column | Measured] | None = None
    circuit: Circuit = field(init=False)

    def __post_init__(self) -> None:
        given = None if self.columns is None else Given(self.columns, self.knowledge)
        object.__setattr__(self, "circuit", Circuit(given))

    @cached_property
    def _planes(self) -> tuple[dict[Claim, int], FlagPlanes]:
        claims = ClaimPlanes(self.knowledge, self.circuit)
        wanted = {claim: claims.plane(claim) for claim in claims_to_tell(self.knowledge)}
        return wanted, flag_planes(self.knowledge, claims)

    @cached_property
    def steps(self) -> Steps:
        claims, flags = self._planes
        groups = (claims, flags.raised, flags.open, flags.urgency, flags.urgency_possible)
        return steps_to(self.circuit, [plane for group in groups for plane in group.values()])

    @cached_property
    def inputs(self) -> Inputs:
        return Inputs(self.steps.keys, self.knowledge)

    def told(self, case: Case) -> Told:
        """What the planes say of a case."""
        return self._row(machine.run(self.steps, self.inputs.of_cases([case])), 0)

    def table(self, rows: int) -> list[Told]:
        """What the planes say of each row of the table."""
        assert self.columns is not None
        words = machine.run(self.steps, self.inputs.of_table(self.columns, rows))
        return [self._row(words, row) for row in range(rows)]

    def _row(self, words: machine.Words, row: int) -> Told:
        bits = iter(words[:, row // machine.WORD] >> (row % machine.WORD) & 1)
        claims, flags = self._planes

        def chosen(names: Mapping[_Name, int]) -> list[_Name]:
            return [name for name in names if next(bits)]

        held, raised, undecided = chosen(claims), chosen(flags.raised), chosen(flags.open)
        (urgency,), (possible,) = chosen(flags.urgency), chosen(flags.urgency_possible)
        return Told(frozenset(held), frozenset(raised), frozenset(undecided), urgency, possible)
