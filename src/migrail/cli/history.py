"""migrail history."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, environment_argument, everyday
from migrail.cli._output import show


@click.command("history")
@environment_argument(required=False)
@everyday
def COMMAND(options: Everyday, environment: str | None) -> None:
    """Show the audit trail: what was applied, approved and recorded, by whom and when.

    \b
    migrail history
    migrail history prod --format json
    """
    from migrail.actions.history import read_history

    show(read_history(options.workspace(), environment), format=options.format, color=options.color)
