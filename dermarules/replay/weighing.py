"""Weighing a second time: what each sight and each rule adds to or takes from a structure, in centibans."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.targets import is_of_one_leg
from dermarules.notation import ABNORMAL, SPARED, Place, State, root_claim
from dermarules.proof import Claim, Term
from dermarules.replay.scene import Less, Said, Scene
from dermarules.replay.sights import Sight
from dermarules.replay.structures import Structure
from dermarules.vocabulary import CONSTANT, Group, Side, TermKind, Tier

_GROUP = {"skin": Group.SENSORY, "movement": Group.MOTOR, "muscle": Group.MOTOR, "reflex": Group.REFLEX}
_TABLE = {"movement": "movements", "muscle": "muscles", "reflex": "reflexes"}
_CONSTANTS = Claim("known", "weights")
_LEFT_OPEN = (TermKind.UNEXPLAINED, TermKind.UNEXPLAINED_SIGN)
_IN_FULL = Less()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A structure on a side, the terms of its total, and what it explains, leaves open and is contradicted by."""

    structure: Structure
    side: Side
    terms: tuple[Term, ...]
    explains: tuple[Sight, ...]
    unexplained: tuple[Sight, ...]
    contradicted: tuple[Sight, ...]
    untested_core: int
    lesions: tuple["Weighed", ...] = ()

    @property
    def total(self) -> int:
        """The sum of what counts."""
        return sum(term.counted for term in self.terms)

    @property
    def claim(self) -> Claim:
        """The claim that the structure has this total."""
        return Claim("weight", self.structure.name, self.side.value)

    @property
    def explained_weight(self) -> int:
        """What the findings say, without prior and extent."""
        return sum(term.counted for term in self.terms if term.group is not None or term.kind in _LEFT_OPEN)

    @property
    def is_supported(self) -> bool:
        """True if a finding or a rule speaks for it."""
        return any(term.counted > 0 for term in self.terms if term.group is not None)

    @property
    def has_entered(self) -> bool:
        """True unless its entry condition is not shown."""
        return all(term.kind is not TermKind.NO_ENTRY for term in self.terms)


def even(value: float) -> int:
    """The nearest even integer, halves to the one that four divides."""
    return 2 * round(value / 2)


def weigh(structure: Structure, side: Side, scene: Scene) -> Weighed:
    """One structure on one side; a bilateral one on all sides at once."""
    where = None if structure.is_bilateral else side
    knowledge = scene.knowledge
    terms: list[Term] = []
    explains, contradicted, left = [], [], []
    for sight in scene.sights_on[where]:
        tier = _tier(structure, sight)
        if tier is None:
            if sight.state in ABNORMAL and sight.place not in structure.silent:
                left.append(sight)
            continue
        term = _sight_term(structure, sight, tier, scene)
        terms.append(term)
        if sight.state in SPARED and term.weight < 0:
            contradicted.append(sight)
        elif sight.state not in SPARED and term.weight >= 0:
            explains.append(sight)
    left += scene.elsewhere[where]
    terms += _rule_terms(structure, scene.said_on[where], scene)
    counted = [
        *after_group_rule(terms, knowledge),
        *open_terms(explained_signs(structure), left, scene),
        *_standing(structure, side, scene),
    ]
    examined = {sight.place for sight in scene.sights_on[where]}
    untested = sum(tier is Tier.CORE and place not in examined for place, tier in structure.reach.items())
    return Weighed(structure, side, tuple(counted), tuple(explains), tuple(left), tuple(contradicted), untested)


def may_count(structure: Structure, side: Side, scene: Scene) -> bool:
    """False if nothing told lies in its reach and no rule speaks for it."""
    where = None if structure.is_bilateral else side
    if not structure.reach.keys().isdisjoint(scene.told_at[where]):
        return True
    return any(_said(structure, said, scene.knowledge) > 0 for said in scene.said_on[where])


def _tier(structure: Structure, sight: Sight) -> Tier | None:
    """The tier of a place; a root, plexus or nerve paralyses only what is core to it."""
    tier = structure.reach.get(sight.place)
    if (
        not sight.severe
        or structure.wide is not None
        or tier is Tier.CORE
        or sight.place[0] not in ("movement", "muscle")
    ):
        return tier
    return Tier.VARIABLE if tier is Tier.USUAL else None


