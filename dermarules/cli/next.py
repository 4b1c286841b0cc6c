"""`dermarules next`: what to ask and examine next."""

import click

from dermarules.cli.asking import asking
from dermarules.questions.next_tests import NextTests
from dermarules.reply import Reply
from dermarules.report import Report


@click.command("next")
@asking
def command(report: Report) -> Reply[NextTests]:
    """Say what to ask and examine next in CASE, what each outcome would do, and when to stop."""
    return report.next_tests()
