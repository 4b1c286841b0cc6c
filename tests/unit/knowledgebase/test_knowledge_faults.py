"""Each fault of a knowledge file is told with its place and the way out, and only that fault is told."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dermarules.errors import KnowledgeError
from dermarules.knowledgebase.base import load_knowledge

from .conftest import Plant

FAULTS = yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8"))
RULE = "rules/slr_positive.yaml"
DERIVED = "derived_findings.yaml"


@pytest.mark.parametrize("row", FAULTS, ids=[row["fault"] for row in FAULTS])
def test_a_fault_is_told_with_its_place(plant: Plant, row: dict[str, Any]) -> None:
    assert plant(row["in"], row["replace"], row["by"]) == row["told"]


def test_a_constant_of_the_wrong_type_is_told(plant: Plant) -> None:
    (told,) = plant("weights.yaml", "extent: 30", "extent: 3.5")
    assert told.endswith(":9: extent: a whole number is needed, not the number 3.5")


def test_a_prior_is_that_of_a_root(plant: Plant) -> None:
    (told,) = plant("weights.yaml", "L1: -40", "L0: -40")
    assert told.endswith(":14: root_prior.L0: unknown root 'L0'")


def test_the_weights_name_derived_findings(plant: Plant) -> None:
    (told,) = plant("weights.yaml", "both_legs: weak_leg", "both_legs: weak_legs")
    assert told.endswith(": signs.both_legs: unknown derived finding 'weak_legs' (did you mean 'weak_leg'?)")


def test_a_derived_finding_must_not_depend_on_itself(plant: Plant) -> None:
    faults = plant(DERIVED, "{sensation: any, over: [perianal], is: abnormal}", "{finding: saddle_loss, is: present}")
    assert faults == [
        "knowledge/derived_findings.yaml:13:9: findings.1.id: depends on itself: saddle_loss -> saddle_loss"
    ]


def test_a_circle_through_absence_is_named(plant: Plant, folder: Path) -> None:
    path = folder / DERIVED
    text = path.read_text().replace(
        "{sensation: any, over: [perianal], is: abnormal}", "{finding: weak_leg, is: present}"
    )
    path.write_text(text)
    faults = plant(
        DERIVED,
        "absent_when: {history: leg_weakness, side: same, is: absent}",
        "absent_when: {not: {finding: saddle_loss, is: present}}",
    )
    assert faults == [
        "knowledge/derived_findings.yaml:13:9: findings.1.id: depends on itself through absence: "
        "saddle_loss -> weak_leg -> saddle_loss"
    ]


def test_a_duplicate_id_names_both_places(plant: Plant) -> None:
    faults = plant("history.yaml", "id: back_pain", "id: leg_weakness")
    assert faults[0] == (
        "knowledge/history.yaml:5:10: history.2.id: duplicate history item 'leg_weakness', "
        "first given in knowledge/history.yaml:4"
    )


def test_the_id_of_a_file_of_its_own_is_the_name_of_the_file(plant: Plant) -> None:
    faults = plant("red_flags/ces.yaml", "id: ces", "id: ces_saddle")
    assert faults == ["knowledge/red_flags/ces.yaml:1:5: id: 'ces_saddle' is not the name of the file, 'ces'"]


def test_faults_of_all_files_are_told_at_once(plant: Plant, folder: Path) -> None:
    (folder / "areas.yaml").unlink()
    (folder / "signs.yaml").write_bytes(b"signs: \xff\n")
    (folder / "roots.yaml").write_text("roots:\n\t- {}\n")
    assert plant(RULE, "strength: weak", "strength: week") == [
        "knowledge/areas.yaml: missing file",
        "knowledge/roots.yaml:2:1: a tab; write spaces",
        "knowledge/rules/slr_positive.yaml:11:58: then.1.strength: unknown strength 'week' (did you mean 'weak'?)",
        "knowledge/signs.yaml:1:8: not UTF-8 text",
    ]


def test_missing_constants_make_no_other_fault(folder: Path) -> None:
    (folder / "weights.yaml").unlink()
    (folder / "muscles.yaml").unlink()
    with pytest.raises(KnowledgeError) as error:
        load_knowledge(folder)
    assert str(error.value) == "knowledge/muscles.yaml: missing file\nknowledge/weights.yaml: missing file"


def test_a_folder_without_the_first_file_is_no_knowledge_base(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as error:
        load_knowledge(tmp_path)
    assert str(error.value) == (
        f"{tmp_path}: no knowledge base: dermarules.yaml with 'schema: dermarules.knowledge/1' is needed"
    )
