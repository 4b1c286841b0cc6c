"""What is compiled is kept for one text of the package, in a folder of the user's, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dermarules.inference.compiled import machine


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    machine._place_to_keep.cache_clear()
    yield
    machine._place_to_keep.cache_clear()


def test_machine_code_is_kept_in_the_cache_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    place = Path(machine._place_to_keep())

    assert place.parent == tmp_path / "dermarules"
    assert machine.must_compile()
    (place / "run.nbi").touch()
    assert not machine.must_compile()


def test_without_a_place_nothing_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert machine._place_to_keep() == ""
    assert machine.must_compile()


def test_a_function_runs_though_it_is_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    def twice(number: int) -> int:
        return 2 * number

    assert machine.kept(twice)(3) == 6
