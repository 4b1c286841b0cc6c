"""What a row of a cohort must say, taken from the report of the single case."""

from collections.abc import Iterator
from itertools import zip_longest

from dermarules.proof import Claim
from dermarules.report import Report
from dermarules.vocabulary import Side

PLACES = ("first", "second", "third")


def row_of(report: Report) -> dict[str, object]:
    """The row that the report of a case amounts to; whether several lesions were searched is left out."""
    knowledge = report.knowledge
    return {
        "id": report.case.id,
        **dict(_places(report)),
        "certainty": report.differential[0].certainty.value if report.differential[0].certainty else None,
        "urgency": report.urgency.value,
        "urgency_possible": report.urgency_possible.value,
        "red_flags_raised": [flag.id for flag in report.red_flags.raised],
        "red_flags_open": [flag.id for flag in report.red_flags.open],
        "rules": [rule for rule in knowledge.rules if _fired(report, rule)],
        "unexplained": len(report.unexplained),
        "map": report.map,
        "knowledge_version": knowledge.version,
        "knowledge_hash": knowledge.digest,
    }


def _places(report: Report) -> Iterator[tuple[str, object]]:
    for name, place in zip_longest(PLACES, report.differential[: len(PLACES)]):
        yield f"{name}_localization", place and place.localization
        yield f"{name}_side", place and place.side
        yield f"{name}_site", place and place.site
        yield f"{name}_weight_centibans", place and place.weight_centibans


def _fired(report: Report, rule: str) -> bool:
    return any(Claim("true", f"rules/{rule}", side.value) in report.proof for side in Side)
