"""What the documentation shows is true: its code runs, its YAML is read, its links lead somewhere."""

import json
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click import Context, Option
from click.testing import CliRunner

import dermarules
from dermarules.cli import main
from dermarules.findings import Expectation
from dermarules.knowledgebase.base import load_knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.knowledgebase.conditions import ConditionReader
from dermarules.knowledgebase.layout import SHELVES
from dermarules.knowledgebase.located import Document, is_list, is_mapping
from dermarules.knowledgebase.records import read_record
from dermarules.knowledgebase.references import reference_faults
from dermarules.knowledgebase.register import Entry, entries
from dermarules.knowledgebase.yaml_text import parse_document
from dermarules.reply import Reply
from dermarules.rules import RedFlag, Rule
from dermarules.vocabulary import Kind
from dermarules.weights import Weights

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = (*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ASK = DOCS / "tutorial" / "ask-the-report.md"
COMMAND_OR_TEXT = re.compile(
    r"^    dermarules (?P<command>[^\n]+)$|^```text\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"\[[^\]]+\]\(([^)#\s]+)(?:#[^)]*)?\)")
CONDITIONS = ("when", "absent_when", "ask_when", "requires")
STARTS = {"all", "sensation", "feels", "power", "muscle", "wasting", "reflex", "sign", "history", "finding", "compare"}


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def all_blocks(page: Path) -> Iterator[tuple[int, str, str]]:
    """The blocks of a page with the line in which each begins, and its language."""
    text = page.read_text(encoding="utf-8")
    return ((text.count("\n", 0, m.start(2)), m[1], m[2]) for m in BLOCK.finditer(text))


def blocks(page: Path, language: str) -> list[tuple[int, str]]:
    """The blocks of a language, with the line in which each begins."""
    return [(line, text) for line, name, text in all_blocks(page) if name == language]


def not_printed(shown: str, printed: str) -> list[str]:
    """The passages of a text block, parted by lines of `...`, that were not printed, or not after the one before."""
    missing, rest = [], f"\n{printed}\n"
    for passage in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE):
        _, found, after = rest.partition(f"\n{passage}")
        rest = f"\n{after}" if found else rest
        missing += [] if found else [passage]
    return missing


def conditions(value: object) -> Iterator[object]:
    """Every condition that a YAML example shows: alone, in a list, or in a rule."""
    if is_list(value):
        for part in value:
            yield from conditions(part)
    elif is_mapping(value):
        yield from (value[key] for key in CONDITIONS if key in value)
        if STARTS & set(value):
            yield value


def rules_shown(page: Path) -> list[Entry]:
    """The whole rules and red flags that the YAML examples of a page show."""
    documents = [parse_document(text.encode(), named(page)) for _, text in blocks(page, "yaml")]
    whole = [d for d in documents if is_mapping(d.value) and {"id", "then"} <= set(d.value)]
    return [entry for document in whole for entry in entries({f"{folder_of(document)}/shown.yaml": document})]


def folder_of(document: Document) -> str:
    then = document.value["then"] if is_mapping(document.value) else None
    return "red_flags" if is_mapping(then) and "urgency" in then else "rules"


@cache
def pages_with(language: str) -> tuple[Path, ...]:
    return tuple(page for page in PAGES if blocks(page, language))


@pytest.mark.parametrize("page", pages_with("python"), ids=named)
def test_the_python_of_a_page_runs_and_prints_what_stands_below_it(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    namespace: dict[str, object] = {"__name__": "__docs__"}
    printed = ""
    for line, language, code in all_blocks(page):
        if language == "python":
            padded = "\n" * line + code
            exec(compile(padded, str(page), "exec"), namespace)
            printed = capsys.readouterr().out
        elif language == "text":
            assert not_printed(code, printed) == [], f"{named(page)}:{line}"


def test_the_commands_of_the_tutorial_print_what_stands_below_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    printed = ""
    for found in COMMAND_OR_TEXT.finditer(ASK.read_text(encoding="utf-8")):
        if found["command"]:
            ran = CliRunner().invoke(main, shlex.split(found["command"]))
            printed = ran.stdout
            assert ran.exit_code == 0, found["command"]
        else:
            assert not_printed(found["text"], printed) == []


def test_a_passage_that_was_not_printed_or_comes_too_early_is_found() -> None:
    printed = "one\n  two\nthree\n"

    assert not_printed("one\n...\nthree\n", printed) == []
    assert not_printed("one\nthree\n", printed) == ["one\nthree\n"]
    assert not_printed("three\n...\none\n", printed) == ["one\n"]
    assert not_printed("two\n", printed) == ["two\n"]


@pytest.mark.parametrize("page", pages_with("yaml"), ids=named)
def test_the_yaml_of_a_page_is_read_without_a_fault(page: Path) -> None:
    faults = [fault for _, text in blocks(page, "yaml") for fault in parse_document(text.encode(), named(page)).faults]

    assert faults == []


@pytest.mark.parametrize("page", [REFERENCE / "rule-language.md", DOCS / "how-to" / "add-a-rule.md"], ids=named)
def test_the_rule_language_accepts_every_condition_that_its_page_shows(page: Path) -> None:
    register = load_knowledge().register
    documents = [parse_document(text.encode(), named(page)) for _, text in blocks(page, "yaml")]

    read = [ConditionReader(document, register).read(c) for document in documents for c in conditions(document.value)]

    assert read


def test_the_rules_and_red_flags_that_the_page_shows_have_no_fault() -> None:
    shown = rules_shown(REFERENCE / "rule-language.md")
    register = load_knowledge().register

    read = [read_record(entry, register) for entry in shown]

    assert [type(record) for record in read] == [Rule, RedFlag]
    assert list(reference_faults({}, shown, register)) == []


def test_the_case_that_the_page_shows_is_a_case() -> None:
    page = REFERENCE / "case-format.md"
    parts = [parse_document(text.encode(), named(page)).value for _, text in blocks(page, "yaml")]
    mapping = {str(key): value for part in parts if is_mapping(part) for key, value in part.items()}

    case = case_from_mapping(mapping)

    assert {finding.kind.value for finding in case.findings} >= {"sensation", "feels", "power", "reflex", "measure"}
    assert case.expect is not None


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]

    assert broken == []


def test_the_index_lists_every_page() -> None:
    index = DOCS / "README.md"
    listed = {(DOCS / link).resolve() for link in LINK.findall(index.read_text(encoding="utf-8"))}

    assert {page for page in DOCS.rglob("*.md") if page != index} <= listed


def missing_words(page: str, words: Iterable[str]) -> list[str]:
    """The words that a page of the reference does not mention as code."""
    told = re.findall(r"`([^`\n]+)`", BLOCK.sub("", (REFERENCE / page).read_text(encoding="utf-8")))
    known = {word for code in told for word in re.findall(r"\w+", code)}
    return sorted({word for word in words if word not in known})


def keys_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        yield from keys_of(part)


def test_the_knowledge_format_names_every_file_and_every_field() -> None:
    records = [*(shelf.record for shelf in SHELVES), Weights]
    named_fields = {field.name for record in records for field in fields(record)} - {"location"}
    lists = {shelf.key for shelf in SHELVES if shelf.key}
    text = (REFERENCE / "knowledge-format.md").read_text(encoding="utf-8")

    assert missing_words("knowledge-format.md", named_fields | lists) == []
    assert [shelf.place for shelf in SHELVES if shelf.place not in text] == []


def test_the_case_format_names_every_kind_of_finding_and_every_expectation() -> None:
    words = {kind.value for kind in Kind} | {field.name for field in fields(Expectation)}

    assert missing_words("case-format.md", words) == []


def test_the_page_of_the_json_names_every_key() -> None:
    report = dermarules.localize(ROOT / "examples" / "cases" / "saddle_retention_plantar_flexor.yaml")

    assert missing_words("report-json.md", keys_of(json.loads(report.to_json()))) == []


def test_the_page_of_the_capsule_names_every_key() -> None:
    report = dermarules.localize(ROOT / "examples" / "cases" / "foot_drop_weak_inversion.yaml", engine="compiled")
    capsule = json.loads(report.to_json(capsule=True))
    capsule["case"]["findings"] = []
    answered = json.loads(dermarules.rerun(capsule).to_json())["answer"]

    assert missing_words("capsule.md", {*keys_of({**capsule, "report": {}}), "files", *answered}) == []


@pytest.fixture(scope="module")
def replies() -> dict[str, dict[str, object]]:
    """What each question answers of a foot drop, as JSON; two of why not, and a replay that finds a fault."""
    report = dermarules.localize(ROOT / "examples" / "cases" / "foot_drop_weak_inversion.yaml", engine="compiled")
    flawed = {**json.loads(report.to_json()), "urgency": "routine"}
    asked: dict[str, Sequence[Reply[Any]]] = {
        "why": [report.why()],
        "why-not": [report.why_not("nerve common_peroneal"), report.why_not("acute_foot_drop")],
        "contrast": [report.contrast("root L5", "nerve common_peroneal")],
        "what-if": [report.what_if(change="{measure: weakness_onset_days, is: 20}")],
        "next": [report.next_tests()],
        "clearance": [report.clearance()],
        "dissent": [report.dissent()],
        "fragility": [report.fragility()],
        "replay": [dermarules.replay_report(flawed)],
    }
    return {name: {str(n): json.loads(each.to_json()) for n, each in enumerate(of)} for name, of in asked.items()}


@pytest.mark.parametrize("page", sorted((REFERENCE / "questions").glob("*.md")), ids=named)
def test_the_page_of_a_question_names_every_key_of_its_answer(
    page: Path, replies: dict[str, dict[str, object]]
) -> None:
    keys = set(keys_of(list(replies[page.stem].values())))
    untold = missing_words(page.relative_to(REFERENCE).as_posix(), keys)

    assert missing_words("command-line.md", untold) == []


def options_told() -> set[tuple[str, str]]:
    """Each command with each option that the page of the command line says it has."""
    text = (REFERENCE / "command-line.md").read_text(encoding="utf-8")
    questions = ", ".join(re.findall(r"`([a-z-]+)`", text.partition("The questions are ")[2].partition(".")[0]))
    rows = [row.replace("the questions", questions).split("|") for row in text.splitlines() if row.startswith("| `--")]
    return {(name.strip(), option) for _, told, of, *_ in rows for name in of.split(",") for option in told_in(told)}


def told_in(cell: str) -> list[str]:
    return re.findall(r"--[a-z-]+", cell)


@pytest.mark.parametrize("name", main.list_commands(Context(main)))
def test_the_page_of_the_command_line_names_every_option_of_a_command(name: str) -> None:
    command = main.get_command(Context(main), name)
    assert command is not None
    options = [(name, option) for each in command.params if isinstance(each, Option) for option in each.opts]

    assert set(options) <= options_told()


def test_the_readme_shows_lines_that_the_demo_prints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("<!-- demo-output -->")[2].partition("<!-- /demo-output -->")[0]
    printed = dermarules.localize(ROOT / "examples" / "cases" / "foot_drop_l5_root.yaml").to_text().splitlines()
    missing = [line for line in shown.splitlines() if line.strip(". ") and line.removeprefix("    ") not in printed]

    assert shown.strip()
    assert missing == []
