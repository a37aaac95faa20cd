"""migrail init."""

from __future__ import annotations

from pathlib import Path

import click

from migrail import dialects
from migrail.cli._options import Everyday, dry_run, everyday
from migrail.cli._output import note, show


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--name", help="Name of the project.  [default: that of the folder]")
@click.option("--dialect", type=click.Choice(dialects.names()), help="Default: what the files look like.")
@dry_run
@everyday
def COMMAND(options: Everyday, folder: Path, name: str | None, dialect: str | None, dry_run: bool) -> None:
    """Write a commented migrail.toml after looking at FOLDER.

    \b
    migrail init
    migrail init --dialect sqlite --dry-run
    """
    from migrail.actions.init import init

    written = init(folder, name=name, dialect=dialect, dry_run=dry_run)
    show(written, format=options.format, color=options.color)
    for remark in (*written.remarks, f"next: {written.next}"):
        note(remark, quiet=options.quiet)
