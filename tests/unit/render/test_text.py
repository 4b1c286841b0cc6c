"""The letter as text: its order, its words, and what it never says."""

from dataclasses import replace
from pathlib import Path

import pytest

from dermarules.knowledgebase.base import Knowledge
from dermarules.render.words import localization_name
from dermarules.report import Report, localize
from dermarules.vocabulary import Certainty
from tests.voices import english

from .conftest import FOOT_DROP, TWO_LESIONS, Localizer

HEADS = ("How urgent", "Where", "Why", "What does not fit", "What was not asked and matters")


def positions(text: str, parts: tuple[str, ...]) -> list[int]:
    return [text.lower().index(f"\n{part.lower()}") for part in parts]


def test_the_answers_come_in_the_order_in_which_a_doctor_needs_them(foot_drop: Report, emergency: Report) -> None:
    for report in (foot_drop, emergency):
        found = positions(report.to_text(), HEADS)
        assert found == sorted(found)


def test_an_emergency_is_the_first_thing_said_and_says_what_to_do(emergency: Report) -> None:
    lines = emergency.to_text().splitlines()
    assert lines[3] == "HOW URGENT: EMERGENCY NOW"
    assert lines[4] == "  Emergency department now; bladder scan and emergency MRI of the lumbar spine."
    assert "    suspected: Cauda equina syndrome" in lines


def test_an_urgent_localization_says_so_whatever_the_flags_say(emergency: Report) -> None:
    assert (
        "Same day at the latest, whatever else is found: cauda equina is the first localization." in emergency.to_text()
    )


def test_nothing_is_said_to_be_clear_while_a_red_flag_is_open(foot_drop: Report) -> None:
    text = foot_drop.to_text()
    assert foot_drop.red_flags.open
    assert "EMERGENCY NOW IS NOT EXCLUDED" in text
    assert "Not excluded, because not asked: " in text
    assert "no red flag" not in text.lower()


def test_with_nothing_raised_and_nothing_open_it_says_just_that(silent: Report) -> None:
    assert not silent.red_flags.raised
    assert not silent.red_flags.open
    assert (
        "How urgent: routine\n  No red flag is raised, and none that these findings touch is open." in silent.to_text()
    )


def test_what_nobody_asked_is_named_even_if_no_red_flag_is_open(silent: Report) -> None:
    text = " ".join(silent.to_text().split())

    assert "Not asked, and so not excluded: new leakage of urine or loss of bladder control; " in text


def test_findings_that_two_flags_share_are_told_once(emergency: Report) -> None:
    urgent = emergency.to_text().partition("\nWhere")[0]
    assert urgent.count("pinprick absent over the perianal skin, both sides") == 1
    assert "the findings named above" in urgent


def test_the_place_is_named_with_its_clarity_and_its_rival(foot_drop: Report) -> None:
    text = foot_drop.to_text()
    assert "\nWhere: L5 root, left\n" in text
    assert f"L5 root, left: {foot_drop.differential[0].certainty.value}" in text  # type: ignore[union-attr]
    assert foot_drop.inference.rival is not None
    assert localization_name(foot_drop.inference.rival.candidate.localization, english(foot_drop.knowledge)) in text


def test_a_finding_in_a_transition_zone_names_the_neighbouring_root(foot_drop: Report) -> None:
    assert (
        "The medial side of great toe: transition zone; a loss there may also belong to the neighbouring L4 root."
        in " ".join(foot_drop.to_text().split())
    )


def test_a_root_for_which_only_skin_speaks_names_its_likelier_neighbour(localized: Localizer) -> None:
    findings = [
        {
            "sensation": "pinprick",
            "over": ["little_toe_dorsal", "lateral_foot_border"],
            "side": "left",
            "is": "reduced",
        },
        {"sign": "slr", "side": "left", "is": "positive"},
    ]
    spoken = "Neither power nor a reflex speaks for it: the neighbouring L5 root is to be thought of as well."
    reflex = {"reflex": "ankle", "side": "left", "is": "absent"}

    skin_alone, with_reflex = localized(findings), localized([*findings, reflex])

    assert skin_alone.differential[0].localization == with_reflex.differential[0].localization == "root S1"
    assert spoken in " ".join(skin_alone.to_text().split())
    assert "Neither power nor a reflex" not in with_reflex.to_text()


