"""Why a claim holds: every term, a shared step once, and afterwards by its number."""

import re

import pytest

from dermarules.proof import Claim
from dermarules.report import Report

from .conftest import Localizer


def test_by_default_the_first_localization_is_explained(foot_drop: Report) -> None:
    first = foot_drop.differential[0]
    assert f"\n  L5 root, left (1): {first.weight_centibans} centibans, place 1 of " in str(foot_drop.why())
    assert str(foot_drop.why("root L5")) == str(foot_drop.why()) == str(foot_drop.why(" root L5, left "))


def test_the_terms_add_up_to_the_total(foot_drop: Report) -> None:
    counted = re.findall(r"^  [█░]* +([+-]\d+)  ", str(foot_drop.why()), re.MULTILINE)
    assert sum(int(term) for term in counted) == foot_drop.differential[0].weight_centibans


def test_a_rule_is_told_with_what_makes_it_hold(foot_drop: Report) -> None:
    why = str(foot_drop.why())
    assert "Pain that shoots from back or buttock below the knee" in why
    assert "pain that spreads from the back or buttock down the leg, left" in why


def test_facts_are_listed_with_all_their_sources(foot_drop: Report) -> None:
    facts = str(foot_drop.why()).partition("Facts it rests on\n")[2]
    assert "  dermatomes/L5/consensus: teaching_article, medscape_sci_sensory, harrison19" in facts
    assert "  movements/ankle_dorsiflexion: suri2010bias, plabguide_myotomes, model_judgement  [draft]" in facts


