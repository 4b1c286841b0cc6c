"""Random knowledge bases: the shipped anatomy under small random rules, and cases that these rules can speak of.

Few words, so that rules share leaves, tie, contradict each other, and rest on what was not examined.
"""

from dataclasses import astuple, replace

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
    Modifier,
    Not,
    RedFlag,
    Referral,
    Rule,
    binds_side,
)
from dermarules.vocabulary import (
    FULL_POWER,
    SEVERE_POWER,
    WEAK_POWER,
    Confidence,
    Kind,
    Result,
    Review,
    Side,
    SideTest,
    Strength,
    Urgency,
)
from tests.strategies import LATERAL, MIDLINE, without_contradictions

LOST = frozenset({Result.REDUCED, Result.ABSENT})
NORMAL = frozenset({Result.NORMAL})
PRESENT, ABSENT = frozenset({Result.PRESENT}), frozenset({Result.ABSENT})
SKIN = ("dorsum_foot_central", "lateral_foot_border", "medial_malleolus")
MOVEMENTS = ("ankle_dorsiflexion", "knee_extension")
OPERATORS = ("lt", "le", "eq", "ge", "gt")
DAYS = (6.0, 7.0, 8.0)
TARGETS = ("root L5", "root S1", "nerve common_peroneal", "root any", "nerve any", "localization any", "cauda_equina")

_sided = st.sampled_from(SideTest)
_whole = st.sampled_from([SideTest.ANY])


def _leaves(sides: st.SearchStrategy[SideTest]) -> st.SearchStrategy[Leaf]:
    places = st.lists(st.sampled_from(SKIN), min_size=1, max_size=2, unique=True).map(tuple)
    modalities = st.sampled_from([("pinprick",), ("pinprick", "light_touch", "any")])
    feelings = st.sampled_from([("pain",), ("numbness", "paraesthesia")])
    return st.one_of(
        st.builds(Leaf, st.just(Kind.SENSATION), modalities, st.sampled_from([LOST, NORMAL]), sides, places),
        st.builds(Leaf, st.just(Kind.FEELS), feelings, st.sampled_from([PRESENT, ABSENT]), sides, places),
        st.builds(
            Leaf,
            st.just(Kind.POWER),
            st.sampled_from([MOVEMENTS[:1], MOVEMENTS]),
            st.sampled_from([WEAK_POWER, SEVERE_POWER, FULL_POWER]),
            sides,
        ),
        st.builds(Leaf, st.just(Kind.REFLEX), st.just(("ankle",)), st.sampled_from([LOST, NORMAL]), sides),
        st.builds(
            Leaf,
            st.just(Kind.HISTORY),
            st.sampled_from([("back_pain",), ("calf_tenderness",), ("cancer_history", "back_pain")]),
            st.sampled_from([PRESENT, ABSENT]),
            sides,
        ),
    )


def _compares() -> st.SearchStrategy[Compare]:
    measure = st.sampled_from(["symptom_days", "mrc_worst", "age_years"])
    return st.builds(Compare, measure, st.sampled_from(OPERATORS), st.sampled_from(DAYS), st.sampled_from([None, True]))


@st.composite
def conditions(draw: st.DrawFn, below: list[DerivedFinding], depth: int = 2) -> Condition:
    """A condition over the few words and over derived findings; one that binds no side speaks of any or both."""
    sides = draw(st.sampled_from([_sided, _whole]))
    return draw(_condition(sides, below, depth))


@st.composite
def _condition(
    draw: st.DrawFn, sides: st.SearchStrategy[SideTest], below: list[DerivedFinding], depth: int
) -> Condition:
    kinds = [*["leaf"] * 4, "compare", *(["derived"] * 3 if below else []), *(["part"] * 3 if depth else [])]
    match draw(st.sampled_from(kinds)):
        case "leaf":
            return draw(_leaves(sides))
        case "compare":
            return draw(_compares())
        case "derived":
            used = draw(st.sampled_from(below))
            side = draw(sides) if binds_side(used.when) else SideTest.ANY
            return Derived(used.id, draw(st.booleans()), side)
    inner = _condition(sides, below, depth - 1)
    if draw(st.integers(0, 4)) == 0:
        return Not(draw(inner))
    parts = tuple(draw(st.lists(inner, min_size=1, max_size=3)))
    junction = draw(st.sampled_from([All, Any, Any, AtLeast]))
    return AtLeast(draw(st.integers(1, len(parts))), parts) if junction is AtLeast else junction(parts)


@st.composite
def _derived(draw: st.DrawFn) -> dict[str, DerivedFinding]:
    """Derived findings that rest on each other; the general signs that are weighed are among them."""
    names = draw(st.permutations(astuple(default_knowledge().weights.signs)))
    found: list[DerivedFinding] = []
    for name in names:
        when = draw(conditions(found))
        absent = draw(st.none() | conditions(found))
        # Absence has the sides of presence: an absence that binds a side needs a presence that does.
        if absent is not None and binds_side(absent) and not binds_side(when):
            absent = None
        found.append(
            DerivedFinding(
                id=name,
                title=name,
                when=when,
                because="",
                absent_when=absent,
                sources=(),
                confidence=Confidence.VARIABLE,
                review=Review.DRAFT,
            )
        )
    return {each.id: each for each in found}


