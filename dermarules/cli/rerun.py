"""`dermarules rerun`: run the case of an audit capsule again, and check the report in it."""

from pathlib import Path

import click

from dermarules.audit.rerun import rerun
from dermarules.cli.asking import printed
from dermarules.cli.options import CASE_FILE, given_knowledge, knowledge_option, language_option, verbosity_option


@click.command("rerun")
@click.argument("file", metavar="CAPSULE.json", type=CASE_FILE)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@verbosity_option()
@language_option()
@knowledge_option()
def command(file: Path, form: str, verbosity: str, language: str, folder: Path | None) -> None:
    """Localize the case in CAPSULE.json again; exit 1 and name what differs, and each step that does not follow.

    The knowledge inside it is used, or else that of this installation, which must be the same.
    """
    reply = rerun(file, knowledge=given_knowledge(folder))
    printed(reply, form, language, verbosity)
    if not reply.value.holds:
        raise SystemExit(1)
