"""Options that several commands share, and how their words complete in the shell."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from dermarules.errors import DermarulesError
from dermarules.knowledgebase.base import Knowledge, default_knowledge, load_knowledge
from dermarules.knowledgebase.languages import ENGLISH, language_ids
from dermarules.render.record import record_ids
from dermarules.render.verbosity import Verbosity

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

CASE_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


def knowledge_of(folder: Path | None) -> Knowledge:
    """The knowledge of the folder named, or of this installation."""
    return default_knowledge() if folder is None else load_knowledge(folder)


def given_knowledge(folder: Path | None) -> Knowledge | None:
    """The knowledge of the folder named; None if none is, for what is read may carry its own."""
    return None if folder is None else load_knowledge(folder)


def checked_map(name: str, knowledge: Knowledge) -> str:
    """The name of a dermatome map; a usage error if there is none of that name."""
    if name not in knowledge.maps:
        raise click.BadParameter(f"unknown map '{name}': choose from {', '.join(knowledge.maps)}", param_hint="--map")
    return name


def _beginning(incomplete: str, names: Sequence[str]) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _completing(ctx: click.Context) -> Knowledge | None:
    """The knowledge from which words complete; a shell that completes is not told of faults."""
    try:
        return knowledge_of(ctx.params.get("folder"))
    except DermarulesError:
        return None


def complete_map(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of the dermatome maps."""
    knowledge = _completing(ctx)
    return _beginning(incomplete, tuple(knowledge.maps)) if knowledge else []


def complete_id(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Every id of the knowledge base."""
    knowledge = _completing(ctx)
    return _beginning(incomplete, record_ids(knowledge)) if knowledge else []


def map_option() -> Decorator:
    """--map NAME."""
    return click.option(
        "--map",
        "map_name",
        default="consensus",
        show_default=True,
        metavar="NAME",
        shell_complete=complete_map,
        help="Dermatome map.",
    )


def knowledge_option() -> Decorator:
    """--knowledge DIR."""
    return click.option(
        "--knowledge",
        "folder",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Knowledge folder, instead of that of this installation.",
    )


def language_option() -> Decorator:
    """--language NAME."""
    return click.option(
        "--language",
        type=click.Choice(language_ids()),
        default=ENGLISH,
        show_default=True,
        help="Language of what is printed; JSON has none.",
    )


def verbosity_option() -> Decorator:
    """--verbosity AMOUNT."""
    return click.option(
        "--verbosity",
        type=click.Choice([each.value for each in Verbosity]),
        default=Verbosity.FULL.value,
        show_default=True,
        help="How much is told: in few lines, without the grounds, or all.",
    )


def progress(total: int) -> Callable[[int], None]:
    """What tells how many of the cases are done: on a terminal only, and on stderr."""
    if not sys.stderr.isatty():
        return lambda _: None

    def told(done: int) -> None:
        click.echo(f"\r{done} of {total}" + ("\n" if done == total else ""), err=True, nl=False)

    return told
