"""Random rules over a few findings, in place of those of the shipped knowledge, and cases that touch them."""

from dataclasses import replace

from hypothesis import strategies as st

from dermarules.findings import Case, Finding
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.rules import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    Derived,
    DerivedFinding,
    Favours,
    Leaf,
    Not,
    RedFlag,
    Referral,
    Rule,
)
from dermarules.vocabulary import RESULTS, Confidence, Kind, Result, Review, Side, SideTest, Strength, Urgency
from tests.strategies import LATERAL, MIDLINE

REGIONS = ("heel", "groin_crease_medial")
# What the rules ask about: few things, so that cases touch them.
NAMES = {
    Kind.SENSATION: ("pinprick", "vibration"),
    Kind.FEELS: ("pain", "numbness"),
    Kind.POWER: ("ankle_dorsiflexion", "hip_flexion"),
    Kind.MUSCLE: ("tibialis_anterior",),
    Kind.REFLEX: ("ankle",),
    Kind.SIGN: ("slr",),
    Kind.HISTORY: ("fever", "foot_drop"),
}
SKIN = (Kind.SENSATION, Kind.FEELS)
MEASURES = ("symptom_days", "pvr_ml", "age_years", "mrc_worst", "mrc_ankle_dorsiflexion")
LIMITS = (0.0, 1.0, 3.75, 5.0, 40.0)
DERIVED = ("probe_first", "probe_second")
OPERATORS = ("lt", "le", "eq", "ge", "gt")


def _some_of(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), min_size=1, unique=True).map(tuple)


def _results(kind: Kind) -> st.SearchStrategy[Result]:
    return st.sampled_from(sorted(RESULTS[kind], key=lambda result: result.value))


@st.composite
def leaves(draw: st.DrawFn) -> Leaf:
    kind = draw(st.sampled_from(list(NAMES)))
    results = frozenset(draw(st.lists(_results(kind), min_size=1, max_size=3)))
    places = draw(_some_of(REGIONS)) if kind in SKIN else ()
    return Leaf(kind, draw(_some_of(NAMES[kind])), results, draw(st.sampled_from(SideTest)), places)


def compares() -> st.SearchStrategy[Compare]:
    assumed = st.sampled_from([None, None, True, True, False])
    return st.builds(Compare, st.sampled_from(MEASURES), st.sampled_from(OPERATORS), st.sampled_from(LIMITS), assumed)


def conditions(*derived: str) -> st.SearchStrategy[Condition]:
    """A condition over the findings, and over derived ones."""
    tests: st.SearchStrategy[Condition] = leaves() | leaves() | compares()
    if derived:
        tests |= st.builds(Derived, st.sampled_from(derived), st.booleans(), st.sampled_from(SideTest))

    def groups(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(part, min_size=1, max_size=3).map(tuple)
        counted = several.flatmap(lambda of: st.integers(1, len(of)).map(lambda n: AtLeast(n, of)))
        return several.map(All) | several.map(Any) | counted | part.map(Not)

    return st.recursive(tests, groups, max_leaves=6)


@st.composite
def knowledge_bases(draw: st.DrawFn) -> Knowledge:
    """The shipped knowledge with random rules, red flags and derived findings alone."""
    base = default_knowledge()
    first, second = DERIVED
    derived = {first: draw(_derived(first)), second: draw(_derived(second, first))}
    rules = {name: _rule(name, draw(conditions(*DERIVED))) for name in ("probe_one", "probe_two")}
    flags = {name: draw(_flags(name)) for name in ("probe_soon", "probe_late", "probe_care")}
    return replace(base, derived={**base.derived, **derived}, rules=rules, red_flags=flags, wide_sites={}, modifiers={})


@st.composite
def _derived(draw: st.DrawFn, name: str, *below: str) -> DerivedFinding:
    absent = draw(st.none() | conditions(*below))
    return DerivedFinding(
        id=name,
        title="",
        when=draw(conditions(*below)),
        because="",
        absent_when=absent,
        sources=(),
        confidence=Confidence.VARIABLE,
        review=Review.DRAFT,
    )


def _rule(name: str, when: Condition) -> Rule:
    then = (Favours(("nerve any",), Strength.WEAK),)
    return Rule(name, "", Review.DRAFT, Confidence.VARIABLE, when, then, "", (), ())


@st.composite
def _flags(draw: st.DrawFn, name: str) -> RedFlag:
    urgency = Urgency.SELF_CARE_MONITOR if name == "probe_care" else draw(st.sampled_from(Urgency))
    return RedFlag(
        id=name,
        title="",
        review=Review.DRAFT,
        confidence=Confidence.VARIABLE,
        when=draw(conditions(*DERIVED)),
        then=Referral(urgency, "nothing", ""),
        because="",
        misleads=(),
        sources=(),
        ask_when=draw(st.none() | conditions(*DERIVED)),
    )


@st.composite
def bare_findings(draw: st.DrawFn) -> Finding:
    """A finding of what the rules ask about, on any side or none."""
    kind = draw(st.sampled_from([*NAMES, Kind.MEASURE]))
    if kind is Kind.MEASURE:
        number = draw(st.sampled_from((*LIMITS, 2.0)))
        name = draw(st.sampled_from(MEASURES))
        return Finding(kind, name, (Side.NONE,), Result.MEASURED, number=number)
    places = draw(_some_of(REGIONS)) if kind in SKIN else ()
    sides = draw(st.sampled_from((*LATERAL, *MIDLINE)))
    return Finding(kind, draw(st.sampled_from(NAMES[kind])), sides, draw(_results(kind)), places)


@st.composite
def bare_cases(draw: st.DrawFn) -> Case:
    """A case of such findings; they may contradict each other."""
    found = draw(st.lists(bare_findings(), max_size=10))
    return Case("random", tuple(found), age=draw(st.none() | st.sampled_from(LIMITS)))