def test_neighbour_that_is_named_as_the_rival_is_not_named_again(localized: Localizer) -> None:
    over = ["medial_thigh_lower", "medial_thigh_mid"]
    text = localized(
        [
            {"sensation": "pinprick", "over": over, "side": "left", "is": "reduced"},
            {"history": "leg_pain_radiating", "side": "left", "is": "present"},
        ]
    ).to_text()

    assert "L3 root, left: undecided. It cannot be told from the L2 root, left." in text
    assert "Neither power nor a reflex" not in text


def test_an_undecided_answer_names_what_would_decide(localized: Localizer) -> None:
    report = localized([{"power": "ankle_dorsiflexion", "side": "left", "is": 3}])
    text = report.to_text()
    assert "undecided. It cannot be told from " in text
    assert "What would tell it from " in text
    assert " favours " in text
    assert " How: " in text


def test_each_reason_has_its_ground(foot_drop: Report) -> None:
    text = " ".join(foot_drop.to_text().split())
    assert "Weak ankle dorsiflexion (3/5), left: core territory of the L5 root." in text
    assert "[dermatomes/L5/consensus: teaching_article, medscape_sci_sensory +4" in text
    assert "movements/ankle_dorsiflexion: suri2010bias" in text
    assert "[rules/radiating_leg_pain" in text


def test_the_sources_of_a_fact_are_told_once(foot_drop: Report) -> None:
    text = " ".join(foot_drop.to_text().split())
    assert text.count("dermatomes/L5/consensus: ") == 1
    assert text.count("dermatomes/L5/consensus") > 1


def test_what_was_never_checked_is_marked_draft(foot_drop: Report) -> None:
    lines = foot_drop.to_text().split("\n  ")
    motor = next(line for line in lines if "Weak ankle dorsiflexion" in line)
    assert motor.rstrip().endswith("[draft]") or "[draft]" in foot_drop.to_text().partition("Weak ankle dors")[2][:400]


