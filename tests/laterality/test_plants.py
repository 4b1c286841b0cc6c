"""Mistakes of side in a copy of the knowledge: each is caught, by loading, by `check`, or by what follows from it."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dermarules.errors import KnowledgeError
from dermarules.knowledgebase.base import Knowledge, load_knowledge
from dermarules.knowledgebase.checks import check_knowledge
from tests.conftest import CHECKOUT
from tests.laterality.legs import LEGS, wrong

Plant = dict[str, Any]

PLANTS: list[Plant] = yaml.safe_load((Path(__file__).parent / "plants.yaml").read_text(encoding="utf-8"))
ROWS = {row["say"]: row for row in LEGS}


def caught_by(catcher: str) -> list[Plant]:
    return [plant for plant in PLANTS if catcher in plant]


def named(plant: Plant) -> str:
    return str(plant["plant"])


def sow(plants: Iterable[Plant], folder: Path) -> Path:
    """A copy of the knowledge with these mistakes in it."""
    shutil.copytree(CHECKOUT / "knowledge", folder)
    for plant in plants:
        file = folder / plant["in"]
        text = file.read_text(encoding="utf-8")
        start = text.index(f"{plant['after']}\n") if "after" in plant else 0
        assert plant["replace"] in text[start:], plant["plant"]
        file.write_text(text[:start] + text[start:].replace(plant["replace"], plant["by"], 1), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def told_by_loading(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What loading tells of all its plants at once."""
    folder = sow(caught_by("load"), tmp_path_factory.mktemp("load") / "knowledge")
    with pytest.raises(KnowledgeError) as error:
        load_knowledge(folder)
    return [str(fault) for fault in error.value.faults]


@pytest.fixture(scope="session")
def told_by_check(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What `check` tells of all its plants at once."""
    folder = sow(caught_by("check"), tmp_path_factory.mktemp("check") / "knowledge")
    return [str(fault) for fault in check_knowledge(load_knowledge(folder))]


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The knowledge with all plants at once that load and pass every check."""
    knowledge = load_knowledge(sow(caught_by("legs"), tmp_path_factory.mktemp("legs") / "knowledge"))
    assert check_knowledge(knowledge) == ()
    return knowledge


def found(plant: Plant, words: str, faults: Iterable[str]) -> list[str]:
    """The faults in these words, in the file of the plant or where it says."""
    file = f"knowledge/{plant.get('at', plant['in'])}:"
    return [fault for fault in faults if fault.startswith(file) and words in fault]


def test_there_are_more_than_twenty_plants_and_each_has_one_catcher() -> None:
    assert len({plant["plant"] for plant in PLANTS}) == len(PLANTS) > 20
    assert sorted(map(named, PLANTS)) == sorted(
        map(named, [*caught_by("load"), *caught_by("check"), *caught_by("legs")])
    )


@pytest.mark.parametrize("plant", caught_by("load"), ids=named)
def test_plant_does_not_load(plant: Plant, told_by_loading: list[str]) -> None:
    assert found(plant, plant["load"], told_by_loading)


@pytest.mark.parametrize("plant", caught_by("check"), ids=named)
def test_plant_is_told_by_check(plant: Plant, told_by_check: list[str]) -> None:
    assert found(plant, plant["check"], told_by_check)


@pytest.mark.parametrize("plant", caught_by("legs"), ids=named)
def test_plant_makes_a_leg_go_wrong(plant: Plant, faulty: Knowledge) -> None:
    assert plant["wrong"] in wrong(ROWS[plant["legs"]], faulty)
