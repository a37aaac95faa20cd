"""migrail resolve."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, dry_run, environment_argument, everyday
from migrail.cli._output import show


@click.command("resolve")
@environment_argument()
@click.argument("migration")
@click.option("--retry", "choice", flag_value="retry", help="Go on with the first statement that did not finish.")
@click.option("--mark-applied", "choice", flag_value="mark-applied", help="All of it is in the database.")
@click.option("--mark-reverted", "choice", flag_value="mark-reverted", help="Nothing of it is left.")
@click.option("--reason", required=True, help="Why; kept in the ledger.")
@dry_run
@everyday
def COMMAND(
    options: Everyday, environment: str, migration: str, choice: str | None, reason: str, dry_run: bool
) -> None:
    """Decide what becomes of a MIGRATION that stopped half-way on ENV.

    Only a migration with transaction=off can stop half-way; others are rolled back as a whole.

    \b
    migrail resolve qa 0044_idx --retry --reason "the duplicate rows are gone"
    """
    from migrail.actions.resolve import resolve

    if choice is None:
        raise click.UsageError("Choose one of --retry, --mark-applied and --mark-reverted.")
    result = resolve(options.workspace(), environment, migration, choice=choice, reason=reason, dry_run=dry_run)
    show(result, format=options.format, color=options.color)
