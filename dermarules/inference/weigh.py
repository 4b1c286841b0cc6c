"""Weighing: what each observation and each rule adds to or takes from a candidate, in centibans."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dermarules.inference.candidates import Candidate, constant_places
from dermarules.inference.evidence import IN_FULL, Evidence, Lessened, Scene, is_target
from dermarules.inference.observations import Observation, Sight
from dermarules.inference.sums import GROUP_OF, counted_terms, even, explained_signs, unexplained_terms
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import ABNORMAL, SPARED, Place, State, seen_claim
from dermarules.proof import Claim, Term
from dermarules.rules import Favours
from dermarules.vocabulary import Group, Side, TermKind, Tier
from dermarules.weights import ByTier

# Structures small enough that the share of their places that is abnormal tells something.
HAS_EXTENT = ("root", "nerve")
_LEFT_OPEN = (TermKind.UNEXPLAINED, TermKind.UNEXPLAINED_SIGN)
_CONSTANTS = Claim("known", "weights")


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


def may_be_supported(candidate: Candidate, side: Side, evidence: Evidence, knowledge: Knowledge) -> bool:
    """False if nothing abnormal lies in the candidate's reach and no rule speaks for it: it need not be weighed."""
    scene = _scene(candidate, side, evidence)
    if not candidate.reach.keys().isdisjoint(scene.told_at):
        return True
    return any(said(candidate, favours, knowledge) > 0 for _, favours, _ in scene.said)


def _scene(candidate: Candidate, side: Side, evidence: Evidence) -> Scene:
    return evidence.all_sides if candidate.is_bilateral else evidence.one_side[side]


def weigh(candidate: Candidate, side: Side, evidence: Evidence, knowledge: Knowledge) -> Weighing:
    """Weigh one candidate on one side; a bilateral one (side NONE) is weighed over all sides at once."""
    scene = _scene(candidate, side, evidence)
    terms: list[Term] = []
    explained: list[Observation] = []
    contradicted: list[Observation] = []
    lost: list[Observation] = []
    for o, sight, lessened in scene.own:
        mine = o.place in candidate.reach
        term = (
            _fits(candidate, sight, _deficit_beside(candidate, sight, evidence), lessened, knowledge) if mine else None
        )
        if term is not None:
            terms.append(term)
            if o.state in SPARED:
                if term.weight < 0:
                    contradicted.append(o)
            elif term.weight >= 0:
                explained.append(o)
        elif o.state in ABNORMAL and o.place not in candidate.silent:
            lost.append(o)
    lost += scene.elsewhere
    terms += _rule_terms(candidate, scene, evidence, knowledge)
    counted = counted_terms(terms, knowledge)
    counted += unexplained_terms(explained_signs(candidate), lost, evidence, knowledge)
    counted += _standing_terms(candidate, side, scene, evidence, knowledge)
    total = sum([term.counted for term in counted])
    untested = len(_core_places(candidate) - scene.examined)
    return Weighing(
        candidate, side, tuple(counted), total, tuple(explained), tuple(lost), tuple(contradicted), untested
    )


@lru_cache(maxsize=1024)
def _core_places(candidate: Candidate) -> frozenset[Place]:
    return frozenset(place for place, tier in candidate.reach.items() if tier is Tier.CORE)


def _tier(candidate: Candidate, seen: Sight) -> Tier | None:
    """The tier of an observation's place. A lesion of a root, plexus or nerve paralyses only what is core to it."""
    tier = candidate.reach.get(seen.place)
    if seen.severe and candidate.wide is None and tier is not Tier.CORE and seen.place[0] in ("movement", "muscle"):
        return Tier.VARIABLE if tier is Tier.USUAL else None
    return tier


def fit(candidate: Candidate, o: Observation, evidence: Evidence, knowledge: Knowledge) -> Term | None:
    """What one observation says about the candidate; None if its place is not the candidate's."""
    deficit = _deficit_beside(candidate, o.sight, evidence)
    return _fits(candidate, o.sight, deficit, evidence.lessened.get(o.claim), knowledge)


def _deficit_beside(candidate: Candidate, seen: Sight, evidence: Evidence) -> Claim | None:
    """The deficit that makes a normal place count in full against a root: a root that only hurts leaves it normal."""
    return evidence.first_deficit if seen.state is State.NORMAL and candidate.klass == "root" else None


