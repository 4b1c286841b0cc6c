"""Whether every rule earns its place: a case in which it fires, and a near miss in which it stays silent.

A near miss is a case that makes part of the rule true and not the whole of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dermarules.inference.clauses import TRUE
from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from dermarules.report import Report
from dermarules.vocabulary import Review


@dataclass(frozen=True, slots=True)
class Coverage:
    """One rule or red flag, with the cases in which it fires and those that it nearly fires in."""

    rule: str
    review: Review
    fires: tuple[str, ...]
    near_misses: tuple[str, ...]

    @property
    def is_covered(self) -> bool:
        """True if it was seen to fire and seen to stay silent."""
        return bool(self.fires and self.near_misses)

    @property
    def is_owed(self) -> bool:
        """True if the rule is called reviewed without having been seen both ways."""
        return self.review is Review.REVIEWED and not self.is_covered


def coverage(reports: Iterable[Report], knowledge: Knowledge) -> tuple[Coverage, ...]:
    """The coverage of every rule and red flag by the reports, in knowledge order."""
    told = tuple(reports)
    rules = [(f"rules/{rule.id}", rule.review) for rule in knowledge.rules.values()]
    flags = [(f"red_flags/{flag.id}", flag.review) for flag in knowledge.red_flags.values()]
    return tuple(_coverage(name, review, told, knowledge) for name, review in (*rules, *flags))


def _coverage(name: str, review: Review, reports: Sequence[Report], knowledge: Knowledge) -> Coverage:
    leaves = program(knowledge).leaves_of.get(name, ())
    fires = tuple(r.case.id for r in reports if r.proof.about(TRUE, name))
    touched = (r.case.id for r in reports if any(leaf.true in r.proof for leaf in leaves))
    return Coverage(name, review, fires, tuple(case for case in touched if case not in fires))


def coverage_table(covered: Sequence[Coverage]) -> str:
    """The table: fires and near misses of each rule, those that lack one first, and the sums."""
    lines = [f"{'rule':<52}{'review':<10}{'fires':>6}{'near misses':>13}"]
    for entry in sorted(covered, key=lambda c: c.is_covered):
        mark = "" if entry.is_covered else "  lacks " + _lacks(entry)
        counts = f"{len(entry.fires):>6}{len(entry.near_misses):>13}"
        lines.append(f"{entry.rule:<52}{entry.review.value:<10}{counts}{mark}")
    whole = sum(entry.is_covered for entry in covered)
    reviewed = [entry for entry in covered if entry.review is Review.REVIEWED]
    owed = sum(entry.is_owed for entry in covered)
    lines.append(
        f"{whole} of {len(covered)} seen to fire and to stay silent; of {len(reviewed)} reviewed, {owed} lack it"
    )
    return "\n".join(lines)


def _lacks(entry: Coverage) -> str:
    missing = ("a case in which it fires", entry.fires), ("a near miss", entry.near_misses)
    return " and ".join(words for words, found in missing if not found)
