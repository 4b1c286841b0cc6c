"""dermarules cohort: what it prints, where, and with which exit code."""

import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from dermarules.cli import main
from dermarules.cohort.files.run import Job, Progress, run
from dermarules.cohort.localizer import Localizer
from tests.conftest import CHECKOUT

CASES = """\
id,power.ankle_dorsiflexion.left,pinprick.sole.left,history.saddle_anaesthesia
drop,3,normal,absent
sole,5,absent,
saddle,,,present
"""
LINES = """\
{"id": "drop", "power.ankle_dorsiflexion.left": 3, "pinprick.sole.left": "normal"}
{"id": "sole", "power.ankle_dorsiflexion.left": 5, "pinprick.sole.left": "absent"}
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(CASES, encoding="utf-8")
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return tmp_path / "answers.parquet"


def cohort(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["cohort", *map(str, arguments)])


def test_a_summary_is_printed(cases: Path, answers: Path) -> None:
    done = cohort(cases, answers)
    assert (done.exit_code, done.stderr) == (0, "")
    assert re.match(r"3 cases answered, \d+ rows/s\n\nurgency\n  emergency_now ", done.stdout)
    assert re.search(r"\nurgency\n  emergency_now +1 +33\.3 %\n", done.stdout)
    assert re.search(r"\nred flags raised\n(  .*\n)*  ces_saddle +1 +33\.3 %\n", done.stdout)
    assert re.search(r"\nred flags open\n  any +\d +\d+\.\d %\n", done.stdout)
    assert re.search(r"\nfirst localization\n(  .*\n)*  cauda_equina, both +1 +33\.3 %\n", done.stdout)
    assert re.search(r"\ncertainty of the first\n(  .*\n)*  undecided +\d +\d+\.\d %\n", done.stdout)
    assert re.search(r"  several lesions possible +\d", done.stdout)


def test_every_kind_of_file_gives_the_same_answers(cases: Path, answers: Path, tmp_path: Path) -> None:
    rows = [{"id": "drop", "power.ankle_dorsiflexion.left": 3, "pinprick.sole.left": "normal"}]
    rows += [{"id": "sole", "power.ankle_dorsiflexion.left": 5, "pinprick.sole.left": "absent"}]
    cases.write_text("".join(",".join(line.split(",")[:3]) + "\n" for line in CASES.splitlines()[:3]), encoding="utf-8")
    (tmp_path / "cases.jsonl").write_text(LINES, encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "cases.parquet")
    read = []
    for kind in ("csv", "jsonl", "parquet"):
        assert cohort(tmp_path / f"cases.{kind}", answers, "--overwrite").exit_code == 0
        read.append(pq.read_table(answers))
    assert read[0].num_rows == 2
    assert read[0].equals(read[1])
    assert read[0].equals(read[2])


def test_bad_lines_are_counted_on_stderr_and_the_exit_code_is_1(cases: Path, answers: Path) -> None:
    with cases.open("a", encoding="utf-8") as file:
        file.write("wrong,9,,\ntoo,many,fields,in,this\n")
    done = cohort(cases, answers)
    assert done.exit_code == 1
    assert done.stdout.startswith("3 cases answered, ")
    assert done.stderr == f"2 bad lines: see {answers.with_name('answers.bad.csv')}\n"


def test_what_is_passed_over_is_told(cases: Path, answers: Path) -> None:
    cases.write_text(CASES.replace("sole,5,absent,", "sole,5,absnt,").replace("saddle_ana", "sadle_ana"), "utf-8")
    done = cohort(cases, answers, "--lenient")
    assert done.exit_code == 0
    column, value = done.stderr.splitlines()
    assert column.startswith("column passed over: history.sadle_anaesthesia: ")
    assert value == "taken as not examined in 1 row: pinprick.sole.left is absnt"


def test_several_lesions_are_searched_when_that_is_asked(
    cases: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = Localizer.__init__

    def noted(localizer: Localizer, schema: pa.Schema, **options: object) -> None:
        asked.append(options["several"])
        real(localizer, schema, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Localizer, "__init__", noted)
    assert cohort(cases, answers, "--several").exit_code == 0
    assert asked == [True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,pinprik.sole.left\n1,absent\n", "did you mean 'pinprick'?"),
        ("id,pinprick.sol.left\n1,absent\n", "did you mean 'sole'?"),
        ("", "the first line is empty: it must name the columns"),
        ("id,kind,target,side,is\n1,power,x,left,3\n", "Give a file with a case a row"),
    ],
)
def test_a_fault_in_the_file_is_a_line_on_stderr(cases: Path, answers: Path, text: str, message: str) -> None:
    cases.write_text(text, encoding="utf-8")
    done = cohort(cases, answers)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{cases}:")
    assert message in done.stderr
    assert list(cases.parent.iterdir()) == [cases]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nix.csv", "out.parquet"), "File 'nix.csv' does not exist."),
        (("pyproject.toml", "out.parquet"), "use .parquet, .csv, .jsonl"),
        (("tests/external/names.yaml",), "Missing argument 'OUT'."),
        (("tests/external/muscle_supply.csv", "nowhere/out.parquet"), "there is no such folder"),
        (("tests/external/muscle_supply.csv", "out.parquet", "--batch-rows", "0"), "0 is not in the range x>=1"),
        (("tests/external/muscle_supply.csv", "out.parquet", "--map", "nix"), "unknown map 'nix'"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    done = cohort(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_an_output_is_not_replaced_unless_that_is_asked(cases: Path, answers: Path) -> None:
    answers.write_text("old", encoding="utf-8")
    done = cohort(cases, answers)
    assert done.exit_code == 2
    assert f"{answers} exists; give --overwrite to replace it" in done.stderr
    assert answers.read_text(encoding="utf-8") == "old"
    assert cohort(cases, answers, "--overwrite").exit_code == 0


def test_a_run_with_other_options_than_those_it_began_with_needs_restart(
    cases: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(progress: Progress) -> None:
        if progress.rows:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Job(cases, answers, batch_rows=1), tell=stop)
    done = cohort(cases, answers, "--batch-rows", "1", "--map", "seed")
    assert done.exit_code == 1
    assert "map consensus then, seed now" in done.stderr
    assert cohort(cases, answers, "--batch-rows", "1", "--map", "seed", "--restart").exit_code == 0


def test_a_run_that_is_broken_off_says_how_it_goes_on(
    cases: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dermarules.cohort.files.run.add_part", broken)
    done = cohort(cases, answers)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"stopped; the same command goes on with what {answers}.parts holds\n")


def test_a_terminal_gets_a_bar_and_a_table(
    cases: Path, answers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with pytest.raises(SystemExit) as done:
        main(["cohort", str(cases), str(answers), "--batch-rows", "1"])
    assert done.value.code == 0
    captured = capsys.readouterr()
    assert "3 cases answered" in captured.out
    assert "─" in captured.out
    assert "localizing" in captured.err
    assert "rows/s" in captured.err


def test_without_the_extra_it_says_how_to_get_it(cases: Path, answers: Path) -> None:
    code = "import sys; sys.modules['pyarrow'] = None; from dermarules.cli import main; main()"
    command = [sys.executable, "-c", code, "cohort", str(cases), str(answers)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert done.returncode == 1
    assert re.fullmatch(r"Error: cohorts need .*: pip install 'dermarules\[cohort\]'\n", done.stderr)


def test_help_of_the_command_loads_no_arrow() -> None:
    code = (
        "import sys; from dermarules.cli import main; main(['cohort', '--help'], standalone_mode=False)\n"
        "print('pyarrow' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert done.stdout.endswith("False False\n")
