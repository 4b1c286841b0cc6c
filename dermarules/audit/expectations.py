"""Whether a case gets the conclusion, and the reason, that it expects; if not, why what was said was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dermarules.audit.matching import checks_side, fits, is_acceptable_among_first, is_accepted, places_of, side_fits
from dermarules.audit.score import expected_words
from dermarules.findings import Case, Expectation
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import TRUE
from dermarules.proof import Claim
from dermarules.report import Report, localize
from dermarules.vocabulary import Side

_MAP_TAG = "map_"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A case with the expectations that failed, and the report that failed them."""

    case: Case
    report: Report
    failures: tuple[str, ...]


def verdict(case: Case, knowledge: Knowledge, map_id: str) -> Verdict:
    """The verdict on a case; a tag such as map_seed chooses the dermatome map."""
    tagged = (tag.removeprefix(_MAP_TAG) for tag in case.tags if tag.startswith(_MAP_TAG))
    report = localize(case, knowledge=knowledge, map=next((m for m in tagged if m in knowledge.maps), map_id))
    return Verdict(case, report, failures(report, case.expect) if case.expect else ())


def failures(report: Report, expect: Expectation) -> tuple[str, ...]:
    """Every expectation that the report fails, in words; empty if it meets them all."""
    return (
        *_localization(report, expect),
        *_urgency(report, expect),
        *_below(report, expect),
        *(f"rule {rule} did not fire" for rule in expect.because if not _fired(rule, report)),
        *(f"rule {rule} fired" for rule in expect.silent if _fired(rule, report)),
    )


def _roots(report: Report) -> tuple[str, ...]:
    return tuple(report.knowledge.roots)


def _localization(report: Report, expect: Expectation) -> Iterator[str]:
    first = report.differential[0]
    if expect.localization and not is_acceptable_among_first(places_of(report), expect, _roots(report)):
        yield f"localization: expected {expected_words(expect)}, got {first}"
    elif checks_side(expect.side) and not side_fits(first.side, expect.side):
        yield f"side: expected {expect.side}, got {first.side}"
    if expect.site is not None and expect.site != first.site and expect.site not in first.sites:
        yield f"site: expected {expect.site}, got {' or '.join(first.sites) or 'none'}"


def _urgency(report: Report, expect: Expectation) -> Iterator[str]:
    if expect.urgency is not None and report.urgency is not expect.urgency:
        yield f"urgency: expected {expect.urgency.value}, got {report.urgency.value}"
    if expect.red_flags is None:
        return
    raised = {flag.id for flag in report.red_flags.raised}
    wanted = set(expect.red_flags)
    if wanted - raised:
        yield f"red flags not raised: {', '.join(sorted(wanted - raised))}"
    if raised - wanted:
        yield f"red flags raised and not expected: {', '.join(sorted(raised - wanted))}"


def _below(report: Report, expect: Expectation) -> Iterator[str]:
    """What should rank lower than the expected localization, and does not."""
    places, roots = places_of(report), _roots(report)
    wanted = (*expect.localization, *expect.also_accept)
    positions = (n for n, p in enumerate(places) if any(fits(p, w, expect.side, roots) for w in wanted))
    limit = next(positions, 0)
    for lower in expect.below:
        rank = next((n for n, p in enumerate(places) if is_accepted(p.localization, lower, roots)), None)
        if rank is not None and rank <= limit:
            upper = " and ".join(expect.localization) or "the first answer"
            yield f"{lower} should rank below {upper}; it is at place {rank + 1}"


def _fired(rule: str, report: Report) -> bool:
    claims = (Claim(TRUE, f"{table}/{rule}", side.value) for table in ("rules", "red_flags") for side in Side)
    return any(claim in report.proof for claim in claims)


def explained(verdict: Verdict) -> str:
    """The failures of a case, why what was said was said, and why not what was expected."""
    report, expect = verdict.report, verdict.case.expect
    parts = [f"FAILED {verdict.case.id} ({verdict.case.location})", *(f"  {failure}" for failure in verdict.failures)]
    parts += ["", "What was said, and why:", _told(report)]
    for name in _expected_elsewhere(report, expect) if expect else ():
        parts += [f"Why not {name}:", _why_not(report, name)]
    return "\n".join(parts)


def _expected_elsewhere(report: Report, expect: Expectation) -> Sequence[str]:
    """The expected localizations that do not stand first."""
    first = report.differential[0].localization
    return [name for name in expect.localization if not is_accepted(first, name, _roots(report))]


def _why_not(report: Report, name: str) -> str:
    """The weight and terms of a localization, or that nothing speaks for it."""
    roots = _roots(report)
    ranked = next((p for p in places_of(report) if is_accepted(p.localization, name, roots)), None)
    if ranked is None:
        return f"Nothing that was found speaks for {name}: it was not ranked.\n"
    return _told(report, ranked.localization)


def _told(report: Report, claim: str | None = None) -> str:
    return report.why(claim).to_text(verbosity="medium")
