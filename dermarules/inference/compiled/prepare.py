"""The knowledge made ready for the kernel: a circuit for what can be given, and tables of what everything weighs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from dermarules.inference.compiled.atoms import Atom
from dermarules.inference.compiled.circuit import NEVER, Circuit
from dermarules.inference.compiled.claim_planes import ClaimPlanes
from dermarules.inference.compiled.columns import Label
from dermarules.inference.compiled.field import (
    Field,
    entries_of,
    field_of,
    labels_of,
)
from dermarules.inference.compiled.kernel import Kernel
from dermarules.inference.compiled.memory import block_of, runs_of, tables_of
from dermarules.inference.compiled.rows import Plan
from dermarules.inference.compiled.sightings import exclusive, sightings
from dermarules.inference.compiled.tables import (
    GROUPS,
    Conclusion,
    group_of,
    rule_table,
    sight_table,
)
from dermarules.knowledgebase.base import Knowledge
from dermarules.rules import Favours
from dermarules.vocabulary import Side

_SIDES = tuple(Side)


@dataclass(frozen=True, slots=True)
class Concluded:
    """A conclusion on a side, and the plane of the cases in which it is drawn."""

    conclusion: Conclusion
    side: Side
    plane: int


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What the kernel needs, the planes that it reads in their order, and the names of what it answers."""

    kernel: Kernel
    planes: tuple[int, ...]
    labels: tuple[Label, ...]
    sites: tuple[str, ...]


def prepare(
    atoms: Iterable[Atom], circuit: Circuit, claims: ClaimPlanes, knowledge: Knowledge, map_id: str
) -> Prepared:
    """Everything for the kernel, and the steps to it added to the circuit."""
    field = field_of(knowledge, map_id)
    held = {name: circuit.one(claims.about("true", f"modifiers/{name}").values()) for name in knowledge.modifiers}
    seen = sorted(sightings(atoms, circuit, held, knowledge), key=lambda s: GROUPS.index(group_of(s.sight)))
    concluded = list(_concluded(circuit, claims, held, knowledge))
    signs = knowledge.weights.signs
    general = [signs.upper_motor_neuron, signs.sphincter, signs.both_legs]
    complaints = [signs.leg_complaint, signs.neurological_complaint]
    planes = [circuit.one(claims.about("true", f"findings/{name}").values()) for name in (*general, *complaints)]
    entries = list(_entries(field, claims))
    sights = {sight: number for number, sight in enumerate(dict.fromkeys(s.sight for s in seen))}
    places = {place: number for number, place in enumerate(dict.fromkeys(sight.place for sight in sights))}
    said = {each: number for number, each in enumerate(dict.fromkeys(c.conclusion for c in concluded))}
    sight_rows = sight_table(tuple(sights), places, field, knowledge)
    rule_rows = rule_table(tuple(said), field, knowledge)
    total = len(sight_rows.state)
    rows = [*(sights[s.sight] for s in seen), *(total + said[c.conclusion] for c in concluded)]
    sides = [_SIDES.index(side) for side in (*(s.side for s in seen), *(c.side for c in concluded))]
    plan = Plan(
        np.array(rows, np.int32),
        np.array(sides, np.int8),
        len(seen),
        np.array([number for number, _, _ in entries], np.int32),
        np.array([_SIDES.index(side) for _, side, _ in entries], np.int8),
        sight_rows.irritative,
        runs_of(field),
        field.bilateral,
    )
    every = entries_of(field)
    return Prepared(
        Kernel(
            plan,
            block_of(slice(0, field.bilateral), field, sight_rows, rule_rows, knowledge),
            block_of(slice(field.bilateral, field.width), field, sight_rows, rule_rows, knowledge),
            tables_of(field, sight_rows, rule_rows, places, knowledge),
        ),
        (*(s.plane for s in seen), *(c.plane for c in concluded), *planes, *(plane for _, _, plane in entries)),
        labels_of(every),
        tuple(dict.fromkeys(e.candidate.site for e in every if e and e.candidate.site)),
    )


def _concluded(
    circuit: Circuit, claims: ClaimPlanes, held: dict[str, int], knowledge: Knowledge
) -> Iterator[Concluded]:
    """Everything that rules conclude for or against a place, split by how far the context lets it count."""
    for rule in knowledge.rules.values():
        favours = tuple(dict.fromkeys(then for then in rule.then if isinstance(then, Favours)))
        less = exclusive(circuit, ((m.factor, held[m.id]) for m in knowledge.modifiers.values() if rule.id in m.rules))
        for side, plane in claims.about("true", f"rules/{rule.id}").items() if favours else ():
            parts = [(factor, circuit.both((plane, where))) for factor, where in less]
            parts.append((1.0, circuit.without(plane, circuit.one(where for _, where in less))))
            for factor, part in parts:
                if part != NEVER:
                    yield from (Concluded(Conclusion(rule.id, then, factor), side, part) for then in favours)


def _entries(field: Field, claims: ClaimPlanes) -> Iterator[tuple[int, Side, int]]:
    """The wide candidates with the planes in which their entry condition holds, side by side."""
    for number, candidate in enumerate(field.candidates):
        if candidate is not None and candidate.wide is not None:
            for side, plane in claims.about("true", candidate.facts[0]).items():
                yield number, side, plane
