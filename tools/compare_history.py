"""Applies a folder of SQL migrations to a server and prints in what it differs from the replayed catalog.

Usage: python tools/compare_history.py FOLDER --dialect postgres|sqlite|mysql|mariadb --url URL

Every file ending in ``.sql`` is one migration; they run in the order of their names, each in a session of its own.
A database of its own is made on the server and dropped afterwards; for SQLite no URL is needed. Statements that the
server refuses are listed and left out of the replay, with what is known of why.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from migrail import dialects
from migrail.catalog import Catalog
from migrail.catalog.compare import Difference, diff_lines
from migrail.catalog.conflicts import conflicts
from migrail.catalog.expectation import Expectation
from migrail.catalog.replay import Replay
from migrail.dialects import Dialect
from migrail.model.migration import Statement
from migrail.model.operations import Opaque, Operation, RunCode
from migrail.model.text import visible
from migrail.runner.inspect import inspect
from migrail.sql.read import read
from migrail.sql.split import split

DRIVERS = {"postgres": "postgresql+psycopg", "mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql"}
WIDTH = 110


@dataclass(slots=True)
class Outcome:
    """What came of a history."""

    migrations: int = 0
    statements: int = 0
    refused: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    accused: list[str] = field(default_factory=list)
    """Statements that the server took although they were said to fail."""
    differences: tuple[Difference, ...] = ()
    objects: int = 0

    @property
    def good(self) -> bool:
        """Whether the catalog is the database."""
        return not self.differences and not self.accused


def history(folder: Path) -> list[tuple[str, str]]:
    """The files of a folder at any depth, in the order of their names; numbers in names count as numbers."""
    files = sorted(folder.rglob("*.sql"), key=lambda path: _order(str(path.relative_to(folder))))
    return [(str(file.relative_to(folder)), file.read_text("utf-8", "replace")) for file in files]


def _order(name: str) -> list[tuple[int, int, str]]:
    parts = re.split(r"(\d+)", name)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def play(connection: Connection, dialect: Dialect, files: list[tuple[str, str]]) -> Outcome:
    """Runs and replays a history, statement by statement."""
    outcome = Outcome(migrations=len(files))
    replaying, expected = Replay(Catalog.empty(dialect)), Expectation(dialect)
    for name, text in files:
        replaying.begin_session()
        expected.begin_session()
        _begin(connection, dialect)
        for statement in split(text, dialect.lexical).statements:
            outcome.statements += 1
            for operation in _step(connection, dialect, replaying, statement, name, outcome):
                expected.apply(operation)
    found = inspect(connection, dialect)
    outcome.objects = len(found.tables) + len(found.views) + len(found.types) + len(found.sequences)
    outcome.differences = expected.differences(found)
    return outcome


def _begin(connection: Connection, dialect: Dialect) -> None:
    if dialect.name == "postgres":
        connection.exec_driver_sql("RESET ALL")


def _step(
    connection: Connection, dialect: Dialect, replaying: Replay, statement: Statement, name: str, outcome: Outcome
) -> tuple[Operation, ...]:
    """Runs a statement; what it means, or nothing where the server refuses it."""
    place = f"{name}:{statement.span.line}"
    operations = read(statement, dialect)
    if any(isinstance(item, Opaque) or (isinstance(item, RunCode) and not item.is_read) for item in operations):
        outcome.unread.append(f"{place} {_short(statement.text)}")
    reason = None
    try:
        connection.exec_driver_sql(statement.text, execution_options={"no_parameters": True})
    except DBAPIError as error:
        outcome.refused.append(f"{place} {_short(str(error.orig))}: {_short(statement.text)}")
        return ()
    for operation in operations:
        if reason is None and replaying.catalog.complete:
            reason = conflicts(replaying.catalog, operation)
        replaying.apply(operation)
    if reason is not None:
        outcome.accused.append(f"{place} {reason}: {_short(statement.text)}")
    return operations


def _short(text: str) -> str:
    line = visible(" ".join(text.split()))
    return line if len(line) <= WIDTH else f"{line[:WIDTH]}..."


@contextmanager
def database(dialect: str, url: str | None) -> Iterator[Connection]:
    """A connection to an empty database that is dropped afterwards."""
    if dialect == "sqlite":
        with (
            tempfile.TemporaryDirectory() as folder,
            _connected(make_url(f"sqlite:///{folder}/x.db")) as connection,
        ):
            yield connection
        return
    if url is None:
        sys.exit("--url is missing: the server on which a database is to be made")
    server = make_url(url).set(drivername=DRIVERS[dialect])
    name = f"migrail_history_{uuid.uuid4().hex[:12]}"
    with _connected(server) as admin:
        admin.exec_driver_sql(f"CREATE DATABASE {name}")
        try:
            with _connected(server.set(database=name)) as connection:
                yield connection
        finally:
            admin.exec_driver_sql(f"DROP DATABASE {name}")


@contextmanager
def _connected(url: URL) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


def show(outcome: Outcome) -> None:
    """Prints what came of it."""
    for title, lines in (
        ("refused by the server, not replayed", outcome.refused),
        ("not understood in full", outcome.unread),
        ("said to fail, but accepted", outcome.accused),
        ("differences", diff_lines(outcome.differences)),
    ):
        if lines:
            print(f"{title}: {len(lines)}")
            print(*(f"  {line}" for line in lines), sep="\n")
    print(
        f"{outcome.migrations} migrations, {outcome.statements} statements, {len(outcome.refused)} refused, "
        f"{outcome.objects} objects, {len(outcome.differences)} differences"
    )


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dialect", required=True, choices=dialects.names())
    parser.add_argument("--url", help="The server; needed but for SQLite.")
    arguments = parser.parse_args()
    files = history(arguments.folder)
    with database(arguments.dialect, arguments.url) as connection:
        outcome = play(connection, dialects.get(arguments.dialect), files)
    show(outcome)
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
