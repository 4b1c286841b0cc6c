"""The audit capsule: a report with all that it was made from, as plain values, schema dermarules.capsule/1."""

from typing import Any

from dermarules import __version__
from dermarules.knowledgebase.case_values import case_values
from dermarules.questions.answer import Answer
from dermarules.render.json import report_values
from dermarules.replay.capsule import SCHEMA


def capsule_values(answer: Answer, *, with_knowledge: bool) -> dict[str, Any]:
    """The capsule of an answer to a numbered case; with the files of its knowledge, it can be run again anywhere."""
    knowledge = answer.knowledge
    files = {"files": dict(knowledge.files)} if with_knowledge else {}
    return {
        "schema": SCHEMA,
        "versions": {"dermarules": __version__},
        "map": answer.map,
        "knowledge": {"version": knowledge.version, "hash": knowledge.digest, **files},
        "case": case_values(answer.case),
        "report": report_values(answer),
    }
