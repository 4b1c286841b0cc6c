"""What to ask and examine next: what is open first, nothing twice, and nothing that was done."""

from typing import Any

from dermarules.report import Report, localize


def report(*findings: dict[str, Any]) -> Report:
    return localize({"id": "a_case", "findings": list(findings)})


SCIATICA = (
    {"history": "back_pain", "is": "present"},
    {"history": "leg_pain_radiating", "side": "left", "is": "present"},
)


def test_bladder_bowel_saddle_and_both_legs_come_first() -> None:
    asked = [question.about for question in report(*SCIATICA).questions[:5]]

    assert set(asked) == {
        "urinary_retention",
        "new_urinary_incontinence",
        "faecal_incontinence",
        "saddle_anaesthesia",
        "bilateral_motor_deficit",
    } or set(asked[:4]) == {
        "urinary_retention",
        "new_urinary_incontinence",
        "faecal_incontinence",
        "saddle_anaesthesia",
    }


def test_denial_of_what_was_asked_clears_the_flag() -> None:
    before = report(*SCIATICA)
    waiting = {flag.id: flag.ask for flag in before.red_flags.open}
    denied = [{"history": name, "is": "absent"} for name in waiting["ces_faecal"]]

    after = report(*SCIATICA, *denied)

    assert "ces_faecal" in {flag.id for flag in after.red_flags.cleared}


def test_every_open_flag_says_what_it_waits_for() -> None:
    assert all(flag.ask for flag in report(*SCIATICA).red_flags.open)


def test_no_question_repeats_what_was_answered() -> None:
    denied = {"history": "faecal_incontinence", "is": "absent"}

    assert "faecal_incontinence" not in {question.about for question in report(*SCIATICA, denied).questions}


def test_examination_that_was_done_is_not_proposed() -> None:
    done = (
        {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
        {"power": "ankle_inversion", "side": "left", "is": 5},
        {"power": "hip_abduction", "side": "left", "is": 5},
    )
    proposed = {examination.place for examination in report(*done).deciding}

    assert not proposed & {("movement", "ankle_inversion"), ("movement", "hip_abduction")}


def test_weak_without_a_grade_does_not_clear_severe_weakness() -> None:
    found = report({"power": "ankle_dorsiflexion", "side": "left", "is": "weak"})

    assert "severe_weakness_unknown_onset" in {flag.id for flag in found.red_flags.open}
