"""What was examined and asked. A sign that is not listed was not examined; it is never normal."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from dermarules.provenance import NOWHERE, Location
from dermarules.vocabulary import Kind, Result, Side, Urgency


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of a case: one kind of finding, at some places and sides, with one result.

    `name` is the modality, the quality felt, or the id of the movement, muscle, reflex, sign, history item or measure;
    `places` are skin regions (sensation and feels only); `number` is the value of a measure, in the unit of its name.
    """

    kind: Kind
    name: str
    sides: tuple[Side, ...]
    result: Result
    places: tuple[str, ...] = ()
    number: float | None = None
    level: str = ""
    said: str = ""
    location: Location = field(default=NOWHERE, compare=False)

    @property
    def key(self) -> tuple[str, str, tuple[str, ...], tuple[str, ...], str, float, str]:
        """An order for findings that depends on what was found and not on where it is written."""
        sides = tuple(side.value for side in self.sides)
        return (self.kind.value, self.name, self.places, sides, self.result.value, self.number or 0.0, self.level)

    def mirrored(self) -> "Finding":
        """The same finding on the other side."""
        order = list(Side)
        sides = tuple(sorted((side.other for side in self.sides), key=order.index))
        return Finding(
            self.kind, self.name, sides, self.result, self.places, self.number, self.level, self.said, self.location
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a case comes from: constructed for teaching and testing, or published."""

    kind: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case should lead to; a part that is None is not checked."""

    localization: tuple[str, ...] = ()
    also_accept: tuple[str, ...] = ()
    side: str | None = None
    site: str | None = None
    urgency: Urgency | None = None
    red_flags: tuple[str, ...] | None = None
    below: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    key_strength: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one patient: findings, age in years and sex where stated."""

    id: str
    findings: tuple[Finding, ...]
    title: str = ""
    text: str = ""
    age: float | None = None
    sex: str = ""
    origin: Origin | None = None
    expect: Expectation | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    location: Location = field(default=NOWHERE, compare=False)

    def mirrored(self) -> "Case":
        """The same patient with left and right exchanged."""
        return self.with_findings(finding.mirrored() for finding in self.findings)

    def with_findings(self, findings: Iterable[Finding]) -> "Case":
        """The same patient with other findings."""
        return Case(
            self.id,
            tuple(findings),
            self.title,
            self.text,
            self.age,
            self.sex,
            self.origin,
            self.expect,
            self.tags,
            self.note,
            self.location,
        )
