"""Mirrored findings give the mirrored report: no leg is preferred, and no word or code is that of the other leg."""

import pytest
from hypothesis import given, settings

from benchmarks.published import FOLDER, half_of
from dermarules.findings import Case
from dermarules.knowledgebase.base import default_knowledge
from dermarules.knowledgebase.cases import read_cases
from dermarules.report import localize
from tests.laterality.mirror import (
    acted_on,
    in_any_order,
    is_its_own_image,
    on_every_map,
    swapped,
    untitled,
    values,
    words,
)
from tests.strategies import cases, shipped_cases

PUBLISHED = [case for file in sorted(FOLDER.glob("*.yaml")) for case in read_cases(file, default_knowledge())]
LOOK = [untitled(case) for case in PUBLISHED if half_of(case.id) == "look"]
SHIPPED = [untitled(case) for case in shipped_cases()]
# A root, a nerve, two lesions apart, a plexus, a brain lesion on one side, and a cord that has none.
CHOSEN = (
    "foot_drop_l5_root",
    "outer_foot_numb_sole_numb",
    "two_nerves_apart",
    "thigh_weak_adduction_weak",
    "stiff_foot_drop_headache",
    "stiff_foot_drop_trunk_level",
)


def sided(found: list[Case]) -> list[Case]:
    """The cases that differ from their image in the mirror."""
    return [case for case in found if not is_its_own_image(case)]


def of_id(case: Case) -> str:
    return case.id


def test_most_cases_differ_from_their_image() -> None:
    assert len(sided(SHIPPED)) > 50
    assert len(sided(LOOK)) > 50


@pytest.mark.parametrize("case", sided(SHIPPED), ids=of_id)
def test_shipped_case_in_the_mirror_reads_as_its_report_in_the_mirror(case: Case) -> None:
    seen, image = localize(case), localize(case.mirrored())

    assert acted_on(image) == swapped(acted_on(seen))
    assert in_any_order(words(image)) == in_any_order(swapped(words(seen)))


@pytest.mark.parametrize("case", sided(LOOK), ids=of_id)
def test_published_case_in_the_mirror_gets_its_answer_in_the_mirror(case: Case) -> None:
    assert acted_on(localize(case.mirrored())) == swapped(acted_on(localize(case)))


@pytest.mark.parametrize("case", [case for case in SHIPPED if case.id in CHOSEN], ids=of_id)
def test_first_answer_on_every_map_is_that_in_the_mirror(case: Case) -> None:
    assert on_every_map(localize(case.mirrored())) == swapped(on_every_map(localize(case)))


@given(case=cases())
@settings(max_examples=15)
def test_every_value_and_the_whole_proof_are_those_in_the_mirror(case: Case) -> None:
    seen, image = localize(case), localize(case.mirrored())

    assert in_any_order(values(image)) == in_any_order(swapped(values(seen)))


@given(case=cases())
def test_mirroring_twice_changes_nothing(case: Case) -> None:
    assert case.mirrored().mirrored().findings == case.findings
