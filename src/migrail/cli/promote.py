"""migrail promote."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, dry_run, environment_argument, everyday
from migrail.cli._output import show
from migrail.cli._progress import failed, finish, remarked, shower
from migrail.model.errors import MigrailError


@click.command("promote")
@environment_argument(required=False)
@click.option("--auto", is_flag=True, help="Walk every environment as far as its gates let it.")
@click.option("--to", metavar="BATCH", help="Up to this batch, or where batches enter up to this migration.")
@click.option("--all", "everything", is_flag=True, help="All batches, one after the other.")
@dry_run
@everyday
def COMMAND(
    options: Everyday, environment: str | None, auto: bool, to: str | None, everything: bool, dry_run: bool
) -> int:
    """Bring the next batch into ENV, if it succeeded below and all gates pass.

    Where batches enter, all pending migrations form one batch, which then moves up as one.

    \b
    migrail promote dev
    migrail promote dev --to 0044
    migrail promote prod --to 12
    migrail promote --auto
    """
    from migrail.actions.promote import promote, promote_auto

    if auto == bool(environment):
        raise click.UsageError("Name an environment, or use --auto.")
    if auto and (to or everything):
        raise click.UsageError("--auto goes as far as it can; leave out --to and --all.")
    progress = shower(options)
    try:
        workspace = options.workspace()
        if auto:
            report = promote_auto(workspace, dry_run=dry_run, progress=progress)
        else:
            report = promote(
                workspace, str(environment), to=to, everything=everything, dry_run=dry_run, progress=progress
            )
    except MigrailError as error:
        finish(options)
        return failed(options, error)
    finish(options)
    show(report, format=options.format, color=options.color, done=not dry_run)
    for step in report.steps:
        if step.error:
            failed(options, step.error)
    for remark in report.remarks:
        remarked(options, remark)
    return report.exit_code
