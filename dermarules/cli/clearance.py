"""`dermarules clearance`: which red flags are raised, open and cleared."""

import click

from dermarules.cli.asking import asking
from dermarules.questions.clearance import Clearance
from dermarules.reply import Reply
from dermarules.report import Report


@click.command("clearance")
@asking
def command(report: Report) -> Reply[Clearance]:
    """Say of every red flag whether it is raised, open or cleared in CASE, and what would settle it."""
    return report.clearance()
