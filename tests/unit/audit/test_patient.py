"""Simulated patients and the examination of them."""

import os
import subprocess
import sys
from dataclasses import replace

from dermarules.audit.examination import bedside, complete, findings_of, single_muscles
from dermarules.audit.patient import draw
from dermarules.audit.simulate import sites
from dermarules.audit.witness import Cell
from dermarules.findings import Case
from dermarules.inference.candidates import Candidate
from dermarules.inference.observations import Observation, observe
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import State
from dermarules.vocabulary import BOTH_SIDES, Kind, Result, Side, Tier

PERONEAL = "nerve common_peroneal at fibular_head"


def site(name: str, knowledge: Knowledge) -> Candidate:
    return next(candidate for candidate in sites(knowledge) if candidate.name == name)


def certain(knowledge: Knowledge) -> Knowledge:
    """The knowledge with full deficits, and with examiners who always agree."""
    return replace(
        knowledge,
        detection={key: replace(each, share=1.0) for key, each in knowledge.detection.items()},
        tier_shares={
            key: replace(each, share=0.0 if each.tier is Tier.VARIABLE else 1.0)
            for key, each in knowledge.tier_shares.items()
        },
        agreement={key: replace(each, kappa=1.0) for key, each in knowledge.agreement.items()},
    )


def seen(case: Case, knowledge: Knowledge) -> dict[tuple[tuple[str, str], Side], State]:
    observations: tuple[Observation, ...] = observe(case, knowledge)
    return {(o.place, o.side): o.state for o in observations}


def test_complete_examination_finds_core_and_usual_places_lost_and_the_rest_normal(knowledge: Knowledge) -> None:
    lesion = site(PERONEAL, knowledge)
    found = seen(complete(knowledge, lesion), knowledge)

    lost = {place for (place, _), state in found.items() if state is State.DEFICIT}
    assert lost == {
        place for place, tier in lesion.reach.items() if tier is not Tier.VARIABLE and (place, Side.LEFT) in found
    }
    assert {state for (_, side), state in found.items() if side is not Side.LEFT} == {State.NORMAL}


def test_single_muscles_are_those_that_no_movement_shows(knowledge: Knowledge) -> None:
    names = {each.name for each in single_muscles(knowledge, site(PERONEAL, knowledge))}

    assert "extensor_digitorum_brevis" in names
    assert "tibialis_anterior" not in names
    assert "external_anal_sphincter" not in names


def test_one_sided_lesion_leaves_the_sphincters_to_the_other_side(knowledge: Knowledge) -> None:
    one = seen(complete(knowledge, site("root S4", knowledge)), knowledge)
    many = seen(complete(knowledge, site("cauda_equina", knowledge)), knowledge)
    sphincter = ("movement", "anal_contraction"), Side.NONE

    assert one[sphincter] is State.NORMAL
    assert many[sphincter] is State.DEFICIT


def test_perineum_is_examined_half_by_half(knowledge: Knowledge) -> None:
    found = seen(complete(knowledge, site("root S4", knowledge)), knowledge)

    assert found[("skin", "perianal"), Side.LEFT] is State.DEFICIT
    assert found[("skin", "perianal"), Side.RIGHT] is State.NORMAL


def test_results_of_one_kind_share_a_row_by_side_and_result() -> None:
    rows = findings_of(
        {
            Cell(Kind.SENSATION, "pinprick", Side.RIGHT, "sole_medial"): Result.NORMAL,
            Cell(Kind.SENSATION, "pinprick", Side.LEFT, "sole_medial"): Result.NORMAL,
            Cell(Kind.SENSATION, "pinprick", Side.LEFT, "sole_lateral"): Result.REDUCED,
            Cell(Kind.MEASURE, "symptom_days", Side.NONE): 14.0,
        }
    )

    assert [(row.sides, row.result, row.places, row.number) for row in rows] == [
        (BOTH_SIDES, Result.NORMAL, ("sole_medial",), None),
        ((Side.LEFT,), Result.REDUCED, ("sole_lateral",), None),
        ((Side.NONE,), Result.MEASURED, (), 14.0),
    ]


def test_the_same_patient_is_drawn_again(knowledge: Knowledge) -> None:
    lesion = site(PERONEAL, knowledge)

    assert draw(knowledge, lesion, 0.6, 7) == draw(knowledge, lesion, 0.6, 7)
    assert draw(knowledge, lesion, 0.6, 7).findings != draw(knowledge, lesion, 0.6, 8).findings


def test_a_patient_does_not_depend_on_the_order_of_a_process(knowledge: Knowledge) -> None:
    code = f"""
from dermarules.audit.patient import draw
from dermarules.audit.simulate import sites
from dermarules.knowledgebase.base import default_knowledge
base = default_knowledge()
print(draw(base, next(s for s in sites(base) if s.name == {PERONEAL!r}), 0.6, 7))
"""
    other = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    printed = subprocess.run([sys.executable, "-c", code], env=other, check=True, capture_output=True, text=True).stdout

    assert printed.strip() == str(draw(knowledge, site(PERONEAL, knowledge), 0.6, 7))


def test_examination_of_a_share_of_the_places_tests_both_sides_or_none(knowledge: Knowledge) -> None:
    lesion = site(PERONEAL, knowledge)
    found = seen(draw(knowledge, lesion, 0.3, 0), knowledge)

    places = {place for place, _ in found}
    assert 0.15 < len(places) / len(list(bedside(knowledge, lesion))) < 0.45
    assert {place for place, side in found if side is Side.LEFT} == {
        place for place, side in found if side is Side.RIGHT
    }


def test_full_deficit_without_error_is_the_complete_examination(knowledge: Knowledge) -> None:
    sure = certain(knowledge)
    lesion = site(PERONEAL, sure)
    whole = seen(complete(sure, lesion), sure)

    drawn = seen(draw(sure, lesion, 1.0, 0), sure)

    assert drawn == {key: state for key, state in whole.items() if key[0][0] != "muscle"}


def test_error_of_the_examiner_stays_on_the_side_of_the_lesion_and_beside_what_is_lost(knowledge: Knowledge) -> None:
    lesion = site("nerve lateral_femoral_cutaneous at inguinal_ligament", knowledge)
    rivals = [seen(draw(knowledge, lesion, 1.0, number), knowledge) for number in range(20)]
    lost = {(place, side) for found in rivals for (place, side), state in found.items() if state is State.DEFICIT}

    near = {region for _, region in lesion.reach} | {
        neighbour for _, region in lesion.reach for neighbour in knowledge.regions[region].neighbours
    }
    assert {side for _, side in lost} == {Side.LEFT}
    assert {region for (_, region), _ in lost} <= near
    assert {region for (_, region), _ in lost} - {region for _, region in lesion.reach}


def test_symmetric_lesion_takes_both_sides_alike(knowledge: Knowledge) -> None:
    exact = replace(certain(knowledge), tier_shares=knowledge.tier_shares)
    lesion = site("polyneuropathy", exact)
    found = seen(draw(exact, lesion, 1.0, 3), exact)
    left, right = (
        {place: state for (place, side), state in found.items() if side is each and place[0] == "skin"}
        for each in BOTH_SIDES
    )

    assert lesion.wide is not None
    assert lesion.wide.symmetric
    assert left == right
    assert {State.DEFICIT, State.NORMAL} == set(left.values())
