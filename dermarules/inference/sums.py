"""Sums: what each term adds to a total, and what it costs to leave a finding unexplained.

Within a group of evidence and a sign, the strongest term counts in full and the next few at half, up to a cap: a leg
coded in a hundred places must not outweigh one coded in three.
"""

from collections.abc import Iterable

from dermarules.inference.candidates import Candidate
from dermarules.inference.evidence import IN_FULL, Evidence
from dermarules.inference.observations import Observation, State
from dermarules.knowledgebase.base import Knowledge
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
    for (group, _), found in buckets.items():
        cap = weights.rules_cap if group is Group.RULES else weights.group_cap
        left = cap
        for position, term in enumerate(sorted(found, key=lambda t: (-abs(t.weight), t.label, t.premises))):
            share = 1.0 if position == 0 else weights.rest_factor if position <= weights.rest_count else 0.0
            size = min(abs(even(term.weight * share)), left)
            left -= size
            result.append(_counting(term, size if term.weight > 0 else -size))
    return result


def _counting(term: Term, counted: int) -> Term:
    """The term with what of it counts. Written out: `replace` takes a twentieth of the time of an answer."""
    return Term(term.kind, term.label, term.weight, counted, term.premises, term.group, term.of, term.tier)


def unexplained_terms(
    explained: frozenset[str], lost: Iterable[Observation], evidence: Evidence, knowledge: Knowledge
) -> list[Term]:
    """What it costs to leave abnormal findings unexplained: capped by kind, and in all."""
    costs = knowledge.weights.unexplained
    left_in_all = -costs.total_cap
    left: dict[str, int] = {}
    terms: list[Term] = []

    def charge(term: TermKind, kind: str, label: str, cost: float, claims: tuple[Claim, ...]) -> None:
        nonlocal left_in_all
        size = min(-even(cost), left.setdefault(kind, -(costs.felt_cap if kind == "felt" else costs.cap)), left_in_all)
        if size > 0:
            left[kind] -= size
            left_in_all -= size
            terms.append(Term(term, f"unexplained: {label}", -size, -size, claims, of=label))

    price: dict[str, int] = {"sensory": costs.sensory, "motor": costs.motor, "reflex": costs.reflex}
    for o in sorted(lost, key=lambda o: (o.state is State.FELT, o.place, o.side.value)):
        kind = "felt" if o.state is State.FELT else GROUP_OF[o.place[0]].value
        cost = costs.felt if o.state is State.FELT else price[kind]
        less = evidence.lessened.get(o.claim, IN_FULL)
        factor = less.factor * (knowledge.weights.symmetric_reflex_factor if o.symmetric else 1.0)
        label = f"{o.state.value} {o.place[1]}, {o.side.value}"
        charge(TermKind.UNEXPLAINED, kind, label, cost * factor, (o.claim, *less.claims))
    for sign, label, cost, claims in (
        ("umn", "upper motor neuron signs", costs.umn, evidence.upper_motor_neuron),
        ("sphincter", "bladder or bowel change", costs.sphincter, evidence.sphincter),
        ("both", "both legs affected", costs.both_sides, evidence.both_sides),
    ):
        if claims and sign not in explained:
            charge(TermKind.UNEXPLAINED_SIGN, sign, label, cost, claims[:1])
    return terms


def explained_signs(candidate: Candidate) -> frozenset[str]:
    """The general signs that a candidate explains: those of the upper motor neuron, of the sphincters, of both legs."""
    wide = candidate.wide
    signs = {"both": candidate.is_bilateral}
    if wide is not None:
        signs |= {"umn": wide.explains_umn, "sphincter": wide.explains_sphincter}
    return frozenset(sign for sign, holds in signs.items() if holds)
