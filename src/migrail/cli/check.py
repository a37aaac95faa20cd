"""migrail check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrail.cli._context import context_options, read_context
from migrail.cli._options import Everyday, everyday
from migrail.cli._output import note, show

if TYPE_CHECKING:
    from migrail.actions.context import CheckContext
    from migrail.results.files import Fixes


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
    help="Files with the queries that the application runs; instead of those in the configuration.",
)
@click.option(
    "--import-models", is_flag=True, help="Read the queries of project.models as well. This runs their code."
)
@click.option(
    "--new-code",
    is_flag=True,
    help="Judge the queries that this change brings as well: would they work before the migrations? Needs --since.",
)
@click.option(
    "--status",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What each environment has applied: the output of `migrail status --format json`.",
)
@click.option("--diff", is_flag=True, help="Print what --fix would change, as a patch for git apply.")
@click.option("--fix", is_flag=True, help="Rewrite what a machine can rewrite safely, and check again.")
@click.option(
    "--strict-queries",
    is_flag=True,
    help="Exit with 1 when there are queries about which nothing can be said.",
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
    import_models: bool,
    new_code: bool,
    strict_queries: bool,
    status: Path | None,
    diff: bool,
    fix: bool,
) -> int:
    """Check new migrations without a database.

    PATHS are judged, and the project's migrations before them are read as context. Without PATHS,
    --since tells old from new by git; without both, every migration is judged.

    \b
    migrail check --since origin/main
    migrail check migrations/0044_idx.sql
    migrail check --format json > findings.json
    migrail check --since origin/main --fix
    migrail check --dialect postgres --history db/old 0044_idx.sql
    """
    from migrail.actions.check import check, exit_code

    context = read_context(
        *(options, paths, since, dialect, server_version, history),
        queries=queries,
        new_code=new_code,
        status=status,
        import_models=import_models,
    )
    if diff or fix:
        found = _fixes(options, context, paths, in_project=dialect is None, write=fix and not diff)
        show(found if diff else found.left, format=options.format, color=options.color)
        return exit_code(
            found.found if diff else found.left, fail_on or context.fail_on, strict_queries=strict_queries
        )
    result = check(context)
    show(result, format=options.format, color=options.color)
    return exit_code(result, fail_on or context.fail_on, strict_queries=strict_queries)


def _fixes(
    options: Everyday, context: CheckContext, paths: tuple[Path, ...], *, in_project: bool, write: bool
) -> Fixes:
    """The rewritten files; what was done and what was not is said on standard error."""
    from migrail.actions import files, fix

    fix.require_named(context, paths)
    around = fix.in_project(options.workspace()) if in_project else fix.alone(context)
    found = fix.fixes(context, around)
    if write:
        files.write(found.changes)
    for remark in (*found.applied, *found.withheld):
        note(remark, quiet=options.quiet)
    return found
