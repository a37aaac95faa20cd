"""migrail resolve."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, dry_run, environment_argument, everyday
from migrail.cli._output import note, show


@click.command("resolve")
@environment_argument()
@click.argument("migration")
@click.option("--retry", is_flag=True, help="Go on with the first statement that did not finish.")
@click.option("--accept-edit", is_flag=True, help="Go on with what the file says now, behind what is finished.")
@click.option("--mark-applied", is_flag=True, help="All of it is in the database.")
@click.option("--mark-reverted", is_flag=True, help="Nothing of it is left.")
@click.option("--reason", required=True, help="Why; kept in the ledger.")
@dry_run
@everyday
def COMMAND(
    options: Everyday,
    environment: str,
    migration: str,
    retry: bool,
    accept_edit: bool,
    mark_applied: bool,
    mark_reverted: bool,
    reason: str,
    dry_run: bool,
) -> None:
    """Decide what becomes of a MIGRATION that stopped half-way on ENV.

    Only a migration that cannot be one transaction can stop half-way; others are rolled back as a whole.

    \b
    migrail resolve qa 0044_idx --retry --reason "the duplicate rows are gone"
    """
    from migrail.actions.resolve import resolve

    wanted = {
        "retry": retry,
        "accept-edit": accept_edit,
        "mark-applied": mark_applied,
        "mark-reverted": mark_reverted,
    }
    chosen = [choice for choice, given in wanted.items() if given]
    if len(chosen) != 1:
        raise click.UsageError("Choose one of --retry, --accept-edit, --mark-applied and --mark-reverted.")
    if not reason.strip():
        raise click.UsageError("Give a reason; it is kept in the ledger.")
    result = resolve(options.workspace(), environment, migration, choice=chosen[0], reason=reason, dry_run=dry_run)
    show(result, format=options.format, color=options.color, done=not dry_run)
    for remark in result.remarks:
        note(remark, quiet=options.quiet)
