"""`dermarules contrast`: what speaks for one localization and not for another."""

import click

from dermarules.cli.asking import asking
from dermarules.questions.contrast import Contrast
from dermarules.reply import Reply
from dermarules.report import Report


@click.command("contrast")
@asking
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
def command(report: Report, first: str, second: str) -> Reply[Contrast]:
    """Say what of CASE speaks for A and not for B, and the fewest findings that would have to be otherwise.

    A and B are localizations, such as "root L5" and "nerve common_peroneal, left".
    """
    return report.contrast(first, second)
