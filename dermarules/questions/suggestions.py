"""What to consider beyond the place: conditions and discs that would fit the first answer.

They are suggestions and never findings: they follow from the answer, and nothing follows from them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dermarules.anatomy import DiscLevel
from dermarules.diseases import Codes
from dermarules.inference.candidates import Candidate
from dermarules.inference.infer import Inference
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim, Proof
from dermarules.questions.differential import Localization
from dermarules.vocabulary import Review, Side

PARACENTRAL, FORAMINAL = "paracentral", "foraminal"
_LATERAL = (Side.LEFT.value, Side.RIGHT.value)
# Where in its level a disc lies, and the roots that it hits there.
_Places = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ConditionSuggestion:
    """A condition to consider, with its codes for its side; `claims` are the rules that bring it to mind, if any."""

    condition: str
    name: str
    side: str | None
    icd10cm: str | None
    hpo: str | None
    review: Review
    sources: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class DiscSuggestion:
    """A disc that would hit the roots of the answer, and where in its level it would have to lie."""

    level: str
    name: str
    places: tuple[str, ...]
    roots: tuple[str, ...]
    frequency: str
    icd10cm: str | None
    hpo: str | None
    review: Review
    sources: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to consider, to be confirmed by the usual means."""

    conditions: tuple[ConditionSuggestion, ...]
    discs: tuple[DiscSuggestion, ...]


def suggestions(inference: Inference, first: Localization, knowledge: Knowledge) -> Suggestions:
    """The conditions that go with the first answer, those that rules bring to mind, and discs if one is among them.

    Where discs are named, the disc herniation as such is not: the level says more, and has another code.
    """
    discs = tuple(_discs(inference, knowledge))
    told = {knowledge.disc_levels[disc.level].herniation for disc in discs}
    sides = dict(_with_answer(inference, first, knowledge))
    by_rule: dict[str, list[Claim]] = {}
    for name, claim in inference.suspected:
        by_rule.setdefault(name, []).append(claim)
    for name, claims in by_rule.items():
        sides[name] = _side_of(claims, inference.proof) or sides.get(name, first.side)
    named = (name for name in sides if name not in told)
    return Suggestions(tuple(_condition(name, sides, by_rule, knowledge) for name in named), discs)


def code_for(codes: Codes | None, side: str | None) -> str | None:
    """The ICD-10-CM code of a condition on a side; that for no stated side where the classification has no other."""
    if codes is None:
        return None
    sided = {"left": codes.left, "right": codes.right, "both": codes.bilateral}.get(side or "", "")
    return sided or codes.code or codes.unspecified or codes.base or None


def _condition(
    name: str, sides: Mapping[str, str | None], by_rule: Mapping[str, list[Claim]], knowledge: Knowledge
) -> ConditionSuggestion:
    entity, side = knowledge.conditions[name], sides[name]
    return ConditionSuggestion(
        condition=name,
        name=entity.name,
        side=side,
        icd10cm=code_for(entity.icd10cm, side),
        hpo=entity.hpo,
        review=entity.review,
        sources=entity.sources,
        claims=tuple(by_rule.get(name, ())),
    )


def _side_of(claims: list[Claim], proof: Proof) -> str | None:
    """The side of the rules that name a condition, or else of the findings that they rest on.

    A rule that holds on the left, on the right and on the unnamed side rests on something that nobody gave a side.
    """
    sides = {claim.side for claim in claims}
    if {*_LATERAL, Side.UNKNOWN.value} <= sides:
        return None
    named = [side for side in _LATERAL if side in sides] or sides & {Side.UNKNOWN.value}
    named = named or {leaf.side for claim in claims for leaf in proof.leaves(claim)} - {Side.NONE.value, "any"}
    if set(named) == set(_LATERAL):
        return "both"
    return next(iter(named)) if len(named) == 1 else None


def _with_answer(inference: Inference, first: Localization, knowledge: Knowledge) -> Iterator[tuple[str, str | None]]:
    """The conditions that a lesion of the first answer is called by, each with the side of the lesion."""
    for candidate, side in _lesions(inference):
        on = side.value if side.value in _LATERAL else first.side
        names = candidate.wide.suspects if candidate.wide else _labels(candidate, first.site, knowledge)
        yield from ((name, on) for name in names)


def _lesions(inference: Inference) -> tuple[tuple[Candidate, Side], ...]:
    """The lesions of the first answer with their sides."""
    weighing = inference.ranked[0].weighing
    return weighing.candidate.parts or ((weighing.candidate, weighing.side),)


def _labels(candidate: Candidate, site: str | None, knowledge: Knowledge) -> tuple[str, ...]:
    """The conditions that label a structure; those of its very site, if there are any, instead of the general ones."""
    places = [f"root {root}" for root in candidate.roots] or [candidate.localization]
    wanted = [[f"{place} at {site}" for place in places], places]
    found = (tuple(c.id for c in knowledge.conditions.values() if set(c.labels) & set(these)) for these in wanted)
    return next((names for names in found if names), ())


def _discs(inference: Inference, knowledge: Knowledge) -> Iterator[DiscSuggestion]:
    """The discs that would hit the roots of the first answer, if rules bring a disc of its side to mind."""
    for candidate, side in _lesions(inference):
        claims: dict[str, list[Claim]] = {}
        for name, claim in inference.suspected:
            if claim.side == side.value or claim.side not in _LATERAL:
                claims.setdefault(name, []).append(claim)
        levels = [level for level in knowledge.disc_levels.values() if level.herniation in claims]
        for level, places in _fitting(levels, candidate.roots):
            yield _disc(level, places, tuple(claims[level.herniation]), knowledge)


def _fitting(levels: Iterable[DiscLevel], roots: tuple[str, ...]) -> list[tuple[DiscLevel, _Places]]:
    """The discs that hit the roots, those that do so in the usual place first; only those that hit all, if any does."""
    hits = [(level, places) for level in levels if (places := _places(level, roots))]
    whole = [hit for hit in hits if len(_hit(hit[1])) == len(roots)]
    return sorted(whole or hits, key=lambda hit: PARACENTRAL not in hit[1])


def _disc(level: DiscLevel, places: _Places, claims: tuple[Claim, ...], knowledge: Knowledge) -> DiscSuggestion:
    radicular, herniated = knowledge.conditions[level.radiculopathy], knowledge.conditions[level.herniation]
    is_draft = Review.DRAFT in (level.review, radicular.review, herniated.review)
    return DiscSuggestion(
        level=level.id,
        name=f"{level.exiting}/{level.traversing}",
        places=tuple(places),
        roots=_hit(places),
        frequency=level.frequency,
        icd10cm=(radicular.icd10cm.if_disc or None) if radicular.icd10cm else None,
        hpo=herniated.hpo,
        review=Review.DRAFT if is_draft else level.review,
        sources=tuple(dict.fromkeys((*level.sources, *radicular.sources, *herniated.sources))),
        claims=claims,
    )


def _places(level: DiscLevel, roots: tuple[str, ...]) -> _Places:
    """Where in its level a disc would have to lie, and which of the roots it would hit there."""
    hit = {PARACENTRAL: level.paracentral, FORAMINAL: level.foraminal}
    found = {place: tuple(root for root in roots if root in at) for place, at in hit.items()}
    return {place: at for place, at in found.items() if at}


def _hit(places: _Places) -> tuple[str, ...]:
    return tuple(dict.fromkeys(root for at in places.values() for root in at))
