"""Every rule and red flag earns its place: a case names it as a reason, and a near miss names it as silent."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dermarules.audit.coverage import Coverage, coverage
from dermarules.audit.expectations import Verdict, explained
from dermarules.findings import Expectation
from dermarules.knowledgebase.base import Knowledge
from tests.conftest import CHECKOUT
from tests.verdicts import verdicts

RULES = sorted((CHECKOUT / "tests" / "cases" / "rules").glob("*.yaml"))
EXAMPLES = sorted((CHECKOUT / "examples" / "cases").glob("*.yaml"))


def of(*paths: Path) -> Iterator[Verdict]:
    return (found for path in paths for found in verdicts(path))


def named(entry: Coverage, expected: dict[str, Expectation]) -> Coverage:
    """The coverage by those cases that expect it: they name the rule, and not merely happen upon it."""
    rule = entry.rule.partition("/")[2]
    return replace(
        entry,
        fires=tuple(c for c in entry.fires if rule in (*expected[c].because, *(expected[c].red_flags or ()))),
        near_misses=tuple(c for c in entry.near_misses if rule in expected[c].silent),
    )


def test_cases_of_the_rules_get_the_answer_and_the_reason_that_they_expect() -> None:
    assert "\n\n".join(explained(found) for found in of(*RULES) if found.failures) == ""


def test_every_rule_and_red_flag_has_a_case_that_names_it_and_a_near_miss_that_does(knowledge: Knowledge) -> None:
    told = list(of(*EXAMPLES, *RULES))
    expected = {found.case.id: found.case.expect for found in told if found.case.expect}

    covered = [named(entry, expected) for entry in coverage((found.report for found in told), knowledge)]

    assert [f"{entry.rule} lacks {entry.lacks}" for entry in covered if entry.lacks] == []


def test_cases_of_the_rules_tell_a_story_under_an_id_of_their_own() -> None:
    told = list(of(*EXAMPLES, *RULES))

    assert len({found.case.id for found in told}) == len(told)
    assert [found.case.id for found in of(*RULES) if not (found.case.title and found.case.text)] == []
