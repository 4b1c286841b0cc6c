"""The worst that may be found: for each leaf of a rule that a case leaves unknown, findings that make it true."""

from collections.abc import Iterable, Iterator

from dermarules.findings import Case, Finding
from dermarules.inference.clauses import LeafQuestion
from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.answer import Answer
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import Kind, Result, Side
from tests.strategies import without_contradictions

_STEP = {"lt": -1.0, "le": 0.0, "eq": 0.0, "ge": 0.0, "gt": 1.0}


def worst(found: Answer, flags: Iterable[str]) -> Case:
    """The case of an answer with everything found that its red flags ask for and that the case says nothing of."""
    questions = [q for flag in flags for q in program(found.knowledge).leaves_of.get(f"red_flags/{flag}", ())]
    added = [finding for question in questions for finding in findings_that_answer(question, found.knowledge)]
    return found.case.with_findings([*found.case.findings, *without_contradictions(added, found.case.findings)])


def findings_that_answer(question: LeafQuestion, knowledge: Knowledge) -> Iterator[Finding]:
    leaf = question.leaf
    if isinstance(leaf, Compare):
        if not knowledge.measures[leaf.measure].derived:
            number = leaf.number + _STEP[leaf.operator]
            yield Finding(Kind.MEASURE, leaf.measure, (Side.NONE,), Result.MEASURED, number=number)
        return
    result = min(leaf.results, key=lambda each: each.value)
    for name in leaf.names:
        side = question.side or (Side.LEFT if is_lateral(leaf, name, knowledge) else Side.NONE)
        level = "T10" if leaf.kind is Kind.LEVEL and result is Result.PRESENT else ""
        yield Finding(leaf.kind, name, (side,), result, leaf.places, level=level)


def is_lateral(leaf: Leaf, name: str, knowledge: Knowledge) -> bool:
    midline = knowledge.register.midline
    kinds = {Kind.POWER: "movement", Kind.REFLEX: "reflex", Kind.SIGN: "sign", Kind.HISTORY: "history item"}
    return leaf.kind is not Kind.LEVEL and (kinds.get(leaf.kind, ""), name) not in midline
