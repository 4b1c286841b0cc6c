"""Languages: they load, agree, and tell every fault with its place and the way out."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dermarules.errors import KnowledgeError
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.check_languages import language_faults, shipped_language_faults
from dermarules.knowledgebase.languages import FOLDER, language, language_ids, read_language
from dermarules.knowledgebase.translations import digest_of
from dermarules.render.voice import Voice


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Copies of English and German, to plant faults in."""
    for name in ("en", "de"):
        shutil.copytree(FOLDER / name, tmp_path / name)
    return tmp_path / "en", tmp_path / "de"


def plant(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def told(folders: tuple[Path, Path], knowledge: Knowledge) -> list[str]:
    return [str(fault) for fault in language_faults(folders, knowledge)]


def test_the_shipped_languages_are_english_and_german() -> None:
    assert language_ids() == ("en", "de")


@pytest.mark.parametrize("name", ["en", "de"])
def test_each_shipped_language_loads(name: str) -> None:
    assert language(name).id == name


def test_the_shipped_languages_have_no_faults(knowledge: Knowledge) -> None:
    assert shipped_language_faults(knowledge) == ()


def test_an_unknown_language_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="unknown language 'fr': choose from en, de"):
        language("fr")


def test_a_slot_that_nobody_fills_is_a_fault(folders: tuple[Path, Path], knowledge: Knowledge) -> None:
    plant(folders[1] / "alarm.yaml", "Verdacht: {condition}", "Verdacht: {conditon}")

    assert told(folders, knowledge) == [
        "languages/de/alarm.yaml:8:12: suspected: has no slot {condition}, which English fills",
        "languages/de/alarm.yaml:8:12: suspected: unknown slot 'conditon' (did you mean 'condition'?)",
    ]


def test_a_template_that_english_has_not_and_one_that_is_missing_are_faults(
    folders: tuple[Path, Path], knowledge: Knowledge
) -> None:
    plant(folders[1] / "alarm.yaml", "\nquiet:", "\nquite:")

    assert told(folders, knowledge) == [
        "languages/de/alarm.yaml:2:1: missing template 'quiet', in English: "
        "No red flag is raised, and none that these findings touch is open.",
        "languages/de/alarm.yaml:4:1: quite: unknown template 'quite' (did you mean 'quiet'?)",
    ]


def test_a_missing_file_is_told_template_by_template(folders: tuple[Path, Path], knowledge: Knowledge) -> None:
    (folders[1] / "consider.yaml").unlink()

    assert told(folders, knowledge) == [
        "languages/de/consider.yaml: missing template 'discs', in English: If a disc: {discs}.",
        "languages/de/consider.yaml: missing template 'foraminal', in English: foraminal",
        "languages/de/consider.yaml: missing template 'paracentral', in English: paracentral",
        "languages/de/consider.yaml: missing template 'title', in English: "
        "Consider (suggestions, to be confirmed by the usual means):",
    ]


def test_a_name_of_what_the_knowledge_does_not_hold_is_a_fault(
    folders: tuple[Path, Path], knowledge: Knowledge
) -> None:
    plant(folders[1] / "names.yaml", "  femoral: N. femoralis", "  femorel: N. femoralis")

    (fault,) = told(folders, knowledge)

    assert fault.endswith(": nerves.femorel: unknown id 'femorel' (did you mean 'femoral'?)")
    assert fault.startswith("languages/de/names.yaml:")


def test_a_table_and_a_text_that_no_record_has_are_faults(folders: tuple[Path, Path], knowledge: Knowledge) -> None:
    (folders[1] / "names.yaml").write_text(
        "nervs: {femoral: N. femoralis}\nsigns: {slr: {nam: Lasègue}}\nhistory: {fever: Fieber}\n", encoding="utf-8"
    )

    assert told(folders, knowledge) == [
        "languages/de/names.yaml:1:1: nervs: unknown table 'nervs' (did you mean 'nerves'?)",
        "languages/de/names.yaml:2:15: signs.slr.nam: unknown text 'nam' (did you mean 'name'?)",
        "languages/de/names.yaml:3:18: history.fever.name: unknown text 'name'",
    ]


