"""The commands and what they share: faults go to stderr without a traceback; output is UTF-8 whatever the locale."""

import io
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from dermarules import __version__
from dermarules.errors import DermarulesError

# A command is a module of this package, with _ where its name has -, and the words that --help says of it: to list the
# commands loads none of them.
_COMMANDS = {
    "localize": "Say where the lesion is, which red flags are raised, and why.",
    "check": "Check the knowledge, and name all faults of all files.",
    "test": "Check that cases get the conclusion and the reason that they expect.",
    "score": "Count how often the published answer comes first.",
    "cohort": "Localize a table of many cases: Parquet, CSV or JSONL in, Parquet out.",
    "why": "Say why a localization or a red flag is said, with everything behind it.",
    "why-not": "Say why a localization is not first, or what a red flag or a rule lacks, the nearest miss first.",
    "contrast": "Say what speaks for one localization and not for another, and what would turn them.",
    "what-if": "Say what other findings would change: the answer, its certainty, the urgency, the red flags.",
    "next": "Say what to ask and examine next, and when to stop.",
    "clearance": "Say which red flags are raised, open and cleared, and what would settle them.",
    "dissent": "Say which dermatome map, plexus, fact or citation would give another answer.",
    "fragility": "Say which single finding, if wrong by one step, changes the answer.",
    "replay": "Check every step of a report in JSON a second time, without the engine.",
    "rerun": "Run the case of an audit capsule again, and check the report in it.",
    "show": "Print a rule, red flag, nerve or other record with its sources.",
}


class Commands(click.Group):
    """A group of commands that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"dermarules.cli.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return super().main(args, *rest, **options)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DermarulesError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dermarules")
def main() -> None:
    """Say where the lesion is in a problem of the leg, whether it is an emergency, and why.

    Supports a decision; is not a medical device. Exit codes: 0 fine, 1 a fault in a file or an expectation that failed,
    2 wrong usage.
    """
