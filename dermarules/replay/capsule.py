"""An audit capsule, read back: a report with the case that it is of, and the knowledge if that was put in."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from dermarules.errors import KnowledgeError
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge, default_knowledge, knowledge_in
from dermarules.knowledgebase.case_values import numbered
from dermarules.knowledgebase.cases import case_of, stated
from dermarules.knowledgebase.located import Document, is_mapping
from dermarules.knowledgebase.misfits import Misfit, MisfitError, inside, one_of, wanted
from dermarules.knowledgebase.structure import reader
from dermarules.notation import row_claim
from dermarules.proof import Claim, Observed
from dermarules.replay.compare import Flaw, Wrong
from dermarules.replay.verdict import Verdict, replay
from dermarules.replay.written import Basis, Written, written

SCHEMA = "dermarules.capsule/1"
# What the knowledge in a capsule is called where a fault in it is told.
_INSIDE = "knowledge"


@dataclass(frozen=True, slots=True)
class Versions:
    """What a capsule was made with."""

    dermarules: str


@dataclass(frozen=True, slots=True)
class Capsule:
    """A capsule that was opened. `knowledge` is what it is checked with: the one inside if it `has_knowledge`."""

    versions: Versions
    map: str
    basis: Basis
    case: Case
    report: Written
    knowledge: Knowledge
    has_knowledge: bool


@dataclass(frozen=True, slots=True)
class _Basis:
    version: str
    hash: str
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Capsule:
    schema: str
    versions: Versions
    map: str
    knowledge: _Basis
    case: object
    report: object


def is_capsule(values: object) -> bool:
    """True if a JSON value says that it is a capsule, of whatever version."""
    return is_mapping(values) and str(values.get("schema")).startswith(SCHEMA.partition("/")[0] + "/")


def opened(values: object, knowledge: Knowledge | None) -> Capsule:
    """The capsule that a JSON value states; MisfitError with everything that is wrong with it.

    It is read with the knowledge given, else with that inside, else with that of this installation; whichever it is
    must have the hash that the capsule names.
    """
    if not is_mapping(values):
        raise MisfitError(wanted("a capsule", values))
    if values.get("schema") != SCHEMA:
        raise MisfitError(Misfit(one_of("schema", values.get("schema"), [SCHEMA]), ("schema",)))
    form: _Capsule = reader({})(values, _Capsule)
    basis = Basis(form.knowledge.version, form.knowledge.hash)
    used = _checked(_knowledge(form.knowledge, knowledge), form.knowledge, is_given=knowledge is not None)
    if form.map not in used.maps:
        raise MisfitError(Misfit(one_of("map", form.map, list(used.maps)), ("map",)))
    case = inside(lambda: case_of(form.case, Document("", None), used), "case")
    report = inside(lambda: written(values["report"]), "report")
    return Capsule(form.versions, form.map, basis, numbered(case), report, used, bool(form.knowledge.files))


def _knowledge(basis: _Basis, given: Knowledge | None) -> Knowledge:
    if given is not None:
        return given
    if not basis.files:
        return default_knowledge()
    try:
        return knowledge_in(basis.files, _INSIDE)
    except KnowledgeError as error:
        raise MisfitError(*(Misfit(str(fault), ("knowledge", "files")) for fault in error.faults)) from None


def _checked(used: Knowledge, basis: _Basis, *, is_given: bool) -> Knowledge:
    """The knowledge, if it is that of the capsule."""
    if used.digest == basis.hash:
        return used
    if basis.files and not is_given:
        found = f"the capsule names the knowledge {basis.hash}, but the files in it are {used.digest}"
        raise MisfitError(Misfit(found, ("knowledge", "hash")))
    found = f"the capsule was made with the knowledge {basis.hash}; that at hand is {used.digest}"
    way_out = "give the folder that it was made with, or have it made again with its knowledge inside"
    raise MisfitError(Misfit(f"{found}: {way_out}", ("knowledge", "hash")))


def replay_capsule(capsule: Capsule) -> Verdict:
    """Derive the report in a capsule a second time, and hold it against the case and the knowledge beside it."""
    verdict = replay(capsule.report, capsule.knowledge)
    flaws = (*_flaws(capsule), *verdict.flaws)
    return replace(verdict, is_sound=not flaws, flaws=flaws)


def _flaws(capsule: Capsule) -> Iterator[Flaw]:
    """Where the report in a capsule is not of the case, the map and the knowledge beside it."""
    report = capsule.report
    for where, said, beside in (
        ("map", report.map, capsule.map),
        ("knowledge.hash", report.knowledge.hash, capsule.basis.hash),
        ("knowledge.version", report.knowledge.version, capsule.basis.version),
        ("case.id", report.case, capsule.case.id),
    ):
        if said != beside:
            yield Flaw(Wrong.CAPSULE, where, "", said, beside)
    found, beside_it = _found(report), _rows(capsule)
    yield from (Flaw(Wrong.CAPSULE, "case.findings", said=str(claim)) for claim in (found - beside_it).elements())
    yield from (Flaw(Wrong.CAPSULE, "case.findings", follows=str(claim)) for claim in (beside_it - found).elements())


def _found(report: Written) -> Counter[Claim]:
    """How often the report says that each row was found."""
    proof = report.proof
    return Counter(claim for claim in proof for step in proof[claim] if isinstance(step, Observed))


def _rows(capsule: Capsule) -> Counter[Claim]:
    """How often the case holds each row."""
    return Counter(row_claim(finding) for finding in stated(capsule.case, capsule.knowledge))
