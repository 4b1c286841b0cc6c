"""The report as canonical JSON, schema dermarules.report/1: the same bytes for the same case and knowledge."""

import json
from typing import Any

from dermarules.proof import Assumed, Claim, Compared, Derivation, Known, Observed, Step, Term, Weighed
from dermarules.questions.answer import Answer, Raised
from dermarules.questions.ask import Examination, Question
from dermarules.questions.differential import Localization
from dermarules.render.asking import limits
from dermarules.render.naming import suspected_side
from dermarules.render.words import code_for, condition_name

SCHEMA = "dermarules.report/1"


def to_json(answer: Answer, indent: int | None) -> str:
    """The report as JSON with sorted keys."""
    return canonical(report_values(answer), indent)


def canonical(values: Any, indent: int | None) -> str:
    """Values as JSON text whose bytes depend on nothing but the values."""
    return json.dumps(values, indent=indent, sort_keys=True, ensure_ascii=False, allow_nan=False)


def report_values(answer: Answer) -> dict[str, Any]:
    """The report as plain values, with the whole proof."""
    knowledge, flags, floor = answer.knowledge, answer.red_flags, answer.inference.floor
    return {
        "schema": SCHEMA,
        "case": answer.case.id,
        "map": answer.map,
        "engine": answer.engine,
        "knowledge": {"version": knowledge.version, "hash": knowledge.digest},
        "limits": list(limits(answer.case)),
        "differential": [_localization(entry) for entry in answer.differential],
        "urgency": answer.urgency.value,
        "urgency_possible": answer.urgency_possible.value,
        "urgency_of_localization": {"localization": floor.localization, "urgency": floor.urgency.value}
        if floor
        else None,
        "red_flags": {
            "raised": [_raised(flag) for flag in flags.raised],
            "open": [{"id": f.id, "urgency": f.urgency.value, "ask": list(f.ask)} for f in flags.open],
            "cleared": [{"id": f.id, "claims": _claims(f.claims)} for f in flags.cleared],
        },
        "unexplained": list(answer.unexplained),
        "suspects": [_suspect(condition, answer) for condition in answer.suspects],
        "questions": [_question(question) for question in answer.questions],
        "deciding": [_examination(examination) for examination in answer.deciding],
        "proof": {"claims": [{"claim": str(c), "steps": [_step(s) for s in answer.proof[c]]} for c in answer.proof]},
    }


def _localization(entry: Localization) -> dict[str, Any]:
    return {
        "localization": entry.localization,
        "side": entry.side,
        "site": entry.site,
        "sites": list(entry.sites),
        "weight_centibans": entry.weight_centibans,
        "certainty": entry.certainty.value if entry.certainty else None,
        "explains": list(entry.explains),
        "unexplained": list(entry.unexplained),
        "contradicted": list(entry.contradicted),
        "claim": str(entry.claim),
    }


def _raised(flag: Raised) -> dict[str, Any]:
    return {
        "id": flag.id,
        "urgency": flag.urgency.value,
        "action": flag.action,
        "suspects": flag.suspects,
        "because": flag.because,
        "claims": _claims(flag.claims),
    }


def _suspect(condition: str, answer: Answer) -> dict[str, Any]:
    entity = answer.knowledge.conditions.get(condition)
    return {
        "condition": condition,
        "name": condition_name(condition, answer.knowledge),
        "icd10cm": code_for(entity.icd10cm, suspected_side(condition, answer)) if entity else None,
        "hpo": entity.hpo if entity else None,
    }


def _question(question: Question) -> dict[str, Any]:
    urgency = question.urgency.value if question.urgency else None
    return {"about": question.about, "words": question.words, "urgency": urgency, "flags": list(question.flags)}


def _examination(examination: Examination) -> dict[str, Any]:
    kind, name = examination.place
    return {
        "kind": kind,
        "place": name,
        "side": examination.side.value,
        "name": examination.name,
        "how": examination.how,
        "abnormal_favours": examination.abnormal_favours,
        "normal_favours": examination.normal_favours,
    }


def _claims(claims: tuple[Claim, ...]) -> list[str]:
    return [str(claim) for claim in claims]


def _step(step: Step) -> dict[str, Any]:
    match step:
        case Observed(location):
            place = {"file": location.file, "line": location.line, "column": location.column}
            return {"kind": "observed", "location": place}
        case Known(fact, sources, review):
            return {"kind": "known", "fact": fact, "sources": list(sources), "review": review.value}
        case Assumed(reason):
            return {"kind": "assumed", "reason": reason}
        case Derivation(rule, premises, because, unless):
            claims = {"premises": _claims(premises), "unless": _claims(unless)}
            return {"kind": "derived", "rule": rule, "because": because, **claims}
        case Weighed(terms, total):
            return {"kind": "weighed", "total": total, "terms": [_term(term) for term in terms]}
        case Compared(first, second, first_total, second_total):
            totals = {"first_total": first_total, "second_total": second_total}
            return {"kind": "compared", "first": str(first), "second": str(second), **totals}


def _term(term: Term) -> dict[str, Any]:
    return {
        "group": term.group.value if term.group else None,
        "label": term.label,
        "weight": term.weight,
        "counted": term.counted,
        "premises": _claims(term.premises),
    }
