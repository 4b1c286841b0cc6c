"""Sums: what each term adds to a total, and what it costs to leave a finding unexplained.

Within a group of evidence and a sign, the strongest term counts in full and the next few at half, up to a cap: a leg
coded in a hundred places must not outweigh one coded in three.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from dermarules.inference.candidates import Candidate
from dermarules.inference.evidence import IN_FULL, Evidence, Lessened
from dermarules.inference.observations import Observation, Sight
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place, State, seen_claim
from dermarules.proof import Claim, Term
from dermarules.vocabulary import Group, TermKind

GROUP_OF = {"skin": Group.SENSORY, "movement": Group.MOTOR, "muscle": Group.MOTOR, "reflex": Group.REFLEX}


def even(value: float) -> int:
    """The nearest even integer, halves to the one divisible by four: rounding that no platform changes."""
    return 2 * round(value / 2)


def counted_terms(terms: Iterable[Term], knowledge: Knowledge) -> list[Term]:
    """The terms with what each adds to the total after the group rule."""
    weights = knowledge.weights
    buckets: dict[tuple[Group | None, bool], list[Term]] = {}
    for term in terms:
        buckets.setdefault((term.group, term.weight > 0), []).append(term)
    result = []
    for (group, is_positive), found in buckets.items():
        left = weights.rules_cap if group is Group.RULES else weights.group_cap
        if len(found) > 1:
            found.sort(key=_strength)
        for position, term in enumerate(found):
            share = 1.0 if position == 0 else weights.rest_factor if position <= weights.rest_count else 0.0
            size = min(abs(even(term.weight * share)), left) if left else 0
            left -= size
            result.append(_counting(term, size if is_positive else -size))
    return result


def _strength(term: Term) -> tuple[int, str, tuple[Claim, ...]]:
    return -abs(term.weight), term.label, term.premises


def _counting(term: Term, counted: int) -> Term:
    """The term with what of it counts."""
    if counted == term.counted:
        return term
    return Term(term.kind, term.label, term.weight, counted, term.premises, term.group, term.of, term.tier)


class _Charge(NamedTuple):
    """What it costs to leave one observation unexplained: what is only felt goes last, then by place and side."""

    is_felt: bool
    place: Place
    side: str
    kind: str
    term: Term


@lru_cache(maxsize=1 << 14)
def _charge(seen: Sight, lessened: Lessened | None, knowledge: Knowledge) -> _Charge:
    costs = knowledge.weights.unexplained
    is_felt = seen.state is State.FELT
    kind = "felt" if is_felt else GROUP_OF[seen.place[0]].value
    price = {"felt": costs.felt, "sensory": costs.sensory, "motor": costs.motor, "reflex": costs.reflex}[kind]
    less = lessened or IN_FULL
    factor = less.factor * (knowledge.weights.symmetric_reflex_factor if seen.symmetric else 1.0)
    label = f"{seen.state.value} {seen.place[1]}, {seen.side.value}"
    claims = tuple(dict.fromkeys((seen_claim(seen.place, seen.side, seen.state), *seen.twin, *less.claims)))
    return _Charge(
        is_felt, seen.place, seen.side.value, kind, _left_open(TermKind.UNEXPLAINED, label, price * factor, claims)
    )


def _left_open(kind: TermKind, label: str, cost: float, claims: tuple[Claim, ...]) -> Term:
    return Term(kind, f"unexplained: {label}", even(cost), even(cost), claims, of=label)


def unexplained_terms(
    explained: frozenset[str], lost: Iterable[Observation], evidence: Evidence, knowledge: Knowledge
) -> list[Term]:
    """What it costs to leave abnormal findings unexplained: capped by kind, and in all."""
    costs = knowledge.weights.unexplained
    left_in_all = -costs.total_cap
    left: dict[str, int] = {}
    terms: list[Term] = []

    def charge(kind: str, term: Term) -> None:
        nonlocal left_in_all
        left_of_kind = left.get(kind, -(costs.felt_cap if kind == "felt" else costs.cap))
        size = min(-term.weight, left_of_kind, left_in_all)
        if size > 0:
            left[kind] = left_of_kind - size
            left_in_all -= size
            terms.append(term if size == -term.weight else term._replace(weight=-size, counted=-size))

    for found in sorted([_charge(o.sight, evidence.lessened.get(o.claim), knowledge) for o in lost]):
        if not left_in_all:
            return terms
        charge(found.kind, found.term)
    for sign, label, cost, claims in (
        ("umn", "upper motor neuron signs", costs.umn, evidence.upper_motor_neuron),
        ("sphincter", "bladder or bowel change", costs.sphincter, evidence.sphincter),
        ("both", "both legs affected", costs.both_sides, evidence.both_sides),
    ):
        if claims and sign not in explained:
            charge(sign, _left_open(TermKind.UNEXPLAINED_SIGN, label, cost, claims[:1]))
    return terms


@lru_cache(maxsize=1024)
def explained_signs(candidate: Candidate) -> frozenset[str]:
    """The general signs that a candidate explains: those of the upper motor neuron, of the sphincters, of both legs."""
    wide = candidate.wide
    signs = {"both": candidate.is_bilateral}
    if wide is not None:
        signs |= {"umn": wide.explains_umn, "sphincter": wide.explains_sphincter}
    return frozenset(sign for sign, holds in signs.items() if holds)
