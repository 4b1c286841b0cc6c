"""Bad input gets a clear error with its place and exit code 1, and never a traceback."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dermarules.cli.group import main
from tests.conftest import CHECKOUT

PINPRICK = "{sensation: pinprick, over: [heel_plantar], side: left, is: %s}"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def localized(folder: Path, text: str | bytes) -> Result:
    file = folder / "case.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run("localize", file)


def case_with(*rows: str) -> str:
    return "\n".join(["id: bad", "findings:", *(f"  - {row}" for row in rows), ""])


def said(answer: Result, *words: str) -> None:
    """The answer is an error with these words, and nothing of it is a traceback."""
    told = answer.stderr
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    assert "Traceback" not in told
    assert [word for word in words if word not in told] == [], told


def test_empty_file(tmp_path: Path) -> None:
    said(localized(tmp_path, ""), "case.yaml:1:1: the file is empty")


def test_case_that_is_null(tmp_path: Path) -> None:
    said(localized(tmp_path, "null\n"), "case.yaml: a case or a list of cases is needed")


def test_case_without_findings_clears_nothing_and_is_no_emergency(tmp_path: Path) -> None:
    answer = localized(tmp_path, "id: nothing_asked\nfindings: []\n")

    assert answer.exit_code == 0
    assert "nothing to localize" in answer.stdout.lower()
    assert "no red flags" not in answer.stdout.lower()


def test_unknown_region_names_the_nearest_one(tmp_path: Path) -> None:
    answer = localized(
        tmp_path, case_with("{sensation: pinprick, over: [dorsum_fot_central], side: left, is: reduced}")
    )

    said(answer, "case.yaml:3:34", "unknown region", "dorsum_fot_central", "did you mean 'dorsum_foot_central'?")


def test_unknown_movement_names_the_nearest_one(tmp_path: Path) -> None:
    answer = localized(tmp_path, case_with("{power: ankle_dorsiflection, side: left, is: 3}"))

    said(answer, "case.yaml:3:13", "unknown movement 'ankle_dorsiflection'", "did you mean 'ankle_dorsiflexion'?")


def test_unknown_kind_of_finding(tmp_path: Path) -> None:
    said(localized(tmp_path, case_with("{strength: knee_extension, side: left, is: 3}")), "case.yaml:3", "strength")


def test_unknown_field(tmp_path: Path) -> None:
    said(localized(tmp_path, "id: bad\nfindngs: []\n"), "case.yaml:2:1", "findngs", "did you mean 'findings'?")


def test_grade_7(tmp_path: Path) -> None:
    answer = localized(tmp_path, case_with("{power: knee_extension, side: left, is: 7}"))

    said(answer, "case.yaml:3:45", "there is no grade 7", "MRC grades are 0, 1, 2, 3, 4-, 4, 4+ and 5")


def test_grade_between_grades(tmp_path: Path) -> None:
    answer = localized(tmp_path, case_with("{power: knee_extension, side: left, is: 3.5}"))

    said(answer, "case.yaml:3:45", "there is no grade 3.5")


def test_missing_side(tmp_path: Path) -> None:
    answer = localized(tmp_path, case_with("{power: knee_extension, is: 3}"))

    said(answer, "case.yaml:3:5", "missing field 'side': left, right, both, or unknown")


def test_misspelt_side(tmp_path: Path) -> None:
    answer = localized(tmp_path, case_with("{power: knee_extension, side: lft, is: 3}"))

    said(answer, "case.yaml:3:35", "'lft'", "did you mean 'left'?")


def test_missing_result(tmp_path: Path) -> None:
    said(localized(tmp_path, case_with("{power: knee_extension, side: left}")), "case.yaml:3:5", "missing field 'is'")


def test_same_thing_normal_and_absent_names_both_lines(tmp_path: Path) -> None:
    answer = localized(tmp_path, case_with(PINPRICK % "normal", PINPRICK % "absent"))

    said(answer, "case.yaml:4:", "pinprick over heel plantar, left, is absent here and normal in line 3")


def test_history_present_and_absent(tmp_path: Path) -> None:
    answer = localized(tmp_path, case_with("{history: fever, is: present}", "{history: fever, is: absent}"))

    said(answer, "case.yaml:4:", "fever is absent here and present in line 3")


def test_power_and_its_muscle_in_conflict(tmp_path: Path) -> None:
    rows = ["{power: ankle_dorsiflexion, side: left, is: 5}", "{muscle: tibialis_anterior, side: left, is: 0}"]

    said(localized(tmp_path, case_with(*rows)), "case.yaml:4:", "tibialis anterior is 0 here", "line 3")


def test_measure_out_of_range(tmp_path: Path) -> None:
    answer = localized(tmp_path, case_with("{measure: symptom_days, is: -3}"))

    said(answer, "case.yaml:3", "-3 is outside the possible range")


def test_every_fault_of_a_case_is_told_at_once(tmp_path: Path) -> None:
    rows = ["{power: knee_extension, side: left, is: 7}", "{history: fevr, is: present}", "{reflex: ankle, is: absent}"]

    said(localized(tmp_path, case_with(*rows)), "case.yaml:3:", "case.yaml:4:", "case.yaml:5:")


def test_thousand_findings_are_read(tmp_path: Path) -> None:
    rows = [PINPRICK % "reduced", "{power: knee_extension, side: left, is: 3}", "{history: fever, is: absent}"] * 334

    answer = localized(tmp_path, case_with(*rows))

    assert len(rows) > 1000
    assert answer.exit_code == 0
    assert "weak" in answer.stdout or "3/5" in answer.stdout


def test_thousand_faulty_findings_are_all_told(tmp_path: Path) -> None:
    answer = localized(tmp_path, case_with(*["{history: fevr, is: present}"] * 1000))

    said(answer, "case.yaml:3:", "case.yaml:1002:")
    assert len(answer.stderr.splitlines()) == 1000


def test_file_of_ten_megabytes_is_not_read(tmp_path: Path) -> None:
    said(localized(tmp_path, b"# " + b"x" * 10_000_000), "case.yaml: the file is larger than 5 MB and is not read")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting(tmp_path: Path, opening: str) -> None:
    said(localized(tmp_path, "findings: " + opening * 5000), "case.yaml:1:", "")


def test_deep_nesting_is_named(tmp_path: Path) -> None:
    said(localized(tmp_path, "a: " + "[" * 100 + "]" * 100), "nested deeper than 40 levels")


def test_aliases_are_refused_before_they_grow(tmp_path: Path) -> None:
    bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    bomb += [f"{new}: &{new} [{', '.join(['*' + old] * 10)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]

    said(localized(tmp_path, "\n".join(bomb)), "case.yaml:1:4: anchor &a", "alias *a", "write it out")


@pytest.mark.parametrize("text", ["just words\n", "42\n", "- 1\n- 2\n", "[[]]\n"])
def test_yaml_that_is_not_a_mapping(tmp_path: Path, text: str) -> None:
    said(localized(tmp_path, text), "case.yaml:", "is needed")


@pytest.mark.parametrize(
    "text", ["id: [\n", "id: 'open\n", "a: b: c\n", "\tid: x\n", b"id: \xff\xfe\n", b"id: a\x00b\n"]
)
def test_text_that_is_not_yaml(tmp_path: Path, text: str | bytes) -> None:
    said(localized(tmp_path, text), "case.yaml:")


def test_duplicate_key(tmp_path: Path) -> None:
    said(localized(tmp_path, "id: a\nid: b\nfindings: []\n"), "case.yaml:2:1", "duplicate key 'id'", "line 1")


def test_tag_that_would_make_an_object(tmp_path: Path) -> None:
    said(
        localized(tmp_path, "id: !!python/object/apply:os.getcwd []\nfindings: []\n"),
        "case.yaml:1:5",
        "tags are not used",
    )


def test_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    answer = run("localize", tmp_path / "none.yaml")

    assert answer.exit_code == 2
    assert "does not exist" in answer.stderr


def test_unknown_map_is_wrong_usage() -> None:
    answer = run("localize", CHECKOUT / "examples" / "cases" / "foot_drop_l5_root.yaml", "--map", "my_own")

    assert answer.exit_code == 2
    assert "unknown map 'my_own': choose from consensus" in answer.stderr


@pytest.fixture
def broken_knowledge(tmp_path: Path) -> Path:
    """The knowledge of this checkout with faults in three files."""
    folder = tmp_path / "knowledge"
    shutil.copytree(CHECKOUT / "knowledge", folder)
    replace(folder / "red_flags" / "ces_saddle.yaml", "finding: saddle_anaesthesia", "finding: saddle_anesthesia")
    replace(folder / "nerves" / "tibial.yaml", "kind: mixed", "kind: mixed\nkind: motor")
    replace(folder / "rules" / "slr_positive.yaml", "id: slr_positive", "id: slr_negative")
    return folder


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


FAULTS = (
    "knowledge/red_flags/ces_saddle.yaml:5:17: when.finding: unknown derived finding 'saddle_anesthesia'",
    "did you mean 'saddle_anaesthesia'?",
    "knowledge/nerves/tibial.yaml:",
    "duplicate key 'kind'",
    "knowledge/rules/slr_positive.yaml:1:5",
)


@pytest.mark.parametrize("command", [["check"], ["localize", "CASE", "--knowledge"], ["score", "CASE", "--knowledge"]])
def test_knowledge_with_faults_tells_all_of_them(broken_knowledge: Path, command: Sequence[str]) -> None:
    case = CHECKOUT / "examples" / "cases" / "foot_drop_l5_root.yaml"

    answer = run(*[case if word == "CASE" else word for word in command], broken_knowledge)

    said(answer, *FAULTS)


def test_folder_that_is_not_knowledge(tmp_path: Path) -> None:
    said(run("check", tmp_path), "no knowledge base", "dermarules.yaml")
