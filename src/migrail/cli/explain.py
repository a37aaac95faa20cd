"""migrail explain."""

from __future__ import annotations

from pathlib import Path

import click

from migrail.cli._context import context_options, read_context
from migrail.cli._options import Everyday, everyday
from migrail.cli._output import show


@click.command("explain")
@context_options
@everyday
def COMMAND(
    options: Everyday,
    paths: tuple[Path, ...],
    since: str | None,
    dialect: str | None,
    server_version: str | None,
    history: Path | None,
) -> None:
    """Say per statement what it does, what it locks, and who waits for how long.

    \b
    migrail explain migrations/0044_idx.sql
    migrail explain --dialect postgres --server-version 13 change.sql
    """
    from migrail.actions.check import explain

    context = read_context(options, paths, since, dialect, server_version, history)
    show(explain(context), format=options.format, color=options.color)
