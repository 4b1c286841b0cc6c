"""dermarules localize."""

import sys
from importlib import import_module
from pathlib import Path

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
from dermarules.inference.infer import ENGINES
from dermarules.knowledgebase.cases import read_cases
from dermarules.render.json import canonical, report_values
from dermarules.report import Report, localize

_RULE = "\n" + "=" * 80 + "\n"


@click.command("localize")
@click.argument("file", metavar="CASE", type=CASE_FILE)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@map_option()
@click.option("--engine", type=click.Choice(list(ENGINES)), default="experta", show_default=True, help="Rule engine.")
@language_option()
@verbosity_option()
@knowledge_option()
def command(  # noqa: PLR0917
    file: Path, form: str, map_name: str, engine: str, language: str, verbosity: str, folder: Path | None
) -> None:
    """Say where the lesion is, which red flags are raised, and why.

    CASE is a YAML file with one case or a list of cases.
    """
    knowledge = knowledge_of(folder)
    chosen = checked_map(map_name, knowledge)
    reports = [localize(case, knowledge=knowledge, map=chosen, engine=engine) for case in read_cases(file, knowledge)]
    match form:
        case "json":
            values = [report_values(report) for report in reports]
            click.echo(canonical(values[0] if len(values) == 1 else values, 2))
        case "markdown":
            click.echo("\n".join(report.to_markdown(language, verbosity) for report in reports), nl=False)
        case _ if sys.stdout.isatty():
            _show(reports, language, verbosity)
        case _:
            click.echo(f"{_RULE}\n".join(report.to_text(language, verbosity) for report in reports), nl=False)


def _show(reports: list[Report], language: str, verbosity: str) -> None:
    """Print reports on a terminal; only this needs rich."""
    console = import_module("rich.console").Console()
    for number, report in enumerate(reports):
        if number:
            console.rule()
        console.print(report.to_rich(language, verbosity))
