"""Random cases from the shipped knowledge: plausible enough to fire rules, and free of contradictions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from hypothesis import assume
from hypothesis import strategies as st

from dermarules.findings import Case, Finding
from dermarules.inference.candidates import Candidate, candidates
from dermarules.inference.clauses import Clause
from dermarules.inference.evidence import are_nested
from dermarules.knowledgebase.base import default_knowledge
from dermarules.knowledgebase.cases import read_case
from dermarules.notation import Place
from dermarules.proof import Claim
from dermarules.provenance import NOWHERE
from dermarules.vocabulary import BOTH_SIDES, RESULTS, Feeling, Kind, Modality, Result, Side

EXAMPLES = Path(__file__).parents[1] / "examples" / "cases"

T = TypeVar("T")
# What one finding speaks of: a kind of thing, its name, and a side.
Cell = tuple[str, str, Side]


class Pick(Protocol):
    """Takes one of several options: whoever searches for a counterexample, or chance."""

    def __call__(self, options: Sequence[T], /) -> T: ...


ONE_SIDE = ((Side.LEFT,), (Side.RIGHT,))
LATERAL = (*ONE_SIDE, BOTH_SIDES, (Side.UNKNOWN,))
MIDLINE = ((Side.NONE,),)
MRC_NUMBERS = (Result.MRC_0, Result.MRC_2, Result.MRC_3, Result.MRC_4, Result.MRC_5, Result.WEAK, Result.NORMAL)
YES_NO = (Result.PRESENT, Result.PRESENT, Result.ABSENT)
TENDON = (Result.ABSENT, Result.REDUCED, Result.NORMAL, Result.BRISK)
NO_FINDING = {Result.NORMAL, Result.NEGATIVE, Result.FLEXOR, Result.MRC_5, Result.MEASURED}


def _ordered(results: Iterable[Result]) -> list[Result]:
    return sorted(results, key=lambda result: result.value)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """A finding of any kind: mostly of skin, power and history, as in real cases."""
    return random_finding(lambda options: draw(st.sampled_from(options)))


def random_finding(pick: Pick) -> Finding:
    """A finding of any kind, as `findings` draws it: `pick` takes one of several options."""
    weighted = [Kind.SENSATION, Kind.FEELS, Kind.POWER, Kind.HISTORY] * 3 + [Kind.REFLEX, Kind.SIGN, Kind.MEASURE] * 2
    kind = pick([*weighted, Kind.MUSCLE, Kind.WASTING, Kind.FASCICULATION, Kind.LEVEL])
    knowledge = default_knowledge()
    match kind:
        case Kind.SENSATION | Kind.FEELS:
            qualities = Modality if kind is Kind.SENSATION else Feeling
            name = pick([quality.value for quality in qualities])
            places = dict.fromkeys(pick(sorted(knowledge.regions)) for _ in range(pick([1, 2, 3, 4])))
            return Finding(kind, name, pick(LATERAL), pick(_ordered(RESULTS[kind])), tuple(places))
        case Kind.POWER | Kind.MUSCLE:
            things = knowledge.movements if kind is Kind.POWER else knowledge.muscles
            name = pick(sorted(things))
            midline = kind is Kind.POWER and not knowledge.movements[name].lateral
            return Finding(kind, name, pick(_sides(not midline)), pick(MRC_NUMBERS))
        case Kind.WASTING | Kind.FASCICULATION:
            return Finding(kind, pick(sorted(knowledge.muscles)), pick(LATERAL), pick(YES_NO))
        case Kind.REFLEX:
            reflex = knowledge.reflexes[pick(sorted(knowledge.reflexes))]
            return Finding(kind, reflex.id, pick(_sides(reflex.lateral)), pick(reflex.results or TENDON))
        case Kind.SIGN:
            sign = knowledge.signs[pick(sorted(knowledge.signs))]
            return Finding(kind, sign.id, pick(_sides(sign.lateral)), pick([Result.POSITIVE, Result.NEGATIVE]))
        case Kind.HISTORY:
            item = knowledge.history[pick(sorted(knowledge.history))]
            return Finding(kind, item.id, pick((*LATERAL, *MIDLINE) if item.lateral else MIDLINE), pick(YES_NO))
        case Kind.MEASURE:
            given_by_cases = sorted(name for name, measure in knowledge.measures.items() if not measure.derived)
            measure = knowledge.measures[pick(given_by_cases)]
            number = float(pick(range(int(measure.minimum), int(measure.maximum) + 1)))
            return Finding(kind, measure.id, pick(_sides(measure.lateral)), Result.MEASURED, number=number)
        case Kind.LEVEL:
            level = pick(["", "T4", "T10", "L1"])
            return Finding(kind, "sensory", (Side.NONE,), Result.PRESENT if level else Result.ABSENT, level=level)


def _sides(lateral: bool) -> tuple[tuple[Side, ...], ...]:
    return LATERAL if lateral else MIDLINE


def abnormal_findings() -> st.SearchStrategy[Finding]:
    """A finding that something is wrong."""
    return findings().filter(is_abnormal)


def is_abnormal(finding: Finding) -> bool:
    if finding.kind in (Kind.SENSATION, Kind.REFLEX) and finding.result is Result.ABSENT:
        return True
    return finding.result not in NO_FINDING | {Result.ABSENT}


def cells(finding: Finding) -> list[Cell]:
    """What a finding speaks of; qualities of sensation share a cell, for the strongest counts."""
    name = "" if finding.kind is Kind.SENSATION else finding.name
    names = [f"{name} {place}" for place in finding.places] or [name]
    return [(finding.kind.value, each, side) for each in names for side in finding.sides]


def speaks_anew(finding: Finding, said: Iterable[Finding]) -> bool:
    """True if nothing was said yet of what the finding speaks of.

    No side means every side, and an unnamed side may be any: what is said with and without a side never meets.
    """
    taken = {cell for other in said for cell in cells(other)}
    named = {(kind, name) for kind, name, side in taken if side in BOTH_SIDES}
    vague = {(kind, name) for kind, name, side in taken if side not in BOTH_SIDES}
    return not any(
        cell in taken or cell[:2] in (vague if cell[2] in BOTH_SIDES else named | vague) for cell in cells(finding)
    )


def without_contradictions(drawn: Sequence[Finding], said: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """The findings in order, less those that speak of what an earlier one said."""
    kept = list(said)
    for finding in drawn:
        if speaks_anew(finding, kept):
            kept.append(finding)
    return tuple(kept[len(said) :])


@cache
def shipped_cases() -> tuple[Case, ...]:
    """The cases in examples/, which hold together as real ones do."""
    paths = sorted(EXAMPLES.glob("*.yaml"))
    return tuple(read_case(path, default_knowledge()) for path in paths)


@st.composite
def cases(draw: st.DrawFn, min_size: int = 1, max_size: int = 10) -> Case:
    """A case with findings of any kind on any side: at random, or what is left of a shipped case and a little more."""
    age = draw(st.none() | st.integers(18, 95).map(float))
    if draw(st.integers(0, 2)) == 0:
        drawn = draw(st.lists(findings(), min_size=min_size, max_size=max_size))
        return Case("random", without_contradictions(drawn), age=age)
    shipped = draw(st.sampled_from(shipped_cases()))
    kept = draw(st.lists(st.sampled_from(shipped.findings), min_size=min_size, unique=True))
    added = draw(st.lists(findings(), max_size=3))
    return Case(shipped.id, (*map(nowhere, kept), *without_contradictions(added, kept)), age=age)


def nowhere(finding: Finding) -> Finding:
    """The finding without the line that it stands in."""
    return replace(finding, location=NOWHERE)


def further_findings(
    case: Case, kind: st.SearchStrategy[Finding], max_size: int
) -> st.SearchStrategy[tuple[Finding, ...]]:
    """Findings that a case may get next: of things of which it says nothing yet."""
    return st.lists(kind, min_size=1, max_size=max_size).map(lambda drawn: without_contradictions(drawn, case.findings))


@st.composite
def unrelated_pairs(draw: st.DrawFn) -> tuple[Candidate, Candidate]:
    """Two structures of one leg, neither of which contains the other."""
    structures = [c for c in candidates(default_knowledge(), "consensus") if c.klass in ("root", "nerve", "plexus")]
    first, second = draw(st.sampled_from(structures)), draw(st.sampled_from(structures))
    assume(not are_nested(first, second))
    return first, second


def examined(place: Place, is_lost: bool) -> Finding:
    """That a place was examined on the left, and was lost or normal."""
    kind, name = place
    left = (Side.LEFT,)
    match kind:
        case "skin":
            result = Result.REDUCED if is_lost else Result.NORMAL
            return Finding(Kind.SENSATION, Modality.PINPRICK.value, left, result, (name,))
        case "reflex":
            return Finding(Kind.REFLEX, name, left, Result.REDUCED if is_lost else Result.NORMAL)
        case _:
            power = Result.MRC_4 if is_lost else Result.MRC_5
            return Finding(Kind.POWER if kind == "movement" else Kind.MUSCLE, name, left, power)


def examinations(places: Sequence[Place]) -> st.SearchStrategy[tuple[Finding, ...]]:
    """Some of the places, each examined once."""
    one = st.tuples(st.sampled_from(places), st.booleans())
    drawn = st.lists(one, min_size=1, max_size=8, unique_by=lambda each: each[0])
    return drawn.map(lambda found: tuple(examined(place, is_lost) for place, is_lost in found))


@st.composite
def clause_programs(draw: st.DrawFn) -> tuple[list[Claim], list[Clause]]:
    """A few base claims and small clauses in strata; `unless` asks only for claims of lower strata."""
    heights = draw(st.lists(st.integers(0, 3), min_size=4, max_size=9))
    claims = [Claim("true", f"c{number}") for number in range(len(heights))]

    def up_to(height: int) -> list[Claim]:
        return [claim for claim, own in zip(claims, heights, strict=True) if own <= height]

    clauses = []
    for number in range(draw(st.integers(1, 16))):
        head = draw(st.sampled_from(claims))
        height = heights[claims.index(head)]
        body = draw(st.lists(st.sampled_from(up_to(height)), min_size=1, max_size=3, unique=True))
        below = up_to(height - 1)
        unless = draw(st.lists(st.sampled_from(below), max_size=2, unique=True)) if below else []
        clauses.append(Clause(head, tuple(body), f"rule {number}", "", height, tuple(unless)))
    base = draw(st.lists(st.sampled_from(claims), max_size=4, unique=True))
    return base, clauses
