"""migrail capture."""

from __future__ import annotations

from pathlib import Path

import click

from migrail.cli._options import Everyday, dry_run, environment_argument, everyday
from migrail.cli._output import note, show


@click.group("capture")
def COMMAND() -> None:
    """Write down what a server knows, for check to read."""


@COMMAND.command("queries")
@environment_argument()
@click.option("--target", metavar="NAME", help="Which of ENV's databases.  [default: the first]")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: queries/ENV.json.")
@dry_run
@everyday
def queries(options: Everyday, environment: str, target: str | None, output: Path | None, dry_run: bool) -> None:
    """Write the queries that run in ENV into a file, without their values.

    PostgreSQL counts them with its extension pg_stat_statements, MariaDB and MySQL in their
    performance schema.

    \b
    migrail capture queries prod
    migrail capture queries prod --output captured/prod.json
    """
    from migrail.actions.capture import capture_queries

    written = capture_queries(options.workspace(), environment, target=target, output=output, dry_run=dry_run)
    show(written, format=options.format, color=options.color)
    for remark in (*written.remarks, f"next: {written.next}"):
        note(remark, quiet=options.quiet)


@COMMAND.command("statistics")
@environment_argument()
@click.option("--target", metavar="NAME", help="Which of ENV's databases.  [default: the first]")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: statistics/ENV.json."
)
@dry_run
@everyday
def statistics(options: Everyday, environment: str, target: str | None, output: Path | None, dry_run: bool) -> None:
    """Write how big the tables of ENV are into a file. No table is read.

    \b
    migrail capture statistics prod
    """
    from migrail.actions.capture import capture_statistics

    written = capture_statistics(options.workspace(), environment, target=target, output=output, dry_run=dry_run)
    show(written, format=options.format, color=options.color)
    for remark in (*written.remarks, f"next: {written.next}"):
        note(remark, quiet=options.quiet)
