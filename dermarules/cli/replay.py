"""`dermarules replay`: check a report in JSON, step by step, without the engine that made it."""

from pathlib import Path

import click

from dermarules.cli.asking import printed
from dermarules.cli.options import CASE_FILE, given_knowledge, knowledge_option, language_option, verbosity_option
from dermarules.report import replay_report


@click.command("replay")
@click.argument("file", metavar="REPORT.json", type=CASE_FILE)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@verbosity_option()
@language_option()
@knowledge_option()
def command(file: Path, form: str, verbosity: str, language: str, folder: Path | None) -> None:
    """Derive every step of REPORT.json a second time; exit 1 and name each step that does not follow.

    In place of a report it may be a capsule: then the report in it must be of the case in it.
    """
    reply = replay_report(file, knowledge=given_knowledge(folder))
    printed(reply, form, language, verbosity)
    if not reply.value.is_sound:
        raise SystemExit(1)