def test_a_translation_of_other_words_than_the_knowledge_has_is_a_fault(
    folders: tuple[Path, Path], knowledge: Knowledge
) -> None:
    (folders[1] / "names.yaml").write_text(
        "signs:\n  slr: {how: Bein heben.}\n  slump: {how: Sitzen., of: '00000000'}\n  hoover: {name: Hoover}\n",
        encoding="utf-8",
    )

    assert told(folders, knowledge) == [
        "languages/de/names.yaml:2:8: signs.slr: does not say what it translates; compare them, "
        f"then write of: '{digest_of('signs', 'slr', ['how'], knowledge)}'",
        "languages/de/names.yaml:3:10: signs.slump: translates other words than the knowledge has now; compare them, "
        f"then write of: '{digest_of('signs', 'slump', ['how'], knowledge)}'",
    ]


def test_what_a_red_flag_asks_for_is_not_told_in_an_old_translation(knowledge: Knowledge) -> None:
    flag = knowledge.red_flags["ces_saddle"]
    changed = replace(flag, then=replace(flag.then, do="Phone the spinal surgeon."))
    base = replace(knowledge, red_flags={**knowledge.red_flags, "ces_saddle": changed})

    assert Voice(base, language("de")).own("red_flags", "ces_saddle", "do") == ""
    assert Voice(base, language("de")).text("red_flags", "ces_saddle", "title") == "Loss of feeling in the saddle"
    assert Voice(knowledge, language("de")).own("red_flags", "ces_saddle", "do").startswith("Jetzt in die Notaufnahme")


def test_the_faults_of_a_file_are_told_together_and_those_of_english_too(
    folders: tuple[Path, Path], knowledge: Knowledge
) -> None:
    (folders[0] / "consider.yaml").write_text("[]\n", encoding="utf-8")
    (folders[1] / "consider.yaml").write_text(
        'title: 5\ndiscs: "{discs"\nforaminal: "{0}"\nparacentral: "{a.b}"\n', encoding="utf-8"
    )
    (folders[1] / "names.yaml").write_text("nerves: none\nsigns: {slr: 5}\n", encoding="utf-8")

    assert told(folders, knowledge) == [
        "languages/de/consider.yaml:1:8: title: must be a text; quote it if it looks like something else",
        "languages/de/consider.yaml:2:8: discs: is no template: expected '}' before end of string",
        "languages/de/consider.yaml:3:12: foraminal: a slot must be a plain name, and '{0}' is none",
        "languages/de/consider.yaml:4:14: paracentral: a slot must be a plain name, and '{a.b}' is none",
        "languages/de/names.yaml:1:9: nerves: must be a mapping of ids to names",
        "languages/de/names.yaml:2:14: signs.slr.name: must be a text; quote it if it looks like something else",
        "languages/en/consider.yaml:1:1: must be a mapping",
    ]


def test_a_slot_takes_no_format(folders: tuple[Path, Path], knowledge: Knowledge) -> None:
    plant(folders[1] / "alarm.yaml", "Verdacht: {condition}", "Verdacht: {condition:>5}")

    assert told(folders, knowledge) == [
        "languages/de/alarm.yaml:8:12: suspected: a slot takes no format; '{condition:one|many}' is its plural"
    ]


def test_a_brace_that_is_doubled_is_printed(folders: tuple[Path, Path]) -> None:
    plant(folders[1] / "alarm.yaml", "Verdacht: {condition}", "Verdacht: {{{condition}}}")

    assert read_language(folders[1]).say("alarm.suspected", condition="Zoster") == "Verdacht: {Zoster}"


def test_text_that_is_no_yaml_is_a_fault_with_its_place(folders: tuple[Path, Path]) -> None:
    (folders[1] / "consider.yaml").write_text("title: [\n", encoding="utf-8")

    with pytest.raises(KnowledgeError, match=r"languages/de/consider\.yaml:2:1"):
        read_language(folders[1])


def test_a_folder_without_templates_is_no_language(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="holds no templates"):
        read_language(tmp_path)


def test_a_plural_follows_its_number() -> None:
    assert language("en").say("asking.further", n=1) == "1 further question: see the JSON report."
    assert language("de").say("asking.further", n=2) == "2 weitere Fragen: siehe den JSON-Bericht."


def test_to_import_dermarules_reads_no_language() -> None:
    script = "import sys, dermarules; print('dermarules.knowledgebase.languages' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout == "False\n"
