"""Short ways to write a case and to ask what follows from it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import yaml

from dermarules.findings import Case
from dermarules.inference.candidates import Candidate, candidates
from dermarules.inference.evidence import Evidence
from dermarules.inference.experta_engine import derive
from dermarules.inference.infer import Inference, infer
from dermarules.inference.observations import Observation, observe
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.proof import Term
from dermarules.vocabulary import Side

DORSUM = "sensation: pinprick, over: [dorsum_foot_central]"
FOOT_DROP = ("power: ankle_dorsiflexion, side: left, is: 3", "power: great_toe_extension, side: left, is: 3")


def case(*rows: str, age: float | None = None) -> Case:
    """A case with rows such as `power: knee_extension, side: left, is: 3`."""
    findings = [yaml.safe_load("{" + row + "}") for row in rows]
    return case_from_mapping({"id": "unit", "findings": findings, "patient": {"age": age}}, default_knowledge())


def observed(*rows: str) -> Mapping[tuple[str, Side], Observation]:
    """The observations by place and side."""
    return {(f"{o.place[0]} {o.place[1]}", o.side): o for o in observe(case(*rows), default_knowledge())}


def inferred(*rows: str, knowledge: Knowledge | None = None, age: float | None = None) -> Inference:
    return infer(case(*rows, age=age), knowledge or default_knowledge(), "consensus", derive)


def findings_alone(*rows: str) -> Evidence:
    """The evidence of a case as if no rule had fired and no general sign were there."""
    return examinations_alone(case(*rows))


def examinations_alone(found: Case) -> Evidence:
    """The evidence of what was observed in a case, as if no rule had fired and no general sign were there."""
    nothing: dict[str, Any] = {each.name: () for each in fields(Evidence)}
    seen = observe(found, default_knowledge())
    return Evidence(**{**nothing, "observations": seen, "entries": frozenset(), "lessened": {}})


def candidate(name: str, map_id: str = "consensus") -> Candidate:
    (found,) = [c for c in candidates(default_knowledge(), map_id) if c.name == name]
    return found


def weighing(name: str, side: Side, found: Inference) -> Weighing:
    """The weighing of a candidate, wherever it stands in the order."""
    every = [w for place in found.ranked for w in (place.weighing, *place.same_elsewhere)]
    (one,) = [w for w in every if w.candidate.name == name and w.side is side]
    return one


def terms(name: str, side: Side, found: Inference) -> dict[str, Term]:
    return {term.label: term for term in weighing(name, side, found).terms}


def order(found: Inference) -> list[str]:
    return [place.weighing.candidate.localization for place in found.ranked]


def firsts(found: Inference) -> tuple[str, Side]:
    """The first answer and its side."""
    first = found.ranked[0].weighing
    return first.candidate.localization, first.side
