"""`dermarules why-not`: why something is not said, the nearest miss first."""

import click

from dermarules.cli.asking import asking
from dermarules.questions.why_not import WhyNot
from dermarules.reply import Reply
from dermarules.report import Report


@click.command("why-not")
@asking
@click.argument("claim", metavar="CLAIM")
def command(report: Report, claim: str) -> Reply[WhyNot]:
    """Say why CLAIM is not said of CASE: a localization such as "root L5, left", a red flag or a rule."""
    return report.why_not(claim)
