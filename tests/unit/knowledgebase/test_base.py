"""The base: what it holds, what identifies it, where it is looked for."""

import gc
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import dermarules
from dermarules.errors import KnowledgeError
from dermarules.knowledgebase import resolve
from dermarules.knowledgebase.base import Knowledge, default_knowledge, load_knowledge
from dermarules.knowledgebase.resolve import knowledge_folder
from dermarules.provenance import Location
from dermarules.rules import All, Any, Compare, Derived, Favours, Leaf, Suspects
from dermarules.vocabulary import Kind, Result, SideTest, Strength


def test_records_are_kept_in_the_order_of_the_files(small: Knowledge) -> None:
    assert list(small.regions) == ["sole_medial", "sole_lateral", "heel", "perianal"]
    assert list(small.roots) == ["T12", "L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4", "S5"]
    assert small.muscle_groups == {"triceps_surae": "Calf"}
    assert small.grades == {0: "no contraction", 5: "normal power"}
    assert small.foot_drop["s1_radiculopathy"]["ankle"] == "absent"
    assert (small.version, small.title, small.folder) == ("2026-01-01", "Small base", "knowledge")


def test_a_rule_is_read_with_wording_and_places(small: Knowledge) -> None:
    rule = small.rules["slr_positive"]
    assert isinstance(rule.when, All)
    sign, pain = rule.when.of
    assert sign == Leaf(
        Kind.SIGN, ("slr",), frozenset({Result.POSITIVE}), SideTest.SAME, wording="slr positive, same side"
    )
    assert isinstance(pain, Leaf)
    assert pain.places == ("sole_medial", "sole_lateral")
    assert pain.wording == "pain over sole, same side"
    assert pain.location == Location("knowledge/rules/slr_positive.yaml", 8, 7)
    assert rule.then == (
        Favours(("root S1",), Strength.MODERATE, over=("nerve any",)),
        Favours(("nerve tibial at tarsal_tunnel",), Strength.WEAK, against=True),
        Suspects("common_back_pain"),
    )


def test_a_red_flag_is_read(small: Knowledge) -> None:
    when = small.red_flags["ces"].when
    assert isinstance(when, Any)
    assert when.of[0] == Derived("saddle_loss", True)
    assert isinstance(when.of[1], All)
    assert when.of[1].of[1] == Compare("symptom_days", "le", 14.0, if_unknown=True)
    assert small.red_flags["ces"].figures == {"days": 14}


def test_any_modality_is_every_modality(small: Knowledge) -> None:
    when = small.derived["saddle_loss"].when
    assert isinstance(when, Leaf)
    assert len(when.names) == 7
    assert when.results == {Result.REDUCED, Result.ABSENT}
    assert when.wording == "sensation abnormal over perianal"


def test_where_areas_overlap_the_more_constant_tier_counts(small: Knowledge) -> None:
    skin = small.wide_sites["cauda_equina"].territory.skin
    assert (skin.core, skin.usual, skin.variable) == (("perianal",), ("sole_medial", "sole_lateral"), ("heel",))


def test_each_record_has_a_place_under_the_name_of_its_file(small: Knowledge) -> None:
    assert small.locations["nerves/tibial"] == Location("knowledge/nerves/tibial.yaml", 1, 1)
    assert small.locations["movements/ankle_inversion"] == Location("knowledge/movements.yaml", 13, 5)
    assert small.locations["functional_tests/tiptoe"].file == "knowledge/movements.yaml"
    assert small.locations["derived_findings/weak_leg"] == small.derived["weak_leg"].location
    assert small.locations["localizations/cauda_equina"] == small.wide_sites["cauda_equina"].location


def test_a_retired_rule_is_checked_but_not_used(folder: Path) -> None:
    path = folder / "rules" / "slr_positive.yaml"
    path.write_text(path.read_text().replace("review: sourced", "review: retired"))
    assert not load_knowledge(folder).rules


def test_the_digest_depends_on_content_and_not_on_newlines(folder: Path) -> None:
    before = load_knowledge(folder).digest
    path = folder / "roots.yaml"
    text = path.read_bytes()
    path.write_bytes(text.replace(b"\n", b"\r\n"))
    assert load_knowledge(folder).digest == before
    path.write_bytes(text + b"# one more line\n")
    assert load_knowledge(folder).digest != before


def test_loading_leaves_the_garbage_collector_as_it_was(folder: Path) -> None:
    load_knowledge(folder)
    assert gc.isenabled()
    gc.disable()
    load_knowledge(folder)
    was_enabled = gc.isenabled()
    gc.enable()
    assert not was_enabled


def test_a_base_is_its_own_equal_and_can_be_a_key(small: Knowledge) -> None:
    assert {small: 1}[small] == 1


def test_the_environment_names_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DERMARULES_KNOWLEDGE", str(folder))
    assert knowledge_folder() == folder


def test_a_wrong_folder_in_the_environment_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DERMARULES_KNOWLEDGE", str(tmp_path))
    with pytest.raises(KnowledgeError, match=r"no knowledge base \(from DERMARULES_KNOWLEDGE\)"):
        knowledge_folder()


def test_a_checkout_reads_the_folder_beside_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DERMARULES_KNOWLEDGE", raising=False)
    assert knowledge_folder() == Path(dermarules.__file__).parent.parent / "knowledge"


def test_an_installed_package_reads_its_own_copy(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DERMARULES_KNOWLEDGE", raising=False)
    shutil.copytree(folder, tmp_path / "package" / "knowledge")
    monkeypatch.setattr(resolve, "_PACKAGE", tmp_path / "package")
    assert knowledge_folder() == tmp_path / "package" / "knowledge"


def test_no_folder_at_all_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DERMARULES_KNOWLEDGE", raising=False)
    monkeypatch.setattr(resolve, "_PACKAGE", tmp_path / "package")
    with pytest.raises(KnowledgeError, match="no knowledge base; set DERMARULES_KNOWLEDGE to its folder"):
        knowledge_folder()


def test_threads_share_one_default_base() -> None:
    with ThreadPoolExecutor(4) as pool:
        bases = set(pool.map(lambda _: default_knowledge(), range(8)))
    assert len(bases) == 1
