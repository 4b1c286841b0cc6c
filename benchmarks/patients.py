"""Simulated patients, the same on every machine: one of every lesion at every completeness of the examination."""

from functools import lru_cache

from dermarules.audit.patient import draw
from dermarules.audit.simulate import COMPLETENESS, sites
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.contradictions import contradictions


@lru_cache(maxsize=1)
def patients(knowledge: Knowledge) -> tuple[Case, ...]:
    """One patient of each lesion and completeness; those in whom the examiner contradicts himself are left out."""
    drawn = (draw(knowledge, site, completeness, 0) for completeness in COMPLETENESS for site in sites(knowledge))
    return tuple(case for case in drawn if not any(contradictions(tuple(enumerate(case.findings)), knowledge)))