# An observation says the same of a candidate in every case.
@lru_cache(maxsize=1 << 15)
def _fits(
    candidate: Candidate, seen: Sight, deficit: Claim | None, lessened: Lessened | None, knowledge: Knowledge
) -> Term | None:
    tier = _tier(candidate, seen)
    if tier is None:
        return None
    weights = knowledge.weights
    place, state = seen.place, seen.state
    group = Group.PAIN_MAP if state is State.PAIN else GROUP_OF[place[0]]
    weight = _weight(candidate, state, tier, group, knowledge)
    if state is State.NORMAL and candidate.wide is not None and not candidate.wide.symmetric:
        weight = 0
    if state is State.NORMAL and candidate.klass == "root" and deficit is None:
        weight *= weights.painful_root_factor
    if seen.is_normal_on_testing and candidate.klass == "nerve":
        # A nerve that is injured loses function where it is felt; a root may only hurt or tingle.
        weight *= weights.felt_but_normal_factor
    if seen.symmetric:
        weight *= weights.symmetric_reflex_factor
    less = lessened or IN_FULL
    label = f"{state.value} {place[1]}: {tier.value} of {candidate.name}"
    kind = TermKind.SPARED if state in SPARED else TermKind.AFFECTED
    beside = (deficit,) if deficit and weight else ()
    claims = (seen_claim(place, seen.side, state), *_known(candidate, place), *beside, *seen.twin, *less.claims)
    size = even(weight * less.factor)
    return Term(kind, label, size, size, tuple(dict.fromkeys(claims)), group, candidate.name, tier)


def _weight(candidate: Candidate, state: State, tier: Tier, group: Group, knowledge: Knowledge) -> float:
    weights = knowledge.weights

    def table(positive: bool) -> ByTier:
        return getattr(weights.deficit if positive else weights.normal, group.value)[candidate.klass]  # type: ignore[no-any-return]

    match state:
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


def _known(candidate: Candidate, place: Place) -> tuple[Claim, ...]:
    """The cited facts on which the tier of a place rests."""
    kind, name = place
    table = {"movement": "movements", "muscle": "muscles", "reflex": "reflexes"}.get(kind)
    facts = (*candidate.facts, *((f"{table}/{name}",) if table else ()))
    return tuple(Claim("known", fact) for fact in facts)


@lru_cache(maxsize=1 << 15)
def said(candidate: Candidate, favours: Favours, knowledge: Knowledge) -> int:
    """What a conclusion of a rule says for a candidate, or against it."""
    strength = knowledge.weights.strengths[favours.strength]
    if favours.over:
        return -strength if is_target(candidate, favours.over) else 0
    if not is_target(candidate, favours.targets):
        return 0
    return -strength if favours.against else strength


def _rule_terms(candidate: Candidate, scene: Scene, evidence: Evidence, knowledge: Knowledge) -> Iterator[Term]:
    """What rules say of the candidate. A conclusion that holds on both sides is one conclusion for a bilateral site."""
    for rule, favours, claims in scene.said:
        weight = said(candidate, favours, knowledge)
        if weight:
            less = evidence.lessened.get(claims[0], IN_FULL)
            size = even(weight * less.factor)
            yield Term(TermKind.RULE, f"rule {rule}", size, size, (*claims, *less.claims), Group.RULES, rule)


def _standing_terms(
    candidate: Candidate, side: Side, scene: Scene, evidence: Evidence, knowledge: Knowledge
) -> list[Term]:
    """The prior, the extent, and what a wide site loses while its entry condition does not hold."""
    weights = knowledge.weights
    terms = [_prior(candidate)]
    if candidate.klass in HAS_EXTENT:
        share, claims = _abnormal_share(constant_places(candidate), scene, weights.pain_extent_factor)
        if share:
            size = even(weights.extent * share)
            label = f"extent within {candidate.name}"
            terms.append(_standing(TermKind.EXTENT, label, candidate, size, (*claims, _CONSTANTS)))
    if candidate.wide is not None:
        entry = _entry(candidate, side, evidence)
        if entry is None:
            label, fact = f"entry condition of {candidate.name} not shown", Claim("known", candidate.facts[0])
            terms.append(_standing(TermKind.NO_ENTRY, label, candidate, weights.entry_missing, (fact,)))
        else:
            label = f"entry condition of {candidate.name}"
            terms.append(_standing(TermKind.ENTRY, label, candidate, 0, (entry,)))
    return terms


@lru_cache(maxsize=1024)
def _prior(candidate: Candidate) -> Term:
    return _standing(TermKind.PRIOR, f"prior of {candidate.name}", candidate, candidate.prior, (_CONSTANTS,))


def _standing(kind: TermKind, label: str, candidate: Candidate, size: int, premises: tuple[Claim, ...]) -> Term:
    return Term(kind, label, size, size, premises, of=candidate.name)


def _entry(candidate: Candidate, side: Side, evidence: Evidence) -> Claim | None:
    subject = candidate.facts[0]
    sides: Iterable[Side] = Side if candidate.is_bilateral else (side, Side.NONE)
    found = (Claim("true", subject, each.value) for each in sides)
    return next((claim for claim in found if claim in evidence.entries), None)


def _abnormal_share(mine: frozenset[Place], scene: Scene, pain_factor: float) -> tuple[float, tuple[Claim, ...]]:
    """The share of a candidate's places where something is abnormal or hurts, and the observations that say so."""
    if mine.isdisjoint(scene.told_at):
        return 0.0, ()
    score: dict[Place, float] = {}
    claims = []
    for o in scene.told:
        if o.place in mine:
            value = pain_factor if o.state is State.PAIN else 1.0
            score[o.place] = max(score.get(o.place, 0.0), value)
            claims.append(o.claim)
    return sum(score.values()) / len(mine), tuple(claims)
