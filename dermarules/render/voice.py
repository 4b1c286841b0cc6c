"""The voice of a text: the knowledge that it speaks of, and the language in which it does."""

from dataclasses import dataclass

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.languages import NAME, Language
from dermarules.knowledgebase.translations import outdated, sentences


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """Says things in one language. What the language has no name for keeps the name that the knowledge gives it."""

    knowledge: Knowledge
    language: Language

    def say(self, template: str, **slots: object) -> str:
        """A template of the language, such as `why.draft`, with its slots filled."""
        return self.language.say(template, **slots)

    def name(self, table: str, name: str) -> str:
        """The name of a record: `name("nerves", "femoral")`."""
        return self.text(table, name, NAME)

    def text(self, table: str, name: str, field: str) -> str:
        """A text of a record: `text("history", "fever", "question")`."""
        return self.own(table, name, field) or str(getattr(getattr(self.knowledge, table)[name], field))

    def own(self, table: str, name: str, field: str) -> str:
        """What the language itself has for a text of a record; nothing if it leaves it to the knowledge.

        A sentence that translates other words than the knowledge has now is left to it: advice may have changed.
        """
        text = self.language.names.get(table, {}).get(name, {}).get(field, "")
        is_outdated = text and sentences([field]) and (table, name) in outdated(self.language, self.knowledge)
        return "" if is_outdated else text

    def number(self, number: float) -> str:
        """A number with the decimal mark of the language."""
        return f"{number:g}".replace(".", self.say("words.decimal"))
