"""Which red flags are cleared, and what would settle the others; what was not asked clears nothing."""

from typing import Any

from dermarules.questions.again import again
from dermarules.questions.clearance import Clearance, Standing, Standings
from dermarules.report import Report, localize
from dermarules.vocabulary import Urgency

DENIED_FOOT_DROP = ({"history": "foot_drop", "is": "absent"}, {"measure": "weakness_onset_days", "is": 20})
LEFT_ANKLE_FULL = {"power": "ankle_dorsiflexion", "side": "left", "is": 5}
RIGHT_ANKLE_FULL = {"power": "ankle_dorsiflexion", "side": "right", "is": 5}
BACK_PAIN = {"history": "back_pain", "is": "present"}


def report(*findings: dict[str, Any]) -> Report:
    return localize({"id": "a_case", "findings": list(findings)})


def certificate(*findings: dict[str, Any]) -> Clearance:
    return report(*findings).clearance().value


def flag(name: str, *findings: dict[str, Any]) -> Standings:
    return next(flag for flag in certificate(*findings).flags if flag.flag == name)


def asked(found: Standings) -> set[str]:
    assert found.clearing is not None
    return {ask.about for ask in found.clearing.asks}


# A spine was called clear elsewhere although the mechanism of the injury and tingling had never been asked for.
def test_spine_is_not_cleared_while_the_mechanism_was_not_asked() -> None:
    negatives = ("midline_bony_tenderness", "contusion_over_spine", "osteoporosis", "steroid_use_prolonged")
    examined = [{"history": name, "is": "absent"} for name in (*negatives, "leg_weakness", "numbness")]

    found = flag("fracture_major_trauma", BACK_PAIN, *examined)

    assert found.standing is Standing.NOT_TOUCHED
    assert asked(found) == {"significant_trauma"}


def test_spine_is_cleared_of_a_major_trauma_that_was_denied() -> None:
    found = flag("fracture_major_trauma", BACK_PAIN, {"history": "significant_trauma", "is": "absent"})

    assert found.standing is Standing.CLEARED
    assert [str(claim) for claim in found.claims] == ["false: red_flags/fracture_major_trauma"]


def test_compartment_is_not_cleared_while_tingling_was_not_asked() -> None:
    injured = (
        {"history": "recent_limb_injury_or_cast", "is": "present"},
        {"history": "tense_compartment", "is": "present"},
    )
    negatives = ("pain_out_of_proportion", "pain_on_passive_stretch", "foot_drop")
    examined = [{"history": name, "is": "absent"} for name in negatives]

    found = flag("compartment", *injured, *examined, LEFT_ANKLE_FULL, RIGHT_ANKLE_FULL)

    assert found.standing is Standing.OPEN
    assert found.raising is not None
    assert {ask.about for ask in found.raising.asks} <= {"limb_paraesthesia", "numbness", "numbness_whole_limb"}


# Polyneuropathy was ruled out elsewhere although the other foot had never been examined.
def test_foot_drop_is_not_cleared_while_the_other_ankle_was_not_examined() -> None:
    found = flag("acute_foot_drop", *DENIED_FOOT_DROP, LEFT_ANKLE_FULL)

    assert found.standing is not Standing.CLEARED
    assert found.clearing is not None
    assert [(ask.about, ask.side.value) for ask in found.clearing.asks] == [("ankle_dorsiflexion", "right")]


def test_report_does_not_clear_foot_drop_by_one_ankle() -> None:
    cleared = {flag.id for flag in report(*DENIED_FOOT_DROP, LEFT_ANKLE_FULL).red_flags.cleared}

    assert "acute_foot_drop" not in cleared


def test_foot_drop_is_cleared_once_both_ankles_are_strong() -> None:
    found = flag("acute_foot_drop", *DENIED_FOOT_DROP, LEFT_ANKLE_FULL, RIGHT_ANKLE_FULL)

    assert found.standing is Standing.CLEARED


def test_trouble_of_both_feet_is_not_cleared_by_one_foot_that_feels_normally() -> None:
    one_foot = {"sensation": "pinprick", "over": ["foot", "lower_leg"], "side": "left", "is": "normal"}

    found = flag("gbs_early", {"history": "numbness", "is": "present"}, one_foot)

    assert found.standing in (Standing.OPEN, Standing.NOT_TOUCHED)


def test_without_findings_nothing_is_cleared_and_every_flag_is_listed() -> None:
    found = certificate()

    advice = [f for f in report().knowledge.red_flags.values() if f.then.urgency is Urgency.SELF_CARE_MONITOR]
    assert {flag.standing for flag in found.flags} == {Standing.NOT_TOUCHED}
    assert len(found.flags) == len(report().knowledge.red_flags) - len(advice)


def test_the_most_urgent_flags_come_first() -> None:
    ranks = [flag.urgency.rank for flag in certificate(BACK_PAIN).flags]

    assert ranks == sorted(ranks)


def test_the_answers_that_are_named_raise_and_clear_the_flag() -> None:
    before = report(BACK_PAIN)
    found = flag("ces_faecal", BACK_PAIN)
    assert found.raising is not None
    assert found.clearing is not None

    worse = again(before, (*before.case.findings, *(shown.finding for shown in found.raising.shown)))
    better = again(before, (*before.case.findings, *(shown.finding for shown in found.clearing.shown)))

    assert "ces_faecal" in {raised.id for raised in worse.red_flags.raised}
    assert "ces_faecal" in {cleared.id for cleared in better.red_flags.cleared}


def test_one_examination_settles_all_that_rules_read_from_it() -> None:
    """Weak and severely weak are read from one grade: it is asked for once."""
    found = flag("severe_weakness_unknown_onset", {"history": "leg_weakness", "is": "absent"})

    assert found.clearing is not None
    assert len(found.clearing.asks) == len(set(found.clearing.asks))


def test_the_page_says_that_cleared_names_a_rule() -> None:
    text = report(BACK_PAIN, {"history": "significant_trauma", "is": "absent"}).clearance().to_text()

    assert "Cleared names a rule, never a disease." in text
    assert "true in no completion of what was not asked" in text


def test_the_page_asks_for_what_would_clear_an_open_flag() -> None:
    text = report(BACK_PAIN).clearance().to_text()

    assert "emergency now: new sexual dysfunction with back or leg pain" in text
    assert "cleared by 1 reassuring answer: Has sexual function or feeling changed since this began?" in text


def test_the_page_says_both_sides_and_neighbouring_places_once() -> None:
    assert "sensation over the saddle, both sides" in report(BACK_PAIN).clearance().to_text()


def test_the_page_is_told_in_german() -> None:
    text = report(BACK_PAIN).clearance().to_text("de")

    assert text.startswith("Was ausgeräumt ist und was nicht\n")
    assert "ausgeräumt durch 1 beruhigende Antwort: " in text
