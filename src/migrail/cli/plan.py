"""migrail plan."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, environment_argument, everyday
from migrail.cli._output import show


@click.command("plan")
@environment_argument()
@click.option("--to", metavar="BATCH", help="Up to this batch, or where batches enter up to this migration.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when something is left to apply.")
@everyday
def COMMAND(options: Everyday, environment: str, to: str | None, exit_code: bool) -> int:
    """Show the exact SQL of the next batch, its locks and its gates. Nothing runs.

    \b
    migrail plan prod
    migrail plan dev --to 0044 --format json
    """
    from migrail.actions.plan import plan

    result = plan(options.workspace(), environment, to=to)
    show(result, format=options.format, color=options.color)
    return int(exit_code and bool(result.migrations))
