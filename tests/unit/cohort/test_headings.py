"""The names of columns say what the rows of a case say, and are misspelt in the same ways."""

from dataclasses import replace

import pytest

from dermarules.cohort.headings import column_name, heading
from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.misfits import MisfitError
from dermarules.vocabulary import BOTH_SIDES, Kind, Result, Side


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (
            "pinprick.dorsum_foot_central.left",
            Finding(Kind.SENSATION, "pinprick", (Side.LEFT,), Result.REDUCED, ("dorsum_foot_central",)),
        ),
        (
            "any.dorsum_foot_central.unknown",
            Finding(Kind.SENSATION, "any", (Side.UNKNOWN,), Result.REDUCED, ("dorsum_foot_central",)),
        ),
        (
            "numbness.great_toe_dorsal.both",
            Finding(Kind.FEELS, "numbness", BOTH_SIDES, Result.PRESENT, ("great_toe_dorsal",)),
        ),
        ("power.hip_flexion.right", Finding(Kind.POWER, "hip_flexion", (Side.RIGHT,), Result.MRC_4_MINUS)),
        ("muscle.psoas_major.left", Finding(Kind.MUSCLE, "psoas_major", (Side.LEFT,), Result.PARALYSED)),
        ("wasting.psoas_major.left", Finding(Kind.WASTING, "psoas_major", (Side.LEFT,), Result.ABSENT)),
        ("fasciculation.psoas_major.left", Finding(Kind.FASCICULATION, "psoas_major", (Side.LEFT,), Result.PRESENT)),
        ("reflex.plantar.left", Finding(Kind.REFLEX, "plantar", (Side.LEFT,), Result.EXTENSOR)),
        ("sign.slr.left", Finding(Kind.SIGN, "slr", (Side.LEFT,), Result.POSITIVE)),
        ("history.fever", Finding(Kind.HISTORY, "fever", (Side.NONE,), Result.ABSENT)),
        ("history.foot_drop.left", Finding(Kind.HISTORY, "foot_drop", (Side.LEFT,), Result.PRESENT)),
        ("level.sensory", Finding(Kind.LEVEL, "sensory", (Side.NONE,), Result.PRESENT, level="T10")),
    ],
)
def test_a_column_finds_what_a_row_of_a_case_finds(name: str, found: Finding, knowledge: Knowledge) -> None:
    assert found in heading(name, knowledge).findings


def test_the_name_of_a_column_leads_back_to_it() -> None:
    found = Finding(Kind.SENSATION, "pinprick", BOTH_SIDES, Result.REDUCED, ("sole_medial", "sole_lateral"))
    fever = Finding(Kind.HISTORY, "fever", (Side.NONE,), Result.ABSENT)

    assert column_name(found, "sole_lateral", Side.RIGHT) == "pinprick.sole_lateral.right"
    assert column_name(fever, "", Side.NONE) == "history.fever"


def test_an_area_stands_for_its_regions(knowledge: Knowledge) -> None:
    finding = heading("pinprick.sole.left", knowledge).findings[0]

    assert finding.places == knowledge.register.areas["sole"]


def test_the_words_of_a_column_are_those_of_its_kind(knowledge: Knowledge) -> None:
    assert heading("pinprick.sole.left", knowledge).words == ("normal", "reduced", "absent", "increased")
    assert heading("reflex.plantar.left", knowledge).words[3:] == ("flexor", "extensor", "mute")
    assert heading("reflex.ankle.left", knowledge).words == ("normal", "reduced", "absent", "brisk")
    assert heading("history.fever", knowledge).words == ("absent", "present")


def test_a_measure_has_its_span_and_no_words(knowledge: Knowledge) -> None:
    days, age = heading("measure.symptom_days", knowledge), heading("age", knowledge)

    assert (days.measures, days.span, days.words) == ("symptom_days", (0, 36500), ())
    assert (age.measures, age.span) == ("age", (0, 120))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("pinprick.dorsum_fot.left", "unknown region 'dorsum_fot' (did you mean 'dorsum_foot'?)"),
        ("pinprik.sole.left", "unknown kind of column 'pinprik' (did you mean 'pinprick'?)"),
        ("pinprick.sole.lft", "unknown side 'lft' (did you mean 'left'?)"),
        (
            "pinprick.sole",
            "missing field 'side': left, right, both, or unknown if the source does not say which",
        ),
        ("pinprick", "a column is named kind.target or kind.target.side, such as pinprick.sole.left or history.fever"),
        (
            "power.hip_flexion.left.now",
            "a column is named kind.target or kind.target.side, such as pinprick.sole.left or history.fever",
        ),
        ("history.fevr", "unknown history item 'fevr' (did you mean 'fever'?)"),
        ("measure.symptom_day", "unknown measure 'symptom_day' (did you mean 'symptom_days'?)"),
        ("measure.symptom_days.left", "the measure symptom_days has no side; leave it out"),
        ("level.motor", "unknown level 'motor'; it is one of sensory"),
        ("sensation.pinprick.sole.left", "the modality comes first; write 'pinprick.sole.left'"),
        ("feels.sole.left", "the feeling comes first; write feeling.place.side, such as pinprick.sole.left"),
        ("Age", "unknown column 'Age' (did you mean 'age'?)"),
        ("hospital", "unknown column 'hospital'"),
    ],
)
def test_a_misspelt_name_is_told_with_the_way_out(name: str, message: str, knowledge: Knowledge) -> None:
    with pytest.raises(MisfitError) as error:
        heading(name, knowledge)

    assert str(error.value) == message


def test_a_measure_of_one_side_has_no_column(knowledge: Knowledge) -> None:
    sided = replace(knowledge, register=replace(knowledge.register, midline=frozenset()))

    with pytest.raises(MisfitError, match="a table holds no measure of one side"):
        heading("measure.pvr_ml.left", sided)
