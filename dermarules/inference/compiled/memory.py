"""How all that is weighed lies in memory: blocks of lanes, and tables whose columns have names."""

import numpy as np

from dermarules.inference.candidates import Candidate
from dermarules.inference.compiled.columns import UNKNOWN
from dermarules.inference.compiled.field import (
    Entry,
    Field,
    core_places,
    entries_of,
    explained,
    extents,
    label,
    nested,
    numbered,
    ranks,
    twins,
)
from dermarules.inference.compiled.patient import NESTED, ORDER, TWINS, Tables
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
from dermarules.inference.compiled.tables import (
    FELT_KIND,
    GROUPS,
    RuleTable,
    SightTable,
    extent_unit,
)
from dermarules.inference.sums import even
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place
from dermarules.vocabulary import Group, Side, Strength

_SIDES = tuple(Side)


def block_of(of: slice, field: Field, sights: SightTable, rules: RuleTable, knowledge: Knowledge) -> Block:
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


def runs_of(field: Field) -> Rows:
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


def tables_of(
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
