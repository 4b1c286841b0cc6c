"""Key muscles and key points: scores, levels, and what is never taken for normal."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.questions.isncsci import Isncsci, KeySide, Level
from dermarules.render.key_points import because as reason
from dermarules.report import Report, localize
from tests.voices import english

POINTS = {
    "L1": "anterior_thigh_upper",
    "L2": "anterior_thigh_mid",
    "L3": "knee_medial",
    "L4": "medial_malleolus",
    "L5": "dorsum_foot_central",
    "S1": "heel_lateral",
    "S2": "popliteal_fossa",
    "S3": "gluteal_fold",
    "S4-5": "perianal",
}
MOVEMENTS = ("hip_flexion", "knee_extension", "ankle_dorsiflexion", "great_toe_extension", "ankle_plantarflexion")
FELT = ("absent", "reduced", "normal")
NORMAL = "222222222"
VAC, NO_VAC = {"power": "anal_contraction", "is": 5}, {"power": "anal_contraction", "is": 0}


def said(level: Level) -> tuple[str, str]:
    """A level, and why it is there in words."""
    return level.level, reason(level, english(default_knowledge()))


def sensation(modality: str, side: str, scores: str) -> list[dict[str, Any]]:
    """The rows of a column of the worksheet, L1 to S4-5; a dot is not tested."""
    cells = zip(POINTS.values(), scores, strict=False)
    return [
        {"sensation": modality, "over": [region], "side": side, "is": FELT[int(score)]}
        for region, score in cells
        if score != "."
    ]


def power(side: str, grades: str) -> list[dict[str, Any]]:
    """The five key movements, L2 to S1; a dot is not tested."""
    cells = zip(MOVEMENTS, grades, strict=False)
    return [{"power": movement, "side": side, "is": int(grade)} for movement, grade in cells if grade != "."]


def examined(side: str, motor: str, touch: str, pin: str) -> list[dict[str, Any]]:
    return [*power(side, motor), *sensation("light_touch", side, touch), *sensation("pinprick", side, pin)]


def reported(*rows: dict[str, Any]) -> Report:
    return localize({"id": "key_points", "findings": list(rows)})


def right(motor: str, touch: str = NORMAL, pin: str = NORMAL, more: Sequence[dict[str, Any]] = ()) -> KeySide:
    return reported(*examined("right", motor, touch, pin), *more).isncsci.right


@pytest.fixture(scope="module")
def instep_case() -> Isncsci:
    """Case C of module 5 of the InSTeP course, its leg segments: T12 on the right, L1 and L2 on the left."""
    return reported(
        *examined("right", "30000", "111000011", "110000011"),
        *examined("left", "40000", "211000011", "211000012"),
        NO_VAC,
        {"sensation": "pressure", "over": ["perianal"], "side": "both", "is": "absent"},
    ).isncsci


def test_a_published_case_has_the_published_levels(instep_case: Isncsci) -> None:
    assert said(instep_case.right.sensory_level) == ("above L1", "sensation at L1 is altered")
    assert said(instep_case.right.motor_level) == ("above L1", "sensation at L1 is altered")
    assert said(instep_case.left.sensory_level) == ("L1", "sensation at L2 is altered")
    assert said(instep_case.left.motor_level) == ("L2", "hip flexion is 4")


def test_a_published_case_has_the_published_sums_and_is_incomplete(instep_case: Isncsci) -> None:
    assert (instep_case.right.motor_score, instep_case.left.motor_score) == ("3", "4")
    assert instep_case.sacral_sparing == "present"
    assert (instep_case.voluntary_anal_contraction, instep_case.deep_anal_pressure) == ("no", "no")
    assert instep_case.examined == instep_case.items == 48


@pytest.mark.parametrize(
    ("motor", "level"),
    [("53000", "L3"), ("52000", "L2"), ("30000", "L2"), ("20000", "L1"), ("55500", "L4"), ("55554", "S1")],
)
def test_the_motor_level_is_the_lowest_muscle_of_grade_3_below_full_ones(motor: str, level: str) -> None:
    assert right(motor).motor_level.level == level


@pytest.mark.parametrize(
    ("touch", "level"),
    [("222122222", "S1"), ("222222122", "S1"), ("222222212", "S2"), ("222222221", "S3")],
)
def test_below_the_last_key_muscle_the_motor_level_is_that_of_sensation(touch: str, level: str) -> None:
    assert right("55555", touch, more=[VAC]).motor_level.level == level


@pytest.mark.parametrize(
    ("more", "level", "because"),
    [
        ([VAC], "INT", "power, sensation and voluntary anal contraction are normal"),
        ([NO_VAC], "S3", "there is no voluntary anal contraction"),
        ([], "ND", "voluntary anal contraction was not tested"),
    ],
)
def test_if_all_is_normal_the_anal_contraction_decides(more: list[dict[str, Any]], level: str, because: str) -> None:
    found = right("55555", more=more)

    assert said(found.motor_level) == (level, because)
    assert said(found.sensory_level) == ("INT", "sensation is normal from L1 to S4-5")


@pytest.mark.parametrize(
    ("touch", "pin", "level", "because"),
    [
        ("22122....", "22222....", "L2", "sensation at L3 is altered"),
        ("222220000", "222222000", "L5", "sensation at S1 is altered"),
        (".22222222", "222222222", "ND", "light touch at L1 was not tested"),
        ("22.222222", "22.222222", "ND", "light touch and pin prick at L3 were not tested"),
        ("22.222222", "221222222", "L2", "sensation at L3 is altered"),
    ],
)
def test_the_sensory_level_is_never_read_over_what_was_not_tested(
    touch: str, pin: str, level: str, because: str
) -> None:
    assert said(right("55555", touch, pin).sensory_level) == (level, because)


@pytest.mark.parametrize(
    ("motor", "touch", "because"),
    [
        ("55.55", NORMAL, "ankle dorsiflexion was not tested"),
        ("53000", ".22222222", "light touch at L1 was not tested"),
        ("55555", "2222222..", "light touch at S3 was not tested"),
    ],
)
def test_the_motor_level_is_never_read_over_what_was_not_tested(motor: str, touch: str, because: str) -> None:
    assert said(right(motor, touch).motor_level) == ("ND", because)


def test_what_was_not_examined_is_not_tested_and_never_normal() -> None:
    found = reported({"power": "ankle_dorsiflexion", "side": "left", "is": 3}).isncsci

    scores = {(s.segment, s.motor, s.light_touch, s.pin_prick) for s in found.left.segments}
    assert ("L4", "3", "NT", "NT") in scores
    assert ("L5", "NT", "NT", "NT") in scores
    assert ("S2", "", "NT", "NT") in scores
    assert found.left.motor_score == found.sacral_sparing == "ND"
    assert found.voluntary_anal_contraction == found.deep_anal_pressure == "NT"
    assert found.examined == 1


def test_another_modality_and_an_unnamed_side_score_nothing() -> None:
    found = reported(
        {"sensation": "any", "over": ["heel_lateral"], "side": "left", "is": "normal"},
        {"sensation": "vibration", "over": ["heel_lateral"], "side": "left", "is": "normal"},
        {"sensation": "pinprick", "over": ["heel_lateral"], "side": "unknown", "is": "reduced"},
        {"power": "knee_extension", "side": "unknown", "is": 4},
    ).isncsci

    assert found.examined == 0


def test_increased_sensation_is_altered_and_plus_and_minus_are_dropped() -> None:
    found = reported(
        {"sensation": "pinprick", "over": ["heel_lateral"], "side": "left", "is": "increased"},
        {"power": "ankle_plantarflexion", "side": "left", "is": "4+"},
        {"power": "great_toe_extension", "side": "left", "is": "4-"},
        {"power": "hip_flexion", "side": "left", "is": "normal"},
        {"power": "knee_extension", "side": "left", "is": "paralysed"},
    ).isncsci

    scores = {s.segment: (s.motor, s.pin_prick) for s in found.left.segments}
    assert (scores["S1"], scores["L5"]) == (("4", "1"), ("4", "NT"))
    assert (scores["L2"][0], scores["L3"][0]) == ("5", "0")


def test_weakness_without_a_grade_is_no_grade_and_gives_no_level() -> None:
    rows = [*examined("right", "5....", NORMAL, NORMAL), {"power": "knee_extension", "side": "right", "is": "weak"}]
    found = reported(*rows).isncsci.right

    assert found.segments[2].motor == "weak"
    assert said(found.motor_level) == ("ND", "knee extension is weak, but was not graded")
    assert found.motor_score == "ND"


def test_a_key_muscle_stands_for_its_movement_where_that_was_not_graded() -> None:
    rows: list[dict[str, Any]] = [{"muscle": "tibialis_anterior", "side": "left", "is": 2}]
    both = [*rows, {"power": "ankle_dorsiflexion", "side": "left", "is": 3}]
    quadriceps: list[dict[str, Any]] = [
        {"muscle": "rectus_femoris", "side": "left", "is": 4},
        {"muscle": "vastus_medialis", "side": "left", "is": 2},
    ]
    ungraded = [*quadriceps, {"muscle": "vastus_lateralis", "side": "left", "is": "weak"}]

    assert reported(*rows).isncsci.left.segments[3].motor == "2"
    assert reported(*both).isncsci.left.segments[3].motor == "3"
    assert reported(*quadriceps).isncsci.left.segments[2].motor == "2"
    assert reported(*ungraded).isncsci.left.segments[2].motor == "weak"


@pytest.mark.parametrize(
    ("rows", "sparing"),
    [
        (sensation("pinprick", "left", "........1"), "present"),
        ([VAC], "present"),
        ([{"power": "anal_contraction", "is": 1}], "present"),
        ([{"power": "anal_contraction", "is": "weak"}], "present"),
        ([{"sensation": "pressure", "over": ["perianal"], "side": "both", "is": "reduced"}], "present"),
        ([NO_VAC], "ND"),
        (
            [
                *sensation("light_touch", "both", "........0"),
                *sensation("pinprick", "both", "........0"),
                NO_VAC,
            ],
            "ND",
        ),
        (
            [
                *sensation("light_touch", "both", "........0"),
                *sensation("pinprick", "both", "........0"),
                *sensation("pressure", "both", "........0"),
                NO_VAC,
            ],
            "absent",
        ),
    ],
)
def test_sacral_sparing_is_absent_only_if_all_of_it_was_tested(rows: list[dict[str, Any]], sparing: str) -> None:
    assert reported(*rows).isncsci.sacral_sparing == sparing


def test_the_key_movements_are_made_by_the_key_muscles(knowledge: Knowledge) -> None:
    for root, movement in knowledge.isncsci.motor.items():
        principal = {m.muscle for m in knowledge.movements[movement].movers if m.role == "principal"}
        keys = {muscle.id for muscle in knowledge.muscles.values() if muscle.key_muscle_of == root}
        assert principal & keys, movement
    assert tuple(knowledge.isncsci.motor.values()) == MOVEMENTS


def test_one_line_tells_the_levels_and_that_it_is_no_full_classification() -> None:
    rows = [*examined("right", "53000", NORMAL, "222220000"), *power("left", "55")]
    for form in (reported(*rows).to_text(), reported(*rows).to_markdown(), reported(*rows)._repr_html_()):
        words = " ".join(form.split())
        assert (
            "ISNCSCI, leg items, 25 of 48 examined. Right: key muscles L2 to S1 5 3 0 0 0; motor level L3, "
            "sensory level L5. Left: key muscles L2 to S1 5 5 NT NT NT; levels not determinable, because light touch "
            "and pin prick at L1 were not tested. Sacral sparing present. This is no full classification." in words
        )


def test_sides_that_are_alike_are_told_once() -> None:
    rows = [*examined("both", "55555", NORMAL, NORMAL), VAC]

    words = " ".join(reported(*rows).to_text().split())

    assert (
        "Both sides: key muscles L2 to S1 5 5 5 5 5; motor level intact, sensory level intact. Sacral sparing present."
        in words
    )


def test_levels_that_lack_different_things_say_what_each_lacks() -> None:
    rows = examined("both", "5....", NORMAL, NORMAL)

    words = " ".join(reported(*rows).to_text().split())

    assert "motor level not determinable, because knee extension was not tested, sensory level intact" in words


def test_a_side_without_a_graded_muscle_names_none() -> None:
    words = " ".join(reported(*examined("right", ".....", NORMAL, NORMAL)).to_text().split())

    assert "Right: motor level not determinable, because hip flexion was not tested, sensory level intact." in words


def test_few_key_items_are_not_worth_a_line() -> None:
    assert "ISNCSCI" not in reported(*power("left", "55333")).to_text()


def test_the_json_has_every_score_and_the_limits(knowledge: Knowledge) -> None:
    values = json.loads(reported(*power("left", "5")).to_json())["isncsci"]

    assert values["left"]["segments"][1] == {
        "segment": "L2",
        "motor": "5",
        "light_touch": "NT",
        "pin_prick": "NT",
    }
    assert values["left"]["motor_level"]["level"] == "ND"
    assert values["limits"] == knowledge.isncsci.limits
    assert "no neurological level of injury" in values["limits"]
