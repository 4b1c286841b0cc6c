"""Complete examinations: which lesion comes first, and which pairs no examination separates."""

from collections.abc import Iterable
from dataclasses import dataclass

from dermarules.audit.examination import EXAMINED, SIDE, complete
from dermarules.audit.simulate import MAP, rank_of
from dermarules.findings import Case
from dermarules.inference.candidates import Candidate, constant_places
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place, State
from dermarules.proof import Claim
from dermarules.report import Report, localize
from dermarules.vocabulary import BOTH_SIDES, Certainty, Side


@dataclass(frozen=True, slots=True)
class Complete:
    """The complete examination of a lesion, and its report."""

    site: Candidate
    case: Case
    report: Report

    @property
    def lost(self) -> frozenset[Place]:
        """The places found abnormal."""
        return frozenset(o.place for o in self.report.inference.observations if o.state is State.DEFICIT)

    @property
    def spared(self) -> frozenset[Place]:
        """The places found normal on the side of the lesion."""
        sides = BOTH_SIDES if self.site.is_bilateral else (SIDE,)
        return frozenset(
            o.place for o in self.report.inference.observations if o.state is State.NORMAL and o.side in sides
        )

    @property
    def has_sign(self) -> bool:
        """True if something besides skin, power and reflexes shows the lesion."""
        return any(finding.kind not in EXAMINED for finding in self.case.findings)

    @property
    def comes_first(self) -> bool:
        """True if the lesion is the first answer, and its site is among those that are named."""
        sites = self.report.differential[0].sites
        return rank_of(self.report, self.site) == 1 and (self.site.site is None or self.site.site in sites)


def completed(knowledge: Knowledge, site: Candidate) -> Complete:
    """The complete examination of a lesion, answered."""
    case = complete(knowledge, site)
    return Complete(site, case, localize(case, knowledge=knowledge, map=MAP, engine="compiled"))


def hides(other: Candidate, lesion: Complete) -> bool:
    """True if no examination separates the lesion from another.

    All that the lesion takes out is constant for the other, nothing that it spares speaks against the other, the
    entry condition of the other holds, and the lesion has no sign of its own.
    """
    constant = constant_places(other)
    is_whole = other.wide is None or other.wide.symmetric
    return (
        other.localization != lesion.site.localization
        and bool(lesion.lost)
        and not lesion.has_sign
        and lesion.lost <= constant | other.silent
        and not (is_whole and constant & lesion.spared)
        and _enters(other, lesion.report)
    )


def _enters(site: Candidate, report: Report) -> bool:
    if site.wide is None:
        return True
    return any(Claim("true", site.facts[0], side.value) in report.inference.evidence.entries for side in Side)


def cannot_be_told_from(lesion: Complete, others: Iterable[Candidate]) -> tuple[str, ...]:
    """The localizations that the complete examination does not separate from the lesion.

    They are those that hide it, and an undecided answer that is not the lesion.
    """
    hiding = [other.localization for other in others if hides(other, lesion)]
    is_open = lesion.report.inference.certainty is Certainty.UNDECIDED and not lesion.comes_first
    answer = [lesion.report.differential[0].localization] if is_open else []
    return tuple(dict.fromkeys((*hiding, *answer)))
