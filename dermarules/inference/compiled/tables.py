"""What each sight and each conclusion of a rule weighs for each candidate, made once by the code that weighs one case.

A weight is kept with what it counts if it is not the first of its group: high and low part of one small integer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from dermarules.inference.candidates import Candidate
from dermarules.inference.compiled.columns import Small
from dermarules.inference.compiled.field import SIGNS, Field
from dermarules.inference.compiled.sightings import WeighedSight
from dermarules.inference.evidence import Evidence, Lessened
from dermarules.inference.observations import Observation
from dermarules.inference.sums import GROUP_OF, even, unexplained_terms
from dermarules.inference.weigh import fit, said
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import ABNORMAL, SPARED, State
from dermarules.proof import Claim, Term
from dermarules.rules import Favours
from dermarules.vocabulary import CONSTANT, Group, Side, Tier

# What a sight is to a candidate, as bits. TOLD: it lies in its reach, or the map does not speak of the place; SILENT:
# the latter. LOST: a deficit that it explains, TAKEN: in a constant place, CORE_LOST: in a core place. LOOSE: something
# abnormal that it explains in a variable place. AGAINST: something spared that speaks against it. STRAY: a deficit in
# a place that is none of its own.
TOLD, SILENT, LOST, TAKEN, CORE_LOST, LOOSE, AGAINST, STRAY = (1 << bit for bit in range(8))
# A weight and what it counts further down the group share an integer: the weight times this, plus the other.
BASE = 128
GROUPS = tuple(Group)
# The kind under which what is only felt costs: pain costs nothing, so that its group is free.
FELT_KIND = Group.PAIN_MAP
STATES = tuple(State)
_CLAIM = Claim("seen", "a sight")


@dataclass(frozen=True, slots=True)
class SightTable:
    """Sight x candidate: what it adds (`gains`), takes (`losses`), costs if unexplained (`costs`), and is (`marks`).

    For each sight: its state, its group, the kind under which it costs, the units of extent that it adds, the row that
    stands for it in a patient without any deficit (`irritative`), and the number of its place.
    """

    gains: Small
    losses: Small
    costs: Small
    extent: Small
    marks: npt.NDArray[np.uint8]
    state: npt.NDArray[np.int8]
    group: npt.NDArray[np.int8]
    cost_kind: npt.NDArray[np.int8]
    cost: Small
    irritative: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]


def extent_unit(knowledge: Knowledge) -> int:
    """How many units of extent an abnormal place counts, so that a painful one counts a whole number of them."""
    return Fraction(knowledge.weights.pain_extent_factor).limit_denominator(1000).denominator


def sight_table(
    sights: Sequence[WeighedSight], places: dict[tuple[str, str], int], field: Field, knowledge: Knowledge
) -> SightTable:
    """The table of all sights; a sight of something normal has a second row, for a patient without any deficit."""
    twice = [number for number, sight in enumerate(sights) if sight.state is State.NORMAL]
    irritative = np.arange(len(sights) + len(twice), dtype=np.int32)
    irritative[twice] = len(sights) + np.arange(len(twice))
    rows = [(sight, False) for sight in sights] + [(sights[number], True) for number in twice]
    shape = (len(rows), field.width)
    gains, losses, costs, extent = (np.zeros(shape, np.int16) for _ in range(4))
    marks = np.zeros((len(rows), len(field.candidates)), np.uint8)
    unit = extent_unit(knowledge)
    pain = round(unit * knowledge.weights.pain_extent_factor)
    cost = np.zeros(len(rows), np.int16)
    for row, (sight, is_irritative) in enumerate(rows):
        o = _observation(sight)
        evidence = _evidence(sight, is_irritative)
        cost[row] = _cost(o, evidence, knowledge)
        costs[row] = cost[row]
        amount = pain if sight.state is State.PAIN else unit if sight.state in ABNORMAL else 0
        for number, candidate in enumerate(field.candidates[:-1]):
            if candidate is None:
                continue
            tier = candidate.reach.get(sight.place)
            if tier is None:
                is_silent = sight.place in candidate.silent
                marks[row, number] = (TOLD | SILENT if is_silent else 0) | (STRAY if o.state is State.DEFICIT else 0)
                if is_silent:
                    costs[row, number] = 0
                continue
            term = fit(candidate, o, evidence, knowledge)
            marks[row, number] = _marks(o, tier, term)
            if term is None:
                continue
            costs[row, number] = 0
            (gains if term.weight > 0 else losses)[row, number] = _counts(abs(term.weight), knowledge)
            if tier in CONSTANT and sight.adds_extent:
                extent[row, number] = amount
    return SightTable(
        gains,
        losses,
        costs,
        extent,
        marks,
        np.array([STATES.index(sight.state) for sight, _ in rows], np.int8),
        np.array([GROUPS.index(group_of(sight)) for sight, _ in rows], np.int8),
        np.array([_cost_kind(sight) for sight, _ in rows], np.int8),
        cost,
        irritative,
        np.array([places[sight.place] for sight, _ in rows], np.int32),
    )


def _observation(sight: WeighedSight) -> Observation:
    return Observation(
        sight.place,
        Side.LEFT,
        sight.state,
        (),
        _CLAIM,
        sight.severe,
        sight.symmetric,
        sight.is_normal_on_testing,
    )


def _evidence(sight: WeighedSight, is_irritative: bool) -> Evidence:
    """Evidence in which the sight weighs what it does, beside a deficit unless nothing is lost in this patient."""
    beside = () if is_irritative else (Observation(sight.place, Side.RIGHT, State.DEFICIT, (), _CLAIM),)
    less = {_CLAIM: Lessened(sight.factor, ())} if sight.factor != 1.0 else {}
    return Evidence(beside, (), (), (), (), (), (), frozenset(), less)


def _counts(weight: int, knowledge: Knowledge) -> int:
    """The weight, and what it counts further down its group, in one integer."""
    rest = abs(even(weight * knowledge.weights.rest_factor))
    if rest >= BASE or weight * BASE + rest > np.iinfo(np.int16).max:
        raise ValueError(f"a weight of {weight} centibans is too large for the compiled engine")
    return weight * BASE + rest


def _marks(o: Observation, tier: Tier, term: Term | None) -> int:
    if term is None:
        return 0
    if o.state in SPARED:
        return TOLD | (AGAINST if term.weight < 0 else 0)
    if o.state not in ABNORMAL or term.weight < 0:
        return TOLD
    is_lost = o.state is State.DEFICIT
    kept = (TAKEN if is_lost else 0) if tier in CONSTANT else LOOSE
    return TOLD | kept | (LOST if is_lost else 0) | (CORE_LOST if is_lost and tier is Tier.CORE else 0)


def _cost(o: Observation, evidence: Evidence, knowledge: Knowledge) -> int:
    """What it costs to leave the sight unexplained, before any cap but that of its kind."""
    if o.state not in ABNORMAL:
        return 0
    terms = unexplained_terms(frozenset(SIGNS), [o], evidence, knowledge)
    if not terms:
        raise ValueError("the compiled engine needs a price for every abnormal finding that is left unexplained")
    return -terms[0].counted


def group_of(sight: WeighedSight) -> Group:
    return Group.PAIN_MAP if sight.state is State.PAIN else GROUP_OF[sight.place[0]]


def _cost_kind(sight: WeighedSight) -> int:
    """The caps of what is unexplained are by group; what is only felt has one of its own, in place of the pain map."""
    return GROUPS.index(FELT_KIND if sight.state is State.FELT else GROUP_OF[sight.place[0]])


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Conclusion x candidate: what it adds, takes, and says (its weight with its sign); the rule of each conclusion."""

    gains: Small
    losses: Small
    says: Small
    rule: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a rule concludes, as far as the context lets it count."""

    rule: str
    favours: Favours
    factor: float = 1.0


def rule_table(conclusions: Sequence[Conclusion], field: Field, knowledge: Knowledge) -> RuleTable:
    """The table of all conclusions of rules."""
    gains, losses = (np.zeros((len(conclusions), field.width), np.int16) for _ in range(2))
    says = np.zeros((len(conclusions), len(field.candidates)), np.int16)
    for row, conclusion in enumerate(conclusions):
        for number, candidate in enumerate(field.candidates[:-1]):
            weight = _said(conclusion, candidate, knowledge)
            says[row, number] = weight
            if weight:
                (gains if weight > 0 else losses)[row, number] = _counts(abs(weight), knowledge)
    numbers = {rule: number for number, rule in enumerate(dict.fromkeys(c.rule for c in conclusions))}
    return RuleTable(gains, losses, says, np.array([numbers[c.rule] for c in conclusions], np.int32))


def _said(conclusion: Conclusion, candidate: Candidate | None, knowledge: Knowledge) -> int:
    if candidate is None:
        return 0
    return even(said(candidate, conclusion.favours, knowledge) * conclusion.factor)
