"""A page: what is told of one question. Every form of it prints the same lines."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from importlib import import_module
from typing import Any

from dermarules.render.html import BLOCK, SMALL, section_html
from dermarules.render.letter import Section, sources_once
from dermarules.render.terminal import section_rich, styled
from dermarules.render.text import section_text
from dermarules.render.verbosity import Verbosity, told


@dataclass(frozen=True, slots=True)
class Page:
    """What is told of one question, in sections, with the small print."""

    title: str
    subject: str
    sections: tuple[Section, ...]
    footer: tuple[str, ...]

    def at(self, verbosity: Verbosity, draft: str) -> "Page":
        """The page with no more than a verbosity tells, sources where a rule is named first, and `draft` on what is."""
        sections = sources_once(self.sections, draft)
        return replace(self, sections=tuple(replace(s, lines=tuple(told(s.lines, verbosity))) for s in sections))


def page_text(page: Page) -> str:
    """The page as plain text."""
    return "\n".join(_text(page)) + "\n"


def _text(page: Page) -> Iterator[str]:
    yield page.title
    yield page.subject
    for section in page.sections:
        yield from section_text(section)
    yield ""
    yield "-" * 20
    yield from page.footer


def page_html(page: Page) -> str:
    """The page as a self-contained block of HTML: escaped, with inline style, no script, nothing loaded."""
    parts = [
        f'<div class="dermarules" style="{BLOCK}">',
        f"<h3>{escape(page.title)}</h3>",
        f'<p style="{SMALL}">{escape(page.subject)}</p>',
        *(part for section in page.sections for part in section_html(section)),
        f'<p style="{SMALL}">{"<br>".join(escape(sentence) for sentence in page.footer)}</p>',
        "</div>",
    ]
    return "\n".join(parts)


def page_rich(page: Page) -> Any:
    """The page as a rich renderable."""
    group = import_module("rich.console").Group
    return group(
        styled(f"{page.title}\n{page.subject}", "bold"),
        *(part for section in page.sections for part in section_rich(section)),
        styled("\n" + "\n".join(page.footer), "dim"),
    )
