"""migrail new."""

from __future__ import annotations

from pathlib import Path

import click

from migrail.cli._options import dry_run


@click.command("new")
@click.argument("name", nargs=-1, required=True)
@click.option("--config", type=click.Path(path_type=Path), help="Configuration file. Default: the nearest one.")
@dry_run
def COMMAND(name: tuple[str, ...], config: Path | None, dry_run: bool) -> None:
    """Make the next migration file and print its path.

    \b
    migrail new add phone to customers
    $EDITOR "$(migrail new add_phone)"
    """
    from migrail.actions.init import new
    from migrail.actions.workspace import Workspace

    click.echo(new(Workspace.open(config), " ".join(name), dry_run=dry_run).path)
