"""Many variations of one case: at once or one by one, what follows is the same."""

import pytest

from dermarules.findings import Case
from dermarules.questions import many
from dermarules.questions.many import gists, load_kernel
from dermarules.report import Report, localize
from tests.strategies import EXAMPLES


@pytest.fixture(scope="module")
def report() -> Report:
    return localize(EXAMPLES / "foot_drop_weak_inversion.yaml", engine="compiled")


@pytest.fixture(scope="module")
def thinned(report: Report) -> list[Case]:
    rows = report.case.findings
    return [report.case.with_findings(rows[:start] + rows[start + 4 :]) for start in range(len(rows))]


def test_a_gist_is_what_the_report_says(report: Report) -> None:
    (gist,) = gists([report.case], report)

    first = report.differential[0]
    assert (gist.localization, gist.side, gist.certainty) == (first.localization, first.side, first.certainty)
    assert (gist.urgency, gist.urgency_possible) == (report.urgency, report.urgency_possible)
    assert gist.raised == {flag.id for flag in report.red_flags.raised}


def test_the_kernel_gives_the_gists_that_one_by_one_gives(report: Report, thinned: list[Case]) -> None:
    one_by_one = tuple(many.gist(case, report) for case in thinned)

    assert load_kernel(report.knowledge, report.map)
    assert tuple(gists(thinned, report)) == one_by_one


def test_without_numba_one_by_one_is_what_is_left(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_has_numba", lambda: False)

    assert not load_kernel(report.knowledge, "seed")
    assert {each.localization for each in gists([report.case] * 2, report)} == {report.differential[0].localization}
