"""`dermarules dissent`: who would answer otherwise."""

import click

from dermarules.cli.asking import asking
from dermarules.questions.dissent import Dissent
from dermarules.reply import Reply
from dermarules.report import Report


@click.command("dissent")
@asking
def command(report: Report) -> Reply[Dissent]:
    """Say who would answer CASE otherwise: which dermatome map, which plexus, and which fact or citation decides."""
    return report.dissent()
