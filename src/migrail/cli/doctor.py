"""migrail doctor."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, environment_argument, everyday
from migrail.cli._output import show


@click.command("doctor")
@environment_argument(required=False)
@everyday
def COMMAND(options: Everyday, environment: str | None) -> int:
    """Look at configuration, connections, versions, permissions, poolers and clocks; a verdict on each.

    \b
    migrail doctor
    migrail doctor prod
    """
    from migrail.actions.doctor import doctor

    diagnosis = doctor(options.config, environment, actor=options.actor)
    show(diagnosis, format=options.format, color=options.color)
    return diagnosis.exit_code
