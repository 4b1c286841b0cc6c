"""The same letter as Markdown, as HTML and for a terminal."""

import io
from html.parser import HTMLParser

import pytest
from rich.console import Console

from dermarules.knowledgebase.base import Knowledge
from dermarules.render.record import record_ids, record_texts
from dermarules.report import Report, localize

from .conftest import FOOT_DROP


def test_markdown_has_the_order_of_the_text_and_a_table(emergency: Report) -> None:
    text = emergency.to_markdown()
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert heads == [
        "## HOW URGENT: EMERGENCY NOW",
        "## Where: cauda equina, both sides",
        "## Why",
        "## What does not fit",
        "## What was not asked and matters",
    ]
    assert "| rank | localization | side | site | centibans | certainty | explains | leaves | contradicts |" in text
    assert "| 1 | Cauda equina | both sides |" in text
    assert "[red_flags/ces_retention: nice_ng127, lothian_redflags +1] [draft]" in text


def test_markdown_takes_a_title_as_words(knowledge: Knowledge) -> None:
    case = {"id": "x", "title": "*Bold* [link](http://x) <b> _a_ a_b", "findings": FOOT_DROP}
    first = localize(case, knowledge=knowledge).to_markdown().splitlines()[0]
    assert first == r"# \*Bold\* [link]\(http://x) \<b\> \_a\_ a_b"


class _Checker(HTMLParser):
    """Reads HTML and fails at a tag that is closed in the wrong place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "link", "img", "iframe")
        self.open += [] if tag == "br" else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_well_formed_and_stands_alone(emergency: Report) -> None:
    checker = _Checker()
    html = emergency._repr_html_()
    checker.feed(html)
    assert checker.open == []
    assert html.startswith('<div class="dermarules" style="')
    assert "background:#b00020;color:#ffffff" in html
    assert ">EMERGENCY NOW</strong>" in html


def test_html_escapes_what_a_case_says(knowledge: Knowledge) -> None:
    case = {"id": "x", "title": "<script>alert(1)</script>", "findings": FOOT_DROP}
    html = localize(case, knowledge=knowledge)._repr_html_()
    assert "<h3>&lt;script&gt;alert(1)&lt;/script&gt;</h3>" in html


def test_a_terminal_shows_a_panel_and_a_table(emergency: Report, silent: Report) -> None:
    shown = io.StringIO()
    console = Console(file=shown, width=100, color_system=None)
    console.print(emergency)
    console.print(silent)
    text = shown.getvalue()
    assert "╭─  HOW URGENT: EMERGENCY NOW  ─" in text
    assert "│ Emergency department now; bladder scan and emergency MRI of the lumbar spine." in text
    assert "localization" in text
    assert "centibans" in text
    assert "╭─  How urgent: routine  ─" in text


def test_a_text_with_square_brackets_is_no_markup(knowledge: Knowledge) -> None:
    shown = io.StringIO()
    case = {"id": "x", "title": "[bold]not bold[/bold]", "findings": FOOT_DROP}
    Console(file=shown, width=100, color_system=None).print(localize(case, knowledge=knowledge))
    assert "[bold]not bold[/bold]" in shown.getvalue()


def test_a_report_prints_as_its_text(foot_drop: Report) -> None:
    assert str(foot_drop) == foot_drop.to_text()


def test_a_record_says_who_says_so(knowledge: Knowledge) -> None:
    (text,) = record_texts("acute_foot_drop", knowledge)
    assert text.startswith(
        "red flag acute_foot_drop  (knowledge/red_flags/acute_foot_drop.yaml:1)\n  title: New foot drop\n"
    )
    assert "        mrc ankle dorsiflexion at most 3\n" in text
    assert "      weakness onset days at most 42 (if not known: taken as true)\n" in text
    assert "    lothian_redflags: NHS Lothian RefHelp." in text


def test_an_id_of_several_kinds_gives_each_record(knowledge: Knowledge) -> None:
    assert [text.split("  ")[0] for text in record_texts("L5", knowledge)] == ["root L5", "dermatome L5"]
    assert len(record_texts("roots/L5", knowledge)) == 1
    assert record_texts("nix", knowledge) == ()


def test_a_source_that_nobody_has_read_says_so(knowledge: Knowledge) -> None:
    assert "(nobody has read it)" in record_texts("roots/L5", knowledge)[0]


@pytest.mark.parametrize("word", ["favours", "suspects", "because", "any of"])
def test_a_rule_is_shown_in_words(word: str, knowledge: Knowledge) -> None:
    assert word in record_texts("rules/aortic_pain", knowledge)[0]


def test_every_record_can_be_shown(knowledge: Knowledge) -> None:
    for name in record_ids(knowledge):
        assert all("object at 0x" not in text for text in record_texts(name, knowledge))
