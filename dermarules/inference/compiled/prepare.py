"""The knowledge made ready for the kernel: a circuit for what can be given, and tables of what everything weighs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from dermarules.inference.candidates import Candidate
from dermarules.inference.compiled.atoms import Atom
from dermarules.inference.compiled.circuit import NEVER, Circuit
from dermarules.inference.compiled.claim_planes import ClaimPlanes
from dermarules.inference.compiled.columns import UNKNOWN, Label
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
from dermarules.inference.compiled.kernel import Kernel
from dermarules.inference.compiled.patient import NESTED, ORDER, TWINS, Tables
from dermarules.inference.compiled.rows import Plan
from dermarules.inference.compiled.scores import (
    ADDS,
    CAPS,
    COSTS,
    COUNTED,
    ENTRY_MISSING,
    EXTENDS,
    GAIN_OF_RUN,
    GROUP,
    KIND,
    KINDS,
    MARGIN,
    MINIMUM,
    MODERATE,
    NOT_ENOUGH,
    NOTHING,
    PAIN_ALONE,
    PLACE,
    PRICE,
    RULE,
    RULES_CAP,
    SINGLES,
    STATE,
    STRONG,
    TAKES,
    TIE,
    TOTAL_CAP,
    UNDECIDED_BELOW,
    Block,
    Known,
    Rows,
)
from dermarules.inference.compiled.sightings import exclusive, sightings
from dermarules.inference.compiled.tables import (
    FELT_KIND,
    GROUPS,
    Conclusion,
    RuleTable,
    SightTable,
    extent_unit,
    group_of,
    rule_table,
    sight_table,
)
from dermarules.inference.observations import Place
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
        _runs(field),
        field.bilateral,
    )
    every = entries_of(field)
    return Prepared(
        Kernel(
            plan,
            _block(slice(0, field.bilateral), field, sight_rows, rule_rows, knowledge),
            _block(slice(field.bilateral, field.width), field, sight_rows, rule_rows, knowledge),
            _tables(field, sight_rows, rule_rows, places, knowledge),
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


def _block(of: slice, field: Field, sights: SightTable, rules: RuleTable, knowledge: Knowledge) -> Block:
    """The weights of some lanes, which lie side by side in memory."""
    none = np.zeros_like(rules.gains)
    gains, losses = np.vstack([sights.gains, rules.gains])[:, of], np.vstack([sights.losses, rules.losses])[:, of]
    costs, extent = np.vstack([sights.costs, none])[:, of], np.vstack([sights.extent, none])[:, of]
    weights = np.stack([gains, losses, costs, extent])
    says = (weights.any(axis=2) * np.array([[ADDS], [TAKES], [COSTS], [EXTENDS]])).sum(axis=0)
    mine = field.candidates[of]
    sign_costs = np.array(_sign_costs(knowledge))[:, None] * ~explained(field)[:, of]
    priors = [candidate.prior if candidate else 0 for candidate in mine]
    wide = [candidate is not None and candidate.wide is not None for candidate in mine]
    return Block(
        weights,
        says.astype(np.uint8),
        np.ascontiguousarray(sights.marks[:, of]),
        np.vstack([priors, wide, sign_costs]).astype(np.int16),
        np.ascontiguousarray(extents(field, extent_unit(knowledge), knowledge)[of]),
    )


def _sign_costs(knowledge: Knowledge) -> list[int]:
    """What each general sign costs if it is not explained."""
    costs = knowledge.weights.unexplained
    return [min(-even(cost), -costs.cap) for cost in (costs.umn, costs.sphincter, costs.both_sides)]


def _runs(field: Field) -> Rows:
    """The numbers of the single roots of each run of roots."""
    numbers = {c.roots[0]: n for n, c in enumerate(field.candidates[: field.singles]) if c and c.klass == "root"}
    runs = [c for c in field.candidates[field.singles : field.bilateral] if c]
    table = np.full((len(runs), max(len(run.roots) for run in runs)), UNKNOWN, np.int32)
    for row, run in enumerate(runs):
        table[row, : len(run.roots)] = [numbers[root] for root in run.roots]
    return table


def _known(sights: SightTable, rules: RuleTable, field: Field, knowledge: Knowledge) -> Known:
    facts = np.zeros((len(sights.state) + len(rules.rule), 6), np.int32)
    for what, of in (
        (STATE, sights.state),
        (PLACE, sights.place),
        (PRICE, sights.cost),
        (KIND, sights.cost_kind),
        (GROUP, sights.group),
    ):
        facts[: len(of), what] = of
    facts[len(sights.state) :, GROUP] = GROUPS.index(Group.RULES)
    facts[len(sights.state) :, RULE] = rules.rule
    return Known(facts, _constants(field, knowledge))


def _constants(field: Field, knowledge: Knowledge) -> Rows:
    weights = knowledge.weights
    if weights.rest_count + 1 != COUNTED:
        raise ValueError(
            f"the compiled engine counts {COUNTED - 1} weights of a group at a share, not {weights.rest_count}"
        )
    limits, costs = weights.certainty, weights.unexplained
    kinds = GROUPS[:-1]
    caps = [weights.rules_cap if group is Group.RULES else weights.group_cap for group in GROUPS]
    cost_caps = [-costs.felt_cap if group is FELT_KIND else -costs.cap for group in kinds]
    numbers = {
        TOTAL_CAP: -costs.total_cap,
        ENTRY_MISSING: weights.entry_missing,
        TIE: weights.tie,
        UNDECIDED_BELOW: limits.undecided,
        MINIMUM: limits.minimum,
        MARGIN: limits.margin,
        STRONG: weights.strengths[Strength.STRONG],
        MODERATE: weights.strengths[Strength.MODERATE],
        RULES_CAP: weights.rules_cap,
        GAIN_OF_RUN: weights.ranges.gain,
        NOTHING: even(weights.nothing),
        NOT_ENOUGH: even(weights.not_enough),
        PAIN_ALONE: even(weights.pain_alone),
        SINGLES: field.singles,
        KINDS: len(kinds),
    }
    return np.array([*(numbers[index] for index in range(CAPS)), *caps, *cost_caps, *_sign_costs(knowledge)], np.int32)


def _entry_table(entries: list[Entry | None]) -> Rows:
    """What each entry is: entry x what, in the order of the kernel's constants."""
    order = ranks(entries, lambda e: (e.candidate.order, _SIDES.index(e.side), len(e.candidate.roots) > 1, e.number))
    used = sum(entry is not None for entry in entries)
    idle = iter(range(used, len(entries)))
    return np.array(
        [
            [e.number if e else UNKNOWN for e in entries],
            [_SIDES.index(e.side) if e else 0 for e in entries],
            numbered(entries, lambda e: (e.candidate.localization, e.side)),
            numbered(entries, label),
            numbered(entries, lambda e: e.candidate.site),
            [place if e else next(idle) for place, e in zip(order, entries, strict=True)],
            ranks(entries, lambda e: (-e.candidate.prior, not e.candidate.is_usual_site, e.candidate.order)),
        ],
        np.int32,
    ).T.copy()


def _tables(
    field: Field, sights: SightTable, rules: RuleTable, places: dict[Place, int], knowledge: Knowledge
) -> Tables:
    entries = _entry_table(entries_of(field))
    core, core_count = core_places(field, places)
    signs = explained(field)
    kinds = [
        sum(holds << bit for bit, holds in enumerate((*_kind(candidate), *signs[:, number])))
        for number, candidate in enumerate(field.candidates)
    ]
    return Tables(
        _known(sights, rules, field, knowledge),
        sights.marks,
        rules.says,
        entries,
        np.argsort(entries[:, ORDER]).astype(np.int32),
        (nested(field) * NESTED + twins(field) * TWINS).astype(np.uint8),
        np.array(kinds, np.uint8),
        core,
        core_count.astype(np.int32),
    )


def _kind(candidate: Candidate | None) -> tuple[bool, bool, bool]:
    """Whether it is a wide site, one that is not symmetric, and a structure of one side."""
    if candidate is None:
        return False, False, False
    wide = candidate.wide
    return wide is not None, wide is not None and not wide.symmetric, candidate.klass in ("root", "nerve", "plexus")
