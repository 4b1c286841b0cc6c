"""`dermarules what-if`: what other findings would change."""

import click

from dermarules.cli.asking import asking
from dermarules.questions.what_if import WhatIf
from dermarules.reply import Reply
from dermarules.report import Report


@click.command("what-if")
@asking
@click.option(
    "--add", multiple=True, metavar="ROW", help="A finding more, as '{power: hip_abduction, side: left, is: 4}'."
)
@click.option("--change", multiple=True, metavar="ROW", help="A finding in place of what CASE has of the same thing.")
@click.option("--remove", multiple=True, metavar="ROW", help="What is not known any more; 'is' may be left out.")
def command(report: Report, add: tuple[str, ...], change: tuple[str, ...], remove: tuple[str, ...]) -> Reply[WhatIf]:
    """Say what other findings would change in the answer to CASE, and why.

    A ROW is written as in a case file, in YAML or JSON. Each option can be given more than once.
    """
    return report.what_if(add, change, remove)