@st.composite
def _rule(draw: st.DrawFn, name: str, derived: list[DerivedFinding]) -> Rule:
    targets = st.lists(st.sampled_from(TARGETS), min_size=1, max_size=2, unique=True).map(tuple)
    then = draw(st.builds(Favours, targets, st.sampled_from(Strength), st.booleans(), st.just(())))
    return Rule(
        id=name,
        title=name,
        review=Review.DRAFT,
        confidence=Confidence.VARIABLE,
        when=draw(conditions(derived)),
        then=(then,),
        because="",
        misleads=(),
        sources=(),
    )


@st.composite
def _flag(draw: st.DrawFn, name: str, derived: list[DerivedFinding]) -> RedFlag:
    return RedFlag(
        id=name,
        title=name,
        review=Review.DRAFT,
        confidence=Confidence.VARIABLE,
        when=draw(conditions(derived)),
        then=Referral(draw(st.sampled_from(Urgency)), name, "Refer."),
        because="",
        misleads=(),
        sources=(),
        ask_when=draw(st.none() | conditions(derived, depth=1)),
    )


@st.composite
def _modifier(draw: st.DrawFn, name: str, derived: list[DerivedFinding], rules: tuple[str, ...]) -> Modifier:
    return Modifier(
        id=name,
        title=name,
        when=draw(conditions(derived)),
        factor=draw(st.sampled_from([0.4, 0.5, 1.3])),
        because="",
        reflexes=("ankle",),
        rules=rules,
        sources=(),
        confidence=Confidence.VARIABLE,
        review=Review.DRAFT,
    )


@st.composite
def knowledge_bases(draw: st.DrawFn) -> Knowledge:
    """The shipped anatomy and weights, with random derived findings, rules, red flags, modifiers and entries."""
    base = default_knowledge()
    derived = draw(_derived())
    every = list(derived.values())
    rules = {name: draw(_rule(name, every)) for name in ("one", "two", "three")}
    flags = {name: draw(_flag(name, every)) for name in ("first", "second", "third")}
    modifiers = {name: draw(_modifier(name, every, tuple(rules)[:1])) for name in ("old",)}
    entries = [draw(conditions(every)) for _ in range(2)]
    wide = {
        site.id: replace(site, requires=entries[number % len(entries)])
        for number, site in enumerate(base.wide_sites.values())
    }
    return replace(base, derived=derived, rules=rules, red_flags=flags, modifiers=modifiers, wide_sites=wide)


def _findings() -> st.SearchStrategy[Finding]:
    sides = st.sampled_from(LATERAL)
    told = st.sampled_from([*LATERAL, *MIDLINE])
    skin = st.lists(st.sampled_from(SKIN), min_size=1, max_size=3, unique=True).map(tuple)
    sensation = st.sampled_from([Result.NORMAL, Result.NORMAL, Result.REDUCED, Result.INCREASED])
    yes_no = st.sampled_from([Result.PRESENT, Result.ABSENT])
    power = st.sampled_from([Result.MRC_5, Result.NORMAL, Result.WEAK, Result.MRC_1, Result.MRC_4])
    modality, feeling = st.sampled_from(["pinprick", "light_touch"]), st.sampled_from(["pain", "numbness"])
    return st.one_of(
        st.builds(Finding, st.just(Kind.SENSATION), modality, sides, sensation, skin),
        st.builds(Finding, st.just(Kind.FEELS), feeling, sides, yes_no, skin),
        st.builds(Finding, st.just(Kind.POWER), st.sampled_from(MOVEMENTS), sides, power),
        st.builds(
            Finding, st.just(Kind.REFLEX), st.just("ankle"), sides, st.sampled_from([Result.NORMAL, Result.ABSENT])
        ),
        st.builds(Finding, st.just(Kind.HISTORY), st.just("calf_tenderness"), told, yes_no),
        st.builds(
            Finding,
            st.just(Kind.HISTORY),
            st.sampled_from(["back_pain", "cancer_history"]),
            st.just((Side.NONE,)),
            yes_no,
        ),
        st.builds(
            Finding,
            st.just(Kind.MEASURE),
            st.just("symptom_days"),
            st.just((Side.NONE,)),
            st.just(Result.MEASURED),
            number=st.sampled_from(DAYS),
        ),
    )


@st.composite
def cases_of_few_words(draw: st.DrawFn) -> Case:
    """A case in the words that random knowledge bases use; much of it normal or denied, and some never asked."""
    drawn = draw(st.lists(_findings(), min_size=4, max_size=12))
    return Case("few", without_contradictions(drawn), age=draw(st.none() | st.sampled_from(DAYS)))
