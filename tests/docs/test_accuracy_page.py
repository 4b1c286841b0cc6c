"""The page on accuracy has the parts and groups that `make accuracy` would give it. Its numbers are those of a run."""

import re
from string import Template

from dermarules.audit.misses import FEATURES
from dermarules.audit.score import MARKS
from dermarules.audit.table import WORDS
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import read_each
from tests.conftest import CHECKOUT

PAGE = CHECKOUT / "docs" / "explanation" / "accuracy.md"
TEXT = CHECKOUT / "benchmarks" / "accuracy.md"
PLOT = PAGE.with_suffix(".svg")


def rows(page: str) -> set[str]:
    """The first cells of all rows of all tables."""
    return {line.split("|")[1].strip() for line in page.splitlines() if line.startswith("|")}


def published(knowledge: Knowledge) -> list[Case]:
    files = sorted((CHECKOUT / "tests" / "cases" / "published").glob("*.yaml"))
    return [case for file in files for case in read_each(file, knowledge) if isinstance(case, Case)]


def test_page_has_the_words_of_its_text_in_order() -> None:
    page = PAGE.read_text(encoding="utf-8")
    between = re.split(r"\$\{\w+\}", TEXT.read_text(encoding="utf-8"))
    pattern = ".*?".join(re.escape(words) for words in between)

    assert re.fullmatch(pattern, page, re.DOTALL)
    assert not Template(page).get_identifiers()


def test_page_has_a_row_for_every_mark_and_every_group(knowledge: Knowledge) -> None:
    expected = [case.expect for case in published(knowledge) if case.expect is not None]
    groups = {group for expect in expected for group in (expect.category, expect.key_strength) if group}
    wanted = groups | {WORDS[mark] for mark in MARKS} | {feature.title for feature in FEATURES}

    assert wanted - rows(PAGE.read_text(encoding="utf-8")) == set()


def test_page_names_no_case_that_is_not_there(knowledge: Knowledge) -> None:
    known = {case.id for case in published(knowledge)}
    named = set(re.findall(r"`(p[a-z]-[\w-]+)`", PAGE.read_text(encoding="utf-8")))

    assert named
    assert named <= known


def test_plot_bears_no_date_and_no_version() -> None:
    plot = PLOT.read_text(encoding="utf-8")

    assert plot.startswith("<?xml")
    assert "dc:date" not in plot
    assert "Matplotlib v" not in plot