def _sight_term(structure: Structure, sight: Sight, tier: Tier, scene: Scene) -> Term:
    weights, state = scene.knowledge.weights, sight.state
    kind, name = sight.place
    group = Group.PAIN_MAP if state is State.PAIN else _GROUP[kind]
    context: list[Claim] = []
    if state is State.PAIN:
        weight: float = weights.pain_map[tier]
    else:
        table = weights.deficit if state in ABNORMAL else weights.normal
        weight = getattr(table, group.value)[structure.klass][tier]
    weight *= {State.FELT: weights.felt_factor, State.DENIED: weights.denied_factor}.get(state, 1)
    if state is State.NORMAL and structure.wide is not None and not structure.wide.symmetric:
        weight = 0
    if state is State.NORMAL and structure.klass == "root":
        if scene.first_deficit is None:
            weight *= weights.painful_root_factor
        elif weight:
            context.append(scene.first_deficit)
    if sight.tested_normal and structure.klass == "nerve":
        weight *= weights.felt_but_normal_factor
    if sight.twin is not None:
        weight *= weights.symmetric_reflex_factor
        context.append(sight.twin)
    less = scene.less.get(sight.claim, _IN_FULL)
    size = even(weight * less.factor)
    facts = (*structure.facts, *([f"{_TABLE[kind]}/{name}"] if kind in _TABLE else ()))
    premises = dict.fromkeys((sight.claim, *(Claim("known", fact) for fact in facts), *context, *less.claims))
    return Term(
        TermKind.SPARED if state in SPARED else TermKind.AFFECTED,
        f"{state.value} {name}: {tier.value} of {structure.name}",
        size,
        size,
        tuple(premises),
        group,
        structure.name,
        tier,
    )


def _rule_terms(structure: Structure, found: Iterable[Said], scene: Scene) -> Iterator[Term]:
    for said in found:
        weight = _said(structure, said, scene.knowledge)
        if weight:
            less = scene.less.get(said.claims[0], _IN_FULL)
            size = even(weight * less.factor)
            premises = (*said.claims, *less.claims)
            yield Term(TermKind.RULE, f"rule {said.rule}", size, size, premises, Group.RULES, said.rule)


def _said(structure: Structure, said: Said, knowledge: Knowledge) -> int:
    """What a conclusion says for a structure or against it; with a contrast, only against the rivals."""
    favours = said.favours
    strength = knowledge.weights.strengths[favours.strength]
    if favours.over:
        return -strength if _is_meant(structure, favours.over) else 0
    if not _is_meant(structure, favours.targets):
        return 0
    return -strength if favours.against else strength


def _is_meant(structure: Structure, targets: Iterable[str]) -> bool:
    """True if a target names the structure; what speaks for one leg does not speak for a wide site."""
    return any(is_named(structure, t) for t in targets if structure.wide is None or not is_of_one_leg(t))


def is_named(structure: Structure, target: str) -> bool:
    """True if a target is the name of a structure, of its class, or of it at a site."""
    kind, _, name = target.partition(" ")
    if name == "any":
        classes = {"peripheral": ("root", "nerve", "plexus"), "localization": ("wide",)}
        return structure.klass in classes.get(kind, (kind,))
    if structure.klass == kind == "root":
        return name in structure.roots
    localization, _, site = target.partition(" at ")
    if site:
        return (structure.localization, structure.site) == (localization, site)
    return target in (structure.localization, structure.name)


def after_group_rule(terms: Iterable[Term], knowledge: Knowledge) -> list[Term]:
    """In each group, for and against apart, the strongest counts, the next few in part, and no more than a cap."""
    weights = knowledge.weights
    groups: dict[tuple[Group | None, bool], list[Term]] = {}
    for term in terms:
        groups.setdefault((term.group, term.weight > 0), []).append(term)
    counted = []
    for (group, is_for), found in groups.items():
        left = weights.rules_cap if group is Group.RULES else weights.group_cap
        for place, term in enumerate(sorted(found, key=lambda t: (-abs(t.weight), t.label, t.premises))):
            share = 1.0 if place == 0 else weights.rest_factor if place <= weights.rest_count else 0.0
            size = min(abs(even(term.weight * share)), left)
            left -= size
            counted.append(term._replace(counted=size if is_for else -size))
    return counted


def explained_signs(structure: Structure) -> set[str]:
    """The general signs that a structure explains."""
    wide = structure.wide
    explained = {"both_legs"} if structure.is_bilateral else set()
    if wide is not None and wide.explains_umn:
        explained.add("upper_motor_neuron")
    if wide is not None and wide.explains_sphincter:
        explained.add("sphincter")
    return explained


def open_terms(explained: set[str], left: Iterable[Sight], scene: Scene) -> list[Term]:
    """What it costs to leave sights and general signs unexplained: so much for each kind, and so much in all."""
    costs = scene.knowledge.weights.unexplained
    charges = sorted(_charge(sight, scene.less.get(sight.claim, _IN_FULL), scene.knowledge) for sight in left)
    found = [(kind, term) for *_, kind, term in charges]
    for sign, label, cost in (
        ("upper_motor_neuron", "upper motor neuron signs", costs.umn),
        ("sphincter", "bladder or bowel change", costs.sphincter),
        ("both_legs", "both legs affected", costs.both_sides),
    ):
        claims = scene.general(sign)
        if claims and sign not in explained:
            found.append((sign, _open(TermKind.UNEXPLAINED_SIGN, label, cost, claims[:1])))
    left_in_all = -costs.total_cap
    left_of: dict[str, int] = {}
    terms = []
    for kind, term in found:
        left_of.setdefault(kind, -(costs.felt_cap if kind == "felt" else costs.cap))
        size = min(-term.weight, left_of[kind], left_in_all)
        if size > 0:
            left_of[kind] -= size
            left_in_all -= size
            terms.append(term._replace(weight=-size, counted=-size))
    return terms


