"""The rule language: conditions over findings with three truth values, and what a rule concludes.

One grammar serves clinical rules, red flags, derived findings and entry conditions. A condition is true, false or
unknown: what was not examined makes nothing true and nothing false.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dermarules.provenance import NOWHERE, Citation, Fact, Location
from dermarules.vocabulary import Confidence, Kind, Modality, Result, Review, SideTest, Strength, Urgency


@dataclass(frozen=True, slots=True)
class All:
    """True if every part is true, false if one is false."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True if one part is true, false if every part is false."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True if the part is false, false if it is true, else unknown."""

    of: "Condition"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """True if `n` parts are true, false if too many are false for that."""

    n: int
    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A test of findings: true if a finding of one of `names` (at one of `places`) has one of `results`.

    False if every place and name that could make it true was examined with another result.
    """

    kind: Kind
    names: tuple[str, ...]
    results: frozenset[Result]
    side: SideTest = SideTest.ANY
    places: tuple[str, ...] = ()
    wording: str = ""
    location: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Derived:
    """A test of a derived finding: present, or (`present` false) absent."""

    finding: str
    present: bool
    side: SideTest = SideTest.ANY
    location: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """A test of a measure against a number; `if_unknown` is what holds, as a stated assumption, if nobody measured."""

    measure: str
    operator: str
    number: float
    if_unknown: bool | None = None
    location: Location = field(default=NOWHERE, compare=False)


Condition = All | Any | Not | AtLeast | Leaf | Derived | Compare


def parts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside a condition."""
    if isinstance(condition, All | Any | AtLeast):
        return condition.of
    return (condition.of,) if isinstance(condition, Not) else ()


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything inside it, outermost first."""
    yield condition
    for part in parts(condition):
        yield from walk(part)


def binds_side(condition: Condition) -> bool:
    """True if the condition speaks of one side throughout (`same` or `other`)."""
    return any(
        isinstance(part, Leaf | Derived) and part.side in (SideTest.SAME, SideTest.OTHER) for part in walk(condition)
    )


@dataclass(frozen=True, slots=True)
class Favours:
    """The rule speaks for some targets, or (`against`) against them; `over` limits it to rivals in a contrast."""

    targets: tuple[str, ...]
    strength: Strength
    against: bool = False
    over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspects:
    """The rule brings a condition to mind; this weighs nothing."""

    condition: str


Conclusion = Favours | Suspects


@dataclass(frozen=True, slots=True)
class Rule:
    """A clinical rule: what it needs, what it concludes, why, when it misleads, and who says so."""

    id: str
    title: str
    review: Review
    confidence: Confidence
    when: Condition
    then: tuple[Conclusion, ...]
    because: str
    misleads: tuple[str, ...]
    sources: tuple[Citation, ...]
    note: str = ""
    location: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Referral:
    """What a red flag asks for: how soon, what is suspected, what to do."""

    urgency: Urgency
    suspects: str
    do: str


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A referral rule. It is open, if neither true nor false, only where `ask_when` is true or part of it is."""

    id: str
    title: str
    review: Review
    confidence: Confidence
    when: Condition
    then: Referral
    because: str
    misleads: tuple[str, ...]
    sources: tuple[Citation, ...]
    ask_when: Condition | None = None
    figures: dict[str, object] = field(default_factory=dict)
    note: str = ""
    location: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class DerivedFinding(Fact):
    """A name for a condition over findings; absent if `absent_when` holds (by default: if `when` is false)."""

    id: str
    title: str
    when: Condition
    because: str
    absent_when: Condition | None = None
    location: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Modifier(Fact):
    """What is worth less where its condition holds: a loss that is alike on both sides, or what a rule concludes.

    `reflexes` are lost reflexes; `modalities` and `over` are a loss of these modalities there and of no other. What
    they weigh counts `factor`.
    """

    id: str
    title: str
    when: Condition
    factor: float
    because: str
    misleads: tuple[str, ...] = ()
    reflexes: tuple[str, ...] = ()
    modalities: tuple[Modality, ...] = ()
    over: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    location: Location = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Accuracy(Fact):
    """What a study measured of a finding for a target, the rules that rest on it, or why none does."""

    id: str
    finding: str
    target: str
    population: str
    reference_standard: str = ""
    n: int | None = None
    sensitivity: float | None = None
    specificity: float | None = None
    lr_positive: float | None = None
    lr_negative: float | None = None
    figures: Mapping[str, object] = field(default_factory=dict)
    used_by: tuple[str, ...] = ()
    unused_because: str = ""


@dataclass(frozen=True, slots=True)
class Unused:
    """A sign, history item or measure that no rule uses, on purpose."""

    kind: Kind
    id: str
    because: str
