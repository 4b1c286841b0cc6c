"""The voice of a text: the knowledge that it speaks of, and the language in which it does."""

from dataclasses import dataclass

from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.languages import Language


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
        own = self.language.names.get(table, {}).get(name)
        return own or str(getattr(self.knowledge, table)[name].name)
