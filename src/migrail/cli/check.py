"""migrail check."""

from __future__ import annotations

from pathlib import Path

import click

from migrail.cli._context import context_options, read_context
from migrail.cli._options import Everyday, everyday
from migrail.cli._output import show


@click.command("check")
@context_options
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    help="Findings of this severity or above make the exit code 1.  [default: check.fail_on]",
)
@click.option(
    "--queries",
    multiple=True,
    metavar="GLOB",
    help="Files with the queries that the application runs; instead of project.queries.",
)
@click.option(
    "--new-code",
    is_flag=True,
    help="Judge the queries that this change brings as well: would they work before the migrations? Needs --since.",
)
@everyday
def COMMAND(
    options: Everyday,
    paths: tuple[Path, ...],
    since: str | None,
    dialect: str | None,
    server_version: str | None,
    history: Path | None,
    fail_on: str | None,
    queries: tuple[str, ...],
    new_code: bool,
) -> int:
    """Check new migrations without a database.

    PATHS are judged, and the project's migrations before them are read as context. Without PATHS,
    --since tells old from new by git; without both, every migration is judged.

    \b
    migrail check --since origin/main
    migrail check migrations/0044_idx.sql
    migrail check --format json > findings.json
    migrail check --dialect postgres --history db/old 0044_idx.sql
    """
    from migrail.actions.check import check, exit_code

    context = read_context(
        options, paths, since, dialect, server_version, history, queries=queries, new_code=new_code
    )
    result = check(context)
    show(result, format=options.format, color=options.color)
    return exit_code(result, fail_on or context.fail_on)
