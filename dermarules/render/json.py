"""The report as canonical JSON, schema dermarules.report/1: the same bytes for the same case and knowledge."""

import json
from dataclasses import asdict
from typing import Any

from dermarules.knowledgebase.languages import ENGLISH, language
from dermarules.proof import Assumed, Claim, Compared, Derivation, Known, Observed, Step, Term, Weighed
from dermarules.questions.along import ElsewhereAlong
from dermarules.questions.answer import Answer, Raised
from dermarules.questions.ask import Examination, Question
from dermarules.questions.differential import Localization, observation_names
from dermarules.questions.robustness import FirstAnswer
from dermarules.questions.suggestions import ConditionSuggestion, DiscSuggestion
from dermarules.render.asking import limits
from dermarules.render.key_points import because
from dermarules.render.voice import Voice

SCHEMA = "dermarules.report/1"


def to_json(answer: Answer, indent: int | None) -> str:
    """The report as JSON with sorted keys."""
    return canonical(report_values(answer), indent)


def canonical(values: Any, indent: int | None) -> str:
    """Values as JSON text whose bytes depend on nothing but the values."""
    return json.dumps(values, indent=indent, sort_keys=True, ensure_ascii=False, allow_nan=False)


def report_values(answer: Answer) -> dict[str, Any]:
    """The report as plain values, with the whole proof."""
    return {
        **proven_values(answer),
        "limits": list(limits(answer.case, language(ENGLISH))),
        "suspects": [_suspect(condition) for condition in answer.suggestions.conditions],
        "discs": [_disc(disc) for disc in answer.suggestions.discs],
        "isncsci": _isncsci(answer),
        "questions": [_question(question) for question in answer.questions],
        "deciding": [_examination(examination) for examination in answer.deciding],
        "elsewhere_along": [_elsewhere_along(each) for each in answer.elsewhere_along],
        "robustness": [_first_answer(each) for each in answer.robustness],
    }


def proven_values(answer: Answer) -> dict[str, Any]:
    """As much of the report as its proof proves, with the proof, as plain values."""
    knowledge, flags, floor = answer.knowledge, answer.red_flags, answer.inference.floor
    return {
        "schema": SCHEMA,
        "case": answer.case.id,
        "map": answer.map,
        "knowledge": {"version": knowledge.version, "hash": knowledge.digest},
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
        "proof": {"claims": [_proved(claim, answer.proof[claim]) for claim in answer.proof]},
    }


def _isncsci(answer: Answer) -> dict[str, Any]:
    """The worksheet, with the reason of each level in English words."""
    voice = Voice(answer.knowledge, language(ENGLISH))
    values = asdict(answer.isncsci)
    for name, side in zip(("right", "left"), answer.isncsci.sides, strict=True):
        for key, level in (("motor_level", side.motor_level), ("sensory_level", side.sensory_level)):
            values[name][key] = {"level": level.level, "because": because(level, voice)}
    return values


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


def _elsewhere_along(other: ElsewhereAlong) -> dict[str, Any]:
    return {
        "localization": other.candidate.localization,
        "site": other.candidate.site,
        "fascicles": list(other.candidate.fascicles),
        "is_above": other.is_above,
        "against": observation_names(other.against),
        "telling": [" ".join(place) for place in other.telling],
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


def _suspect(suggested: ConditionSuggestion) -> dict[str, Any]:
    return {
        "condition": suggested.condition,
        "name": suggested.name,
        "side": suggested.side,
        **_codes(suggested),
        "claims": _claims(suggested.claims),
    }


def _disc(suggested: DiscSuggestion) -> dict[str, Any]:
    return {
        "level": suggested.level,
        "name": suggested.name,
        "places": list(suggested.places),
        "roots": list(suggested.roots),
        "frequency": suggested.frequency,
        **_codes(suggested),
        "claims": _claims(suggested.claims),
    }


def _codes(suggested: ConditionSuggestion | DiscSuggestion) -> dict[str, Any]:
    return {
        "icd10cm": suggested.icd10cm,
        "hpo": suggested.hpo,
        "review": suggested.review.value,
        "sources": list(suggested.sources),
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


def _first_answer(each: FirstAnswer) -> dict[str, Any]:
    return {
        "map": each.map,
        "plexus_variant": each.variant,
        "localization": each.localization,
        "side": each.side,
        "is_same": each.is_same,
        "has_ground": each.has_ground,
    }


def _proved(claim: Claim, steps: tuple[Step, ...]) -> dict[str, Any]:
    return {"claim": str(claim), **claim._asdict(), "steps": [_step(step) for step in steps]}


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
        "kind": term.kind.value,
        "group": term.group.value if term.group else None,
        "label": term.label,
        "weight": term.weight,
        "counted": term.counted,
        "premises": _claims(term.premises),
        "of": term.of,
        "tier": term.tier.value if term.tier else None,
    }