def test_the_side_that_was_asked_for_is_the_side_that_is_explained(localized: Localizer) -> None:
    report = localized(
        [
            {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
            {"power": "ankle_dorsiflexion", "side": "right", "is": 4},
        ]
    )
    sides = [entry.side for entry in report.differential if entry.localization == "root L5"]

    assert {"left", "right"} <= set(sides)
    for side in ("left", "right"):
        why = report.why(f"root L5, {side}")
        assert why.value.claims == (Claim("weight", "root L5", side),)
        assert f"\n  L5 root, {side} (1): " in why.to_text()


def test_the_rival_is_told_with_how_far_it_is_behind(foot_drop: Report) -> None:
    first, rival = foot_drop.differential[:2]
    why = str(foot_drop.why(rival.localization))
    assert f"Behind L5 root, left: {rival.weight_centibans} against {first.weight_centibans}" in why
    assert "How often such a lesion is met before anything is found (prior)." in why


def test_a_shared_step_is_told_once_and_then_by_number(emergency: Report) -> None:
    why = str(emergency.why())
    assert re.search(r"\(\d+\) saddle or sphincter change\s+\[findings/saddle_or_sphincter_any: expert_default;", why)
    assert ", as above\n" in why
    assert why.count("[findings/saddle_or_sphincter_any") == 1


def test_a_wide_site_says_what_let_it_compete(emergency: Report) -> None:
    assert "+0  Entry condition met: many lumbosacral roots are pressed together below the cord." in str(
        emergency.why()
    )


def test_a_wide_site_that_is_not_shown_says_so(foot_drop: Report) -> None:
    assert "What it needs in order to be considered was not found." in str(foot_drop.why("spinal_cord"))


def test_what_is_not_explained_is_told_with_its_cost(localized: Localizer) -> None:
    findings = [
        {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
        {"reflex": "patellar", "side": "right", "is": "absent"},
    ]
    assert "  Not explained:\n    patellar (knee) reflex absent, right\n" in str(
        localized(findings).why("root L5, left")
    )


@pytest.mark.parametrize("asked", ["red flag ces_retention", "ces_retention"])
def test_a_raised_red_flag_is_explained(asked: str, emergency: Report) -> None:
    why = str(emergency.why(asked))
    assert "\n  Retention with back or leg trouble (1): raised, emergency now" in why
    assert "  because a bladder that cannot empty" in why
    assert "  (2) urinary retention  [findings/urinary_retention: expert_default;" in why
    assert "      cannot pass urine" in why


def test_what_an_open_flag_waits_for_is_asked_in_the_language_of_the_page(foot_drop: Report) -> None:
    german = foot_drop.why("ces_bilateral_motor").to_text("de")

    assert "Nicht gefragt oder untersucht: Sind beide Beine schwach?" in german
    assert "Are both legs weak?" not in german


def test_an_assumption_is_told_as_one(foot_drop: Report) -> None:
    why = str(foot_drop.why("acute_foot_drop"))
    assert "assumed, because not given: time since the weakness began at most 42 days" in why


def test_an_open_red_flag_says_what_it_waits_for(foot_drop: Report) -> None:
    name = next(flag.id for flag in foot_drop.red_flags.open)
    assert "Not asked or examined: " in str(foot_drop.why(name))
    assert "open, emergency now if it holds" in " ".join(str(foot_drop.why(name)).split())


def test_a_cleared_red_flag_clears_a_rule_and_no_disease(localized: Localizer) -> None:
    asked = {"history": "urinary_retention", "is": "absent"}
    report = localized([{"history": "back_pain", "is": "present"}, asked])
    why = " ".join(str(report.why("ces_retention")).split())
    assert "cleared: false whatever was not asked; it clears a rule and no disease" in why
    assert "not: urinary retention" in why
    assert "denied: cannot pass urine" in why


def test_what_nothing_is_said_of_is_refused_with_the_way_out(foot_drop: Report) -> None:
    with pytest.raises(
        ValueError, match=r"nothing is said of 'rot L5' \(did you mean 'root L5'\?\); ask for one of: root"
    ):
        foot_drop.why("rot L5")
    with pytest.raises(ValueError, match=r"did you mean 'red flag acute_foot_drop'\?"):
        foot_drop.why("red flag acute_fot_drop")
    with pytest.raises(ValueError, match=r"nothing is said of 'zzz'; ask for one of"):
        foot_drop.why("zzz")


def test_that_there_is_nothing_to_localize_is_explained(silent: Report) -> None:
    why = str(silent.why())
    assert "\n  Nothing to localize (1): " in why
    assert "Nothing was found abnormal or felt." in why
    assert "Ahead of" not in why


def test_a_finding_that_several_parts_of_a_rule_use_is_told_once(localized: Localizer) -> None:
    findings = [
        {"history": "limb_pale", "side": "left", "is": "present"},
        {"history": "limb_cold", "side": "left", "is": "present"},
    ]
    why = str(localized(findings).why("red flag acute_limb_ischaemia")).partition("With what is behind it")[2]
    assert why.count("leg or foot pale, left") == 1


def test_the_short_form_is_three_lines_to_read_aloud(foot_drop: Report) -> None:
    short = " ".join(foot_drop.why().to_text(verbosity="short").split())
    first, rival = (place.weight_centibans for place in foot_drop.differential[:2])

    assert f"In short L5 root, left: {first} centibans, place 1 of " in short
    assert f", left: {first} against {rival}. " in short.partition("Ahead of ")[2]


def test_every_step_is_numbered_once_and_names_rule_place_sources_and_review(foot_drop: Report) -> None:
    steps = foot_drop.why("acute_foot_drop").value.steps
    numbers = {step.number for step in steps}
    flag = next(way for way in steps[0].ways if way.rule == "red_flags/acute_foot_drop")

    assert numbers == set(range(1, len(steps) + 1))
    assert all(premise in numbers for step in steps for way in step.ways for premise in way.premises)
    assert str(flag.rule_at).startswith("knowledge/red_flags/")
    assert flag.sources
    assert flag.review is not None


def test_each_term_has_its_likelihood_ratio_and_what_studies_measured(localized: Localizer) -> None:
    findings = [
        {"sign": "crossed_slr", "side": "left", "is": "positive"},
        {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
    ]
    reply = localized(findings).why("root L5")
    figures = [figure for step in reply.value.steps for way in step.ways for figure in way.figures]
    crossed, weakness = (next(f for f in figures if f.label.startswith(label)) for label in ("rule", "deficit"))

    assert (crossed.weight, crossed.ratio) == (60, 3.98)
    assert [study.intervals["specificity"] for study in crossed.measured] == [(0.85, 0.94)]
    assert weakness.measured == ()
    assert "sensitivity 0.28 (0.22 to 0.35), specificity 0.9 (0.85 to 0.94)" in " ".join(str(reply).split())
    assert "(mostly surgical series) [accuracy/cslr_cochrane: vanderwindt2010]" in " ".join(str(reply).split())


def test_a_bar_is_drawn_for_every_term_in_text_and_as_a_picture(foot_drop: Report) -> None:
    reply = foot_drop.why()

    assert re.search(r"^  █+ +\+\d+  Weak ankle dorsiflexion", reply.to_text(), re.MULTILINE)
    assert '<svg viewBox="0 0 200 10" width="200" height="10" role="img" aria-label="+' in reply.to_html()


def test_a_red_flag_is_explained_in_german(emergency: Report) -> None:
    text = emergency.why("ces_retention").to_text(language="de", verbosity="short")

    assert "ausgelöst" in text
    assert "raised" not in text
