"""Whether every rule earns its place: a case in which it fires, and a near miss in which it stays silent.

A near miss lacks one part. The other parts that the rule needs are true; or, where one part is all it needs, that part
was examined and has another result.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import FALSE, TRUE
from dermarules.proof import Claim, Proof
from dermarules.report import Report
from dermarules.vocabulary import Review, Side

_OTHER = {TRUE: FALSE, FALSE: TRUE}

# The ways to prove each claim: for each way, the claims that must all hold.
_Ways = Mapping[Claim, Sequence[tuple[Claim, ...]]]


@dataclass(frozen=True, slots=True)
class Coverage:
    """One rule or red flag, with the cases in which it fires and those that it nearly fires in."""

    rule: str
    review: Review
    fires: tuple[str, ...]
    near_misses: tuple[str, ...]

    @property
    def lacks(self) -> str:
        """What is missing to have seen it both ways, in words; empty if nothing is."""
        missing = ("a case in which it fires", self.fires), ("a near miss", self.near_misses)
        return " and ".join(words for words, found in missing if not found)

    @property
    def is_owed(self) -> bool:
        """True if the rule is called reviewed without having been seen both ways."""
        return self.review is Review.REVIEWED and self.lacks != ""


def coverage(reports: Iterable[Report], knowledge: Knowledge) -> tuple[Coverage, ...]:
    """The coverage of every rule and red flag by the reports, in knowledge order."""
    told = tuple(reports)
    rules = [(f"rules/{rule.id}", rule.review) for rule in knowledge.rules.values()]
    flags = [(f"red_flags/{flag.id}", flag.review) for flag in knowledge.red_flags.values()]
    ways = _ways(knowledge)
    return tuple(_coverage(name, review, told, ways) for name, review in (*rules, *flags))


def _ways(knowledge: Knowledge) -> _Ways:
    ways: dict[Claim, list[tuple[Claim, ...]]] = {}
    for clause in program(knowledge).clauses:
        ways.setdefault(clause.head, []).append(clause.body)
    return ways


def _coverage(name: str, review: Review, reports: Sequence[Report], ways: _Ways) -> Coverage:
    claims = [claim for claim in (Claim(TRUE, name, side.value) for side in Side) if claim in ways]
    fires, near_misses = [], []
    for report in reports:
        if any(claim in report.proof for claim in claims):
            fires.append(report.case.id)
        elif any(_is_nearly(claim, report.proof, ways) for claim in claims):
            near_misses.append(report.case.id)
    return Coverage(name, review, tuple(fires), tuple(near_misses))


def _is_nearly(claim: Claim, proof: Proof, ways: _Ways) -> bool:
    """True if one part is all that a claim lacks."""
    if Claim(_OTHER[claim.predicate], claim.subject, claim.side) in proof:
        return True
    return any(_lacks_one(parts, proof, ways) for parts in ways.get(claim, ()))


def _lacks_one(parts: Sequence[Claim], proof: Proof, ways: _Ways) -> bool:
    """True if one of the parts is not true; what is asked of both sides is one part."""
    lacking = [part for part in parts if part not in proof]
    if len({part.subject for part in lacking}) != 1:
        return False
    return len(lacking) < len(parts) or all(_is_nearly(part, proof, ways) for part in lacking)


def coverage_table(covered: Sequence[Coverage]) -> str:
    """The table: fires and near misses of each rule, those that lack one first, and the sums."""
    lines = [f"{'rule':<52}{'review':<10}{'fires':>6}{'near misses':>13}"]
    for entry in sorted(covered, key=lambda c: not c.lacks):
        mark = f"  lacks {entry.lacks}" if entry.lacks else ""
        counts = f"{len(entry.fires):>6}{len(entry.near_misses):>13}"
        lines.append(f"{entry.rule:<52}{entry.review.value:<10}{counts}{mark}")
    whole = sum(not entry.lacks for entry in covered)
    reviewed = [entry for entry in covered if entry.review is Review.REVIEWED]
    owed = sum(entry.is_owed for entry in covered)
    lines.append(
        f"{whole} of {len(covered)} seen to fire and to stay silent; of {len(reviewed)} reviewed, {owed} lack it"
    )
    return "\n".join(lines)
