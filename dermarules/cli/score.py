"""dermarules score."""

from pathlib import Path

import click

from dermarules.audit.score import score, score_values
from dermarules.audit.table import score_table
from dermarules.cli.options import CASE_FILE, checked_map, knowledge_of, knowledge_option, map_option, progress
from dermarules.knowledgebase.cases import read_each
from dermarules.render.json import canonical


@click.command("score")
@click.argument("files", metavar="CASES...", nargs=-1, required=True, type=CASE_FILE)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@map_option()
@knowledge_option()
def command(files: tuple[Path, ...], form: str, map_name: str, folder: Path | None) -> None:
    """Count how often the published answer comes first, the side is right and an emergency is seen.

    CASES are YAML files of cases with `expect`. A case with faults is a miss. Intervals are Wilson's, of 95 %.
    """
    knowledge = knowledge_of(folder)
    chosen = checked_map(map_name, knowledge)
    cases = [case for file in files for case in read_each(file, knowledge)]
    outcomes = score(cases, knowledge, chosen, progress(len(cases)))
    click.echo(canonical(score_values(outcomes), 2) if form == "json" else score_table(outcomes), nl=form == "json")
