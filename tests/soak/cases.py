"""Random cases of a soak, each drawn from the seed and its number alone: the same on every machine."""

from functools import cache
from random import Random

from dermarules.audit.patient import draw
from dermarules.audit.simulate import COMPLETENESS, sites
from dermarules.findings import Case
from dermarules.knowledgebase.base import default_knowledge
from dermarules.knowledgebase.cases import read_cases
from tests.conftest import CHECKOUT
from tests.strategies import nowhere, random_finding, shipped_cases, without_contradictions

_MOST = 12
_FILES = ("published/*.yaml", "rules/*.yaml")


def random_case(seed: int, number: int) -> Case:
    """A case of random findings, one that is left of a shipped case with a little more, or a simulated patient."""
    random = Random(f"{seed} {number}")
    made = random.choice((_of_findings, _of_findings, _part_of_a_shipped_case, _part_of_a_shipped_case, _patient))
    case = made(random)
    age = case.age if case.age is not None else random.choice((None, float(random.randint(15, 95))))
    return Case(f"soak_{seed}_{number}", tuple(map(nowhere, case.findings)), age=age, sex=case.sex)


def _of_findings(random: Random) -> Case:
    drawn = [random_finding(random.choice) for _ in range(random.randint(1, _MOST))]
    return Case("", without_contradictions(drawn))


def _part_of_a_shipped_case(random: Random) -> Case:
    shipped = random.choice(_shipped())
    kept = random.sample(shipped.findings, random.randint(1, len(shipped.findings)))
    added = [random_finding(random.choice) for _ in range(random.randint(0, 3))]
    return shipped.with_findings((*kept, *without_contradictions(added, kept)))


def _patient(random: Random) -> Case:
    knowledge = default_knowledge()
    site = random.choice(sites(knowledge))
    return draw(knowledge, site, random.choice(COMPLETENESS), random.randrange(1_000_000))


@cache
def _shipped() -> tuple[Case, ...]:
    """Every case in examples/ and tests/cases/ that says something."""
    files = sorted(path for name in _FILES for path in (CHECKOUT / "tests" / "cases").glob(name))
    read = (case for path in files for case in read_cases(path, default_knowledge()))
    return tuple(case for case in (*shipped_cases(), *read) if case.findings)
