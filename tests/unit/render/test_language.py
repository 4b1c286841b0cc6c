"""Reports in another language: nothing that a template says is left in English, and no language needs Python."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dermarules import render
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import read_cases
from dermarules.knowledgebase.languages import FOLDER, language, read_language
from dermarules.questions.ask import Question
from dermarules.questions.cells import layout
from dermarules.render.question_words import question_words
from dermarules.render.text import to_text
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import capital
from dermarules.report import Report, localize
from tests.voices import english

MODULES = sorted(Path(render.__path__[0]).glob("*.py"))
EXAMPLES = Path(__file__).parents[3] / "examples" / "cases"
# `dermarules show` prints the knowledge as its authors wrote it.
IN_ENGLISH = ("record.py",)
# Texts of two words or more that are no language: HTML and styles, a unit of the knowledge, beginnings of claims.
NO_LANGUAGE = re.compile(r"\"? ?<|\" [a-z-]+=\"|padding:|bold |dim |MRC grade$|red flag $")
TWO_WORDS = re.compile(r"[A-Za-z]+ +[A-Za-z]+")
SLOT = re.compile(r"\{[^}]*\}")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def texts(tree: ast.Module) -> Iterator[str]:
    """The texts in a module, without docstrings and without the errors that it raises, which programmers read."""
    silent = {id(docstring) for node in ast.walk(tree) for docstring in docstrings(node)}
    silent |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


def docstrings(node: ast.AST) -> list[ast.expr]:
    """The docstring of a module, class or function; of nothing else."""
    body = node.body[:1] if isinstance(node, DOCUMENTED) else []
    return [first.value for first in body if isinstance(first, ast.Expr)]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def fragments(name: str) -> set[str]:
    """What the templates of a language say between their slots, where it is two words or more."""
    said = (part.strip(" .,;:()") for text in language(name).templates.values() for part in SLOT.split(text))
    return {part for part in said if TWO_WORDS.search(part)}


@pytest.fixture(scope="module")
def german_pages(knowledge: Knowledge) -> str:
    """The reports of all example cases in German, without what authors wrote: titles of cases, grounds of rules."""
    cases = [case for file in sorted(EXAMPLES.rglob("*.yaml")) for case in read_cases(file, knowledge)]
    reports = (localize(case, knowledge=knowledge, engine="compiled") for case in cases)
    lines = [line for report in reports for line in report.to_markdown("de").splitlines() if not line.startswith("# ")]
    grounds = [rule.because for rule in knowledge.rules.values()]
    written = {capital(ground) for ground in grounds} | {f"Dagegen: {ground}" for ground in grounds}
    return "\n".join(line for line in lines if line.strip(" -").partition(". [")[0].rstrip(".") not in written)


@pytest.mark.parametrize("module", [path for path in MODULES if path.name not in IN_ENGLISH], ids=lambda p: p.name)
def test_no_module_that_renders_holds_a_sentence(module: Path) -> None:
    sentences = [text for text in texts(parsed(module)) if TWO_WORDS.search(text) and not NO_LANGUAGE.match(text)]

    assert sentences == []


def test_every_template_that_is_said_by_its_name_is_there() -> None:
    stems = {template.partition(".")[0] for template in language("en").templates}
    named = re.compile(rf"(?:{'|'.join(sorted(stems))})\.[a-z0-9_]+")
    said = {text for module in MODULES for text in texts(parsed(module)) if named.fullmatch(text)}

    # What ends in an underscore is the beginning of a name.
    assert {text for text in said if not text.endswith("_")} - language("en").templates.keys() == set()
    assert len(said) > 100


def test_no_german_page_holds_a_phrase_of_an_english_template(german_pages: str) -> None:
    left = {
        phrase for phrase in fragments("en") - fragments("de") if re.search(rf"\b{re.escape(phrase)}\b", german_pages)
    }

    assert left == set()


def test_german_pages_hold_phrases_of_german_templates(german_pages: str) -> None:
    assert len({phrase for phrase in fragments("de") if phrase in german_pages}) >= 75


def test_every_name_of_the_german_pages_is_german(german_pages: str, knowledge: Knowledge) -> None:
    tables = ("regions", "nerves", "movements", "reflexes", "conditions", "lesion_sites", "measures")
    names = {record.name for table in tables for record in getattr(knowledge, table).values()}
    german = {texts["name"] for table in tables for texts in language("de").names[table].values()}

    assert {name for name in names - german if f" {name}" in german_pages} == set()


def test_a_second_language_needs_no_python(tmp_path: Path, foot_drop: Report) -> None:
    folder = tmp_path / "xx"
    shutil.copytree(FOLDER / "en", folder)
    (folder / "names.yaml").write_text("movements: {ankle_dorsiflexion: LIFT}\n", encoding="utf-8")
    place = folder / "place.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace('"Where: {place}"', '"UBI: {place}"'), encoding="utf-8")
    words = folder / "words.yaml"
    words.write_text(words.read_text(encoding="utf-8").replace("left: left", "left: SINISTER"), encoding="utf-8")

    text = to_text(foot_drop, Voice(foot_drop.knowledge, read_language(folder)), Verbosity.FULL)

    assert "\nUBI: L5 root, SINISTER\n" in text
    assert "  Weak LIFT (3/5), SINISTER: core territory of the L5 root." in text


def test_a_german_report_tells_the_emergency_in_german(emergency: Report) -> None:
    lines = emergency.to_text("de").splitlines()

    assert lines[3:5] == [
        "WIE DRINGEND: NOTFALL, SOFORT",
        "  Jetzt in die Notaufnahme; Blasenultraschall und Notfall-MRT der Lendenwirbelsäule.",
    ]
    assert "  Jetzt in die Notaufnahme zur Abklärung eines Kaudasyndroms und MRT." in lines
    assert "    Grund: die Wurzeln, die das Reithosengebiet spüren, steuern auch Blase und Darm." in emergency.to_text(
        "de"
    )
    assert "    Spitz-stumpf-Empfinden aufgehoben: Perianalhaut, beidseits" in lines
    assert "    verneint" not in emergency.to_text("de")


def test_a_german_report_says_that_the_authors_of_rules_wrote_english(foot_drop: Report) -> None:
    assert foot_drop.to_text("de").splitlines()[-2:] == [
        "Was die Autoren der Regeln geschrieben haben, steht auf Englisch, wo es nicht übersetzt ist; "
        "die Übersetzung hat noch kein zweiter Leser geprüft.",
        "Unterstützt eine Entscheidung; ist kein Medizinprodukt.",
    ]
    assert "Was die Autoren" not in foot_drop.to_text("en")


def test_a_german_report_is_german_in_every_form(foot_drop: Report) -> None:
    assert "<h4>Wo: Wurzel L5, links</h4>" in foot_drop.to_html("de")
    assert "| Rang | Ort | Seite | Höhe | Zentiban | Sicherheit | erklärt | lässt offen | widerspricht |" in (
        foot_drop.to_markdown("de")
    )
    assert "a_case, 52 Jahre, männlich" in foot_drop.to_text("de")


def test_in_short_a_report_says_how_urgent_it_is_and_where(foot_drop: Report) -> None:
    text = foot_drop.to_text(verbosity="short")

    assert [line for line in text.splitlines() if line and not line.startswith(" ")][2:4] == [
        "HOW URGENT: SAME DAY; EMERGENCY NOW IS NOT EXCLUDED",
        "Where: L5 root, left",
    ]
    assert "Why" not in text
    assert "Differential" not in text
    assert "[dermatomes/" not in text
    assert "the questions at the end" not in text


def test_in_medium_a_report_says_all_without_what_it_rests_on(foot_drop: Report) -> None:
    text = foot_drop.to_text(verbosity="medium")

    assert "\nWhy\n" in text
    assert "  Differential, with weights in centibans:" in text
    assert "What was not asked and matters" in text
    assert "[dermatomes/" not in text
    assert "[red_flags/" not in text


def test_in_full_a_report_is_as_by_default(foot_drop: Report) -> None:
    assert foot_drop.to_text(verbosity="full") == foot_drop.to_text()


def test_short_and_medium_are_told_in_every_form(foot_drop: Report) -> None:
    assert "<table" not in foot_drop.to_html(verbosity="short")
    assert "| rank |" not in foot_drop.to_markdown(verbosity="short")
    assert "| rank |" in foot_drop.to_markdown(verbosity="medium")


def test_an_unknown_language_or_verbosity_is_answered_with_those_that_there_are(foot_drop: Report) -> None:
    with pytest.raises(ValueError, match="unknown language 'fr': choose from en, de"):
        foot_drop.to_text("fr")
    with pytest.raises(ValueError, match="unknown verbosity 'long': choose from short, medium, full"):
        foot_drop.to_text(verbosity="long")


@pytest.mark.parametrize(
    ("about", "german"),
    [
        ("fever", "Hatten Sie Fieber?"),
        ("pvr_ml", "Restharnvolumen (ml)?"),
        ("ankle", "Achillessehnenreflex: Schlag auf die Achillessehne bei neutral gehaltenem Fuß."),
        ("soleus", "M. soleus"),
        ("sensory", "Zu untersuchen: sensibles Niveau am Rumpf."),
        ("perianal", "Sensibilität, Perianalhaut."),
        ("shooting", "Wo besteht Folgendes: einschießender Schmerz?"),
    ],
)
def test_a_question_is_asked_in_the_language(about: str, german: str, knowledge: Knowledge) -> None:
    assert question_words(about, "", Voice(knowledge, language("de"))).startswith(german)


def test_every_question_of_a_red_flag_is_asked_in_german(knowledge: Knowledge) -> None:
    asked = {ask.about for ask in layout(knowledge).asks}
    voice = Voice(knowledge, language("de"))

    assert asked
    assert "not german" not in {question_words(about, "not german", voice) for about in asked}


def test_english_asks_in_the_words_of_the_knowledge(foot_drop: Report) -> None:
    asked: tuple[Question, ...] = foot_drop.questions

    assert [question_words(q.about, q.words, english(foot_drop.knowledge)) for q in asked] == [q.words for q in asked]
