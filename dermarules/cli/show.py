"""dermarules show."""

import difflib
from pathlib import Path

import click

from dermarules.cli.options import complete_id, knowledge_of, knowledge_option
from dermarules.render.record import record_ids, record_texts


@click.command("show")
@click.argument("name", metavar="ID", shell_complete=complete_id)
@knowledge_option()
def command(name: str, folder: Path | None) -> None:
    """Print every record with an ID, such as L5 or nerves/femoral: what it states, why, and who says so."""
    knowledge = knowledge_of(folder)
    texts = record_texts(name, knowledge)
    if not texts:
        near = difflib.get_close_matches(name.rpartition("/")[2], record_ids(knowledge), n=1)
        guess = f" (did you mean '{near[0]}'?)" if near else ""
        raise click.BadParameter(f"nothing is called '{name}'{guess}", param_hint="ID")
    click.echo("\n".join(texts), nl=False)
