"""What follows from many variations of one case, in few words: what the questions that try hundreds of them ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from dermarules.findings import Case
from dermarules.inference.infer import Inference
from dermarules.inference.urgency import urgencies
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.again import inferred
from dermarules.questions.answer import Answer
from dermarules.questions.differential import side_of
from dermarules.vocabulary import Certainty, Urgency

# With fewer cases, one by one is done before the kernel has been loaded.
_WORTH_LOADING = 400
# Only this needs numba: it is imported when it is worth it.
_MACHINE, _BATCH = "dermarules.inference.compiled.machine", "dermarules.inference.compiled.batch"


@dataclass(frozen=True, slots=True)
class Gist:
    """What follows from a case in few words: the first localization, how sure it is, how urgent, what is raised."""

    localization: str
    side: str | None
    certainty: Certainty
    urgency: Urgency
    urgency_possible: Urgency
    raised: frozenset[str]


def gists(cases: Sequence[Case], like: Answer) -> Iterator[Gist]:
    """The gist of each case under the map and the knowledge of an answer; one by one, for who need not see all.

    Many cases go through the kernel for batches, where numba is installed and what it compiled is kept; so do few, once
    it has been loaded. Where a single lesion leaves something open, the search for several is done one by one.
    """
    if _is_worth_loading(len(cases), like.knowledge, like.map):
        return _at_once(cases, like)
    return (gist(case, like) for case in cases)


def load_kernel(knowledge: Knowledge, map_id: str) -> bool:
    """Load the kernel for batches, which takes some seconds; False where numba is not installed."""
    if not _has_numba():
        return False
    import_module(_BATCH).evaluate_cases([Case("", ())], knowledge, map_id)
    _LOADED.add((id(knowledge), map_id))
    return True


def gist(case: Case, like: Answer) -> Gist:
    """The gist of one case."""
    return gist_of(inferred(case, like))


def gist_of(inference: Inference) -> Gist:
    """An inference in few words."""
    first, flags = inference.ranked[0].weighing, inference.flags
    urgency, possible = urgencies(flags, inference.floor)
    return Gist(
        first.candidate.localization,
        side_of(first),
        inference.certainty,
        urgency,
        possible,
        frozenset(r.flag.id for r in flags.raised),
    )


# The knowledge and map for which the kernel has been loaded in this process: loading is slow, and changes no answer.
_LOADED: set[tuple[int, str]] = set()


def _is_worth_loading(cases: int, knowledge: Knowledge, map_id: str) -> bool:
    if (id(knowledge), map_id) in _LOADED:
        return True
    if cases < _WORTH_LOADING or not _has_numba() or import_module(_MACHINE).must_compile():
        return False
    return load_kernel(knowledge, map_id)


@cache
def _has_numba() -> bool:
    return all(find_spec(name) is not None for name in ("numba", "numpy"))


def _at_once(cases: Sequence[Case], like: Answer) -> Iterator[Gist]:
    found = import_module(_BATCH).evaluate_cases(cases, like.knowledge, like.map)
    certainties, urgencies = tuple(Certainty), tuple(Urgency)

    def told(number: int) -> Gist:
        label = found.labels[found.place[0, number]]
        return Gist(
            label.localization,
            label.side,
            certainties[found.certainty[number]],
            urgencies[found.urgency[number]],
            urgencies[found.urgency_possible[number]],
            frozenset(flag for flag, is_raised in zip(found.flags, found.raised[:, number], strict=True) if is_raised),
        )

    return (gist(case, like) if found.several[number] else told(number) for number, case in enumerate(cases))
