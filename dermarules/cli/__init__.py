"""The command line."""

from dermarules.cli.group import main

__all__ = ["main"]
