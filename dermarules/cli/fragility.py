"""`dermarules fragility`: which single finding, if wrong by one step, changes the answer."""

import click

from dermarules.cli.asking import asking
from dermarules.questions.fragility import Fragility
from dermarules.reply import Reply
from dermarules.report import Report


@click.command("fragility")
@asking
def command(report: Report) -> Reply[Fragility]:
    """Say which single finding of CASE, if wrong by one step, changes the first answer or the urgency."""
    return report.fragility()
