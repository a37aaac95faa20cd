"""migrail init."""

from __future__ import annotations

from pathlib import Path

import click

from migrail.cli._options import dry_run


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--name", help="Name of the project.  [default: that of the folder]")
@click.option("--dialect", type=click.Choice(["postgres", "sqlite"]), help="Default: what the files look like.")
@click.option("-q", "--quiet", is_flag=True, help="No remarks on standard error.")
@dry_run
def COMMAND(folder: Path, name: str | None, dialect: str | None, quiet: bool, dry_run: bool) -> None:
    """Write a commented migrail.toml after looking at FOLDER.

    \b
    migrail init
    migrail init --dialect sqlite --dry-run
    """
    from migrail.actions.init import init

    written, text = init(folder, name=name, dialect=dialect, dry_run=dry_run)
    if dry_run:
        click.echo(text, nl=False)
    else:
        click.echo(written.path)
    if not quiet:
        for remark in written.remarks:
            click.echo(f"note: {remark}", err=True)
        click.echo("  → migrail doctor", err=True)
