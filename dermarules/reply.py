"""A reply: what a report answers to one question, as a value and as the page that tells it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from dermarules.knowledgebase.languages import ENGLISH, language
from dermarules.questions.answer import Asked
from dermarules.render.json import canonical
from dermarules.render.page import Page, page_html, page_rich, page_text
from dermarules.render.plain import plain
from dermarules.render.verbosity import Verbosity, verbosity_of
from dermarules.render.voice import Voice

Value = TypeVar("Value")
Teller = Callable[[Any, Value, Voice, Verbosity], Page]


@dataclass(frozen=True, slots=True)
class Reply(Generic[Value]):
    """What a report answers to a question, such as `why-not`. `value` is the answer; printed, it tells it in words."""

    question: str
    value: Value
    answer: Asked = field(repr=False)
    tell: Teller[Value] = field(repr=False, compare=False)

    def to_text(self, language: str = ENGLISH, verbosity: str = "full") -> str:
        """The answer in words: `language` is en or de; `verbosity` is short, medium or full."""
        return page_text(self._page(language, verbosity))

    def to_html(self, language: str = ENGLISH, verbosity: str = "full") -> str:
        """The answer as a self-contained block of HTML."""
        return page_html(self._page(language, verbosity))

    def to_json(self, indent: int | None = 2) -> str:
        """The answer as canonical JSON, schema `dermarules.QUESTION/1`."""
        return canonical(reply_values(self), indent)

    def __str__(self) -> str:
        return self.to_text()

    def to_rich(self, language: str = ENGLISH, verbosity: str = "full") -> Any:
        """The answer as a rich renderable, for a terminal."""
        return page_rich(self._page(language, verbosity))

    def __rich__(self) -> Any:
        return self.to_rich()

    def _repr_html_(self) -> str:
        return self.to_html()

    def _page(self, name: str, verbosity: str) -> Page:
        amount = verbosity_of(verbosity)
        voice = Voice(self.answer.knowledge, language(name))
        return self.tell(self.answer, self.value, voice, amount).at(amount, voice.say("page.draft"))


def reply_values(reply: "Reply[Any]") -> dict[str, Any]:
    """A reply as plain values, with what it was asked of."""
    answer = reply.answer
    return {
        "schema": f"dermarules.{reply.question}/1",
        "case": answer.case.id,
        "map": answer.map,
        "knowledge": {"version": answer.knowledge.version, "hash": answer.knowledge.digest},
        "answer": plain(reply.value),
    }
