"""Whether a row of the kernel says what the report of the same case says."""

from collections.abc import Sequence

import numpy as np

from dermarules.inference.compiled.columns import Outcomes
from dermarules.report import Report
from dermarules.vocabulary import Certainty, Urgency


def check(outcomes: Outcomes, row: int, report: Report) -> None:
    """RuntimeError unless a row says what the report says; the order is left aside if several lesions are possible."""
    certainties, urgencies = list(Certainty), list(Urgency)
    fired = {rule for rule in outcomes.rules if report.proof.about("true", f"rules/{rule}")}
    pairs: list[tuple[str, object, object]] = [
        ("urgency", urgencies[outcomes.urgency[row]], report.urgency),
        ("urgency_possible", urgencies[outcomes.urgency_possible[row]], report.urgency_possible),
        ("raised", _named(outcomes.flags, outcomes.raised[:, row]), {flag.id for flag in report.red_flags.raised}),
        ("open", _named(outcomes.flags, outcomes.open[:, row]), {flag.id for flag in report.red_flags.open}),
        ("fired", _named(outcomes.rules, outcomes.fired[:, row]), fired),
    ]
    if not outcomes.several[row]:
        pairs += [
            (
                "places",
                _places(outcomes, row),
                [(p.localization, p.side, p.site, p.weight_centibans) for p in report.differential[:3]],
            ),
            ("certainty", certainties[outcomes.certainty[row]], report.differential[0].certainty),
            ("unexplained", int(outcomes.unexplained[row]), len(report.unexplained)),
        ]
    for name, got, wanted in pairs:
        if got != wanted:
            raise RuntimeError(f"{report.case.id}: the kernel has {name} {got}, the report {wanted}")


def _named(names: Sequence[str], holds: np.ndarray) -> set[str]:
    return {name for name, each in zip(names, holds, strict=True) if each}


def _places(outcomes: Outcomes, row: int) -> list[tuple[str, str | None, str | None, int]]:
    found = []
    for place, site, weight in zip(outcomes.place[:, row], outcomes.site[:, row], outcomes.weight[:, row], strict=True):
        if place >= 0:
            label = outcomes.labels[place]
            found.append((label.localization, label.side, outcomes.sites[site] if site >= 0 else None, int(weight)))
    return found
