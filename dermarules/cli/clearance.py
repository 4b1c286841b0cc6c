"""dermarules clearance."""

import click

from dermarules.cli.asking import asking
from dermarules.questions.clearance import Clearance
from dermarules.reply import Reply
from dermarules.report import Report


@click.command("clearance")
@asking
def command(report: Report) -> Reply[Clearance]:
    """Say of every red flag whether it is raised, open or cleared, and what would settle it.

    CASE is a YAML file with one case, or with several and --case.
    """
    return report.clearance()
