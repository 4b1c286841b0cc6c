"""One localization or another: the points add up, and every set of changes turns the order and has no spare part."""

from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings

from dermarules.findings import Case, Finding
from dermarules.knowledgebase.base import default_knowledge
from dermarules.knowledgebase.contradictions import contradictions
from dermarules.questions.contrast import Contrast, contrast
from dermarules.questions.otherwise import otherwise
from dermarules.report import Report, localize
from dermarules.vocabulary import BOTH_SIDES, Kind, Result, Side
from tests.strategies import EXAMPLES, cases
from tests.turned import check, is_turned, names

LEFT = (Side.LEFT,)


def asked(name: str, *two: str) -> tuple[Report, Contrast]:
    report = localize(EXAMPLES / f"{name}.yaml", engine="compiled")
    return report, contrast(report, *(two or names(report)[:2]))


@pytest.mark.parametrize(
    "name",
    ["foot_drop_weak_inversion", "article_l1_table", "knee_buckles_thigh_skin_numb", "published_cord_metastasis"],
)
def test_every_set_turns_the_order_and_has_no_spare_part(name: str) -> None:
    report, found = asked(name)

    assert found.search.swaps
    one, other = names(report)[:2]
    for swap in found.search.swaps:
        check(report, one, other, swap)


def test_a_plexus_of_both_sides_may_be_two_lesions() -> None:
    skin = ["scrotum_labia_anterior", "lateral_foot_border", "medial_thigh_lower"]
    rows = [
        {"sensation": "pinprick", "over": skin, "side": "both", "is": "reduced"},
        {"wasting": "gluteus_minimus", "side": "right", "is": "present"},
        {"history": "dialysis", "is": "present"},
    ]
    report = localize({"id": "two_plexuses", "findings": rows}, engine="compiled")
    found = contrast(report, "nothing_to_localize", "plexus lumbosacral, both")

    for swap in found.search.swaps:
        check(report, "nothing_to_localize", "plexus lumbosacral, both", swap)


@pytest.mark.parametrize("name", ["foot_drop_weak_inversion", "root_and_thigh_nerve", "stocking_plantar_extensor"])
def test_the_points_add_up_to_the_difference_of_the_totals(name: str) -> None:
    report, _ = asked(name)
    for other in names(report)[1:3]:
        found = contrast(report, names(report)[0], other)

        assert sum(point.difference for point in found.points) == found.first.total - found.second.total
        assert [abs(p.difference) for p in found.points] == sorted(
            (abs(p.difference) for p in found.points), reverse=True
        )


def brute(report: Report, one: str, other: str) -> tuple[int, int]:
    """The size of the smallest sets of changes that turn the order, and how many there are; every case in full."""
    rows = report.case.findings
    sides = {one.partition(", ")[2], other.partition(", ")[2]} == {"left", "right"}
    options = [tuple(otherwise(row, report.knowledge, sides=sides)) for row in rows]
    for size in range(1, len(rows) + 1):
        count = 0
        for chosen in combinations(range(len(rows)), size):
            for instead in product(*(options[n] for n in chosen)):
                by_number = dict(zip(chosen, instead, strict=True))
                new = [x for n, row in enumerate(rows) if (x := by_number.get(n, row)) is not None]
                if next(contradictions(tuple(enumerate(new)), report.knowledge), None):
                    continue
                turned = localize(report.case.with_findings(new), engine="compiled")
                count += is_turned(report, turned, one, other)
        if count:
            return size, count
    return 0, 0


@settings(max_examples=25)
@given(case=cases(min_size=2, max_size=8))
def test_no_smaller_set_turns_the_order_of_a_random_case(case: Case) -> None:
    report = localize(case.with_findings(case.findings[:3]), engine="compiled")
    assume(len(report.differential) > 1)
    two = names(report)
    for one, other in ((two[0], two[1]), (two[-1], two[0])):
        assume(one.partition(", ")[0] != other.partition(", ")[0])
        told = contrast(report, one, other)
        # Several lesions on sides that have no one name are reached by the place alone only if they stand highest.
        assume([each.side or "" for each in (told.first, told.second)] == [n.partition(", ")[2] for n in (one, other)])
        found = told.search
        if found.is_smallest:
            size = len(found.swaps[0].changes) if found.swaps else 0
            assert (size, found.found) == brute(report, one, other)
        for swap in found.swaps:
            check(report, one, other, swap)


def test_a_weak_inversion_is_what_tells_the_root_from_the_nerve() -> None:
    _, found = asked("foot_drop_weak_inversion", "root L5", "nerve common_peroneal")
    changes = [swap.changes for swap in found.search.swaps]

    assert [[c.finding.name for c in each] for each in changes] == [["ankle_inversion"], ["ankle_inversion"]]
    assert [c.instead.result if c.instead else None for (c,) in changes] == [Result.MRC_5, None]
    assert found.points[0].about is not None
    assert found.points[0].about.subject == "power ankle_inversion: 4"
    assert (found.points[0].first, found.points[0].second) == (24, -24)


