"""migrail reconcile."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, dry_run, environment_argument, everyday
from migrail.cli._output import show


@click.command("reconcile")
@environment_argument(required=False)
@click.option("--moved", is_flag=True, help="ENV lives on another server now, on purpose.")
@click.option("--reason", help="Why it was moved; kept in the ledger.")
@dry_run
@everyday
def COMMAND(options: Everyday, environment: str | None, moved: bool, reason: str | None, dry_run: bool) -> int:
    """Settle what a crash left on ENV, or everywhere, and make the tracker equal to the ledgers.

    What became of a statement that was interrupted is looked up in the structure of the database. Only where that
    cannot tell, a person has to decide: the exit code is 4 then.

    \b
    migrail reconcile
    migrail reconcile prod --moved --reason "restored on the new cluster"
    """
    from migrail.actions.reconcile import reconcile

    if moved and not environment:
        raise click.UsageError("Name the environment that was moved.")
    if moved and not (reason or "").strip():
        raise click.UsageError("Give a reason; it is kept in the ledger.")
    if reason and not moved:
        raise click.UsageError("--reason is for --moved.")
    result = reconcile(options.workspace(), environment, moved=reason if moved else None, dry_run=dry_run)
    show(result, format=options.format, color=options.color, done=not dry_run)
    return result.exit_code
