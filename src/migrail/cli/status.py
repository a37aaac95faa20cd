"""migrail status."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, environment_names, everyday
from migrail.cli._output import show


@click.command("status")
@click.argument("subject", metavar="[ENV|MIGRATION]", required=False, shell_complete=environment_names)
@click.option("--all", "everything", is_flag=True, help="Also the migrations that are everywhere.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when something is pending or needs attention.")
@everyday
def COMMAND(options: Everyday, subject: str | None, everything: bool, exit_code: bool) -> int:
    """Show which migration is where, and why the next one waits.

    \b
    migrail status
    migrail status prod
    migrail status 0044
    migrail status --format json
    """
    from migrail.actions.status import read_status

    status = read_status(options.workspace(), subject, everything=everything)
    show(status, format=options.format, color=options.color)
    return int(exit_code and status.has_work)
