"""migrail drift."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, environment_argument, everyday
from migrail.cli._output import show


@click.command("drift")
@environment_argument(required=False)
@click.option(
    "--strict", is_flag=True, help="Exit with 1 also for what code in the migrations may have made itself."
)
@everyday
def COMMAND(options: Everyday, environment: str | None, strict: bool) -> int:
    """Compare live structures with what the migrations in their ledgers should have made. Reads only.

    Lines with - say what the migrations make, lines with + what is there. Exits with 1 when something differs.

    \b
    migrail drift
    migrail drift prod
    migrail drift prod --format json
    """
    from migrail.actions.drift import read_drift

    drift = read_drift(options.workspace(), environment)
    show(drift, format=options.format, color=options.color)
    return drift.exit_code(strict=strict)
