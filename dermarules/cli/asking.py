"""What the commands that ask a report something share: which case, how to read it, and in which form to answer."""

import sys
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from dermarules.cli.options import (
    CASE_FILE,
    checked_map,
    knowledge_of,
    knowledge_option,
    language_option,
    map_option,
    verbosity_option,
)
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import read_cases
from dermarules.reply import Reply
from dermarules.report import Report, localize

Asker = Callable[..., Reply[Any]]


def asking(ask: Asker) -> Callable[..., None]:
    """A command that localizes CASE, asks the report, and prints the reply; its own arguments come after CASE."""

    @click.argument("file", metavar="CASE", type=CASE_FILE)
    @click.option("--case", "case_id", metavar="ID", help="Which case, if CASE holds several.")
    @click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
    @verbosity_option()
    @language_option()
    @map_option()
    @knowledge_option()
    @wraps(ask)
    def command(  # noqa: PLR0917
        file: Path,
        case_id: str | None,
        form: str,
        verbosity: str,
        language: str,
        map_name: str,
        folder: Path | None,
        **own: Any,
    ) -> None:
        knowledge = knowledge_of(folder)
        chosen = checked_map(map_name, knowledge)
        report = localize(_case(file, case_id, knowledge), knowledge=knowledge, map=chosen, engine="compiled")
        printed(_reply(ask, report, own), form, language, verbosity)

    return command


def printed(reply: Reply[Any], form: str, language: str, verbosity: str) -> None:
    """Print a reply in one of its forms: json, html or text."""
    match form:
        case "json":
            click.echo(reply.to_json())
        case "html":
            click.echo(reply.to_html(language, verbosity))
        case _:
            _print(reply, language, verbosity)


def _case(file: Path, case_id: str | None, knowledge: Knowledge) -> Case:
    """The case that is asked about."""
    cases = read_cases(file, knowledge)
    found = [case for case in cases if case_id in (None, case.id)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(case.id for case in cases)
    if case_id is None:
        raise click.BadParameter(f"holds {len(cases)} cases; name one of {names}", param_hint="--case")
    raise click.BadParameter(f"no case is called '{case_id}'; CASE holds {names}", param_hint="--case")


def _reply(ask: Asker, report: Report, own: dict[str, Any]) -> Reply[Any]:
    """The reply; what the report cannot answer is a usage error, for the question was wrong."""
    try:
        return ask(report, **own)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _print(reply: Reply[Any], language: str, verbosity: str) -> None:
    """Print the reply in words; in colour on a terminal."""
    if not sys.stdout.isatty():
        click.echo(reply.to_text(language, verbosity), nl=False)
        return
    import_module("rich.console").Console().print(reply.to_rich(language, verbosity))
