"""migrail rule."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, everyday
from migrail.cli._output import show


@click.command("rule")
@click.argument("code", required=False)
@click.option("--all", "everything", is_flag=True, help="List all rules.")
@everyday
def COMMAND(options: Everyday, code: str | None, everything: bool) -> None:
    """Show a rule's page: what it finds, why, what to write instead.

    \b
    migrail rule MR201
    migrail rule index-blocks-writes
    migrail rule --all
    """
    from migrail.rules import find, rules

    if everything == bool(code):
        raise click.UsageError("Name a rule, or use --all.")
    result = tuple(rules().values()) if everything else find(str(code))
    show(result, format=options.format, color=options.color)
