"""`dermarules why`: why a localization or a red flag is said."""

import click

from dermarules.cli.asking import asking
from dermarules.questions.why import Why
from dermarules.reply import Reply
from dermarules.report import Report


@click.command("why")
@asking
@click.argument("claim", metavar="[CLAIM]", required=False)
def command(report: Report, claim: str | None) -> Reply[Why]:
    """Say why CLAIM is said of CASE: a localization such as "root L5", or a red flag; by default the first answer."""
    return report.why(claim)