def test_a_reason_says_where_its_finding_is_written(knowledge: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "drop.yaml"
    file.write_text("id: drop\nfindings:\n  - {power: ankle_dorsiflexion, side: left, is: 3}\n", encoding="utf-8")
    assert "drop.yaml:3" in localize(file, knowledge=knowledge).to_text()


def test_what_the_rival_leaves_open_is_said(localized: Localizer) -> None:
    findings = [
        {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
        {"power": "ankle_eversion", "side": "left", "is": 3},
        {"power": "great_toe_extension", "side": "left", "is": 3},
        {"power": "ankle_inversion", "side": "left", "is": 5},
        {"power": "hip_abduction", "side": "left", "is": 5},
        {"sensation": "pinprick", "over": ["first_web_space"], "side": "left", "is": "reduced"},
    ]
    text = localized(findings).to_text()
    assert "\nWhere: common peroneal nerve, left\n" in text
    against = text.partition("  Against the L5 root, left, speaks:\n")[2].partition("\n\n")[0]
    assert "    Full hip abduction (5/5), left, although it is core territory of the L5 root." in against
    assert "    Full ankle inversion (5/5), left, although it is core territory of the L5 root." in against


def test_what_does_not_fit_is_said(localized: Localizer) -> None:
    normal = {"sensation": "pinprick", "over": ["first_web_space"], "side": "left", "is": "normal"}
    text = " ".join(localized([*FOOT_DROP, normal]).to_text().split())
    left = text.partition("What does not fit")[2]
    expected = "Pinprick normal over the first web space (dorsal), left, although it is core territory of the L5 root."
    assert expected in left


def test_what_is_left_unexplained_is_listed(localized: Localizer) -> None:
    other = {"reflex": "patellar", "side": "right", "is": "absent"}
    left = localized([*FOOT_DROP, other]).to_text().partition("What does not fit")[2]
    assert "  Not explained by the L5 root:\n    patellar (knee) reflex absent, right\n" in left


def test_at_most_five_questions_are_asked(foot_drop: Report) -> None:
    asked = foot_drop.to_text().partition("What was not asked and matters\n")[2].partition("---")[0]
    questions = [line for line in asked.splitlines() if line.startswith("  ") and not line.startswith("   ")]
    assert len(foot_drop.questions) > 5
    assert questions[-1] == f"  {len(foot_drop.questions) - 5} further questions: see the JSON report."
    assert len(questions) == 6
    assert "urine" in questions[0] or "bladder" in questions[0]


def test_nothing_found_is_an_answer(silent: Report) -> None:
    text = silent.to_text()
    assert "Where: nothing to localize\n  Nothing abnormal was reported that has a place." in text
    assert "Nothing was found abnormal or felt." in text
    assert "Nothing that a red flag waits for." in text


def test_a_red_flag_without_a_place_still_counts(localized: Localizer) -> None:
    text = localized([{"history": "new_urinary_incontinence", "is": "present"}]).to_text()
    assert "HOW URGENT: EMERGENCY NOW" in text
    assert "The findings behind the red flags have no place of their own; they still count." in text


def test_the_small_print_says_under_what_this_holds(foot_drop: Report, knowledge: Knowledge) -> None:
    footer = foot_drop.to_text().splitlines()[-2:]
    assert footer == [
        f"Map consensus; knowledge {knowledge.version} ({knowledge.digest[:12]}); engine experta.",
        "Supports a decision; is not a medical device.",
    ]


@pytest.mark.parametrize(("age", "is_said"), [(17, True), (18, False)])
def test_under_18_it_says_that_the_base_is_for_adults(age: int, is_said: bool, localized: Localizer) -> None:
    text = localized(FOOT_DROP, age=age).to_text()
    assert ("The patient is under 18: the knowledge base is for adults." in text) is is_said


def test_the_order_of_the_findings_does_not_matter(localized: Localizer, foot_drop: Report) -> None:
    other = localized(list(reversed(FOOT_DROP)), age=52, sex="male")
    assert other.to_text() == foot_drop.to_text()
    assert str(other.why()) == str(foot_drop.why())


def test_a_title_cannot_play_tricks_on_a_terminal(knowledge: Knowledge) -> None:
    case = {"id": "x", "title": "Red \x1b[31m\nalarm", "findings": FOOT_DROP}
    assert localize(case, knowledge=knowledge).to_text().splitlines()[0] == "Red [31m alarm"


def with_first(report: Report, localization: str) -> Report:
    """The report as if this localization stood first: what a letter says of it."""
    ranked = report.inference.ranked
    chosen = [place for place in ranked if place.weighing.candidate.localization == localization]
    others = [place for place in ranked if place not in chosen]
    return replace(report, inference=replace(report.inference, ranked=(*chosen, *others)))


def test_general_signs_that_are_not_explained_are_named(localized: Localizer) -> None:
    report = localized(
        [
            *FOOT_DROP,
            {"reflex": "plantar", "side": "both", "is": "extensor"},
            {"history": "urinary_retention", "is": "present"},
            {"power": "ankle_dorsiflexion", "side": "right", "is": 4},
        ]
    )
    left = with_first(report, "root L5").to_text().partition("What does not fit\n")[2]
    assert "  Not explained: upper motor neuron signs.\n    plantar response (Babinski) extensor, both sides\n" in left
    assert "  Not explained: bladder or bowel change.\n    cannot pass urine, or the bladder stays full\n" in left


def test_a_wide_site_without_what_it_needs_says_so(foot_drop: Report) -> None:
    left = with_first(foot_drop, "spinal_cord").to_text().partition("What does not fit\n")[2]
    assert "What this localization needs in order to be considered was not found." in left


def test_sites_that_cannot_be_told_apart_are_named(localized: Localizer) -> None:
    report = localized([{"sensation": "pinprick", "over": ["medial_leg_lower"], "side": "left", "is": "reduced"}])
    sites = report.differential[0].sites
    assert len(sites) > 1
    assert "The findings cannot tell these sites apart: " in report.to_text()


def test_a_thin_answer_says_how_thin_it_is(localized: Localizer) -> None:
    report = localized([{"sign": "trendelenburg", "side": "left", "is": "positive"}])
    first = report.differential[0]
    alone = replace(report.inference, rival=None)
    leaning = replace(report, differential=(replace(first, certainty=Certainty.LEANING),), inference=alone)
    undecided = replace(report, differential=(replace(first, certainty=Certainty.UNDECIDED),), inference=alone)
    clear = replace(report, differential=(replace(first, certainty=Certainty.CLEAR),), inference=alone)
    assert ": leaning; no other place competes, but little speaks for it." in leaning.to_text()
    assert ": undecided; the findings hardly suffice to name a place." in undecided.to_text()
    assert ": clear; no other place competes." in clear.to_text()


def test_many_rivals_are_counted(localized: Localizer) -> None:
    report = localized([{"power": "ankle_dorsiflexion", "side": "left", "is": 3}])
    rivals = tuple(replace(entry, certainty=Certainty.UNDECIDED) for entry in report.differential)
    assert (
        "; or " in " ".join(replace(report, differential=rivals).to_text().split()).partition("cannot be told from")[2]
    )


def test_an_urgent_place_near_the_first_is_named(emergency: Report) -> None:
    text = " ".join(with_first(emergency, "nothing_to_localize").to_text().split())
    assert "whatever else is found: cauda equina is possible, for what it needs was found." in text


def test_open_flags_without_questions_are_not_hidden(foot_drop: Report) -> None:
    report = replace(foot_drop)
    vars(report)["questions"] = ()
    assert "The red flags that are open wait for an examination: see the JSON report." in report.to_text()


def test_a_site_is_named_with_its_usual_causes(localized: Localizer) -> None:
    report = localized(
        [
            {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
            {"power": "ankle_eversion", "side": "left", "is": 3},
            {"power": "ankle_inversion", "side": "left", "is": 5},
            {"sign": "tinel_fibular_head", "side": "left", "is": "positive"},
        ]
    )
    assert "  Site: fibular head and neck (fibular tunnel); usual causes there: leg crossing, " in report.to_text()


def test_several_lesions_are_named_each_on_its_side(localized: Localizer) -> None:
    text = localized(TWO_LESIONS).to_text()
    assert "\nWhere: common peroneal nerve, right, and femoral nerve, left\n" in text
    assert " 1. Common peroneal nerve, right, and femoral nerve, left " in text
    assert "core territory of the femoral nerve." in " ".join(text.split())
    assert "core territory of the common peroneal nerve." in " ".join(text.split())


def test_the_price_of_several_lesions_is_told(localized: Localizer) -> None:
    why = str(localized(TWO_LESIONS).why())
    assert "\n  Common peroneal nerve, right, and femoral nerve, left (1): " in why
    assert "The price of assuming more than one lesion." in why


def test_complaint_that_no_place_explains_is_not_called_nothing(localized: Localizer) -> None:
    report = localized([{"history": "leg_weakness", "side": "left", "is": "present"}])

    assert report.differential[0].localization == "nothing_to_localize"
    assert "Nothing abnormal was reported" not in report.to_text()
    assert "What was reported does not point to one place: not enough to localize." in report.to_text()


def test_abnormal_finding_that_no_place_explains_is_not_called_nothing(localized: Localizer) -> None:
    report = localized([{"reflex": "anal_wink", "is": "absent"}])

    assert report.differential[0].localization == "nothing_to_localize"
    assert "Nothing abnormal was reported" not in report.to_text()
    assert "What was reported does not point to one place: not enough to localize." in report.to_text()


def test_what_counts_less_at_an_age_says_why_and_at_what_age(localized: Localizer) -> None:
    rows = [
        {"reflex": "ankle", "side": "both", "is": "absent"},
        {"sign": "slr", "side": "left", "is": "positive"},
        {"sensation": "pinprick", "over": ["heel_lateral", "lateral_foot_border"], "side": "left", "is": "reduced"},
    ]

    old = localized(rows, age=78)
    young = localized(rows, age=40)

    for told in (old.to_text(), str(old.why("root S1"))):
        words = " ".join(told.split())
        assert "Counts less: many healthy people lose both ankle jerks with age. [modifiers/ankle_jerks" in words
        assert "Counts less: the straight leg raise tells less about a disc the older the patient is." in words
        assert "age: 78 years" in words
    assert "Counts less" not in young.to_text()
