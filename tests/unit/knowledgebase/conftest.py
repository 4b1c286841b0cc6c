"""A small knowledge base of a foot, and a way to plant faults in it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dermarules.errors import KnowledgeError
from dermarules.knowledgebase.base import Knowledge, load_knowledge

SMALL = Path(__file__).parent / "small"
WEIGHTS = Path(__file__).parents[3] / "knowledge" / "weights.yaml"

# The real weights name derived findings that the small base does not have.
SIGNS = """signs:
  upper_motor_neuron: weak_leg
  sphincter: saddle_loss
  both_legs: weak_leg
  leg_complaint: weak_leg
  neurological_complaint: weak_leg
"""

Plant = Callable[[str, str, str], list[str]]


def small_base(folder: Path) -> Path:
    """A copy of the small base, with the weights of the real one."""
    shutil.copytree(SMALL, folder)
    weights = re.sub(r"^signs:\n(?:  .*\n)+", SIGNS, WEIGHTS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (folder / "weights.yaml").write_text(weights, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_base(tmp_path / "knowledge")


@pytest.fixture
def plant(folder: Path) -> Plant:
    """Replaces a text in a file of the small base and returns the faults of the base."""

    def planted(file: str, old: str, new: str) -> list[str]:
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        text = path.read_text() if path.exists() else ""
        assert old in text
        path.write_text(text.replace(old, new, 1))
        with pytest.raises(KnowledgeError) as error:
            load_knowledge(folder)
        return [str(fault) for fault in error.value.faults]

    return planted


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_knowledge(small_base(tmp_path_factory.mktemp("base") / "knowledge"))
