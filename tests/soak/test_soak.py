"""A sample of the soak: 300 random cases.

Texts are read back of each, and planted with a fault. Every second case is replayed; every sixth is replayed from its
JSON, tampered with, put to every completion, and answered in another order; every twentieth is contrasted.
"""

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
