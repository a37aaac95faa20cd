"""migrail evidence."""

from __future__ import annotations

import click

from migrail.cli._options import Everyday, dry_run, environment_argument, everyday
from migrail.cli._output import show


@click.group("evidence")
def COMMAND() -> None:
    """Record facts about batches, such as tests that passed."""


@COMMAND.command("add")
@environment_argument()
@click.argument("name")
@click.option("--batch", metavar="BATCH", help="Number or digest. Default: the newest batch that ENV has.")
@click.option("--passed/--failed", default=True, help="What came out.  [default: passed]")
@click.option("--detail", default="", help="A line for people: a link to the test run, for example.")
@dry_run
@everyday
def add(
    options: Everyday,
    environment: str,
    name: str,
    batch: str | None,
    passed: bool,
    detail: str,
    dry_run: bool,
) -> None:
    """Record a fact NAME about a batch that was observed in ENV.

    \b
    migrail evidence add dev unit-tests
    migrail evidence add qa smoke-tests --failed --detail https://ci.example/run/7
    """
    from migrail.actions.decisions import add_evidence

    result = add_evidence(
        options.workspace(), environment, name, batch=batch, passed=passed, detail=detail, dry_run=dry_run
    )
    show(result, format=options.format, color=options.color, done=not dry_run)
