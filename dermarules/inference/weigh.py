"""Weighing: what each observation and each rule adds to or takes from a candidate, in centibans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dermarules.inference.candidates import Candidate, constant_places
from dermarules.inference.evidence import IN_FULL, Evidence, is_target, side_fits
from dermarules.inference.observations import ABNORMAL, SPARED, Observation, Place, State
from dermarules.inference.sums import GROUP_OF, counted_terms, even, explained_signs, unexplained_terms
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim, Term
from dermarules.rules import Favours
from dermarules.vocabulary import Group, Side, TermKind, Tier
from dermarules.weights import ByTier

# Structures small enough that the share of their places that is abnormal tells something.
HAS_EXTENT = ("root", "nerve")
_LEFT_OPEN = (TermKind.UNEXPLAINED, TermKind.UNEXPLAINED_SIGN)


@dataclass(frozen=True, slots=True)
class Weighing:
    """A candidate on a side, with every term of its total and what it explains, leaves unexplained and contradicts."""

    candidate: Candidate
    side: Side
    terms: tuple[Term, ...]
    total: int
    explained: tuple[Observation, ...]
    unexplained: tuple[Observation, ...]
    contradicted: tuple[Observation, ...]
    untested_core: int

    @property
    def is_supported(self) -> bool:
        """True if something speaks for the candidate apart from its prior and its extent."""
        return any(term.counted > 0 for term in self.terms if term.group is not None)

    @property
    def explained_weight(self) -> int:
        """What the findings say for the candidate less what it leaves open: without prior and extent."""
        return sum(t.counted for t in self.terms if t.group is not None or t.kind in _LEFT_OPEN)

    @property
    def claim(self) -> Claim:
        """The claim that this candidate has this total."""
        return Claim("weight", self.candidate.name, self.side.value)

    @property
    def has_entered(self) -> bool:
        """True unless it is a wide site whose entry condition does not hold."""
        return all(term.kind is not TermKind.NO_ENTRY for term in self.terms)


def may_be_supported(candidate: Candidate, side: Side, evidence: Evidence) -> bool:
    """False if nothing abnormal lies in the candidate's reach and no rule speaks for it: it need not be weighed."""
    abnormal = (o for o in evidence.observations if o.state in (*ABNORMAL, State.PAIN))
    if any(o.place in candidate.reach and (candidate.is_bilateral or o.side is side) for o in abnormal):
        return True
    return any(
        side_fits(fired.side, side, candidate) and is_target(candidate, fired.favours.targets)
        for fired in evidence.fired
        if not fired.favours.against and not fired.favours.over
    )


def weigh(candidate: Candidate, side: Side, evidence: Evidence, knowledge: Knowledge) -> Weighing:
    """Weigh one candidate on one side; a bilateral one (side NONE) is weighed over all sides at once."""
    own = [o for o in evidence.observations if candidate.is_bilateral or o.side is side]
    elsewhere = [o for o in evidence.observations if not candidate.is_bilateral and o.side is not side]
    terms: list[Term] = []
    explained, contradicted = [], []
    for o in own:
        term = fit(candidate, o, evidence, knowledge)
        if term is None:
            continue
        terms.append(term)
        if o.state in (*ABNORMAL, State.PAIN) and term.weight >= 0:
            explained.append(o)
        elif o.state in SPARED and term.weight < 0:
            contradicted.append(o)
    terms += _rule_terms(candidate, side, evidence, knowledge)
    counted = counted_terms(terms, knowledge)
    outside = [o for o in own if _tier(candidate, o) is None and o.place not in candidate.silent]
    lost = [o for o in (*outside, *elsewhere) if o.state in ABNORMAL]
    counted += unexplained_terms(explained_signs(candidate), lost, evidence, knowledge)
    counted += _standing_terms(candidate, side, own, evidence, knowledge)
    seen = {o.place for o in own}
    untested = sum(1 for place, tier in candidate.reach.items() if tier is Tier.CORE and place not in seen)
    total = sum(term.counted for term in counted)
    return Weighing(
        candidate, side, tuple(counted), total, tuple(explained), tuple(lost), tuple(contradicted), untested
    )


def _tier(candidate: Candidate, o: Observation) -> Tier | None:
    """The tier of an observation's place. A lesion of a root, plexus or nerve paralyses only what is core to it."""
    tier = candidate.reach.get(o.place)
    if o.severe and candidate.wide is None and tier is not Tier.CORE and o.place[0] in ("movement", "muscle"):
        return Tier.VARIABLE if tier is Tier.USUAL else None
    return tier


def fit(candidate: Candidate, o: Observation, evidence: Evidence, knowledge: Knowledge) -> Term | None:
    """What one observation says about the candidate; None if its place is not the candidate's."""
    tier = _tier(candidate, o)
    if tier is None:
        return None
    weights = knowledge.weights
    group = Group.PAIN_MAP if o.state is State.PAIN else GROUP_OF[o.place[0]]
    weight = _weight(candidate, o, tier, group, knowledge)
    if o.state is State.NORMAL and candidate.wide is not None and not candidate.wide.symmetric:
        weight = 0
    if o.state is State.NORMAL and candidate.klass == "root" and evidence.is_irritative:
        # A root that only hurts leaves the examination normal.
        weight *= weights.painful_root_factor
    if o.is_normal_on_testing and candidate.klass == "nerve":
        # A nerve that is injured loses function where it is felt; a root may only hurt or tingle.
        weight *= weights.felt_but_normal_factor
    if o.symmetric:
        weight *= weights.symmetric_reflex_factor
    less = evidence.lessened.get(o.claim, IN_FULL)
    label = f"{o.state.value} {o.place[1]}: {tier.value} of {candidate.name}"
    kind = TermKind.SPARED if o.state in SPARED else TermKind.AFFECTED
    premises = (o.claim, *_known(candidate, o.place), *less.claims)
    return Term(kind, label, even(weight * less.factor), 0, premises, group, candidate.name, tier)


