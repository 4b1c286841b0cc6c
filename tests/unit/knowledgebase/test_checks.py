"""What `dermarules check` finds in a base that loads."""

from pathlib import Path

import pytest
import yaml

from dermarules.knowledgebase.base import Knowledge, load_knowledge
from dermarules.knowledgebase.checks import check_knowledge

CHECKS = yaml.safe_load((Path(__file__).parent / "checks.yaml").read_text(encoding="utf-8"))


def test_the_small_base_passes(small: Knowledge) -> None:
    assert check_knowledge(small) == ()


@pytest.mark.parametrize("row", CHECKS, ids=[row["fault"] for row in CHECKS])
def test_what_does_not_agree_is_told(folder: Path, row: dict[str, str | list[str]]) -> None:
    path = folder / str(row["in"])
    text = path.read_text()
    assert str(row["replace"]) in text
    path.write_text(text.replace(str(row["replace"]), str(row["by"]), 1))
    assert [str(fault) for fault in check_knowledge(load_knowledge(folder))] == row["told"]
