"""dermarules cohort."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dermarules.cli.options import CASE_FILE, checked_map, knowledge_of, knowledge_option, map_option
from dermarules.render.words import counted

if TYPE_CHECKING:
    from dermarules.cohort.files.run import Done, Progress
    from dermarules.cohort.files.summary import Section, Summary

_NONE = "none"


@click.command("cohort")
@click.argument("source", metavar="IN", type=CASE_FILE)
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path))
@map_option()
@knowledge_option()
@click.option("--lenient", is_flag=True, help="Pass over unknown columns and values, and count them.")
@click.option("--several", is_flag=True, help="Search for several lesions where one leaves something open: slow.")
@click.option(
    "--batch-rows", type=click.IntRange(1), default=1 << 16, show_default=True, metavar="N", help="Rows done at a time."
)
@click.option("--overwrite", is_flag=True, help="Replace OUT if it exists.")
@click.option("--restart", is_flag=True, help="Begin again, instead of going on with a run that stopped.")
def command(
    *,
    source: Path,
    output: Path,
    map_name: str,
    folder: Path | None,
    lenient: bool,
    several: bool,
    batch_rows: int,
    overwrite: bool,
    restart: bool,
) -> None:
    """Localize a table of many cases.

    IN is a Parquet, CSV or JSONL file with a row for each case and a column for each finding, such as
    pinprick.sole.left; an empty cell was not examined. OUT is a Parquet file with a row for each answer. Rows that
    cannot be read are listed in OUT.bad.csv, and the exit code is 1. A run that was stopped goes on with the same
    command.
    """
    running = _running()
    knowledge = knowledge_of(folder)
    chosen = checked_map(map_name, knowledge)
    job = running.Job(source, output, chosen, lenient, several, batch_rows, overwrite, restart)
    refusal = job.refusal()
    if refusal is not None:
        raise click.UsageError(refusal)
    begun = time.monotonic()
    try:
        with _telling() as tell:
            done = running.run(job, knowledge, tell)
    except KeyboardInterrupt:
        click.echo(f"stopped; the same command goes on with what {job.folder} holds", err=True)
        raise
    _show(done.summary, f"{done.rows / (time.monotonic() - begun):,.0f} rows/s")
    for line in _warnings(done):
        click.echo(line, err=True)
    if done.bad:
        click.get_current_context().exit(1)


def _running() -> Any:
    """The module that runs a job; it needs the extra."""
    try:
        import_module("dermarules.cohort.arrow")
    except ImportError as error:
        raise click.ClickException(str(error)) from None
    return import_module("dermarules.cohort.files.run")


@contextmanager
def _telling() -> Iterator[Callable[["Progress"], None]]:
    """What shows how far the run is: a bar on a terminal, and nothing else."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    if import_module("dermarules.inference.compiled.machine").must_compile():
        click.echo("the engine for many cases is compiled first, once: about half a minute", err=True)
    progress = import_module("rich.progress")
    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TextColumn("{task.fields[speed]}"),
        progress.TimeRemainingColumn(),
    )
    console = import_module("rich.console").Console(stderr=True)
    with progress.Progress(*columns, console=console) as bar:
        tasks: dict[str, Any] = {}
        begun: dict[str, float] = {}

        def told(now: "Progress") -> None:
            if now.doing not in tasks:
                begun[now.doing] = time.monotonic()
                tasks[now.doing] = bar.add_task(now.doing, total=now.size, completed=now.done, speed="")
            took = time.monotonic() - begun[now.doing]
            speed = f"{now.rows / took:,.0f} rows/s" if took and now.rows else ""
            bar.update(tasks[now.doing], completed=now.done, speed=speed)

        yield told


def _show(summary: "Summary", speed: str) -> None:
    title = f"{summary.rows:,} {'case' if summary.rows == 1 else 'cases'} answered, {speed}"
    if not sys.stdout.isatty():
        click.echo("\n".join((title, *(line for section in summary.sections for line in _lines(section, summary)))))
        return
    table = import_module("rich.table").Table(title=title, title_justify="left")
    for heading, side in (("", "left"), ("cases", "right"), ("share", "right")):
        table.add_column(heading, justify=side)
    for section in summary.sections:
        table.add_row(f"[bold]{section.title}[/bold]")
        for word, many in section.counts or ((_NONE, 0),):
            table.add_row(f"  {word}", f"{many:,}", _share(many, summary.rows))
        table.add_section()
    import_module("rich.console").Console().print(table)


def _lines(section: "Section", summary: "Summary") -> Iterator[str]:
    yield f"\n{section.title}"
    for word, many in section.counts or ((_NONE, 0),):
        yield f"  {word:44} {many:>13,} {_share(many, summary.rows):>8}".rstrip()


def _share(many: int, rows: int) -> str:
    return f"{100 * many / rows:.1f} %" if rows else ""


def _warnings(done: "Done") -> Iterator[str]:
    for name, reason in done.ignored_columns.items():
        yield f"column passed over: {name}: {reason}"
    for (column, value), many in sorted(done.passed_over.items()):
        yield f"taken as not examined in {counted(many, 'row')}: {column} is {value}"
    if done.bad:
        yield f"{counted(done.bad, 'bad line')}: see {done.side_file}"