def test_in_short_each_set_is_told_with_its_changes() -> None:
    report = localize(EXAMPLES / "foot_drop_weak_inversion.yaml", engine="compiled")
    text = " ".join(report.contrast("root L5", "nerve common_peroneal").to_text(verbosity="short").split())

    assert "196 against 150: Weak ankle inversion (4/5), left: if instead full ankle inversion (5/5), left." in text
    assert "196 against 184: Weak ankle inversion (4/5), left: if it had not been looked for." in text


def test_too_many_sets_are_not_all_tried_and_that_is_said() -> None:
    report, found = asked("knee_buckles_thigh_skin_numb")
    (swap,) = found.search.swaps

    assert not found.search.is_smallest
    assert found.search.tried_up_to < len(swap.changes)
    assert "a smaller one may exist" in " ".join(report.contrast(*names(report)[:2]).to_text().split())


def test_sides_are_changed_only_where_both_are_on_different_sides() -> None:
    rows = [{"power": "ankle_dorsiflexion", "side": side, "is": power} for side, power in (("left", 3), ("right", 4))]
    report = localize({"id": "two", "findings": rows}, engine="compiled")
    found = contrast(report, "root L5, left", "root L5, right")
    changes = [change for swap in found.search.swaps for change in swap.changes]

    assert found.first.side == "left"
    assert found.search.swaps
    same = contrast(report, "root L5, left", "nerve deep_peroneal, left").search.swaps
    assert all(c.instead is None or c.instead.sides == c.finding.sides for s in same for c in s.changes)
    for swap in found.search.swaps:
        check(report, "root L5, left", "root L5, right", swap)
    assert changes


def test_a_localization_for_which_nothing_speaks_is_weighed_all_the_same() -> None:
    report, found = asked("foot_drop_l5_root", "root L5", "nerve pudendal")

    assert found.second.rank is None
    assert sum(point.difference for point in found.points) == found.first.total - found.second.total
    assert "nothing that was found speaks for it" in report.contrast("root L5", "nerve pudendal").to_text()


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("root L5", "root L5", "named twice"),
        ("root L9", "root L5", "nothing is known as 'root L9'"),
        ("acute_foot_drop", "root L5", "is no localization"),
        ("nerve pudendal", "nerve ilioinguinal", "nothing that was found speaks for"),
    ],
)
def test_what_cannot_be_compared_is_said(one: str, other: str, message: str) -> None:
    report = localize(EXAMPLES / "foot_drop_l5_root.yaml", engine="compiled")

    with pytest.raises(ValueError, match=message):
        report.contrast(one, other)


@pytest.mark.parametrize(
    ("finding", "instead"),
    [
        (Finding(Kind.POWER, "ankle_dorsiflexion", LEFT, Result.MRC_2), Result.MRC_5),
        (Finding(Kind.POWER, "ankle_dorsiflexion", LEFT, Result.NORMAL), Result.MRC_4),
        (Finding(Kind.SENSATION, "pinprick", LEFT, Result.ABSENT, ("shin_upper",)), Result.NORMAL),
        (Finding(Kind.SENSATION, "pinprick", LEFT, Result.NORMAL, ("shin_upper",)), Result.REDUCED),
        (Finding(Kind.REFLEX, "ankle", LEFT, Result.ABSENT), Result.NORMAL),
        (Finding(Kind.REFLEX, "ankle", LEFT, Result.NORMAL), Result.REDUCED),
        (Finding(Kind.REFLEX, "plantar", LEFT, Result.EXTENSOR), Result.FLEXOR),
        (Finding(Kind.REFLEX, "plantar", LEFT, Result.FLEXOR), Result.EXTENSOR),
        (Finding(Kind.SIGN, "slr", LEFT, Result.POSITIVE), Result.NEGATIVE),
        (Finding(Kind.HISTORY, "back_pain", (Side.NONE,), Result.ABSENT), Result.PRESENT),
    ],
)
def test_a_finding_has_one_opposite(finding: Finding, instead: Result) -> None:
    found = list(otherwise(finding, default_knowledge(), sides=False))

    assert [each.result if each else None for each in found] == [instead, None]


def test_a_measure_has_no_opposite_and_a_side_has_others() -> None:
    measure = Finding(Kind.MEASURE, "symptom_days", (Side.NONE,), Result.MEASURED, number=3.0)
    reflex = Finding(Kind.REFLEX, "ankle", BOTH_SIDES, Result.ABSENT)

    assert list(otherwise(measure, default_knowledge(), sides=True)) == [None]
    sides = [each.sides for each in otherwise(reflex, default_knowledge(), sides=True) if each]
    assert sides == [BOTH_SIDES, LEFT, (Side.RIGHT,)]


def test_the_order_of_findings_changes_nothing() -> None:
    report, found = asked("article_l1_table")
    turned = localize(report.case.with_findings(reversed(report.case.findings)), engine="compiled")

    assert contrast(turned, *names(turned)[:2]) == found
