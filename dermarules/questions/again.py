"""The same patient with other findings, answered again: what every question that changes something asks."""

from collections.abc import Iterable

from dermarules.findings import Case, Finding
from dermarules.inference import chain
from dermarules.inference.infer import Inference, infer
from dermarules.questions.answer import Answer, answer


def again(before: Answer, findings: Iterable[Finding]) -> Answer:
    """The answer to the same case with these findings instead of its own, under the same map and knowledge."""
    case = before.case.with_findings(findings)
    return answer(case, before.map, "compiled", inferred(case, before), before.knowledge)


def inferred(case: Case, like: Answer) -> Inference:
    """What follows from a case under the map and the knowledge of an answer."""
    return infer(case, like.knowledge, like.map, chain.derive)
