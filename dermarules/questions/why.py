"""Why a localization or a red flag holds: every step behind it, each told once and then named by its number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.facts import authority
from dermarules.proof import Assumed, Claim, Compared, Derivation, Known, Observed, Term, Weighed, premises_of
from dermarules.provenance import Location
from dermarules.questions.answer import Answer, Open
from dermarules.questions.claims import RED_FLAG, spoken_of
from dermarules.rules import Accuracy
from dermarules.vocabulary import Group, Review, TermKind

_INTERVAL = "_ci"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a study measured of the finding that a rule rests on; `intervals` holds 95% intervals where it gives any."""

    id: str
    target: str
    population: str
    n: int | None
    sensitivity: float | None
    specificity: float | None
    lr_positive: float | None
    lr_negative: float | None
    intervals: Mapping[str, tuple[float, float]]
    sources: tuple[str, ...]
    review: Review


@dataclass(frozen=True, slots=True)
class Figure:
    """One term of a total, in centibans, with its likelihood ratio alone and as counted, and what studies measured."""

    kind: TermKind
    group: Group | None
    label: str
    weight: int
    counted: int
    ratio: float
    ratio_counted: float
    premises: tuple[int, ...]
    measured: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """One way in which a claim is proved.

    `rule` and `rule_at` name the rule and its place in the knowledge, `at` where a finding is written; `premises` are
    numbers of other claims; `unless` are claims that do not hold; `figures` are the terms of a total.
    """

    rule: str
    rule_at: Location | None
    at: Location | None
    because: str
    sources: tuple[str, ...]
    review: Review | None
    premises: tuple[int, ...]
    unless: tuple[Claim, ...]
    figures: tuple[Figure, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A claim under its number, with every way in which it is proved."""

    number: int
    claim: Claim
    ways: tuple[Proved, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why something holds: what was asked, the claims that answer it, and every claim behind them, each once."""

    asked: str
    claims: tuple[Claim, ...]
    steps: tuple[Numbered, ...]


def why(answer: Answer, asked: str | None = None) -> Why:
    """Why a localization (`root L5`) or a red flag (`red flag R` or its id) is said; by default the first localization.

    ValueError for anything of which the answer says nothing, with what can be asked.
    """
    name = answer.inference.ranked[0].weighing.candidate.localization if asked is None else asked
    claims: tuple[Claim, ...]
    match spoken_of(name, answer):
        case (_, weighing):
            # With the side that was asked for: without it, the name is that of the better side.
            claims, title = (weighing.claim,), " ".join(name.split())
        case Open(id=flag):
            claims, title = (), f"{RED_FLAG}{flag}"
        case flag:
            claims, title = flag.claims, f"{RED_FLAG}{flag.id}"
    behind = dict.fromkeys(claim for asked_for in claims for claim in answer.proof.behind(asked_for))
    numbers = {claim: number for number, claim in enumerate(behind, start=1)}
    steps = (Numbered(numbers[claim], claim, tuple(_ways(claim, numbers, answer))) for claim in behind)
    return Why(title, claims, tuple(steps))


def _ways(claim: Claim, numbers: Mapping[Claim, int], answer: Answer) -> Iterator[Proved]:
    """Every way in which a claim is proved, with what stands behind it."""
    knowledge = answer.knowledge
    for step in answer.proof[claim]:
        rule, because, total = "", "", None
        unless: tuple[Claim, ...] = ()
        at: Location | None = None
        figures: tuple[Figure, ...] = ()
        match step:
            case Derivation():
                rule, because, unless = step.rule, step.because, step.unless
            case Known():
                rule = step.fact
            case Assumed():
                because = step.reason
            case Observed():
                at = step.location
            case Weighed():
                total, figures = step.total, tuple(_figure(term, numbers, knowledge) for term in step.terms)
            case Compared():
                because = f"{step.first_total} against {step.second_total}"
        behind = authority(knowledge, rule)
        premises = tuple(numbers[premise] for premise in premises_of(step))
        yield Proved(
            rule, behind.location, at, because, behind.sources, behind.review, premises, unless, figures, total
        )


def _figure(term: Term, numbers: Mapping[Claim, int], knowledge: Knowledge) -> Figure:
    rule = term.of if term.kind is TermKind.RULE else ""
    return Figure(
        term.kind,
        term.group,
        term.label,
        term.weight,
        term.counted,
        ratio(term.weight),
        ratio(term.counted),
        tuple(numbers[premise] for premise in term.premises),
        measured(rule, knowledge),
    )


def ratio(centibans: int) -> float:
    """The likelihood ratio of a weight, to three digits."""
    return float(f"{10 ** (centibans / 100):.3g}")


def measured(rule: str, knowledge: Knowledge) -> tuple[Measured, ...]:
    """What studies measured of what a rule rests on; none where the knowledge has no figure."""
    return tuple(_measured(row) for row in knowledge.accuracy.values() if rule in row.used_by)


def _measured(row: Accuracy) -> Measured:
    intervals = {
        name.removesuffix(_INTERVAL): (float(pair[0]), float(pair[1]))
        for name, pair in row.figures.items()
        if name.endswith(_INTERVAL) and isinstance(pair, tuple)
    }
    return Measured(
        row.id,
        row.target,
        row.population,
        row.n,
        row.sensitivity,
        row.specificity,
        row.lr_positive,
        row.lr_negative,
        intervals,
        row.sources,
        row.review,
    )
