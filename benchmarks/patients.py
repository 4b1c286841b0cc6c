"""Simulated patients, the same on every machine: one of every lesion at every completeness of the examination."""

from functools import lru_cache

from dermarules.audit.patient import draw
from dermarules.audit.simulate import COMPLETENESS, sites
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge


@lru_cache(maxsize=1)
def patients(knowledge: Knowledge) -> tuple[Case, ...]:
    """One patient of each lesion and completeness."""
    return tuple(draw(knowledge, site, completeness, 0) for completeness in COMPLETENESS for site in sites(knowledge))
