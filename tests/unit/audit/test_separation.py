"""The complete examination of every single lesion: it comes first, or no examination separates it from the answer."""

import pytest

from dermarules.audit.separation import Complete, cannot_be_told_from, completed
from dermarules.audit.simulate import sites
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.vocabulary import Certainty, Urgency

# What docs/explanation/simulated-examinations.md names: lesions, and what no examination tells them from.
PAIRS = {
    "root S3": "cauda_equina",
    "root S4": "cauda_equina",
    "root S5": "cauda_equina",
    "nerve pudendal": "cauda_equina",
    "nerve inferior_rectal": "cauda_equina",
    "nerve perineal_nerve": "cauda_equina",
    "nerve pfcn_perineal": "cauda_equina",
    "conus_medullaris": "cauda_equina",
    "plexus lumbosacral_trunk": "root L5",
    "nerve common_peroneal at fibular_head, fascicles of deep_peroneal": "nerve deep_peroneal",
    "nerve deep_peroneal at anterior_compartment": "nerve common_peroneal",
}
# Both of its places are variable, so that an examination need not find anything.
WITHOUT_CONSTANT_PLACE = "nerve sural_communicating"
NAMED = (*PAIRS, "cauda_equina", WITHOUT_CONSTANT_PLACE)
OTHERS = [site.name for site in sites(default_knowledge()) if site.name not in NAMED]


def examined(name: str, knowledge: Knowledge) -> Complete:
    return completed(knowledge, next(site for site in sites(knowledge) if site.name == name))


@pytest.mark.parametrize("name", OTHERS)
def test_completely_examined_lesion_comes_first(name: str, knowledge: Knowledge) -> None:
    lesion = examined(name, knowledge)

    assert lesion.comes_first
    assert cannot_be_told_from(lesion, sites(knowledge)) == ()


@pytest.mark.parametrize(("name", "other"), PAIRS.items())
def test_pair_that_no_examination_separates_is_undecided(name: str, other: str, knowledge: Knowledge) -> None:
    lesion = examined(name, knowledge)

    assert cannot_be_told_from(lesion, sites(knowledge)) == (other,)
    assert lesion.report.inference.certainty is Certainty.UNDECIDED
    assert lesion.report.differential[0].localization in (lesion.site.localization, other)


def test_cauda_equina_and_conus_are_undecided_whichever_it_is(knowledge: Knowledge) -> None:
    report = examined("cauda_equina", knowledge).report

    assert {place.localization for place in report.differential[:2]} == {"cauda_equina", "conus_medullaris"}
    assert report.inference.certainty is Certainty.UNDECIDED


@pytest.mark.parametrize("name", [name for name, other in PAIRS.items() if other == "cauda_equina"])
def test_lesion_that_may_be_the_cauda_equina_is_an_emergency(name: str, knowledge: Knowledge) -> None:
    assert examined(name, knowledge).report.urgency is Urgency.EMERGENCY_NOW


def test_lesion_without_a_constant_place_may_leave_nothing_to_find(knowledge: Knowledge) -> None:
    lesion = examined(WITHOUT_CONSTANT_PLACE, knowledge)

    assert lesion.lost == frozenset()
    assert lesion.report.inference.certainty is not Certainty.CLEAR


def test_every_lesion_is_simulated(knowledge: Knowledge) -> None:
    names = {site.name for site in sites(knowledge)}

    assert set(NAMED) <= names
    assert {f"root {root.id}" for root in knowledge.roots.values() if root.answer} <= names
    assert set(knowledge.wide_sites) <= names
