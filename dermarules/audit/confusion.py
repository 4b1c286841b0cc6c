"""Which answers were given in place of which: by class, and by exact pair."""

from collections import Counter
from collections.abc import Iterable, Sequence

from dermarules.audit import marked
from dermarules.audit.study import Studied, placed
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import SEVERAL

Pair = tuple[str, str]


def class_of(localization: str, knowledge: Knowledge) -> str:
    """Root, nerve or plexus, the kind of a wide place, or several lesions."""
    if SEVERAL in localization:
        return "several lesions"
    structure = localization.partition(" ")[0]
    if structure in ("root", "roots"):
        return "root"
    site = knowledge.wide_sites.get(structure)
    return (site.kind if site is not None else structure).replace("_", " ")


def expected_name(case: Studied) -> str:
    """What the source of a case answers; several lesions are joined."""
    return SEVERAL.join(case.expect.localization)


def other_answers(cases: Iterable[Studied]) -> list[Studied]:
    """The cases of which another answer than that of the source came first, whether the case also accepts it or not."""
    return [case for case in placed(cases) if not case.outcome.marks["top1_strict"]]


def _pair(case: Studied) -> Pair:
    return expected_name(case), case.first.candidate.localization


def _classes(case: Studied) -> Pair:
    knowledge = case.report.knowledge
    expected, first = _pair(case)
    return class_of(expected, knowledge), class_of(first, knowledge)


def class_table(cases: Sequence[Studied]) -> str:
    """How often a class was answered by a class, the most frequent first."""
    found = other_answers(cases)
    counts = Counter(map(_classes, found))
    wrong = Counter(_classes(case) for case in found if case.outcome.is_miss)
    rows = [(*pair, str(count), str(wrong[pair])) for pair, count in _ordered(counts)]
    return marked.table(("the source says", "first answer", "cases", "of them wrong"), rows, 2)


def pair_table(cases: Sequence[Studied]) -> str:
    """Every exact pair, the most frequent first, with the cases; those that are wrong are in bold."""
    found = other_answers(cases)
    counts = Counter(map(_pair, found))
    rows = [
        (*pair, str(count), ", ".join(_id(case) for case in found if _pair(case) == pair))
        for pair, count in _ordered(counts)
    ]
    return marked.table(("the source says", "first answer", "cases", "which"), rows, 4)


def _id(case: Studied) -> str:
    return f"**`{case.id}`**" if case.outcome.is_miss else f"`{case.id}`"


def _ordered(counts: Counter[Pair]) -> list[tuple[Pair, int]]:
    return sorted(counts.items(), key=lambda found: (-found[1], found[0]))
