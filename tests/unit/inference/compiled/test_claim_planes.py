"""Planes of conditions: the tables of what conditions mean hold for them too."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from dermarules.findings import Case, Finding
from dermarules.inference.compiled import machine
from dermarules.inference.compiled.assumptions import Assumptions
from dermarules.inference.compiled.circuit import NEVER, Circuit
from dermarules.inference.compiled.claim_planes import ClaimPlanes
from dermarules.inference.compiled.inputs import Inputs
from dermarules.inference.compiled.steps import steps_to
from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.notation import FALSE, TRUE, root_claim
from dermarules.proof import Claim
from dermarules.rules import All, Any, Compare, Leaf
from dermarules.vocabulary import Kind, Result, Side
from tests.planes import told
from tests.semantics.test_semantics import COLUMNS, TABLES, knowledge_with_probe, tables

EACH_TABLE = [
    pytest.param(path, number, id=f"{path.stem}: {table['say']}")
    for path in TABLES
    for number, table in enumerate(tables(path))
]


def held(claims: Iterable[Claim], case: Case, knowledge: Knowledge) -> list[Claim]:
    wanted = list(claims)
    circuit = Circuit()
    planes = ClaimPlanes(knowledge, circuit)
    steps = steps_to(circuit, [planes.plane(claim) for claim in wanted])
    words = machine.run(steps, Inputs(steps.keys, knowledge).of_cases([case]))[:, 0]
    return [claim for claim, word in zip(wanted, words, strict=True) if word & 1]


@pytest.mark.parametrize(("path", "number"), EACH_TABLE)
def test_planes_have_the_truth_of_the_tables(path: Path, number: int) -> None:
    knowledge = knowledge_with_probe(path, number)
    words = {(): "unknown", (TRUE,): True, (FALSE,): False}
    for row in tables(path)[number]["rows"]:
        case = case_from_mapping({"id": "probe", "findings": row["given"]}, knowledge)
        expected = {column: row[column] for column in COLUMNS if column in row}
        found = {}
        for column in expected:
            claims = {root_claim("red_flags/probe", COLUMNS[column], word): word for word in (TRUE, FALSE)}
            found[column] = words[tuple(claims[claim] for claim in held(claims, case, knowledge))]
        assert found == expected


def test_claim_of_which_no_rule_speaks_never_holds(knowledge: Knowledge) -> None:
    claims = ClaimPlanes(knowledge, Circuit())

    assert claims.plane(Claim(TRUE, "rules/no_such_rule", "left")) == NEVER
    assert claims.about(TRUE, "rules/no_such_rule") == {}


def test_claims_about_a_rule_come_by_side(knowledge: Knowledge) -> None:
    claims = ClaimPlanes(knowledge, Circuit())
    rule = next(clause for clause in program(knowledge).clauses if clause.head.side == Side.LEFT.value)

    found = claims.about(rule.head.predicate, rule.head.subject)

    assert found[Side.LEFT] == claims.plane(rule.head)


def test_shipped_rules_assume_nothing_that_is_told_by_itself(knowledge: Knowledge) -> None:
    assert Assumptions(program(knowledge)).harmless


def test_flag_that_an_assumption_alone_proves_is_raised_only_in_cases_that_touch_it(knowledge: Knowledge) -> None:
    name, flag = next(iter(knowledge.red_flags.items()))
    fever, pain = (Leaf(Kind.HISTORY, (item,), frozenset({Result.PRESENT})) for item in ("fever", "back_pain"))
    alone = Compare("symptom_days", "le", 7, if_unknown=True)
    changed = replace(knowledge, red_flags={name: replace(flag, when=Any((All((fever, pain)), alone)))})
    claim = root_claim(f"red_flags/{name}", Side.NONE)
    feverish = Case("fever", (Finding(Kind.HISTORY, "fever", (Side.NONE,), Result.PRESENT),))

    assert not Assumptions(program(changed)).harmless
    assert not held([claim], Case("nothing", ()), changed)
    assert claim not in told(Case("nothing", ()), changed).claims
    assert held([claim], feverish, changed) == [claim]
    assert claim in told(feverish, changed).claims
