"""Every shipped case, and every case of the tests, gets the answer and the reason that it expects."""

from pathlib import Path

import pytest

from dermarules.audit.expectations import explained
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import read_cases
from dermarules.report import localize
from tests.conftest import CHECKOUT
from tests.strategies import shipped_cases
from tests.verdicts import verdicts

EXAMPLES = sorted((CHECKOUT / "examples" / "cases").glob("*.yaml"))
VIGNETTES = sorted((CHECKOUT / "tests" / "cases").glob("*.yaml"))
ARTICLE_TABLE = [path for path in EXAMPLES if path.stem.startswith("article_") and path.stem.endswith("_table")]


@pytest.mark.parametrize("path", [*EXAMPLES, *VIGNETTES], ids=lambda path: path.stem)
def test_case_gets_the_answer_that_it_expects(path: Path) -> None:
    told = verdicts(path)

    assert all(found.case.expect for found in told)
    assert "\n\n".join(explained(found) for found in told if found.failures) == ""


@pytest.mark.parametrize("path", ARTICLE_TABLE, ids=lambda path: path.stem)
def test_area_of_the_article_puts_its_root_first_among_the_roots(path: Path, knowledge: Knowledge) -> None:
    (case,) = read_cases(path, knowledge)
    expected = f"root {path.stem.split('_')[1].upper()}"

    answers = localize(case, knowledge=knowledge, map="seed").differential

    assert next(answer.localization for answer in answers if answer.localization.startswith("root ")) == expected


def test_article_has_a_case_for_each_root_of_its_table() -> None:
    assert [path.stem for path in ARTICLE_TABLE] == [
        f"article_{root}_table" for root in ("l1", "l2", "l3", "l4", "l5", "s1", "s2")
    ]


def test_there_are_at_least_forty_constructed_cases() -> None:
    assert sum(is_constructed(case) for case in shipped_cases()) >= 40


def is_constructed(case: Case) -> bool:
    return case.origin is not None and case.origin.kind == "constructed"


def test_file_name_is_the_id_of_its_case() -> None:
    assert [case.id for case in shipped_cases()] == [path.stem for path in EXAMPLES]
