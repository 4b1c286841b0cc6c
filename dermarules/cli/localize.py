"""dermarules localize."""

import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

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
from dermarules.durable import written_whole
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
@click.option(
    "--capsule",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.json",
    help="Write an audit capsule as well: the report with its case and all it was made from.",
)
@click.option("--with-knowledge", is_flag=True, help="Put the files of the knowledge into the capsule.")
@click.option("--overwrite", is_flag=True, help="Replace the capsule if it exists.")
def command(
    *,
    file: Path,
    form: str,
    map_name: str,
    engine: str,
    language: str,
    verbosity: str,
    folder: Path | None,
    capsule: Path | None,
    with_knowledge: bool,
    overwrite: bool,
) -> None:
    """Say where the lesion is, which red flags are raised, and why.

    CASE is a YAML file with one case or a list of cases; a capsule holds one.
    """
    if capsule is None and (with_knowledge or overwrite):
        raise click.UsageError("--with-knowledge and --overwrite say how a capsule is written: name it with --capsule")
    if capsule is not None:
        _refuse(capsule, file, overwrite=overwrite)
    knowledge = knowledge_of(folder)
    chosen = checked_map(map_name, knowledge)
    reports = [localize(case, knowledge=knowledge, map=chosen, engine=engine) for case in read_cases(file, knowledge)]
    if capsule is not None:
        _seal(reports, capsule, with_knowledge=with_knowledge)
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


def _refuse(capsule: Path, source: Path, *, overwrite: bool) -> None:
    """A usage error if a capsule cannot be meant to be written there."""
    if not capsule.parent.is_dir():
        raise click.BadParameter(f"{capsule.parent}: there is no such folder", param_hint="--capsule")
    if capsule.exists() and capsule.samefile(source):
        raise click.BadParameter(f"{capsule}: the capsule would replace the case", param_hint="--capsule")
    if capsule.exists() and not overwrite:
        raise click.BadParameter(f"{capsule} exists; give --overwrite to replace it", param_hint="--capsule")


def _seal(reports: list[Report], capsule: Path, *, with_knowledge: bool) -> None:
    """Write the capsule of the only report, whole or not at all."""
    if len(reports) != 1:
        message = f"CASE holds {len(reports)} cases, and a capsule holds one; write each into a file of its own"
        raise click.BadParameter(message, param_hint="--capsule")
    sealed = reports[0].to_json(capsule=True, with_knowledge=with_knowledge).encode()
    try:
        with (
            TemporaryDirectory(prefix=f".{capsule.name}.", dir=capsule.parent) as folder,
            written_whole(capsule, Path(folder)) as unfinished,
        ):
            unfinished.write(sealed)
    except OSError as error:
        raise click.ClickException(f"{capsule}: cannot be written: {error.strerror or error}") from None


def _show(reports: list[Report], language: str, verbosity: str) -> None:
    """Print reports on a terminal; only this needs rich."""
    console = import_module("rich.console").Console()
    for number, report in enumerate(reports):
        if number:
            console.rule()
        console.print(report.to_rich(language, verbosity))
