"""Inference as one pure function: a case and the knowledge in, the proof and what follows from it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module

from dermarules.findings import Case
from dermarules.inference import chain
from dermarules.inference.certainty import certainty
from dermarules.inference.clauses import Derivations, Ground
from dermarules.inference.evidence import Evidence, Fired
from dermarules.inference.leaves import ground
from dermarules.inference.lessen import lessened
from dermarules.inference.observations import Observation, observe
from dermarules.inference.program import program
from dermarules.inference.rank import Ranked, rank
from dermarules.inference.totals import totals
from dermarules.inference.urgency import FlagStates, Floor, flag_states, floor
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import TRUE
from dermarules.proof import Claim, Derivation, Proof, Step
from dermarules.rules import Favours, Suspects
from dermarules.vocabulary import Certainty, Side

Chainer = Callable[[Ground], Derivations]


def _by_experta(start: Ground) -> Derivations:
    """What experta derives. It is loaded when it is first asked: that takes longer than many answers."""
    derived: Derivations = import_module("dermarules.inference.experta_engine").derive(start)
    return derived


ENGINES: Mapping[str, Chainer] = {"experta": _by_experta, "compiled": chain.derive}


@dataclass(frozen=True)
class Inference:
    """What follows from a case: the proof, the order of localizations, the certainty of the first, the red flags.

    `held` proves what follows from the rows by the rules.
    """

    held: Proof
    ranked: tuple[Ranked, ...]
    certainty: Certainty
    rival: Weighing | None
    flags: FlagStates
    floor: Floor | None
    suspected: tuple[tuple[str, Claim], ...]
    observations: tuple[Observation, ...]
    evidence: Evidence
    knowledge: Knowledge = field(repr=False)

    @cached_property
    def proof(self) -> Proof:
        """Every claim that holds, with every way it was proved. Written down when it is first asked for."""
        return Proof(dict(sorted({**self.held.steps, **totals(self.ranked, self.knowledge)}.items())))


def infer(case: Case, knowledge: Knowledge, map_id: str, derive: Chainer) -> Inference:
    """Everything that the knowledge says of a case under one dermatome map."""
    held, evidence = gathered(case, knowledge, derive)
    ranked = rank(evidence, knowledge, map_id)
    sure, rival = certainty(ranked, evidence, knowledge)
    return Inference(
        held,
        ranked,
        sure,
        rival,
        flag_states(held, knowledge, program(knowledge)),
        floor(held, knowledge),
        _suspected(held, knowledge),
        evidence.observations,
        evidence,
        knowledge,
    )


def gathered(case: Case, knowledge: Knowledge, derive: Chainer) -> tuple[Proof, Evidence]:
    """What follows from the rows of a case by the rules, and what of it is weighed."""
    start = ground(case, knowledge, program(knowledge))
    steps: dict[Claim, tuple[Step, ...]] = dict(start.base)
    for claim, clauses in derive(start).items():
        steps[claim] = (*steps.get(claim, ()), *[clause.step for clause in clauses])
    observations = observe(case, knowledge)
    for o in observations:
        steps[o.claim] = (Derivation("observation", o.rows, "the strongest finding at a place counts once"),)
    held = Proof(steps)
    return held, _evidence(held, observations, knowledge)


def _evidence(proof: Proof, observations: tuple[Observation, ...], knowledge: Knowledge) -> Evidence:
    fired = [
        Fired(rule.id, then, Side(claim.side), claim)
        for rule in knowledge.rules.values()
        for claim in proof.about(TRUE, f"rules/{rule.id}")
        for then in rule.then
        if isinstance(then, Favours)
    ]
    signs = knowledge.weights.signs
    entries = (claim for site in knowledge.wide_sites for claim in proof.about(TRUE, f"localizations/{site}"))
    return Evidence(
        observations,
        tuple(fired),
        proof.about(TRUE, f"findings/{signs.upper_motor_neuron}"),
        proof.about(TRUE, f"findings/{signs.sphincter}"),
        proof.about(TRUE, f"findings/{signs.both_legs}"),
        proof.about(TRUE, f"findings/{signs.leg_complaint}"),
        proof.about(TRUE, f"findings/{signs.neurological_complaint}"),
        frozenset(entries),
        lessened(proof, observations, knowledge),
    )


def _suspected(proof: Proof, knowledge: Knowledge) -> tuple[tuple[str, Claim], ...]:
    return tuple(
        (then.condition, claim)
        for rule in knowledge.rules.values()
        for claim in proof.about(TRUE, f"rules/{rule.id}")
        for then in rule.then
        if isinstance(then, Suspects)
    )
