"""dermarules test."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from dermarules.audit.coverage import coverage, coverage_table
from dermarules.audit.expectations import explained, verdict
from dermarules.cli.options import checked_map, knowledge_of, knowledge_option, map_option, progress
from dermarules.errors import CaseError
from dermarules.knowledgebase.cases import read_each
from dermarules.render.words import counted

_EXAMPLES = Path("examples/cases")


@click.command("test")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--coverage", "covers", is_flag=True, help="Print which rules fire in a case and nearly fire in another.")
@map_option()
@knowledge_option()
def command(paths: tuple[Path, ...], covers: bool, map_name: str, folder: Path | None) -> None:
    """Check that cases get the conclusion and the reason that they expect.

    PATH is a YAML file of cases or a folder of such files, by default examples/cases. A failure comes with the proof of
    what was said, and with why not what was expected. A case with a tag such as map_seed is run under that map. With
    --coverage, a reviewed rule that no case shows to fire, or to stay silent where it nearly fires, is a failure too.
    """
    if not paths and not _EXAMPLES.is_dir():
        raise click.UsageError(f"no path given, and there is no {_EXAMPLES} here")
    knowledge = knowledge_of(folder)
    chosen = checked_map(map_name, knowledge)
    cases = [case for file in _files(paths or (_EXAMPLES,)) for case in read_each(file, knowledge)]
    told = progress(len(cases))
    met = failed = 0
    reports = []
    for number, case in enumerate(cases, start=1):
        told(number)
        if isinstance(case, CaseError):
            click.echo(str(case), err=True)
            failed += 1
            continue
        found = verdict(case, knowledge, chosen)
        reports.append(found.report)
        if case.expect is not None:
            met += not found.failures
            failed += bool(found.failures)
            if found.failures:
                click.echo(explained(found))
    covered = coverage(reports, knowledge) if covers else ()
    if covers:
        click.echo(coverage_table(covered))
    owed = [entry for entry in covered if entry.is_owed]
    for entry in owed:
        click.echo(f"{entry.rule} is called reviewed and lacks {entry.lacks}", err=True)
    click.echo(f"{met} of {counted(met + failed, 'case')} as expected")
    if failed or owed:
        click.get_current_context().exit(1)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for suffix in ("yaml", "yml") for file in path.rglob(f"*.{suffix}"))
        else:
            yield path