def _weight(candidate: Candidate, o: Observation, tier: Tier, group: Group, knowledge: Knowledge) -> float:
    weights = knowledge.weights

    def table(positive: bool) -> ByTier:
        return getattr(weights.deficit if positive else weights.normal, group.value)[candidate.klass]  # type: ignore[no-any-return]

    match o.state:
        case State.PAIN:
            return weights.pain_map[tier]
        case State.DEFICIT:
            return table(True)[tier]
        case State.FELT:
            return weights.felt_factor * table(True)[tier]
        case State.NORMAL:
            return table(False)[tier]
        case State.DENIED:
            return weights.denied_factor * table(False)[tier]


@lru_cache(maxsize=65536)
def _known(candidate: Candidate, place: Place) -> tuple[Claim, ...]:
    """The cited facts on which the tier of a place rests."""
    kind, name = place
    table = {"movement": "movements", "muscle": "muscles", "reflex": "reflexes"}.get(kind)
    facts = (*candidate.facts, *((f"{table}/{name}",) if table else ()))
    return tuple(Claim("known", fact) for fact in facts)


def _rule_terms(candidate: Candidate, side: Side, evidence: Evidence, knowledge: Knowledge) -> list[Term]:
    """What rules say of the candidate. A conclusion that holds on both sides is one conclusion for a bilateral site."""
    spoken: dict[tuple[str, Favours], list[Claim]] = {}
    for fired in evidence.fired:
        if side_fits(fired.side, side, candidate):
            spoken.setdefault((fired.rule, fired.favours), []).append(fired.claim)
    terms = []
    for (rule, favours), claims in spoken.items():
        weight = said(candidate, favours, knowledge)
        if weight:
            less = evidence.lessened.get(claims[0], IN_FULL)
            premises = (*claims, *less.claims)
            size = even(weight * less.factor)
            terms.append(Term(TermKind.RULE, f"rule {rule}", size, 0, premises, Group.RULES, rule))
    return terms


def said(candidate: Candidate, favours: Favours, knowledge: Knowledge) -> int:
    """What a conclusion of a rule says for a candidate, or against it."""
    strength = knowledge.weights.strengths[favours.strength]
    if favours.over:
        return -strength if is_target(candidate, favours.over) else 0
    if not is_target(candidate, favours.targets):
        return 0
    return -strength if favours.against else strength


def _standing_terms(
    candidate: Candidate, side: Side, own: Sequence[Observation], evidence: Evidence, knowledge: Knowledge
) -> list[Term]:
    """The prior, the extent, and what a wide site loses while its entry condition does not hold."""
    weights = knowledge.weights
    constants = Claim("known", "weights")
    terms = [_standing(TermKind.PRIOR, f"prior of {candidate.name}", candidate, candidate.prior, (constants,))]
    if candidate.klass in HAS_EXTENT:
        share, claims = _abnormal_share(constant_places(candidate), own, weights.pain_extent_factor)
        if share:
            size = even(weights.extent * share)
            label = f"extent within {candidate.name}"
            terms.append(_standing(TermKind.EXTENT, label, candidate, size, (*claims, constants)))
    if candidate.wide is not None:
        entry = _entry(candidate, side, evidence)
        if entry is None:
            label, fact = f"entry condition of {candidate.name} not shown", Claim("known", candidate.facts[0])
            terms.append(_standing(TermKind.NO_ENTRY, label, candidate, weights.entry_missing, (fact,)))
        else:
            label = f"entry condition of {candidate.name}"
            terms.append(_standing(TermKind.ENTRY, label, candidate, 0, (entry,)))
    return terms


def _standing(kind: TermKind, label: str, candidate: Candidate, size: int, premises: tuple[Claim, ...]) -> Term:
    return Term(kind, label, size, size, premises, of=candidate.name)


def _entry(candidate: Candidate, side: Side, evidence: Evidence) -> Claim | None:
    subject = candidate.facts[0]
    sides: Iterable[Side] = Side if candidate.is_bilateral else (side, Side.NONE)
    found = (Claim("true", subject, each.value) for each in sides)
    return next((claim for claim in found if claim in evidence.entries), None)


def _abnormal_share(
    mine: frozenset[Place], own: Iterable[Observation], pain_factor: float
) -> tuple[float, tuple[Claim, ...]]:
    score: dict[Place, float] = {}
    claims = []
    for o in own:
        if o.place in mine and (o.state in ABNORMAL or o.state is State.PAIN):
            value = pain_factor if o.state is State.PAIN else 1.0
            score[o.place] = max(score.get(o.place, 0.0), value)
            claims.append(o.claim)
    return (sum(score.values()) / len(mine) if mine else 0.0), tuple(claims)
