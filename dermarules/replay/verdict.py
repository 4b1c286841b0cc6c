"""The verdict on a report: whether every step of it follows a second time, without an engine and without a graph."""

from collections.abc import Iterator
from dataclasses import dataclass

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.misfits import MisfitError
from dermarules.notation import FALSE, TRUE
from dermarules.proof import Claim, Observed, Proof
from dermarules.replay.alone import condition_flaws, sum_flaws_alone
from dermarules.replay.compare import Flaw, Wrong, step_flaws, sum_flaws, told_flaws
from dermarules.replay.derive import Derived, derived
from dermarules.replay.rows import finding_of, in_order
from dermarules.replay.told import LISTED, told
from dermarules.replay.weighing import Weighed
from dermarules.replay.written import UNCHECKED, Written


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was checked: the rows, the claims and steps of the proof, and what was put to its own leaves alone."""

    rows: int
    claims: int
    steps: int
    conditions_alone: int
    totals_alone: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a report holds: it is sound if there is no flaw. `unchecked` are the parts that no flaw can be found in.

    Source: every step is derived again from the rows of the report and the facts of the knowledge base.
    """

    is_sound: bool
    flaws: tuple[Flaw, ...]
    checked: Checked
    unchecked: tuple[str, ...] = UNCHECKED


def replay(report: Written, knowledge: Knowledge) -> Verdict:
    """Derive a report a second time from its own rows, and hold each step and all that it tells against that."""
    flaws = [*_basis_flaws(report, knowledge)]
    if report.map not in knowledge.maps:
        return Verdict(False, tuple(flaws), Checked(0, 0, 0, 0, 0))
    proof = report.proof
    findings, unread = observed(proof, knowledge)
    rows = in_order(findings)
    whole = derived(findings, knowledge, report.map)
    conditions, sums = _conditions(whole, proof), _sums(whole, proof)
    flaws += [
        *unread,
        *sum_flaws(proof),
        *step_flaws(proof, {**whole.holds, **whole.totals}),
        *told_flaws(report.told, told(whole)),
        *(flaw for claim in conditions for flaw in condition_flaws(claim, proof, rows, whole)),
        *(flaw for weighed in sums for flaw in sum_flaws_alone(weighed, proof, rows, whole)),
    ]
    steps = sum(len(proof[claim]) for claim in proof)
    return Verdict(not flaws, tuple(flaws), Checked(len(rows), len(proof), steps, len(conditions), len(sums)))


def _basis_flaws(report: Written, knowledge: Knowledge) -> Iterator[Flaw]:
    """Whether the report was made with this knowledge, and by one of its maps."""
    for part, said, here in (
        ("hash", report.knowledge.hash, knowledge.digest),
        ("version", report.knowledge.version, knowledge.version),
    ):
        if said != here:
            yield Flaw(Wrong.KNOWLEDGE, "knowledge", part, said, here)
    if report.map not in knowledge.maps:
        yield Flaw(Wrong.MAP, "map", "", report.map, ", ".join(knowledge.maps))


def observed(proof: Proof, knowledge: Knowledge) -> tuple[list[Finding], list[Flaw]]:
    """The rows that a proof observed, and those that state no finding of this knowledge."""
    findings: list[Finding] = []
    unread: list[Flaw] = []
    for claim in proof:
        if any(isinstance(step, Observed) for step in proof[claim]):
            try:
                findings.append(finding_of(claim, knowledge))
            except MisfitError as error:
                unread.append(Flaw(Wrong.ROW, str(claim), follows=str(error)))
    return findings, unread


def _conditions(whole: Derived, proof: Proof) -> list[Claim]:
    """The conditions that a report tells: of the red flags that are raised and cleared, and those that sums rest on."""
    flags = (*whole.flags.raised.values(), *whole.flags.cleared.values())
    of_sums = (
        claim
        for weighed in _sums(whole, proof)
        for term in weighed.terms
        for claim in term.premises
        if claim.predicate in (TRUE, FALSE) and not claim.subject.startswith("modifiers/")
    )
    return [claim for claim in dict.fromkeys((*(c for claims in flags for c in claims), *of_sums)) if claim in proof]


def _sums(whole: Derived, proof: Proof) -> list[Weighed]:
    """The localizations that a report lists, with the sites that are as good."""
    listed = (weighed for place in whole.order[:LISTED] for weighed in (place.best, *place.as_good))
    return [weighed for weighed in listed if weighed.claim in proof]
