"""An audit capsule run again: it holds wherever it is, and whatever was changed in it is named."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result as Ran

from dermarules import Case, CaseError, Finding, ReportError, localize, replay_report, rerun
from dermarules.cli.group import main
from dermarules.knowledgebase.base import default_knowledge, load_knowledge
from dermarules.replay.compare import Flaw, Wrong
from dermarules.report import Report
from dermarules.vocabulary import Kind, Result, Side
from tests.conftest import CHECKOUT

CASE = CHECKOUT / "examples" / "cases" / "foot_drop_weak_inversion.yaml"
ROW = "found: power ankle_dorsiflexion: 3, left"


@pytest.fixture(scope="module")
def report() -> Report:
    return localize(CASE, engine="compiled")


@pytest.fixture
def capsule(report: Report) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(report.to_json(capsule=True))
    return values


@pytest.fixture
def with_knowledge(report: Report) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(report.to_json(capsule=True, with_knowledge=True))
    return values


@pytest.fixture
def other_knowledge(tmp_path: Path) -> Path:
    """The folder of a knowledge base that says the same in a file with one line more."""
    folder = tmp_path / "other"
    shutil.copytree(CHECKOUT / "knowledge", folder)
    with (folder / "signs.yaml").open("a", encoding="utf-8") as file:
        file.write("# a new line\n")
    return folder


def _run(command: str, values: object, folder: Path, *options: str) -> Ran:
    file = folder / "capsule.json"
    file.write_text(values if isinstance(values, str) else json.dumps(values, indent=2), encoding="utf-8")
    return CliRunner().invoke(main, [command, str(file), *options])


def _entry(capsule: dict[str, Any], claim: str) -> dict[str, Any]:
    claims = capsule["report"]["proof"]["claims"]
    entry: dict[str, Any] = next(each for each in claims if each["claim"] == claim)
    return entry


def _finding(capsule: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = next(
        each for each in capsule["case"]["findings"] if each.get("power") == "ankle_dorsiflexion"
    )
    return row


def test_a_capsule_holds_the_report_of_the_numbered_case(capsule: dict[str, Any], report: Report) -> None:
    assert set(capsule) == {"schema", "versions", "map", "knowledge", "case", "report"}
    assert capsule["schema"] == "dermarules.capsule/1"
    assert set(capsule["versions"]) == {"dermarules"}
    assert capsule["knowledge"] == {"version": report.knowledge.version, "hash": report.knowledge.digest}
    plain = json.loads(report.to_json())
    assert {**capsule["report"], "proof": ()} == {**plain, "proof": ()}
    number = capsule["case"]["findings"].index(_finding(capsule)) + 1
    place = {"file": "findings", "line": number, "column": 0}
    assert _entry(capsule, ROW)["steps"] == [{"kind": "observed", "location": place}]


def test_a_capsule_that_nobody_touched_holds(capsule: dict[str, Any], with_knowledge: dict[str, Any]) -> None:
    plain, own = rerun(capsule).value, rerun(with_knowledge).value

    assert (plain.holds, plain.is_same, plain.differences) == (True, True, ())
    assert (own.holds, own.is_same, own.differences) == (True, True, ())
    assert (plain.with_own_knowledge, own.with_own_knowledge) == (False, True)
    assert plain.replayed == own.replayed == replay_report(capsule).value


def test_the_knowledge_inside_is_the_whole_and_has_the_hash(with_knowledge: dict[str, Any]) -> None:
    files = with_knowledge["knowledge"].pop("files")

    assert files == default_knowledge().files
    assert set(files) == {
        p.relative_to(CHECKOUT / "knowledge").as_posix() for p in CHECKOUT.glob("knowledge/**/*.yaml")
    }


def test_a_capsule_is_run_in_another_folder_with_its_own_knowledge_only(
    tmp_path: Path, with_knowledge: dict[str, Any], other_knowledge: Path
) -> None:
    file = tmp_path / "capsule.json"
    file.write_text(json.dumps(with_knowledge), encoding="utf-8")
    environment = {**os.environ, "DERMARULES_KNOWLEDGE": str(other_knowledge), "PYTHONPATH": str(CHECKOUT)}

    command = [sys.executable, "-m", "dermarules", "rerun", "capsule.json", "--verbosity", "short"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "The capsule holds what running its case again gives, value by value." in ran.stdout
    assert "It was run with the knowledge inside it" in ran.stdout


def test_other_knowledge_than_that_of_the_capsule_is_refused_with_both_hashes(
    tmp_path: Path, capsule: dict[str, Any], other_knowledge: Path
) -> None:
    other = load_knowledge(other_knowledge)

    ran = [_run(command, capsule, tmp_path, "--knowledge", str(other_knowledge)) for command in ("rerun", "replay")]

    for each in ran:
        assert each.exit_code == 1
        assert f"made with the knowledge {default_knowledge().digest}; that at hand is {other.digest}" in each.output
        assert "capsule.json:" in each.output
        assert isinstance(each.exception, SystemExit)


def test_the_same_knowledge_may_be_given_as_a_folder(tmp_path: Path, capsule: dict[str, Any]) -> None:
    assert _run("rerun", capsule, tmp_path, "--knowledge", str(CHECKOUT / "knowledge")).exit_code == 0


def _change_a_weight(capsule: dict[str, Any]) -> None:
    _entry(capsule, "weight: root L5, left")["steps"][0]["terms"][0]["weight"] = 80


def _swap_the_side_of_the_answer(capsule: dict[str, Any]) -> None:
    capsule["report"]["differential"][0]["side"] = "right"


def _change_a_finding(capsule: dict[str, Any]) -> None:
    _finding(capsule)["is"] = "4"


def _swap_the_side_of_a_finding(capsule: dict[str, Any]) -> None:
    _finding(capsule)["side"] = "right"


def _remove_a_finding(capsule: dict[str, Any]) -> None:
    capsule["case"]["findings"].remove(_finding(capsule))


def _make_the_patient_older(capsule: dict[str, Any]) -> None:
    capsule["case"]["patient"]["age"] = 80


def _rename_the_case(capsule: dict[str, Any]) -> None:
    capsule["case"]["id"] = "somebody_else"


def _name_another_hash_in_the_report(capsule: dict[str, Any]) -> None:
    capsule["report"]["knowledge"]["hash"] = "0" * 64


def _name_another_version(capsule: dict[str, Any]) -> None:
    capsule["knowledge"]["version"] = "1999-01-01"


def _name_another_map(capsule: dict[str, Any]) -> None:
    capsule["map"] = "seed"


HERE = "case.findings"
STATED = "found: measure age_years: 80"


@pytest.mark.parametrize(
    ("tamper", "differs", "replayed"),
    [
        (_change_a_weight, "report.proof.claims[", (Wrong.CHANGED, "weight: root L5, left")),
        (_swap_the_side_of_the_answer, "report.differential[0].side", (Wrong.TOLD, "differential[0].side")),
        (_change_a_finding, "report.proof.claims[", (Wrong.CAPSULE, HERE)),
        (_swap_the_side_of_a_finding, "report.differential[0]", (Wrong.CAPSULE, HERE)),
        (_remove_a_finding, "report.proof.claims[", (Wrong.CAPSULE, HERE)),
        (_make_the_patient_older, "report.proof.claims[", (Wrong.CAPSULE, HERE)),
        (_rename_the_case, "report.case", (Wrong.CAPSULE, "case.id")),
        (_name_another_hash_in_the_report, "report.knowledge.hash", (Wrong.CAPSULE, "knowledge.hash")),
        (_name_another_hash_in_the_report, "report.knowledge.hash", (Wrong.KNOWLEDGE, "knowledge")),
        (_name_another_version, "knowledge.version", (Wrong.CAPSULE, "knowledge.version")),
        (_name_another_map, "report.map", (Wrong.CAPSULE, "map")),
    ],
)
def test_what_was_tampered_with_differs_and_does_not_replay(
    tamper: Callable[[dict[str, Any]], None],
    differs: str,
    replayed: tuple[Wrong, str],
    capsule: dict[str, Any],
) -> None:
    tamper(capsule)

    ran = rerun(capsule).value

    assert (ran.is_same, ran.replayed.is_sound, ran.holds) == (False, False, False)
    assert any(flaw.where.startswith(differs) for flaw in ran.differences)
    assert replayed in {(flaw.wrong, flaw.where) for flaw in ran.replayed.flaws}
    assert ran.replayed == replay_report(capsule).value


def test_a_finding_that_was_changed_is_told_as_both_say_it(capsule: dict[str, Any]) -> None:
    _change_a_finding(capsule)

    flaws = replay_report(capsule).value.flaws

    assert flaws[:2] == (
        Flaw(Wrong.CAPSULE, HERE, said=ROW),
        Flaw(Wrong.CAPSULE, HERE, follows="found: power ankle_dorsiflexion: 4, left"),
    )


def test_the_age_is_a_finding_that_was_stated(capsule: dict[str, Any]) -> None:
    _make_the_patient_older(capsule)

    assert Flaw(Wrong.CAPSULE, HERE, follows=STATED) in replay_report(capsule).value.flaws


def test_a_difference_says_where_and_what(capsule: dict[str, Any]) -> None:
    _swap_the_side_of_the_answer(capsule)

    assert rerun(capsule).value.differences == (Flaw(Wrong.AGAIN, "report.differential[0].side", "", "right", "left"),)


def test_what_is_true_is_not_one(capsule: dict[str, Any]) -> None:
    capsule["report"]["robustness"][0]["is_same"] = 1

    assert rerun(capsule).value.differences == (Flaw(Wrong.AGAIN, "report.robustness[0].is_same", "", "1", "true"),)


def test_what_no_proof_stands_behind_is_held_against_the_new_report_too(capsule: dict[str, Any]) -> None:
    del capsule["report"]["questions"][0]["words"]

    ran = rerun(capsule).value

    assert [flaw.where for flaw in ran.differences] == ["report.questions[0].words"]
    assert (ran.replayed.is_sound, ran.holds) == (True, False)


def test_rows_in_another_order_are_no_capsule_that_this_library_wrote(capsule: dict[str, Any]) -> None:
    capsule["case"]["findings"].reverse()

    ran = rerun(capsule).value

    assert ran.differences[0].where.startswith("case.findings[0]")
    assert ran.replayed.is_sound


def test_a_title_of_the_case_differs_for_a_capsule_has_none(capsule: dict[str, Any]) -> None:
    capsule["case"]["title"] = "Mrs X"

    assert rerun(capsule).value.differences == (Flaw(Wrong.AGAIN, "case.title", "", "Mrs X", ""),)


def test_another_version_of_the_library_is_told_and_is_no_difference(capsule: dict[str, Any]) -> None:
    capsule["versions"]["dermarules"] = "0.0.9"

    reply = rerun(capsule)

    assert reply.value.holds
    assert "It was made by dermarules 0.0.9 and run by dermarules 0.1.0." in reply.to_text()


def test_a_changed_file_of_the_knowledge_inside_is_found_by_its_hash(with_knowledge: dict[str, Any]) -> None:
    with_knowledge["knowledge"]["files"]["weights.yaml"] += "# a line\n"

    with pytest.raises(
        ReportError, match=r"knowledge\.hash: the capsule names the knowledge .*, but the files in it are"
    ):
        rerun(with_knowledge)


def test_faults_of_the_knowledge_inside_are_told_with_their_file(
    with_knowledge: dict[str, Any], tmp_path: Path
) -> None:
    files = with_knowledge["knowledge"]["files"]
    files["rules/broken.yaml"] = "id: [\n"
    files["../outside.yaml"] = "id: x\n"
    files["signs.yaml"] = "\ud800"

    ran = _run("rerun", with_knowledge, tmp_path)

    assert ran.exit_code == 1
    assert "knowledge.files: knowledge/rules/broken.yaml:2:1: not YAML" in ran.output
    assert "knowledge.files: knowledge/../outside.yaml:1:1: unknown file" in ran.output
    assert "knowledge.files: knowledge/signs.yaml:1:1: not UTF-8 text" in ran.output
    assert isinstance(ran.exception, SystemExit)


def _without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda values: values.pop(key)


@pytest.mark.parametrize("command", ["rerun", "replay"])
@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (lambda v: v.update(note="x"), "unknown field 'note'"),
        (_without("report"), "missing field 'report'"),
        (_without("versions"), "missing field 'versions'"),
        (lambda v: v.update(schema="dermarules.capsule/2"), "schema: unknown schema 'dermarules.capsule/2'"),
        (lambda v: v.update(report=[]), "report: a report is needed, not an empty list"),
        (lambda v: v["report"].update(urgency="tomorrow"), "report.urgency: unknown urgency 'tomorrow'"),
        (lambda v: v["report"].update(note="x"), "report.note: unknown field 'note'"),
        (lambda v: v.update(map="atlantis"), "map: unknown map 'atlantis'"),
        (lambda v: v.update(case="x"), "case: a case is needed, not the text 'x'"),
        (lambda v: v["case"].update(who="x"), "case.who: unknown field 'who'"),
        (lambda v: v["case"]["findings"][0].update(side="lft"), "case.findings.0.side: unknown side 'lft'"),
        (lambda v: v["case"]["findings"].append({"power": "flight", "is": 3}), "unknown movement 'flight'"),
        (lambda v: v["knowledge"].update(hash=7), "knowledge.hash: text is needed, not the number 7"),
        (lambda v: v["knowledge"].update(hash="0" * 64), f"made with the knowledge {'0' * 64}; that at hand is "),
        (lambda v: v["knowledge"].update(files={"a.yaml": 1}), "knowledge.files.a.yaml: text is needed"),
    ],
)
def test_what_is_no_capsule_is_told_with_its_place(
    tmp_path: Path, capsule: dict[str, Any], command: str, tamper: Callable[[dict[str, Any]], object], fault: str
) -> None:
    tamper(capsule)

    ran = _run(command, capsule, tmp_path)

    assert ran.exit_code == 1
    assert f"{tmp_path}/capsule.json:" in ran.output
    assert fault in ran.output
    assert isinstance(ran.exception, SystemExit)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("no JSON", "1:1: no JSON: "),
        ('{"schema": "dermarules.capsule/1", "case": {', "no JSON: "),
        ("[1, 2]", "a capsule is needed, not a list"),
        ('{"schema": "dermarules.report/1"}', "unknown schema 'dermarules.report/1'"),
        ('{"schema": "dermarules.capsule/1", "schema": "x"}', "the key 'schema' stands twice in one object"),
        ("[" * 100_000, "values lie too deep in one another"),
        (
            '{"schema": "dermarules.capsule/1", "versions": {}, "map": "", "knowledge": {}, "report": {}, "case": '
            + "[" * 900
            + "]" * 900
            + "}",
            "values lie too deep in one another",
        ),
        ("", "1:1: no JSON: "),
    ],
)
def test_what_is_no_json_of_a_capsule_is_told_without_a_traceback(tmp_path: Path, content: str, fault: str) -> None:
    ran = _run("rerun", content, tmp_path)

    assert ran.exit_code == 1
    assert fault in ran.output
    assert isinstance(ran.exception, SystemExit)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("text", "report.differential[0].side: the capsule says right; run again, it is left."),
        ("html", "<h4>What differs</h4>"),
        ("json", '"schema": "dermarules.rerun/1"'),
    ],
)
def test_the_command_names_what_differs_in_every_form_and_ends_with_1(
    tmp_path: Path, capsule: dict[str, Any], form: str, said: str
) -> None:
    _swap_the_side_of_the_answer(capsule)

    ran = _run("rerun", capsule, tmp_path, "--format", form)

    assert ran.exit_code == 1
    assert said in ran.output


def test_the_answer_is_told_in_german(capsule: dict[str, Any]) -> None:
    assert "Die Kapsel enthält Wert für Wert, was ihr Fall erneut ergibt." in rerun(capsule).to_text("de")

    _swap_the_side_of_the_answer(capsule)

    text = rerun(capsule).to_text("de")
    assert "Die Kapsel enthält nicht, was ihr Fall erneut ergibt: 1 Wert weicht ab." in text
    assert "report.differential[0].side: die Kapsel sagt right; erneut gerechnet ist es left." in text


def test_replay_takes_a_capsule_with_its_knowledge(
    tmp_path: Path, with_knowledge: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dermarules.replay.capsule.default_knowledge", lambda: pytest.fail("not needed"))

    ran = _run("replay", with_knowledge, tmp_path)

    assert ran.exit_code == 0
    assert "19 findings were read back" in ran.output


def test_a_case_with_faults_makes_no_capsule() -> None:
    rows = (Finding(Kind.POWER, "ankle_dorsiflexion", (Side.LEFT,), result) for result in (Result.MRC_0, Result.MRC_5))

    with pytest.raises(CaseError, match="ankle dorsiflexion, left, is "):
        localize(Case("torn", tuple(rows))).to_json(capsule=True)


def test_knowledge_goes_into_a_capsule_only(report: Report) -> None:
    with pytest.raises(ValueError, match="with_knowledge says what a capsule holds"):
        report.to_json(with_knowledge=True)
