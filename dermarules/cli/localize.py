"""dermarules localize."""

import sys
from importlib import import_module
from pathlib import Path

import click

from dermarules.cli.options import CASE_FILE, checked_map, knowledge_of, knowledge_option, map_option
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
@knowledge_option()
def command(file: Path, form: str, map_name: str, engine: str, folder: Path | None) -> None:
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
            click.echo("\n".join(report.to_markdown() for report in reports), nl=False)
        case _ if sys.stdout.isatty():
            _show(reports)
        case _:
            click.echo(f"{_RULE}\n".join(report.to_text() for report in reports), nl=False)


def _show(reports: list[Report]) -> None:
    """Print reports on a terminal; only this needs rich."""
    console = import_module("rich.console").Console()
    for number, report in enumerate(reports):
        if number:
            console.rule()
        console.print(report)
