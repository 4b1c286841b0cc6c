"""What is answered for simulated patients, and whether it is the lesion that they were given.

An answer is right only if it is the lesion itself, on its side. Another site of the same nerve counts; the nerve or
plexus that contains it does not.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dermarules.audit.examination import SIDE
from dermarules.audit.intervals import Share
from dermarules.audit.matching import places_of
from dermarules.audit.patient import draw
from dermarules.inference.candidates import Candidate, candidates
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import State
from dermarules.report import Report, localize
from dermarules.vocabulary import Certainty, Urgency

MAP = "consensus"
COMPLETENESS = (0.3, 0.6, 1.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one simulated patient; `rank` is the place of the lesion in the answer, None if it has none."""

    klass: str
    site: str
    localization: str
    completeness: float
    rank: int | None
    answer: str
    certainty: Certainty
    urgency: Urgency
    floor: Urgency | None
    is_abnormal: bool


def sites(knowledge: Knowledge) -> tuple[Candidate, ...]:
    """Every lesion that is simulated: roots, nerves at each site, plexuses, wide places."""
    return candidates(knowledge, MAP)


def simulate(knowledge: Knowledge, site: Candidate, completeness: float, number: int) -> Outcome:
    """The outcome of patient `number` with a lesion, examined in part."""
    case = draw(knowledge, site, completeness, number)
    report = localize(case, knowledge=knowledge, map=MAP, engine="compiled")
    return Outcome(
        klass=site.klass,
        site=site.name,
        localization=site.localization,
        completeness=completeness,
        rank=rank_of(report, site),
        answer=report.differential[0].localization,
        certainty=report.inference.certainty,
        urgency=report.urgency,
        floor=site.wide.urgency_floor if site.wide else None,
        is_abnormal=any(o.state is not State.NORMAL for o in report.inference.observations),
    )


def rank_of(report: Report, site: Candidate) -> int | None:
    """The place of a lesion in a report, counted from 1."""
    sides = (None, "both") if site.is_bilateral else (SIDE.value,)
    places = enumerate(places_of(report), start=1)
    return next((n for n, place in places if place.localization == site.localization and place.side in sides), None)


def is_right(outcome: Outcome) -> bool:
    """True if the lesion came first."""
    return outcome.rank == 1


MARKS = {
    "first": is_right,
    "among the first three": lambda o: o.rank is not None and o.rank <= 3,
    "clear and right": lambda o: o.certainty is Certainty.CLEAR and is_right(o),
    "clear and wrong": lambda o: o.certainty is Certainty.CLEAR and not is_right(o),
    "undecided": lambda o: o.certainty is Certainty.UNDECIDED,
    "nothing abnormal": lambda o: not o.is_abnormal,
    "same day or sooner": lambda o: o.urgency.rank <= Urgency.SAME_DAY.rank,
}


def shares(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """The share of each mark, and of the outcomes with a floor the share at least as urgent as it."""
    floors = [(o.urgency, o.floor) for o in outcomes if o.floor is not None]
    found = {name: Share(sum(map(holds, outcomes)), len(outcomes)) for name, holds in MARKS.items()}
    found["at least the floor"] = Share(sum(got.rank <= floor.rank for got, floor in floors), len(floors))
    return found


def taken_for(outcomes: Iterable[Outcome], most: int = 3) -> tuple[tuple[str, int], ...]:
    """What lesions were taken for when they did not come first, the most frequent answers first."""
    wrong = Counter(o.answer for o in outcomes if not is_right(o))
    return tuple(sorted(wrong.items(), key=lambda entry: (-entry[1], entry[0]))[:most])