@lru_cache(maxsize=1 << 12)
def _charge(sight: Sight, less: Less, knowledge: Knowledge) -> tuple[bool, Place, str, str, Term]:
    """What is only felt is charged last, the rest by place and side."""
    weights = knowledge.weights
    is_felt = sight.state is State.FELT
    kind = "felt" if is_felt else _GROUP[sight.place[0]].value
    cost: int = getattr(weights.unexplained, kind)
    factor = less.factor * (weights.symmetric_reflex_factor if sight.twin else 1.0)
    twin = () if sight.twin is None else (sight.twin,)
    label = f"{sight.state.value} {sight.place[1]}, {sight.side.value}"
    premises = tuple(dict.fromkeys((sight.claim, *twin, *less.claims)))
    return is_felt, sight.place, sight.side.value, kind, _open(TermKind.UNEXPLAINED, label, cost * factor, premises)


def _open(kind: TermKind, label: str, cost: float, premises: tuple[Claim, ...]) -> Term:
    return Term(kind, f"unexplained: {label}", even(cost), even(cost), premises, of=label)


def _standing(structure: Structure, side: Side, scene: Scene) -> Iterator[Term]:
    """What a structure has by itself: its prior, its extent, its entry condition."""
    weights = scene.knowledge.weights
    yield _by_itself(TermKind.PRIOR, f"prior of {structure.name}", structure.prior, (_CONSTANTS,), structure.name)
    if structure.klass in ("root", "nerve"):
        share, claims = _share(structure, scene.sights_on[side], weights.pain_extent_factor)
        if share:
            size = even(weights.extent * share)
            yield _by_itself(
                TermKind.EXTENT, f"extent within {structure.name}", size, (*claims, _CONSTANTS), structure.name
            )
    if structure.wide is not None:
        name = f"localizations/{structure.wide.id}"
        sides: Sequence[Side] = tuple(Side) if structure.is_bilateral else (side, Side.NONE)
        entry = [claim for each in sides if (claim := root_claim(name, each)) in scene.held]
        label = f"entry condition of {structure.name}"
        if entry:
            yield _by_itself(TermKind.ENTRY, label, 0, (entry[0],), structure.name)
        else:
            fact = Claim("known", name)
            yield _by_itself(TermKind.NO_ENTRY, f"{label} not shown", weights.entry_missing, (fact,), structure.name)


def _share(structure: Structure, seen: Iterable[Sight], of_pain: float) -> tuple[float, tuple[Claim, ...]]:
    """The share of the places that it takes out as a rule in which something is abnormal or hurts."""
    mine = {place for place, tier in structure.reach.items() if tier in CONSTANT}
    told = [sight for sight in seen if sight.place in mine and sight.state not in SPARED]
    score = {sight.place: of_pain for sight in told if sight.state is State.PAIN}
    score |= {sight.place: 1.0 for sight in told if sight.state is not State.PAIN}
    return (sum(score.values()) / len(mine) if mine else 0.0), tuple(sight.claim for sight in told)


def _by_itself(kind: TermKind, label: str, size: int, premises: tuple[Claim, ...], of: str = "") -> Term:
    return Term(kind, label, size, size, premises, of=of)


def nothing(scene: Scene) -> Weighed:
    """That there is nothing to localize."""
    weights = scene.knowledge.weights
    told = [sight for sight in scene.sights if sight.state not in SPARED]
    against = [sight.claim for sight in told if sight.state is not State.PAIN][:1]
    if not against and told:
        against = [
            claim for complaint in scene.general("neurological_complaint")[:1] for claim in (complaint, told[0].claim)
        ]
    elif not told:
        against = [*scene.general("leg_complaint")[:1]]
    if against:
        size, label, claims = weights.not_enough, "something was found abnormal or felt", against
    elif told:
        size, label, claims = weights.pain_alone, "pain that does not radiate is all that is told", [told[0].claim]
    else:
        size, label, claims = weights.nothing, "nothing was found abnormal or felt", []
    term = _by_itself(TermKind.NOTHING, label, even(size), (*claims, _CONSTANTS))
    left = tuple(sight for sight in told if sight.state in ABNORMAL)
    return Weighed(_NOWHERE, Side.NONE, (term,), (), left, (), 1_000)


_NOWHERE = Structure("nothing_to_localize", "nothing_to_localize", "nothing", {}, 0, (), order=10_000)
