"""Red flags raised and open, and how urgent each case is, as planes. What was not asked clears nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dermarules.inference.compiled.circuit import ALWAYS, NEVER, Circuit
from dermarules.inference.compiled.claim_planes import ClaimPlanes
from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import FALSE, TRUE
from dermarules.rules import RedFlag
from dermarules.vocabulary import BOTH_SIDES, Side, Urgency


@dataclass(frozen=True, slots=True)
class FlagPlanes:
    """The planes of red flags by their ids, and of each urgency: it is one of them, and one of them is possible."""

    raised: Mapping[str, int]
    open: Mapping[str, int]
    urgency: Mapping[Urgency, int]
    urgency_possible: Mapping[Urgency, int]


def flag_planes(knowledge: Knowledge, claims: ClaimPlanes) -> FlagPlanes:
    """What `urgency.flag_states` and the answer say of red flags, for many cases."""
    circuit = claims.circuit
    flags = knowledge.red_flags
    held = {name: circuit.one(claims.about(TRUE, f"red_flags/{name}").values()) for name in flags}
    undecided = {
        name: circuit.without(
            circuit.without(_is_worth_asking(flag, knowledge, claims), held[name]), _is_cleared(flag, claims)
        )
        for name, flag in flags.items()
    }
    care = {name for name, flag in flags.items() if flag.then.urgency is Urgency.SELF_CARE_MONITOR}
    premature = circuit.one((*undecided.values(), *(plane for name, plane in held.items() if name not in care)))
    raised = {name: circuit.without(plane, premature) if name in care else plane for name, plane in held.items()}
    certain = [(flag.then.urgency, raised[name]) for name, flag in flags.items()]
    certain += (
        (site.urgency_floor, plane)
        for site in knowledge.wide_sites.values()
        if site.urgency_floor is not None
        for plane in claims.about(TRUE, f"localizations/{site.id}").values()
    )
    urgency = _highest(circuit, certain)
    possible = [*urgency.items(), *((flag.then.urgency, undecided[name]) for name, flag in flags.items())]
    return FlagPlanes(raised, undecided, urgency, _highest(circuit, possible))


def _is_cleared(flag: RedFlag, claims: ClaimPlanes) -> int:
    """Set where a flag is false: on both sides, or of no side."""
    false = claims.about(FALSE, f"red_flags/{flag.id}")
    circuit = claims.circuit
    both = circuit.both(false.get(side, NEVER) for side in BOTH_SIDES)
    return circuit.one((both, false.get(Side.NONE, NEVER)))


def _is_worth_asking(flag: RedFlag, knowledge: Knowledge, claims: ClaimPlanes) -> int:
    """Set where its `ask_when` holds or a part of it is true; advice for self-care is never asked for."""
    circuit = claims.circuit
    if flag.then.urgency is Urgency.SELF_CARE_MONITOR:
        return NEVER
    if flag.ask_when is not None:
        return circuit.one(claims.about(TRUE, f"ask/{flag.id}").values())
    parts = program(knowledge).leaves_of.get(f"red_flags/{flag.id}", ())
    return circuit.one(map(claims.assumed_or_found, parts))


def _highest(circuit: Circuit, found: Sequence[tuple[Urgency, int]]) -> dict[Urgency, int]:
    """For each urgency where it is the most urgent; with none, routine: only the self-care rule can lower it."""
    planes = {urgency: circuit.one(plane for each, plane in found if each is urgency) for urgency in Urgency}
    nothing = circuit.without(ALWAYS, circuit.one(planes.values()))
    planes[Urgency.ROUTINE] = circuit.one((planes[Urgency.ROUTINE], nothing))
    ordered = sorted(Urgency, key=lambda urgency: urgency.rank)
    return {
        urgency: circuit.without(planes[urgency], circuit.one(planes[more] for more in ordered[:number]))
        for number, urgency in enumerate(ordered)
    }
