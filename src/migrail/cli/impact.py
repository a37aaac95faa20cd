"""migrail impact."""

from __future__ import annotations

from pathlib import Path

import click

from migrail.cli._context import read_context
from migrail.cli._options import Everyday, everyday
from migrail.cli._output import show


@click.command("impact")
@click.argument("name", metavar="OBJECT")
@click.option("--dialect", help="Read --history outside a project: postgres, sqlite, mysql or mariadb.")
@click.option(
    "--history", type=click.Path(path_type=Path), metavar="DIR", help="The migrations, outside a project."
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
@everyday
def COMMAND(
    options: Everyday,
    name: str,
    dialect: str | None,
    history: Path | None,
    queries: tuple[str, ...],
    import_models: bool,
) -> None:
    """Say what uses a table, view or column.

    The application's queries with file and line; views, functions, triggers, constraints and indexes of the
    database that all migrations make.

    \b
    migrail impact customers
    migrail impact customers.phone
    migrail impact app.orders.total --format json
    migrail impact users.login --dialect postgres --history db/migrations --queries 'src/**/*.py'
    """
    from migrail.actions.impact import impact

    if dialect and history is None:
        raise click.UsageError("outside a project, name the folder of the migrations: --history DIR")
    paths = (history,) if dialect and history is not None else ()
    context = read_context(
        *(options, paths, None, dialect, None, None if dialect else history),
        queries=queries,
        import_models=import_models,
    )
    show(impact(context, name), format=options.format, color=options.color)
