"""When an answer is one that a case accepts."""

import pytest

from dermarules.audit.matching import (
    Place,
    is_acceptable_among_first,
    is_accepted,
    is_among_first,
    lenient_rank,
    side_fits,
    strict_rank,
)
from dermarules.findings import Expectation

ROOTS = ("T12", "L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4", "S5")


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ("root L5", "root L5"),
        ("nerve tibial", "nerve tibial"),
        ("nerve tibial at tarsal_tunnel", "nerve tibial"),
        ("nerve tibial", "nerve tibial at popliteal_fossa"),
        ("root L5", "root unspecified"),
        ("root L5", "roots unspecified"),
        ("roots L5-S1", "roots unspecified"),
        ("root L5", "roots L5-S1"),
        ("roots L5-S1", "roots L5-S1"),
        ("roots L5-S1", "roots L4-S2"),
        ("plexus sacral", "plexus lumbosacral"),
        ("plexus lumbosacral_trunk", "plexus lumbosacral"),
        ("brain", "upper_motor_neuron"),
        ("spinal_cord", "upper_motor_neuron"),
        ("nothing_to_localize", "not_neurological"),
        ("not_neurological", "not_neurological"),
        ("functional", "functional"),
    ],
)
def test_an_answer_is_accepted(answered: str, expected: str) -> None:
    assert is_accepted(answered, expected, ROOTS)


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ("root S1", "root L5"),
        ("roots L5-S1", "root unspecified"),
        ("nerve tibial", "root unspecified"),
        ("nerve tibial", "roots unspecified"),
        ("roots L5-S2", "roots L5-S1"),
        ("root L4", "roots L5-S1"),
        ("roots L9-S1", "roots L5-S1"),
        ("plexus lumbosacral", "plexus sacral"),
        ("nerve sciatic", "plexus lumbosacral"),
        ("motor_neuron", "upper_motor_neuron"),
        ("not_neurological", "nothing_to_localize"),
        ("polyneuropathy", "not_neurological"),
    ],
)
def test_an_answer_is_not_accepted(answered: str, expected: str) -> None:
    assert not is_accepted(answered, expected, ROOTS)


@pytest.mark.parametrize(
    ("answered", "expected", "does_fit"),
    [
        ("left", "left", True),
        ("right", "left", False),
        ("unknown", "left", False),
        ("left", "both", False),
        ("both", "left", True),
        (None, "right", True),
        ("both", "both", True),
        (None, "both", True),
        ("right", None, True),
        ("right", "unknown", True),
    ],
)
def test_a_side_fits(answered: str | None, expected: str | None, does_fit: bool) -> None:
    assert side_fits(answered, expected) is does_fit


PLACES = (Place("nerve tibial", "left"), Place("root S1", "right"), Place("root S1", "left"), Place("root L5", "left"))


def test_a_wrong_side_does_not_count() -> None:
    assert strict_rank(PLACES, Expectation(localization=("root S1",), side="left"), ROOTS) == 3
    assert strict_rank(PLACES, Expectation(localization=("root S1",), side="right"), ROOTS) == 2


def test_an_accepted_answer_counts_leniently_only() -> None:
    expect = Expectation(localization=("root S1",), also_accept=("nerve tibial",), side="left")
    assert not is_among_first(PLACES, expect, ROOTS)
    assert is_acceptable_among_first(PLACES, expect, ROOTS)
    assert lenient_rank(PLACES, expect, ROOTS) == 1


def test_the_first_three_are_three() -> None:
    assert is_among_first(PLACES, Expectation(localization=("root S1",), side="left"), ROOTS, 3)
    assert not is_among_first(PLACES, Expectation(localization=("root L5",), side="left"), ROOTS, 3)


def test_several_lesions_match_when_all_are_among_as_many_places() -> None:
    both = Expectation(localization=("root S1", "nerve tibial"))
    assert is_among_first(PLACES, both, ROOTS)
    assert strict_rank(PLACES, both, ROOTS) == 2
    assert not is_among_first(PLACES, Expectation(localization=("root L5", "nerve tibial")), ROOTS)
    assert is_among_first(PLACES, Expectation(localization=("root L5", "nerve tibial")), ROOTS, 4)


def test_a_lesion_that_is_missing_leaves_no_rank() -> None:
    assert strict_rank(PLACES, Expectation(localization=("root S1", "nerve femoral")), ROOTS) is None
    assert lenient_rank(PLACES, Expectation(localization=("nerve femoral",)), ROOTS) is None


def test_an_answer_of_several_lesions_matches_the_same_lesions_only() -> None:
    several = Place("root S1 + nerve femoral", None, ("root S1", "nerve femoral"))
    places = (Place("root S1", "left"), several)
    both = Expectation(localization=("nerve femoral", "root S1"))
    assert strict_rank(places, both, ROOTS) == 2
    assert not is_among_first(places, both, ROOTS)
    assert is_among_first(places, both, ROOTS, 3)
    assert is_among_first((several,), both, ROOTS)
    assert not is_among_first((several,), Expectation(localization=("root S1",)), ROOTS)
    assert not is_among_first((several,), Expectation(localization=("root S1", "root L5")), ROOTS)
    assert not is_accepted("root S1 + nerve femoral", "root unspecified", ROOTS)
