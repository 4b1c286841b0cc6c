"""What other findings would change, in words."""

import re

import pytest

from dermarules.report import Report, localize
from dermarules.vocabulary import Urgency
from tests.strategies import EXAMPLES

from .conftest import Localizer

DENIED: dict[str, object] = {"history": "urinary_retention", "is": "absent"}


def told(text: str) -> str:
    return " ".join(text.split())


def test_the_page_says_what_is_different(foot_drop: Report) -> None:
    text = foot_drop.what_if(
        add="{sign: slr, side: left, is: negative}",
        change="{power: hip_abduction, side: left, is: 5}",
        remove="{power: ankle_inversion, side: left}",
    ).to_text()

    assert "\nWhat is different\n  Straight leg raise (Lasegue) negative, left: added.  --add:1\n" in text
    assert "\n  Weak hip abduction (4/5), left; instead full hip abduction (5/5), left.  --change:1\n" in text
    assert "\n  Weak ankle inversion (4/5), left: taken as not examined, and not as normal.\n" in text


def test_nothing_that_changes_is_said_plainly(foot_drop: Report) -> None:
    text = foot_drop.what_if().to_text()

    assert "\n  No finding is different.\n" in text
    assert "\n  Nothing changes: order, weights, certainty, urgency and red flags stay as they are.\n" in text
    assert "Order and weights" not in text


def test_the_bars_of_a_place_add_up_to_what_its_total_changes(foot_drop: Report) -> None:
    full = [{"power": movement, "side": "left", "is": 5} for movement in ("ankle_inversion", "hip_abduction")]
    text = foot_drop.what_if(change=full).to_text()
    heads = re.findall(r"^  \S.*: place .*; (-?\d+) instead of (-?\d+)", text, re.MULTILINE)
    order = text.partition("Order and weights, in centibans\n")[2]
    first_two = re.split(r"^  \S.*: place ", order, flags=re.MULTILINE)[1:3]
    sums = [sum(map(int, re.findall(r"^    [█░]* +([+-]\d+)  ", part, re.MULTILINE))) for part in first_two]

    assert sums == [int(now) - int(was) for now, was in heads[:2]]
    assert 0 not in sums


def test_a_change_says_which_doubts_it_leaves_and_which_it_lifts(localized: Localizer) -> None:
    numb = {"sensation": "pinprick", "over": ["dorsum_foot_central"], "side": "left", "is": "reduced"}
    foot = [{"power": name, "side": "left", "is": 4} for name in ("ankle_dorsiflexion", "ankle_eversion")]
    report = localized([numb, *foot])
    weak, full = ({"power": "ankle_inversion", "side": "left", "is": grade} for grade in (4, 5))

    doubtful, sure = (told(report.what_if(add=row).to_text()) for row in (weak, full))

    assert "It would be undecided, as before. [weights: expert_default] [draft] The sciatic nerve, left is" in doubtful
    assert "It would be clear instead of undecided. [weights: expert_default] [draft] It leads" in sure
    assert "No longer: The L5 root, left is close to it." in sure


def test_a_tie_says_why_the_smaller_total_goes_first() -> None:
    report = localize(EXAMPLES / "foot_drop_weak_inversion.yaml", engine="compiled")

    text = told(report.what_if(add="{power: hip_abduction, side: left, is: 5}").to_text())

    assert "The first answer would be the common peroneal nerve, left" in text
    assert "It is tied with the L5 root, left, 172 against 174: within 4 centibans, fewer unexamined core" in text


def test_a_lead_is_no_tie(foot_drop: Report) -> None:
    assert "tied" not in foot_drop.what_if(remove="{power: ankle_inversion, side: left}").to_text()


def test_a_flag_is_told_with_what_it_rests_on_before_and_after(localized: Localizer) -> None:
    report = localized([{"history": "back_pain", "is": "present"}, DENIED])
    opened = told(report.what_if(remove={"history": "urinary_retention"}).to_text())
    raised = told(report.what_if(change={"history": "urinary_retention", "is": "present"}).to_text())

    assert "Retention with back or leg trouble: open instead of cleared; emergency now" in opened
    assert "Not asked or examined: Are you unable to pass urine?" in opened
    assert "Before, that rested on: denied: cannot pass urine" in opened
    assert "Retention with back or leg trouble: raised instead of cleared; emergency now" in raised
    assert "because a bladder that cannot empty" in raised
    assert "The urgency would be emergency now instead of routine. [red_flags/ces_retention" in raised


def test_a_flag_that_moves_to_the_other_leg_says_so(localized: Localizer) -> None:
    pale = [{"history": name, "side": "left", "is": "present"} for name in ("limb_pale", "limb_cold")]
    moved = [{**row, "side": "right"} for row in pale]

    text = told(localized(pale).what_if(add=moved, remove=pale).to_text())

    assert "raised as before, but right instead of left; emergency now" in text


def test_advice_for_self_care_is_withheld_and_not_untrue(localized: Localizer) -> None:
    denied = ["urinary_retention", "new_urinary_incontinence", "faecal_incontinence", "saddle_anaesthesia"]
    calm = [{"history": name, "is": "absent"} for name in denied]
    well = [{"history": "leg_weakness", "side": "both", "is": "absent"}, {"history": "improving", "is": "present"}]
    report = localized([*calm, *well])

    text = told(report.what_if(add={"history": "limb_pale", "side": "left", "is": "present"}).to_text())

    assert report.urgency is Urgency.SELF_CARE_MONITOR
    assert "It holds all the same; such advice is not given while anything else is raised or open." in text


def test_another_site_on_the_course_of_a_nerve_is_told(localized: Localizer) -> None:
    report = localized([{"power": "ankle_dorsiflexion", "side": "left", "is": 3}])
    numb = {"sensation": "pinprick", "over": ["knee_lateral"], "side": "left", "is": "reduced"}

    text = told(report.what_if(add=numb).to_text())

    assert "Common peroneal nerve, left: place 1, as before; 82 instead of 44" in text
    assert "Where on its course: popliteal fossa instead of fibular head and neck (fibular tunnel) or pop" in text


def test_the_page_is_told_in_german(foot_drop: Report) -> None:
    reply = foot_drop.what_if(change={"power": "ankle_inversion", "side": "left", "is": 5})

    assert "Was das ändert" in reply.to_text("de")
    assert "instead" not in reply.to_text("de")


@pytest.mark.parametrize("verbosity", ["short", "medium"])
def test_in_short_no_term_is_told(verbosity: str, foot_drop: Report) -> None:
    text = foot_drop.what_if(change={"power": "ankle_inversion", "side": "left", "is": 5}).to_text(verbosity=verbosity)

    assert ("New: " in text) is (verbosity == "medium")
    assert "Order and weights, in centibans\n" in text
