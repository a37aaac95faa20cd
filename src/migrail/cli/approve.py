"""migrail approve."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, dry_run, environment_argument, everyday
from migrail.cli._output import show


@click.command("approve")
@environment_argument()
@click.option("--batch", metavar="BATCH", help="Number or digest. Default: the next batch for ENV.")
@click.option("--reason", default="", help="Kept in the audit trail.")
@dry_run
@everyday
def COMMAND(options: Everyday, environment: str, batch: str | None, reason: str, dry_run: bool) -> None:
    """Consent to a batch entering ENV as it is now.

    The approval is bound to the batch's content and to what ENV holds; it is void when either changes.

    \b
    migrail approve prod
    migrail approve prod --batch 12 --reason "reviewed with the DBA"
    """
    from migrail.actions.decisions import approve

    result = approve(options.workspace(), environment, batch=batch, reason=reason, dry_run=dry_run)
    show(result, format=options.format, color=options.color, done=not dry_run)
