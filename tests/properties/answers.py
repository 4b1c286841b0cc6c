"""Answers without rendering, and what of them the laws compare."""

from dataclasses import dataclass

from dermarules.findings import Case
from dermarules.inference.experta_engine import derive
from dermarules.inference.infer import infer
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.questions.answer import Answer, answer
from dermarules.vocabulary import Certainty, Side, Urgency

# Localization, site, total, side.
Place = tuple[str, str | None, int, Side]


@dataclass(frozen=True)
class Gist:
    """What a reader acts on: the order of places, the red flags, and how soon."""

    order: tuple[tuple[str, str | None, int], ...]
    places: frozenset[Place]
    certainty: Certainty
    flags: tuple[frozenset[str], frozenset[str], frozenset[str]]
    urgency: Urgency
    urgency_possible: Urgency


def ask(case: Case, knowledge: Knowledge | None = None, map_id: str = "consensus") -> Answer:
    base = default_knowledge() if knowledge is None else knowledge
    return answer(case, map_id, "experta", infer(case, base, map_id, derive), base)


def gist(found: Answer) -> Gist:
    ranked = [place.weighing for place in found.inference.ranked]
    flags = found.red_flags
    return Gist(
        order=tuple((w.candidate.localization, w.candidate.site, w.total) for w in ranked),
        places=frozenset((w.candidate.localization, w.candidate.site, w.total, w.side) for w in ranked),
        certainty=found.inference.certainty,
        flags=(
            frozenset(flag.id for flag in flags.raised),
            frozenset(flag.id for flag in flags.open),
            frozenset(flag.id for flag in flags.cleared),
        ),
        urgency=found.urgency,
        urgency_possible=found.urgency_possible,
    )
