"""The same patient with other findings, answered again: what every question that changes something asks."""

from collections.abc import Iterable

from dermarules.findings import Case, Finding
from dermarules.inference import chain
from dermarules.inference.infer import infer
from dermarules.questions.answer import Answer, answer


def again(before: Answer, findings: Iterable[Finding]) -> Answer:
    """The answer to the same case with these findings instead of its own, under the same map and knowledge."""
    return answered(before.case.with_findings(findings), before)


def answered(case: Case, like: Answer) -> Answer:
    """The answer to a case under the map and the knowledge of another answer."""
    found = infer(case, like.knowledge, like.map, chain.derive)
    return answer(case, like.map, "compiled", found, like.knowledge)
