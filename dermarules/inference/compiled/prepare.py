"""The knowledge made ready for the kernel: a circuit for what can be given, and tables of what everything weighs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dermarules.inference.compiled.atoms import Atom
from dermarules.inference.compiled.circuit import NEVER, Circuit
from dermarules.inference.compiled.claim_planes import ClaimPlanes
from dermarules.inference.compiled.columns import UNKNOWN, Label, Small
from dermarules.inference.compiled.field import (
    Entry,
    Field,
    core_places,
    entries_of,
    explained,
    extents,
    field_of,
    label,
    labels_of,
    nested,
    numbered,
    ranks,
    twins,
)
from dermarules.inference.compiled.kernel import Plan, Weights
from dermarules.inference.compiled.patient import Choice, Entries, Kinds, Sights, Tables
from dermarules.inference.compiled.scores import Block, Limits
from dermarules.inference.compiled.sightings import exclusive, sightings
from dermarules.inference.compiled.tables import (
    GROUPS,
    Conclusion,
    RuleTable,
    SightTable,
    extent_unit,
    group_of,
    rule_table,
    sight_table,
)
from dermarules.inference.sums import even
from dermarules.knowledgebase.base import Knowledge
from dermarules.rules import Favours
from dermarules.vocabulary import Group, Side, Strength

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

    plan: Plan
    weights: Weights
    tables: Tables
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
    sides = [_SIDES.index(each.side) for each in (*seen, *concluded)]
    plan = Plan(
        np.array(rows, np.int32),
        np.array(sides, np.int8),
        len(seen),
        len(rows),
        len(rows) + len(general),
        len(rows) + len(general) + 1,
        np.array([number for number, _, _ in entries], np.int32),
        np.array([_SIDES.index(side) for _, side, _ in entries], np.int8),
        sight_rows.irritative,
    )
    every = entries_of(field)
    wanted = (*(s.plane for s in seen), *(c.plane for c in concluded), *planes, *(plane for _, _, plane in entries))
    return Prepared(
        plan,
        _weights(field, sight_rows, rule_rows, knowledge),
        Tables(_sights(sight_rows, rule_rows), _numbers(every), _kinds(field, places), _choice(knowledge)),
        wanted,
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


def _weights(field: Field, sights: SightTable, rules: RuleTable, knowledge: Knowledge) -> Weights:
    constants = knowledge.weights
    costs = constants.unexplained
    rest = np.zeros(len(rules.rule), np.int8)
    cost_caps = [-costs.felt_cap if group is Group.PAIN_MAP else -costs.cap for group in GROUPS[:-1]]
    group_caps = [constants.rules_cap if group is Group.RULES else constants.group_cap for group in GROUPS]
    return Weights(
        _block(slice(0, field.bilateral), field, sights, rules, knowledge),
        _block(slice(field.bilateral, field.width), field, sights, rules, knowledge),
        sights.cost,
        Limits(
            np.concatenate([sights.group, rest + np.int8(GROUPS.index(Group.RULES))]),
            np.concatenate([sights.cost_kind, rest]),
            np.array(
                [constants.rules_cap if group is Group.RULES else constants.group_cap for group in GROUPS], np.int16
            ),
            np.array(cost_caps, np.int16),
            -costs.total_cap,
            constants.entry_missing,
            1 + constants.rest_count,
        ),
        field.singles,
        _runs(field),
        constants.ranges.gain,
        even(constants.nothing),
        even(constants.not_enough),
        even(constants.pain_alone),
    )


def _block(of: slice, field: Field, sights: SightTable, rules: RuleTable, knowledge: Knowledge) -> Block:
    """The weights of some lanes, which lie side by side in memory."""
    gains = np.ascontiguousarray(np.vstack([sights.gains, rules.gains])[:, of])
    losses = np.ascontiguousarray(np.vstack([sights.losses, rules.losses])[:, of])
    mine = field.candidates[of]
    sign_costs = _sign_costs(knowledge)[:, None] * ~explained(field)[:, of]
    return Block(
        gains,
        losses,
        np.ascontiguousarray(sights.costs[:, of]),
        np.ascontiguousarray(sights.extent[:, of]),
        gains.any(axis=1),
        losses.any(axis=1),
        sign_costs.astype(np.int16),
        np.ascontiguousarray(extents(field, extent_unit(knowledge), knowledge)[of]),
        np.array([candidate.prior if candidate else 0 for candidate in mine], np.int16),
        np.array([candidate is not None and candidate.wide is not None for candidate in mine], np.bool_),
        of.start,
    )


def _sign_costs(knowledge: Knowledge) -> Small:
    """What each general sign costs if it is not explained."""
    costs = knowledge.weights.unexplained
    return np.array([min(-even(c), -costs.cap) for c in (costs.umn, costs.sphincter, costs.both_sides)], np.int16)


def _runs(field: Field) -> Small:
    """The numbers of the single roots of each run of roots."""
    numbers = {c.roots[0]: n for n, c in enumerate(field.candidates[: field.singles]) if c and c.klass == "root"}
    runs = [c for c in field.candidates[field.singles : field.bilateral] if c]
    longest = max((len(run.roots) for run in runs), default=0)
    table = np.full((len(runs), longest), UNKNOWN, np.int32)
    for row, run in enumerate(runs):
        table[row, : len(run.roots)] = [numbers[root] for root in run.roots]
    return table


def _sights(sights: SightTable, rules: RuleTable) -> Sights:
    return Sights(sights.marks, sights.state, sights.place, sights.cost, sights.cost_kind, rules.rule, rules.says)


def _numbers(entries: Sequence[Entry | None]) -> Entries:
    every = list(entries)
    order = ranks(every, lambda e: (e.candidate.order, _SIDES.index(e.side), len(e.candidate.roots) > 1, e.number))
    idle = iter(range(len(set(order[[e is not None for e in every]])), len(every)))
    order = np.array([place if e else next(idle) for place, e in zip(order, every, strict=True)], np.int32)
    return Entries(
        np.array([e.number if e else UNKNOWN for e in every], np.int16),
        np.array([_SIDES.index(e.side) if e else 0 for e in every], np.int8),
        numbered(every, lambda e: (e.candidate.localization, e.side)),
        numbered(every, label),
        numbered(every, lambda e: e.candidate.site),
        order,
        np.argsort(order).astype(np.int32),
        ranks(every, lambda e: (-e.candidate.prior, not e.candidate.is_usual_site, e.candidate.order)),
    )


def _kinds(field: Field, places: dict[tuple[str, str], int]) -> Kinds:
    wide = [candidate.wide if candidate else None for candidate in field.candidates]
    core, count = core_places(field, places)
    return Kinds(
        np.array([site is not None for site in wide], np.bool_),
        np.array([site is not None and not site.symmetric for site in wide], np.bool_),
        np.array([c is not None and c.klass in ("root", "nerve", "plexus") for c in field.candidates], np.bool_),
        nested(field),
        twins(field),
        explained(field),
        core,
        count,
    )


def _choice(knowledge: Knowledge) -> Choice:
    weights = knowledge.weights
    limits, costs = weights.certainty, weights.unexplained
    cost_caps = [-costs.felt_cap if group is Group.PAIN_MAP else -costs.cap for group in GROUPS[:-1]]
    return Choice(
        weights.tie,
        limits.undecided,
        limits.minimum,
        limits.margin,
        weights.entry_missing,
        weights.strengths[Strength.STRONG],
        weights.strengths[Strength.MODERATE],
        weights.rules_cap,
        -costs.total_cap,
        np.array(cost_caps, np.int16),
        _sign_costs(knowledge),
    )
