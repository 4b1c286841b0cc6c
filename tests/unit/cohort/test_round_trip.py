"""Cases that go through a table get the answers that they get alone."""

from pathlib import Path

import pytest
from hypothesis import given

from dermarules.cohort.cohort_answer import CohortAnswer
from dermarules.cohort.localizer import Localizer
from dermarules.cohort.table import localize_table
from dermarules.cohort.wide_form import to_table
from dermarules.findings import Case
from dermarules.inference.compiled.atoms import Atom, atoms_of
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.knowledgebase.cases import read_cases
from dermarules.report import localize
from tests.strategies import cases
from tests.unit.cohort.expected import row_of

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "cases"
CASES = tuple(case for path in sorted(EXAMPLES.glob("*.yaml")) for case in read_cases(path))
EXPLAINED = ("foot_drop_l5_root", "saddle_retention_plantar_flexor", "two_nerves_apart", "legs_fail_trunk_level")


@pytest.fixture(scope="module")
def answer(knowledge: Knowledge) -> CohortAnswer:
    return localize_table(to_table(CASES), knowledge=knowledge, several=True)


def test_every_example_gets_the_answer_that_it_gets_alone(answer: CohortAnswer, knowledge: Knowledge) -> None:
    rows = [{name: value for name, value in row.items() if name != "several"} for row in answer.table.to_pylist()]

    assert rows == [row_of(localize(case, knowledge=knowledge)) for case in CASES]


@pytest.mark.parametrize("name", EXPLAINED)
def test_a_row_is_explained_by_the_report_of_its_case(name: str, answer: CohortAnswer, knowledge: Knowledge) -> None:
    row = answer.table.column("id").to_pylist().index(name)
    case = answer.case(row)

    report = answer.explain_row(row)

    assert report.to_json() == localize(case, knowledge=knowledge).to_json()
    assert row_of(report).items() <= answer.table.slice(row, 1).to_pylist()[0].items()
    assert (case.id, case.age, case.sex) == (CASES[row].id, CASES[row].age, CASES[row].sex)


def test_a_row_states_the_findings_of_its_case(answer: CohortAnswer) -> None:
    stated = [said(answer.case(row)) for row in range(len(CASES))]

    assert stated == [said(case) for case in CASES]


def said(case: Case) -> set[tuple[Atom, float | None, str]]:
    """What a case says, place by place and side by side."""
    return {(atom, finding.number, finding.level) for finding in case.findings for atom in atoms_of(finding)}


@given(case=cases(min_size=1))
def test_a_table_states_what_a_case_states(case: Case) -> None:
    knowledge = default_knowledge()
    batch = to_table([case]).to_batches()[0]

    stated = Localizer(batch.schema, knowledge=knowledge).case(batch, 0)

    assert said(stated) == said(case)
    assert (stated.id, stated.age) == (case.id, case.age)
