"""On which dermatome maps the first answer stays the same: the maps disagree, and an answer may hang on one of them."""

from dataclasses import dataclass

from dermarules.inference.infer import Inference
from dermarules.inference.rank import rank
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.differential import side_of


@dataclass(frozen=True, slots=True)
class OnMap:
    """The first answer under one map."""

    map: str
    localization: str
    side: str | None
    is_same: bool


def robustness(inference: Inference, knowledge: Knowledge) -> tuple[OnMap, ...]:
    """The first answer under every map, the same findings and rules given; only the territories of roots change."""
    first = inference.ranked[0].weighing
    answers = []
    for map_id in knowledge.maps:
        weighing = rank(inference.evidence, knowledge, map_id)[0].weighing
        localization, side = weighing.candidate.localization, side_of(weighing)
        is_same = (localization, side) == (first.candidate.localization, side_of(first))
        answers.append(OnMap(map_id, localization, side, is_same))
    return tuple(answers)
