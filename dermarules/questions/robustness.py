"""Whether the first answer hangs on the dermatome map or on the plexus of the person: maps disagree, people differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from dermarules.inference.candidates import other_candidates, ranges, root_candidates
from dermarules.inference.infer import Inference
from dermarules.inference.rank import in_order
from dermarules.inference.scales import Scales
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.differential import side_of


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """The first answer under one map, with the usual plexus or (`variant`) with another.

    It `has_ground` if it explains a finding. Where a map does not speak of what was found, some place is
    still first.
    """

    map: str
    variant: str | None
    localization: str
    side: str | None
    is_same: bool
    has_ground: bool


def robustness(inference: Inference, knowledge: Knowledge, map_id: str) -> tuple[FirstAnswer, ...]:
    """The first answer under every map with the usual plexus, then under the map of the case with each variant.

    The findings and what the rules say of them stay; only what the roots supply changes.
    """
    first = inference.ranked[0].weighing
    return tuple(
        FirstAnswer(
            map=name,
            variant=variant,
            localization=weighing.candidate.localization,
            side=side_of(weighing),
            is_same=_answer(weighing) == _answer(first),
            has_ground=bool(weighing.explained) or not first.explained,
        )
        for name, variant, weighing in _first_answers(inference, knowledge, map_id)
    )


def _answer(weighing: Weighing) -> tuple[str, str | None]:
    return weighing.candidate.localization, side_of(weighing)


def _first_answers(
    inference: Inference, knowledge: Knowledge, map_id: str
) -> Iterator[tuple[str, str | None, Weighing]]:
    """Map, variant and first answer; what is no root is weighed once for all of them."""
    scales = Scales(inference.evidence, knowledge)
    others = scales.supported(other_candidates(knowledge))
    people: list[tuple[str, str | None]] = [(name, None) for name in knowledge.maps]
    people += [(map_id, variant) for variant in knowledge.plexus_variants]
    for name, variant in people:
        roots = scales.supported(root_candidates(knowledge, name, variant))
        ranked = in_order([*roots, *others], ranges(knowledge, name, variant), scales, name)
        yield name, variant, ranked[0].weighing
