"""A sample of the soak: 300 random cases. Reading back is checked of each, what takes long of one in so many."""

import pytest

from tests.soak.checks import CHECKS
from tests.soak.run import checked

SEED, CASES, PARTS = 4711, 300, 6


@pytest.mark.parametrize("part", range(PARTS))
def test_random_cases_hold_to_every_check(part: int) -> None:
    numbers = range(part * CASES // PARTS, (part + 1) * CASES // PARTS)
    results = [result for number in numbers for result in checked(SEED, number, sparsely=True)]

    assert [result for result in results if result.faults] == []
    assert {result.check for result in results if result.is_possible} == {check.name for check in CHECKS}
