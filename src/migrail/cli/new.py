"""migrail new."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, dry_run, everyday
from migrail.cli._output import show


@click.command("new")
@click.argument("name", nargs=-1, required=True)
@dry_run
@everyday
def COMMAND(options: Everyday, name: tuple[str, ...], dry_run: bool) -> None:
    """Make the next migration file and print its path.

    \b
    migrail new add phone to customers
    $EDITOR "$(migrail new add_phone)"
    """
    from migrail.actions.init import new

    written = new(options.workspace(), " ".join(name), dry_run=dry_run)
    show(written, format=options.format, color=options.color)
