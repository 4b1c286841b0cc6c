"""A report that was tampered with does not pass: each planted fault is found, and the step is named."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dermarules import ReportError, localize, replay_report
from dermarules.cli.group import main
from dermarules.knowledgebase.base import default_knowledge
from dermarules.proof import Claim
from dermarules.replay.compare import Flaw, Wrong
from dermarules.vocabulary import Tier

CASE = "examples/cases/foot_drop_weak_inversion.yaml"
DORSIFLEXION = "seen: deficit movement ankle_dorsiflexion, left"
ROW = "found: power ankle_dorsiflexion: 3, left"


@pytest.fixture
def report() -> dict[str, Any]:
    values: dict[str, Any] = json.loads(localize(CASE, engine="compiled").to_json())
    return values


def _entry(report: dict[str, Any], claim: str) -> dict[str, Any]:
    entry: dict[str, Any] = next(each for each in report["proof"]["claims"] if each["claim"] == claim)
    return entry


def _flaws(report: dict[str, Any]) -> tuple[Flaw, ...]:
    return replay_report(report).value.flaws


def _change_a_weight(report: dict[str, Any]) -> None:
    _entry(report, "weight: root L5, left")["steps"][0]["terms"][0]["weight"] = 80


def _count_more_of_a_term(report: dict[str, Any]) -> None:
    _entry(report, "weight: root L5, left")["steps"][0]["terms"][0]["counted"] += 10


def _raise_a_total_everywhere(report: dict[str, Any]) -> None:
    step = _entry(report, "weight: nerve common_peroneal at fibular_head, left")["steps"][0]
    step["terms"][0]["counted"] += 500
    step["total"] += 500


def _remove_a_premise(report: dict[str, Any]) -> None:
    _entry(report, "true: all in red_flags/foot_drop_chronic")["steps"][0]["premises"].pop()


def _add_an_idle_leaf(report: dict[str, Any]) -> None:
    _entry(report, "true: red_flags/foot_drop_chronic")["steps"][0]["premises"].append("found: measure age_years: 52")


def _put_a_wrong_premise(report: dict[str, Any]) -> None:
    _entry(report, DORSIFLEXION)["steps"][0]["premises"] = ["found: measure age_years: 52"]


def _swap_a_side(report: dict[str, Any]) -> None:
    entry = _entry(report, ROW)
    entry["side"], entry["claim"] = "right", ROW.replace("left", "right")


def _remove_a_step(report: dict[str, Any]) -> None:
    report["proof"]["claims"].remove(_entry(report, "ahead: root L5 of root S1, left, left"))


def _invent_a_claim(report: dict[str, Any]) -> None:
    step = {"kind": "derived", "rule": "red_flags/gbs", "because": "", "premises": [ROW], "unless": []}
    parts = {"predicate": "true", "subject": "red_flags/gbs", "side": "none"}
    report["proof"]["claims"].append({"claim": "true: red_flags/gbs", **parts, "steps": [step]})


def _silence_a_red_flag(report: dict[str, Any]) -> None:
    del report["red_flags"]["raised"][0]


def _clear_an_open_flag(report: dict[str, Any]) -> None:
    report["red_flags"]["open"].pop(0)


def _lower_the_urgency(report: dict[str, Any]) -> None:
    report["urgency"] = "routine"


def _tell_another_side(report: dict[str, Any]) -> None:
    report["differential"][0]["side"] = "right"


def _name_another_hash(report: dict[str, Any]) -> None:
    report["knowledge"]["hash"] = "0" * 64


def _name_an_unknown_map(report: dict[str, Any]) -> None:
    report["map"] = "atlantis"


def _examine_what_is_not_known(report: dict[str, Any]) -> None:
    claim = "found: reflex elbow: normal, left"
    step = {"kind": "observed", "location": {"file": "x", "line": 1, "column": 1}}
    parts = {"predicate": "found", "subject": "reflex elbow: normal", "side": "left"}
    report["proof"]["claims"].append({"claim": claim, **parts, "steps": [step]})


def _cite_another_source(report: dict[str, Any]) -> None:
    _entry(report, "known: dermatomes/L5/consensus")["steps"][0]["review"] = "reviewed"


def _give_another_reason(report: dict[str, Any]) -> None:
    report["red_flags"]["raised"][0]["because"] = "it is harmless"


@pytest.mark.parametrize(
    ("tamper", "wrong", "where"),
    [
        (_change_a_weight, Wrong.CHANGED, "weight: root L5, left"),
        (_count_more_of_a_term, Wrong.SUM, "weight: root L5, left"),
        (_raise_a_total_everywhere, Wrong.CHANGED, "weight: nerve common_peroneal at fibular_head, left"),
        (_remove_a_premise, Wrong.CHANGED, "true: all in red_flags/foot_drop_chronic"),
        (_remove_a_premise, Wrong.INSUFFICIENT, "true: red_flags/foot_drop_chronic"),
        (_add_an_idle_leaf, Wrong.CHANGED, "true: red_flags/foot_drop_chronic"),
        (_add_an_idle_leaf, Wrong.IDLE, "true: red_flags/foot_drop_chronic"),
        (_put_a_wrong_premise, Wrong.CHANGED, DORSIFLEXION),
        (_swap_a_side, Wrong.UNFOUNDED, DORSIFLEXION),
        (_remove_a_step, Wrong.LEFT_OUT, "ahead: root L5 of root S1, left, left"),
        (_invent_a_claim, Wrong.UNFOUNDED, "true: red_flags/gbs"),
        (_silence_a_red_flag, Wrong.TOLD, "red_flags.raised[0].id"),
        (_clear_an_open_flag, Wrong.TOLD, "red_flags.open[0].id"),
        (_lower_the_urgency, Wrong.TOLD, "urgency"),
        (_tell_another_side, Wrong.TOLD, "differential[0].side"),
        (_name_another_hash, Wrong.KNOWLEDGE, "knowledge"),
        (_name_an_unknown_map, Wrong.MAP, "map"),
        (_examine_what_is_not_known, Wrong.ROW, "found: reflex elbow: normal, left"),
        (_cite_another_source, Wrong.CHANGED, "known: dermatomes/L5/consensus"),
        (_give_another_reason, Wrong.TOLD, "red_flags.raised[0].because"),
    ],
)
def test_a_planted_fault_is_found_and_the_step_named(
    tamper: Callable[[dict[str, Any]], None], wrong: Wrong, where: str, report: dict[str, Any]
) -> None:
    tamper(report)

    assert (wrong, where) in {(flaw.wrong, flaw.where) for flaw in _flaws(report)}


def test_a_report_that_nobody_touched_holds(report: dict[str, Any]) -> None:
    verdict = replay_report(report).value

    assert verdict.is_sound
    assert verdict.checked.claims == len(report["proof"]["claims"])


def test_what_is_more_than_pain_in_one_place_rests_on_the_pain_as_well() -> None:
    rows = [
        {"feels": "shooting", "over": ["heel_medial"], "side": "left", "is": "present"},
        {"level": "sensory", "is": "T4"},
    ]
    report = localize({"id": "pain_and_level", "findings": rows}, engine="compiled")

    leaves = {leaf.subject for leaf in report.proof.leaves(Claim("weight", "nothing_to_localize"))}
    assert {"feels shooting over heel_medial: present", "level sensory: T4"} <= leaves
    assert report.replay().value.is_sound


@pytest.mark.parametrize(
    "row",
    [
        {"reflex": "ankle", "side": "both", "is": "absent"},
        {"sensation": "vibration", "over": ["heel_medial"], "side": "both", "is": "reduced"},
    ],
)
def test_what_counts_less_at_an_age_follows_a_second_time(row: dict[str, Any]) -> None:
    report = localize({"id": "old", "patient": {"age": 78}, "findings": [row]}, engine="compiled")

    assert any(claim.subject.startswith("modifiers/") for claim in report.proof.behind(report.differential[0].claim))
    assert report.replay().value.flaws == ()


def test_a_total_is_put_to_its_own_findings_without_what_only_then_could_be_assumed() -> None:
    rows = [
        {"history": "limb_cold", "side": "both", "is": "present"},
        {"feels": "numbness", "over": ["heel_medial"], "side": "both", "is": "present"},
        {"measure": "symptom_days", "is": 1500},
    ]
    report = localize({"id": "cold_for_years", "findings": rows}, engine="compiled")

    assert Claim("weight", "not_neurological") in report.proof
    assert report.replay().value.flaws == ()


def test_a_report_holds_itself_to_the_same_check() -> None:
    report = localize(CASE, engine="compiled")

    assert report.replay().value == replay_report(json.loads(report.to_json())).value


def test_a_flaw_says_what_the_report_says_and_what_follows(report: dict[str, Any]) -> None:
    _change_a_weight(report)

    name = f"deficit ankle_dorsiflexion: core of root L5 ({DORSIFLEXION})"
    assert _flaws(report) == (Flaw(Wrong.CHANGED, "weight: root L5, left", f"weight of {name}", "80", "46"),)


def test_stale_knowledge_is_found_with_every_step_that_no_longer_follows(report: dict[str, Any]) -> None:
    today = default_knowledge()
    motor = today.weights.deficit.motor
    heavier = replace(today.weights.deficit, motor={**motor, "root": {**motor["root"], Tier.CORE: 60}})
    newer = replace(today, digest="1" * 64, weights=replace(today.weights, deficit=heavier))

    flaws = replay_report(report, knowledge=newer).value.flaws

    assert flaws[0].wrong is Wrong.KNOWLEDGE
    assert Wrong.CHANGED in {flaw.wrong for flaw in flaws if flaw.where == "weight: root L5, left"}


def test_a_report_without_its_proof_is_no_report(report: dict[str, Any]) -> None:
    del report["proof"]

    with pytest.raises(ReportError, match="missing field 'proof'"):
        replay_report(report)


def test_faults_of_form_are_all_told_with_line_and_column(tmp_path: Path, report: dict[str, Any]) -> None:
    report["urgency"] = "tomorrow"
    report["proof"]["claims"][0]["steps"][0]["first_total"] = "many"
    file = tmp_path / "report.json"
    file.write_text(json.dumps(report, indent=2), encoding="utf-8")

    run = CliRunner().invoke(main, ["replay", str(file)])

    line = next(n for n, text in enumerate(file.read_text("utf-8").splitlines(), 1) if '"urgency": "tomorrow"' in text)
    assert run.exit_code == 1
    assert f"{file}:{line}:14: urgency: unknown urgency 'tomorrow'" in run.output


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "1:2: no JSON: "),
        ("[1, 2]", "a report is needed, not a list"),
        ('{"schema": "dermarules.report/9"}', "unknown schema 'dermarules.report/9'"),
        ('{"a": 1, "a": 2}', "the key 'a' stands twice in one object"),
        ('{"a": NaN}', "NaN is no number"),
        ("[" * 100_000, "values lie too deep in one another"),
        ('{"schema": ["dermarules.report/1"]}', "unknown schema, a list"),
    ],
)
def test_what_is_no_report_is_told_without_a_traceback(tmp_path: Path, content: str, fault: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(content, encoding="utf-8")

    run = CliRunner().invoke(main, ["replay", str(file)])

    assert run.exit_code == 1
    assert fault in run.output
    assert isinstance(run.exception, SystemExit)


def test_the_command_says_that_a_report_holds_and_ends_with_0(tmp_path: Path, report: dict[str, Any]) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps(report), encoding="utf-8")

    run = CliRunner().invoke(main, ["replay", str(file), "--verbosity", "short"])

    assert run.exit_code == 0
    assert "The report holds: every step of its proof" in run.output
    assert "565 steps of 503 claims" in run.output


@pytest.mark.parametrize(
    ("form", "said"), [("text", "weight: root L5, left"), ("html", "<li"), ("json", '"is_sound": false')]
)
def test_the_command_names_the_step_in_every_form_and_ends_with_1(
    tmp_path: Path, report: dict[str, Any], form: str, said: str
) -> None:
    _change_a_weight(report)
    file = tmp_path / "report.json"
    file.write_text(json.dumps(report), encoding="utf-8")

    run = CliRunner().invoke(main, ["replay", str(file), "--format", form])

    assert run.exit_code == 1
    assert said in run.output


def test_the_verdict_is_told_in_german(report: dict[str, Any]) -> None:
    _lower_the_urgency(report)

    text = replay_report(report).to_text(language="de")

    assert "Der Bericht stimmt nicht: 1 Angabe darin folgt nicht." in text
    assert "urgency: der Bericht teilt routine mit; es folgt urgent_2_weeks." in text
