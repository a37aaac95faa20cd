"""Options of the commands that read migrations without a database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from migrail.cli._options import Everyday
from migrail.cli._output import note

if TYPE_CHECKING:
    from migrail.actions.context import CheckContext

R = TypeVar("R")

_WITHOUT_LOCK_RULES = ("mysql", "mariadb")
"""Dialects that are read, but about whose locks no rule speaks."""


def context_options(command: Callable[..., R]) -> Callable[..., R]:
    """PATHS and the options that say against which background they are read."""
    for option in (
        click.argument("paths", nargs=-1, type=click.Path(path_type=Path)),
        click.option("--since", metavar="REV", help="Judge the migrations that this git revision does not hold."),
        click.option("--dialect", help="Read PATHS outside a project: postgres, sqlite, mysql or mariadb."),
        click.option("--server-version", metavar="V", help="Version of the server, such as 15."),
        click.option(
            "--history", type=click.Path(path_type=Path), metavar="DIR", help="Older migrations, as context."
        ),
    ):
        command = option(command)
    return command


def read_context(
    options: Everyday,
    paths: Sequence[Path],
    since: str | None,
    dialect: str | None,
    server_version: str | None,
    history: Path | None,
    *,
    queries: Sequence[str] | None = None,
    new_code: bool = False,
    status: Path | None = None,
    import_models: bool = False,
) -> CheckContext:
    """What the options mean. Queries are read where globs are given, be it none: then the configuration's."""
    from migrail.actions import context
    from migrail.actions.queries import configured, named, with_queries

    version = _version(server_version)
    if dialect:
        if since:
            raise click.UsageError("--since needs a project; leave out --dialect")
        if status:
            raise click.UsageError("--status needs a project; leave out --dialect")
        found = context.alone(dialect, paths, version=version, history=history)
        if queries is not None:
            found = with_queries(found, named(queries), new_code=new_code)
    else:
        workspace = options.workspace()
        found = context.in_project(workspace, paths, since=since, version=version, history=history, status=status)
        if queries is not None:
            places = configured(workspace, globs=queries, import_models=import_models)
            found = with_queries(found, places, new_code=new_code)
    for remark in found.notes:
        note(remark, quiet=options.quiet)
    if found.dialect.name in _WITHOUT_LOCK_RULES:
        note(f"locks on {found.dialect.title} are not judged yet, only what breaks code", quiet=options.quiet)
    return found


def _version(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    try:
        return tuple(int(part) for part in text.split("."))
    except ValueError:
        raise click.BadParameter("write a version such as 15 or 3.40.1", param_hint="--server-version") from None
