"""A report as it was written: its JSON read back into what is told, claims and steps, strictly."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from dermarules.knowledgebase.located import is_mapping
from dermarules.knowledgebase.misfits import Misfit, MisfitError, each, inside, one_of, wanted
from dermarules.knowledgebase.structure import reader
from dermarules.proof import Assumed, Claim, Compared, Derivation, Known, Observed, Proof, Step, Weighed
from dermarules.replay.told import Told
from dermarules.vocabulary import Side

SCHEMA = "dermarules.report/1"
_STEPS: Mapping[str, type[Step]] = {
    "observed": Observed,
    "known": Known,
    "assumed": Assumed,
    "derived": Derivation,
    "weighed": Weighed,
    "compared": Compared,
}


@dataclass(frozen=True, slots=True)
class Basis:
    """The knowledge base that a report was made with: its version, and the digest of all its files."""

    version: str
    hash: str


@dataclass(frozen=True, slots=True)
class Written:
    """A report read from its JSON: of which case, by which map and knowledge, what it tells, and its proof."""

    case: str
    map: str
    knowledge: Basis
    told: Told
    proof: Proof


@dataclass(frozen=True, slots=True)
class _Entry:
    claim: str
    predicate: str
    subject: str
    side: str
    steps: tuple[object, ...]

    @property
    def stated(self) -> Claim:
        return Claim(self.predicate, self.subject, self.side)


@dataclass(frozen=True, slots=True)
class _Proof:
    claims: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class _Report(Told):
    """The whole of the JSON; what may be any object is not derived a second time, and no proof rests on it."""

    schema: str
    case: str
    map: str
    knowledge: Basis
    proof: _Proof
    limits: object = None
    suspects: object = None
    discs: object = None
    isncsci: object = None
    questions: object = None
    deciding: object = None
    elsewhere_along: object = None
    robustness: object = None


UNCHECKED = tuple(field.name for field in fields(_Report) if field.type is object)


def written(values: object) -> Written:
    """The report that a JSON value states; MisfitError with everything that is wrong with it."""
    if not is_mapping(values):
        raise MisfitError(wanted("a report", values))
    if values.get("schema") != SCHEMA:
        raise MisfitError(Misfit(one_of("schema", values.get("schema"), [SCHEMA]), ("schema",)))
    report: _Report = reader({})(values, _Report)
    told = Told(*(getattr(report, field.name) for field in fields(Told)))
    proof = inside(lambda: _proof(report.proof.claims), "proof", "claims")
    return Written(report.case, report.map, report.knowledge, told, proof)


def _proof(entries: tuple[_Entry, ...]) -> Proof:
    claims = {str(entry.stated): entry.stated for entry in entries}
    misfits = [
        Misfit(f"it is spelled '{entry.stated}'", (number, "claim"))
        for number, entry in enumerate(entries)
        if str(entry.stated) != entry.claim
    ]
    times = Counter(str(entry.stated) for entry in entries)
    misfits += [Misfit(f"'{text}' stands there {number} times") for text, number in times.items() if number > 1]
    if misfits:
        raise MisfitError(*misfits)
    read = reader({Claim: lambda text: _claim(text, claims)})
    steps = each(entries, lambda entry: _steps(entry, read))
    return Proof({entry.stated: of for entry, of in zip(entries, steps, strict=True)})


def _steps(entry: _Entry, read: Callable[[Any, Any], Any]) -> tuple[Step, ...]:
    return inside(lambda: each(entry.steps, lambda step: _step(step, read)), "steps")


def _step(value: object, read: Callable[[Any, Any], Any]) -> Step:
    if not is_mapping(value):
        raise MisfitError(wanted("a step", value))
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in _STEPS:
        raise MisfitError(Misfit(one_of("kind of step", kind, list(_STEPS)), ("kind",)))
    step: Step = read({key: part for key, part in value.items() if key != "kind"}, _STEPS[kind])
    return step


def _claim(text: object, claims: Mapping[str, Claim]) -> Claim:
    """The claim that a text names: one of the proof, or else what the text says by itself."""
    if not isinstance(text, str):
        raise MisfitError(wanted("a claim", text))
    if text in claims:
        return claims[text]
    predicate, _, rest = text.partition(": ")
    subject, _, side = rest.rpartition(", ")
    return Claim(predicate, subject, side) if side in _SIDES else Claim(predicate, rest)


_SIDES = frozenset(side.value for side in Side)
