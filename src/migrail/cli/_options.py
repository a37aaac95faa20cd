"""Options that commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from migrail.actions.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")

FORMATS = ("text", "json")
"""The formats that every command has; a test compares with the registry."""


@dataclass(frozen=True, kw_only=True)
class Everyday:
    """The options that every command has."""

    config: Path | None
    format: str
    color: bool | None
    quiet: bool
    verbose: int
    actor: str | None

    def workspace(self) -> Workspace:
        """The project that the options name."""
        from migrail.actions.workspace import Workspace

        return Workspace.open(self.config, actor=self.actor)


def everyday(command: Callable[Concatenate[Everyday, P], R]) -> Callable[..., R]:
    """Adds the everyday options and hands them over as one value."""

    @click.option("--config", type=click.Path(path_type=Path), help="Configuration file. Default: the nearest one.")
    @click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
    @click.option("--color/--no-color", default=None, help="Default: on a terminal without NO_COLOR.")
    @click.option("--no-input", is_flag=True, help="Never ask. (No command asks.)")
    @click.option("--actor", help="Who is asking, for the audit trail. Default: the CI user or yours.")
    @click.option("-q", "--quiet", is_flag=True, help="No remarks on standard error.")
    @click.option("-v", "--verbose", count=True, help="More remarks on standard error.")
    @functools.wraps(command)
    def wrapped(
        config: Path | None,
        format_: str,
        color: bool | None,
        no_input: bool,
        actor: str | None,
        quiet: bool,
        verbose: int,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        options = Everyday(config=config, format=format_, color=color, quiet=quiet, verbose=verbose, actor=actor)
        return command(options, *args, **kwargs)

    return wrapped


def environment_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of environments, for shell completion."""
    from migrail.actions.workspace import Workspace
    from migrail.model.errors import MigrailError

    try:
        names = list(Workspace.open(ctx.params.get("config")).pipeline)
    except MigrailError:
        return []
    return [name for name in names if name.startswith(incomplete)]


def environment_argument(**options: Any) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """The ENV argument, with completion; in brackets where it may be left out."""
    metavar = "ENV" if options.get("required", True) else "[ENV]"
    return click.argument("environment", metavar=metavar, shell_complete=environment_names, **options)


dry_run = click.option("-n", "--dry-run", is_flag=True, help="Say what would happen; change nothing.")
