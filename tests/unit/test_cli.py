"""The command line: what it prints, where, and with which exit code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from dermarules.cli import main
from dermarules.errors import Fault
from dermarules.report import localize

CHECKOUT = Path(__file__).parents[2]
FOOT_DROP = """\
id: drop
findings:
  - {power: ankle_dorsiflexion, side: left, is: 3}
  - {power: ankle_inversion, side: left, is: 3}
  - {power: hip_abduction, side: left, is: 3}
expect: {localization: root L5, side: left}
"""
FAULTY = """\
id: drop
findings:
  - {power: ankle_dorsiflexio, side: left, is: 3}
  - {power: ankle_inversion, side: lft, is: 3}
"""
TWO = """\
- {id: one, findings: [{reflex: ankle, side: left, is: absent}], expect: {localization: root S1}}
- {id: two, findings: [{reflex: ankle, side: right, is: absent}]}
"""
NUMB_SADDLE = """\
- {id: numb, findings: [{history: saddle_anaesthesia, is: present}], expect: {because: [ces_saddle]}}
"""
SADDLE_ASKED = """\
- {id: asked, findings: [{history: saddle_anaesthesia, is: absent}], expect: {silent: [ces_saddle]}}
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "drop.yaml"
    path.write_text(FOOT_DROP, encoding="utf-8")
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "faulty.yaml"
    path.write_text(FAULTY, encoding="utf-8")
    return path


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "two.yaml"
    path.write_text(TWO, encoding="utf-8")
    return path


def test_a_case_is_localized_as_text(file: Path) -> None:
    result = run("localize", file)
    assert result.exit_code == 0
    assert "\nWhere: L5 root, left\n" in result.stdout
    assert "drop.yaml:3" in result.stdout
    assert result.stderr == ""


def test_a_case_is_localized_in_german_and_in_short(file: Path) -> None:
    answer = run("localize", file, "--language", "de", "--verbosity", "short")

    assert answer.exit_code == 0
    assert "\nWo: Wurzel L5, links\n" in answer.stdout
    assert "Warum" not in answer.stdout


def test_an_unknown_language_is_wrong_usage(file: Path) -> None:
    answer = run("localize", file, "--language", "fr")

    assert answer.exit_code == 2
    assert "'fr' is not one of 'en', 'de'" in answer.output


def test_a_case_is_localized_as_json(file: Path) -> None:
    values = json.loads(run("localize", file, "--format", "json", "--map", "seed").stdout)
    assert values["schema"] == "dermarules.report/1"
    assert values["map"] == "seed"
    assert values["differential"][0]["localization"] == "root L5"


def test_a_case_is_localized_as_markdown(file: Path) -> None:
    assert run("localize", file, "--format", "markdown").stdout.startswith("# drop\n")


def test_the_engine_changes_no_byte_of_the_json(file: Path) -> None:
    compiled = run("localize", file, "--format", "json", "--engine", "compiled")
    assert compiled.exit_code == 0
    assert compiled.stdout == run("localize", file, "--format", "json").stdout
    assert "engine compiled." in run("localize", file, "--engine", "compiled").stdout


