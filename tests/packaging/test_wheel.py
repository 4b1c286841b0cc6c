"""What is built carries its knowledge, and runs with no checkout in sight."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
CASE = CHECKOUT / "examples" / "cases" / "foot_drop_l5_root.yaml"
REDIRECTIONS = {"DERMARULES_KNOWLEDGE", "PYTHONPATH"}


def run(command: Sequence[str | Path], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in REDIRECTIONS}
    environment = inherited | {"PYTHONIOENCODING": "utf-8"} | variables
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def build(kind: str, folder: Path) -> Path:
    built = run([sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", folder, CHECKOUT], CHECKOUT)
    assert built.returncode == 0, built.stdout + built.stderr
    (archive,) = folder.iterdir()
    return archive


def dermarules(installed: Path, folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-m", "dermarules", *arguments], folder, PYTHONPATH=str(installed))


def knowledge_files() -> set[str]:
    folder = CHECKOUT / "knowledge"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")}


def language_files() -> set[str]:
    folder = CHECKOUT / "dermarules" / "languages"
    return {path.relative_to(CHECKOUT).as_posix() for path in folder.rglob("*.yaml")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    target = tmp_path / "installed"
    options = ["--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--target"]
    pip = run([sys.executable, "-m", "pip", "install", *options, target, wheel], tmp_path)
    assert pip.returncode == 0, pip.stdout + pip.stderr
    return target


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def test_wheel_carries_every_knowledge_file_and_the_type_marker(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert "dermarules/knowledge/dermarules.yaml" in names
    assert {f"dermarules/knowledge/{name}" for name in knowledge_files()} <= names
    assert "dermarules/py.typed" in names


def test_wheel_carries_every_file_of_every_language(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {"dermarules/languages/en/words.yaml", "dermarules/languages/de/names.yaml"} <= names
    assert language_files() <= names


def test_wheel_carries_the_schemas_of_its_json(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {"dermarules/schemas/report-1.json", "dermarules/schemas/capsule-1.json"} <= names


def test_wheel_installs_nothing_beside_the_package(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"dermarules"}


def test_sdist_carries_every_knowledge_file(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}

    assert "knowledge/dermarules.yaml" in names
    assert {f"knowledge/{name}" for name in knowledge_files()} <= names
    assert "examples/cases/foot_drop_l5_root.yaml" in names


def test_installed_wheel_localizes_a_case_outside_the_checkout(installed: Path, elsewhere: Path) -> None:
    shutil.copy(CASE, elsewhere / "case.yaml")

    answer = dermarules(installed, elsewhere, "localize", "case.yaml")

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "L5" in answer.stdout


def test_installed_wheel_speaks_german(installed: Path, elsewhere: Path) -> None:
    shutil.copy(CASE, elsewhere / "case.yaml")

    answer = dermarules(installed, elsewhere, "localize", "case.yaml", "--language", "de", "--verbosity", "short")

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "Wo: Wurzel L5, rechts" in answer.stdout


def test_installed_wheel_reads_the_knowledge_it_carries(installed: Path, elsewhere: Path) -> None:
    sound = dermarules(installed, elsewhere, "check")
    (installed / "dermarules" / "knowledge" / "rules" / "broken.yaml").write_text("id: [\n", encoding="utf-8")

    broken = dermarules(installed, elsewhere, "check")

    assert sound.returncode == 0, sound.stdout + sound.stderr
    assert broken.returncode == 1
    assert "broken.yaml" in broken.stdout + broken.stderr
    assert "Traceback" not in broken.stdout + broken.stderr
