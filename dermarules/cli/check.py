"""dermarules check."""

from pathlib import Path

import click

from dermarules.cli.options import knowledge_of
from dermarules.errors import KnowledgeError
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.check_languages import shipped_language_faults
from dermarules.knowledgebase.checks import check_knowledge
from dermarules.render.words import counted


@click.command("check")
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def command(folder: Path | None) -> None:
    """Check the knowledge of DIR, and name all faults of all files.

    By default that of this installation, with its languages.
    """
    knowledge = knowledge_of(folder)
    languages = shipped_language_faults(knowledge) if folder is None else ()
    faults = (*check_knowledge(knowledge), *languages)
    if faults:
        raise KnowledgeError(faults)
    click.echo(_summary(knowledge))


def _summary(knowledge: Knowledge) -> str:
    held = (
        (knowledge.rules, "rule"),
        (knowledge.red_flags, "red flag"),
        (knowledge.derived, "derived finding"),
        (knowledge.nerves, "nerve"),
        (knowledge.regions, "region"),
        (knowledge.sources, "source"),
    )
    said = ", ".join(counted(len(records), noun) for records, noun in held)
    return f"knowledge {knowledge.version} ({knowledge.digest[:12]}): {said}; no faults"
