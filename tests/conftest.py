"""What every test may ask for: the shipped knowledge, read once, and hypothesis that does not surprise CI."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dermarules.knowledgebase.base import Knowledge, default_knowledge

CHECKOUT = Path(__file__).resolve().parents[1]

settings.register_profile(
    "laws",
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
# To look for new counterexamples: pytest --hypothesis-profile=search
settings.register_profile("search", settings.get_profile("laws"), max_examples=300, derandomize=False)
settings.load_profile("laws")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge base of this checkout."""
    return default_knowledge()