def test_a_capsule_is_written_beside_the_usual_output(file: Path, tmp_path: Path) -> None:
    capsule = tmp_path / "capsule.json"

    result = run("localize", file, "--capsule", capsule, "--map", "seed")

    assert result.exit_code == 0
    assert result.stdout == run("localize", file, "--map", "seed").stdout
    assert capsule.read_text("utf-8") == localize(file, map="seed").to_json(capsule=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["capsule.json", "drop.yaml"]


def test_a_capsule_with_its_knowledge_is_what_the_method_gives(file: Path, tmp_path: Path) -> None:
    capsule = tmp_path / "capsule.json"

    assert run("localize", file, "--capsule", capsule, "--with-knowledge").exit_code == 0
    assert capsule.read_text("utf-8") == localize(file).to_json(capsule=True, with_knowledge=True)


def test_a_capsule_is_replaced_only_if_that_is_asked_for(file: Path, tmp_path: Path) -> None:
    capsule = tmp_path / "capsule.json"
    capsule.write_text("mine", encoding="utf-8")

    refused = run("localize", file, "--capsule", capsule)

    assert refused.exit_code == 2
    assert "capsule.json exists; give --overwrite to replace it" in refused.stderr
    assert capsule.read_text("utf-8") == "mine"
    assert run("localize", file, "--capsule", capsule, "--overwrite").exit_code == 0
    assert json.loads(capsule.read_text("utf-8"))["schema"] == "dermarules.capsule/1"


def test_a_capsule_that_cannot_be_meant_is_wrong_usage(file: Path, two: Path, tmp_path: Path) -> None:
    capsule = tmp_path / "capsule.json"

    for arguments, told in (
        (("localize", two, "--capsule", capsule), "CASE holds 2 cases, and a capsule holds one"),
        (("localize", file, "--capsule", file, "--overwrite"), "the capsule would replace the case"),
        (("localize", file, "--capsule", tmp_path / "no" / "capsule.json"), "there is no such folder"),
        (("localize", file, "--with-knowledge"), "name it with --capsule"),
        (("localize", file, "--overwrite"), "name it with --capsule"),
    ):
        result = run(*arguments)
        assert result.exit_code == 2
        assert told in result.stderr
    assert not capsule.exists()


def test_a_capsule_that_cannot_be_written_is_a_fault(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dermarules.durable.os.fsync", full)

    result = run("localize", file, "--capsule", tmp_path / "capsule.json")

    assert result.exit_code == 1
    assert "capsule.json: cannot be written: No space left on device" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drop.yaml"]


def test_several_cases_come_one_after_another(two: Path) -> None:
    assert run("localize", two).stdout.count("\nWhere: ") == 2
    assert [values["case"] for values in json.loads(run("localize", two, "--format", "json").stdout)] == ["one", "two"]


def test_every_fault_of_a_case_is_a_line_on_stderr(faulty: Path) -> None:
    result = run("localize", faulty)
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("unknown movement 'ankle_dorsiflexio' (did you mean 'ankle_dorsiflexion'?)")
    assert lines[1].startswith(f"{faulty.as_posix()}:4:")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("localize", "nix.yaml"), "File 'nix.yaml' does not exist."),
        (("localize",), "Missing argument 'CASE'."),
        (("localize", "--engine", "steam"), "'steam' is not one of 'experta', 'compiled'."),
        (("nix",), "No such command 'nix'."),
        (("score",), "Missing argument 'CASES...'."),
        (("show", "polyneuropaty"), "nothing is called 'polyneuropaty' (did you mean 'polyneuropathy'?)"),
        (("check", "nix"), "Directory 'nix' does not exist."),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_unknown_map_names_the_maps(file: Path) -> None:
    result = run("localize", file, "--map", "nix")
    assert result.exit_code == 2
    assert "unknown map 'nix': choose from consensus, seed," in result.stderr


def test_a_folder_without_knowledge_is_a_fault(tmp_path: Path, file: Path) -> None:
    for arguments in (("check", tmp_path), ("localize", file, "--knowledge", tmp_path)):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "no knowledge base" in result.stderr


def test_the_knowledge_folder_can_be_named(file: Path) -> None:
    assert run("localize", file, "--knowledge", CHECKOUT / "knowledge").exit_code == 0


def test_sound_knowledge_is_summed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dermarules.cli.check.check_knowledge", lambda _: ())
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout.startswith("knowledge 20")
    assert result.stdout.endswith("; no faults\n")


def test_faults_of_the_knowledge_are_lines_on_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dermarules.cli.check.check_knowledge", lambda _: (Fault("knowledge/x.yaml", 3, 1, "idle"),))
    result = run("check")
    assert result.exit_code == 1
    assert result.stderr == "knowledge/x.yaml:3:1: idle\n"


def test_cases_that_meet_their_expectation_pass(file: Path, two: Path, tmp_path: Path) -> None:
    result = run("test", file)
    assert (result.exit_code, result.stdout) == (0, "1 of 1 case as expected\n")
    assert run("test", tmp_path).stdout.endswith("2 of 2 cases as expected\n")


def test_a_failed_expectation_prints_the_proof(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(FOOT_DROP.replace("root L5, side: left}", "root S1}"), encoding="utf-8")
    result = run("test", path)
    assert result.exit_code == 1
    assert "localization: expected root S1, got root L5, left" in result.stdout
    assert "What was said, and why:\ndrop: why L5 root, left\n" in result.stdout
    assert "Why not root S1:" in result.stdout


def test_a_faulty_case_fails_and_the_others_are_still_tested(faulty: Path, file: Path) -> None:
    result = run("test", faulty, file)
    assert result.exit_code == 1
    assert "unknown movement" in result.stderr
    assert result.stdout == "1 of 2 cases as expected\n"


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """The knowledge, with the red flag of the numb saddle called reviewed."""
    folder = tmp_path / "knowledge"
    shutil.copytree(CHECKOUT / "knowledge", folder)
    flag = folder / "red_flags" / "ces_saddle.yaml"
    flag.write_text(flag.read_text(encoding="utf-8").replace("review: sourced", "review: reviewed"), encoding="utf-8")
    return folder


def test_a_reviewed_rule_without_its_cases_fails_the_coverage(file: Path, reviewed: Path) -> None:
    result = run("test", file, "--coverage", "--knowledge", reviewed)
    assert result.exit_code == 1
    assert result.stderr == (
        "red_flags/ces_saddle is called reviewed and lacks a case in which it fires and a near miss\n"
    )
    assert " seen to fire and to stay silent; of 1 reviewed, 1 lack it\n1 of 1 case as expected\n" in result.stdout


def test_a_reviewed_rule_without_its_near_miss_fails_the_coverage(tmp_path: Path, reviewed: Path) -> None:
    cases = tmp_path / "saddle.yaml"
    cases.write_text(NUMB_SADDLE, encoding="utf-8")
    result = run("test", cases, "--coverage", "--knowledge", reviewed)
    assert result.exit_code == 1
    assert result.stderr == "red_flags/ces_saddle is called reviewed and lacks a near miss\n"


def test_a_reviewed_rule_that_was_seen_both_ways_passes_the_coverage(tmp_path: Path, reviewed: Path) -> None:
    cases = tmp_path / "saddle.yaml"
    cases.write_text(NUMB_SADDLE + SADDLE_ASKED, encoding="utf-8")
    result = run("test", cases, "--coverage", "--knowledge", reviewed)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "of 1 reviewed, 0 lack it" in result.stdout


def test_without_a_path_the_examples_are_tested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("test")
    assert result.exit_code == 2
    assert "no path given, and there is no examples/cases here" in result.stderr
    (tmp_path / "examples" / "cases").mkdir(parents=True)
    (tmp_path / "examples" / "cases" / "drop.yaml").write_text(FOOT_DROP, encoding="utf-8")
    assert run("test").stdout == "1 of 1 case as expected\n"


def test_a_score_is_a_table_or_json(file: Path, faulty: Path) -> None:
    assert run("score", file).stdout.startswith("1 case with an expectation\n")
    values = json.loads(run("score", file, faulty, "--format", "json").stdout)
    assert values["cases"] == 2
    assert values["overall"]["top1_strict"] == 0.5
    assert values["misses"][0]["got"].startswith("fault: ")


def test_what_if_takes_rows_of_every_option_more_than_once(file: Path) -> None:
    full = ["--change", "{power: ankle_inversion, side: left, is: 5}", "--remove", "{power: hip_abduction, side: left}"]
    more = ["--add", '{"reflex": "ankle", "side": "left", "is": "normal"}', "--add", "{history: fever, is: absent}"]
    result = run("what-if", file, *full, *more)
    assert result.exit_code == 0
    assert "The first answer would be the common peroneal nerve, left, and no longer the L5 root, left." in " ".join(
        result.stdout.split()
    )
    assert result.stdout.count(": added.") == 2
    values = json.loads(run("what-if", file, *full, "--format", "json").stdout)
    assert values["schema"] == "dermarules.what-if/1"


def test_a_row_with_a_fault_is_told_with_its_place_and_the_way_out(file: Path) -> None:
    result = run("what-if", file, "--add", "{powr: x}", "--remove", "{power: ankle_eversion, side: left}")
    assert result.exit_code == 1
    assert result.stderr == (
        "--add:1:2: powr: unknown kind of finding 'powr' (did you mean 'power'?)\n"
        "--remove:1:1: ankle eversion, left, was not found: there is nothing to remove "
        "(found: ankle inversion, left, 3)\n"
    )


def test_a_record_is_shown_with_its_sources() -> None:
    result = run("show", "acute_foot_drop")
    assert result.exit_code == 0
    assert result.stdout.startswith("red flag acute_foot_drop")
    assert "  sources\n    lothian_redflags: " in result.stdout


def test_help_lists_the_commands_without_loading_them() -> None:
    code = "import sys; from dermarules.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT)
    loaded = done.stdout.split()
    assert {"localize", "check", "test", "score", "show"} <= set(loaded)
    assert not {"rich", "experta", "networkx", "yaml", "dermarules.report"} & set(loaded)


def test_help_says_what_each_command_does() -> None:
    text = run("--help").stdout
    assert "localize Say where the lesion is, which red flags are raised, and why." in " ".join(text.split())
    assert "is not a medical device" in text


def test_the_version_is_told() -> None:
    assert run("--version").stdout.startswith("dermarules, version ")


def completions(*words: str) -> list[str]:
    *given, incomplete = words
    shell = ShellComplete(main, {}, "dermarules", "_DERMARULES_COMPLETE")
    return [item.value for item in shell.get_completions(given, incomplete)]


def test_ids_maps_and_commands_complete_in_the_shell(tmp_path: Path) -> None:
    assert completions("sh") == ["show"]
    assert completions("localize", "--map", "s") == ["seed"]
    assert "ces_retention" in completions("show", "ces_")
    assert "root" not in completions("show", "ces_")
    assert completions("show", "--knowledge", str(tmp_path), "ces_") == []


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    path = tmp_path / "drop.yaml"
    path.write_text(FOOT_DROP.replace("id: drop\n", "id: drop\ntitle: Fußheberschwäche → rechts\n"), encoding="utf-8")
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    command = [sys.executable, "-m", "dermarules", "localize", str(path)]
    done = subprocess.run(command, capture_output=True, env=environment, check=True, cwd=CHECKOUT)
    assert done.stdout.decode("utf-8").startswith("Fußheberschwäche → rechts\n")


def test_a_reader_who_goes_away_sees_no_traceback(file: Path) -> None:
    command = [sys.executable, "-m", "dermarules", "localize", str(file), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=CHECKOUT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_a_terminal_gets_a_panel(
    two: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with pytest.raises(SystemExit) as done:
        main(["localize", str(two)])
    assert done.value.code == 0
    assert capsys.readouterr().out.count("╭─") == 2
    with pytest.raises(SystemExit):
        main(["score", str(two)])
    assert "\r1 of 2" in capsys.readouterr().err


def test_why_not_is_asked_of_a_case(file: Path) -> None:
    result = run("why-not", file, "root L4, left", "--format", "json")
    answer = json.loads(result.stdout)

    assert answer["schema"] == "dermarules.why-not/1"
    assert answer["answer"]["asked"] == "root L4, left"
    assert answer["answer"]["because"]["first"]["localization"] == "root L5"


def test_why_not_of_a_name_that_nobody_knows_is_wrong_usage(file: Path) -> None:
    result = run("why-not", file, "root L44")

    assert result.exit_code == 2
    assert "did you mean 'root L4'?" in result.stderr
