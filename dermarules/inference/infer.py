"""Inference as one pure function: a case and the knowledge in, the proof and what follows from it out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from dermarules.findings import Case
from dermarules.inference import chain
from dermarules.inference.certainty import certainty
from dermarules.inference.clauses import TRUE, Derivations, Ground
from dermarules.inference.evidence import Evidence, Fired
from dermarules.inference.facts import known
from dermarules.inference.leaves import ground
from dermarules.inference.lessen import lessened
from dermarules.inference.observations import Observation, observe
from dermarules.inference.program import program
from dermarules.inference.rank import Ranked, rank
from dermarules.inference.urgency import FlagStates, Floor, flag_states, floor
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim, Compared, Derivation, Proof, Step, Weighed
from dermarules.rules import Favours, Suspects
from dermarules.vocabulary import Certainty, Side

Chainer = Callable[[Ground], Derivations]


def _by_experta(start: Ground) -> Derivations:
    """What experta derives. It is loaded when it is first asked: that takes longer than many answers."""
    derived: Derivations = import_module("dermarules.inference.experta_engine").derive(start)
    return derived


ENGINES: Mapping[str, Chainer] = {"experta": _by_experta, "compiled": chain.derive}


@dataclass(frozen=True, slots=True)
class Inference:
    """What follows from a case: the proof, the order of localizations, the certainty of the first, the red flags."""

    proof: Proof
    ranked: tuple[Ranked, ...]
    certainty: Certainty
    rival: Weighing | None
    flags: FlagStates
    floor: Floor | None
    suspected: tuple[tuple[str, Claim], ...]
    observations: tuple[Observation, ...]
    evidence: Evidence


def infer(case: Case, knowledge: Knowledge, map_id: str, derive: Chainer) -> Inference:
    """Everything that the knowledge says of a case under one dermatome map."""
    rules = program(knowledge)
    start = ground(case, knowledge, rules)
    steps: dict[Claim, tuple[Step, ...]] = dict(start.base)
    for claim, clauses in derive(start).items():
        steps[claim] = (*steps.get(claim, ()), *[clause.step for clause in clauses])
    observations = observe(case, knowledge)
    for o in observations:
        steps[o.claim] = (Derivation("observation", o.rows, "the strongest finding at a place counts once"),)
    held = Proof(dict(steps))
    evidence = _evidence(held, observations, knowledge)
    ranked = rank(evidence, knowledge, map_id)
    sure, rival = certainty(ranked, evidence, knowledge)
    _add_totals(steps, ranked, knowledge)
    proof = Proof(dict(sorted(steps.items())))
    return Inference(
        proof,
        ranked,
        sure,
        rival,
        flag_states(held, knowledge, rules),
        floor(held, knowledge),
        _suspected(held, knowledge),
        observations,
        evidence,
    )


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


def _add_totals(steps: dict[Claim, tuple[Step, ...]], ranked: Sequence[Ranked], knowledge: Knowledge) -> None:
    """Every total that was compared, and that the first is not below the others, with the facts they rest on."""
    weighings = [weighing for place in ranked for weighing in (place.weighing, *place.same_elsewhere)]
    for weighing in weighings:
        steps[weighing.claim] = (Weighed(weighing.terms, weighing.total),)
    first = ranked[0].weighing
    for place in ranked[1:]:
        other = place.weighing
        claim = Claim(
            "ahead", f"{first.candidate.name} of {other.candidate.name}, {other.side.value}", first.side.value
        )
        steps[claim] = (Compared(first.claim, other.claim, first.total, other.total),)
    premises = {term.premises for weighing in weighings for term in weighing.terms}
    for claim in {claim for each in premises for claim in each}:
        if claim.predicate == "known":
            steps[claim] = (known(knowledge, claim.subject),)


def _suspected(proof: Proof, knowledge: Knowledge) -> tuple[tuple[str, Claim], ...]:
    return tuple(
        (then.condition, claim)
        for rule in knowledge.rules.values()
        for claim in proof.about(TRUE, f"rules/{rule.id}")
        for then in rule.then
        if isinstance(then, Suspects)
    )
