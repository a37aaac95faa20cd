"""migrail demo."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from migrail.model.errors import MigrailError, UsageError

FIRST = ("0001_create_customers.sql", "0002_create_orders.sql", "0003_add_customer_phone.sql")
SECOND = ("0004_create_order_items.sql", "0005_backfill_phone.sql")
REFUSED = "0006_rename_email.sql"


@click.command("demo")
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Leave the project there to play with.")
def COMMAND(folder: Path | None) -> None:
    """A two-minute tour: check, promote and see a small shop on four SQLite files.

    \b
    migrail demo
    migrail demo --dir shop
    """
    with _project(folder) as root, _inside(root):
        _tour(root, kept=folder is not None)


def _tour(root: Path, *, kept: bool) -> None:
    _say(
        "A shop has four environments: dev, qa, staging and prod. Here each is a SQLite file.",
        f"Its folder is {root}; its migrations are plain SQL, forward only:",
    )
    _take(root, FIRST)
    for name in FIRST:
        click.echo(f"    migrations/{name}")
    _say("1. CHECK. Before anything runs, in the pull request, without a database:")
    _run("check")
    _say("Here is one that would break the code that is running. It does not get past the pull request:")
    _run("check", f"refused/{REFUSED}", "--history", "migrations", expected=1)

    _say("2. PROMOTE. What is new becomes a batch, enters dev, and goes on as far as the gates let it:")
    _run("promote", "--auto")
    _run("status")
    _say("qa wants to know that the tests passed on dev. The test job would say so; here you do:")
    _run("evidence", "add", "dev", "unit-tests", "--detail", "412 passed")
    _run("promote", "--auto")
    _run("status")
    _say("prod wants a person. Approving binds to exactly this content and to what prod holds now:")
    _run("approve", "prod", "--reason", "looks good")
    _run("promote", "prod")
    _run("status")

    _say("Next week two more migrations are merged. They are a second batch, which starts without evidence:")
    _take(root, SECOND)
    _run("check", *(f"migrations/{name}" for name in SECOND))
    _run("promote", "--auto")
    _run("plan", "qa")
    _run("evidence", "add", "dev", "unit-tests", "--detail", "415 passed")
    _run("promote", "--auto")

    _say("3. SEE. Which migration is where, and why the next one waits:")
    _run("status")
    _run("approve", "prod")
    _run("promote", "prod")
    _run("status", "--all")
    _say("Who decided what:")
    _run("history", "prod")
    if kept:
        _say(
            f"The project is yours: cd {shlex.quote(str(root))} and go on with migrail new, check, promote, status."
        )
    else:
        _say("That was all. migrail demo --dir shop leaves the project for you to play with.")


def _say(*lines: str) -> None:
    click.echo()
    for line in lines:
        click.secho(line, fg="cyan")


def _run(*arguments: str, expected: int = 0) -> None:
    """Runs a command as the reader would, and shows it."""
    from migrail.cli import main

    click.echo()
    click.secho(f"$ migrail {shlex.join(arguments)}", bold=True)
    with main.make_context("migrail", list(arguments)) as ctx:
        code = main.invoke(ctx) or 0
    if code != expected:
        raise MigrailError(f"the tour expected exit code {expected} and got {code}")
    if code:
        click.secho(f"[exit {code}]", dim=True)


@contextmanager
def _project(folder: Path | None) -> Iterator[Path]:
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="migrail-demo-") as temporary:
            _copy(Path(temporary))
            yield Path(temporary)
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already and not an empty folder", help="migrail demo --dir OTHER")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(folder)
    except OSError as error:
        raise UsageError(f"{folder} cannot be used: {error.strerror}") from None
    yield folder.resolve()


def _copy(folder: Path) -> None:
    examples = _examples()
    (folder / "migrations").mkdir()
    shutil.copytree(examples / "refused", folder / "refused")
    shutil.copy(examples / "migrail.toml", folder)


def _take(root: Path, names: tuple[str, ...]) -> None:
    for name in names:
        shutil.copy(_examples() / "migrations" / name, root / "migrations")


def _examples() -> Path:
    """The shop: beside the package when installed, in the repository when not."""
    package = Path(__file__).parents[1]
    for place in (package / "examples", package.parents[1] / "migrations_examples" / "plain"):
        if place.is_dir():
            return place
    raise MigrailError("the example project is missing from this installation")


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
