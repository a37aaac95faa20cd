"""Connections to targets, with errors that people understand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from migrail.model.errors import ConfigError, IdentityError, LockTimeout, TargetUnreachable
from migrail.model.redact import redact
from migrail.model.rows import QueryError, Rows
from migrail.runner import plain
from migrail.runner.address import Address, Limits
from migrail.runner.faults import original_of, reason_of, unusable
from migrail.runner.servers import answering, server_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import DBAPIError

_POOLED = "statement pooling mode"
"""What pgbouncer says of a transaction in that mode; its SQLSTATE (08P01) stands for more than this."""


def exists(address: Address) -> bool:
    """False for a SQLite file that was not made yet; connecting would make it.

    Raises:
        TargetUnreachable: whether it is there cannot be told.
    """
    try:
        return address.file is None or address.file.exists()
    except OSError as error:
        raise TargetUnreachable(f"{address.label}: the file cannot be looked at: {error.strerror}") from None


@cache
def engine_for(
    address: Address, limits: Limits, *, autocommit: bool = False, read_only: bool = False, pooled: bool = False
) -> Engine:
    """The engine for an address; there is one for each way to use it.

    Args:
        pooled: keep a connection. Without it each connection is fresh.
    """
    from sqlalchemy.exc import NoSuchModuleError

    try:
        return server_of(address).engine(address, limits, pooled=pooled, autocommit=autocommit, read_only=read_only)
    except (NoSuchModuleError, ImportError) as error:
        raise ConfigError(f"environment {address.environment}: {error}") from None


@contextmanager
def reading(address: Address, limits: Limits, *, briefly: bool = False) -> Iterator[Connection]:
    """A connection that changes nothing.

    Args:
        briefly: for questions that take no time; see :func:`connected`.

    Raises:
        TargetUnreachable: the database cannot be reached or refuses the connection.
    """
    engine = engine_for(address, limits, read_only=True)
    with unreachable(address), connected(address, engine, briefly=briefly) as connection:
        yield server_of(address).read_only(connection)


@contextmanager
def writing(address: Address, limits: Limits, *, pooled: bool = False) -> Iterator[Connection]:
    """A transaction of a few short statements, in our own tables.

    Args:
        pooled: see :func:`engine_for`.

    Raises:
        TargetUnreachable: the database cannot be reached or refuses something.
    """
    engine = engine_for(address, limits, pooled=pooled)
    with unreachable(address), connected(address, engine, briefly=True) as connection, connection.begin():
        yield connection


@contextmanager
def clearing(address: Address, limits: Limits) -> Iterator[Connection]:
    """A connection for statements that clear away what is half-done, each by itself. They may wait for locks.

    Raises:
        TargetUnreachable: the database cannot be reached, or answers nothing long after the lock budget.
    """
    engine = engine_for(address, replace(limits, lock=limits.budget), autocommit=True)
    with unreachable(address), connected(address, engine, briefly=False, more=limits.budget) as connection:
        yield connection


@contextmanager
def connected(address: Address, engine: Engine, *, briefly: bool, more: float = 0.0) -> Iterator[Connection]:
    """A connection, which asks the server to roll back what is open when it is given back.

    Args:
        briefly: for questions that take no time. Others get ten times as long, until they are given up because
            something in between lets nothing through.
        more: seconds for which the server may wait for locks on top of that.
    """
    connection = engine.connect()
    number = server_of(address).socket(connection.connection.driver_connection)
    with answering(number, 1 if briefly else 10, more=more):
        try:
            yield connection
        except BaseException:
            # What it was in the middle of is told, not that it cannot be given back either.
            with suppress(Exception):
                connection.close()
            raise
        connection.close()


@contextmanager
def asking(address: Address, limits: Limits) -> Iterator[Rows]:
    """The same through the driver alone.

    Raises:
        TargetUnreachable: the database cannot be reached or refuses the connection.
    """
    with unreachable(address):
        rows = plain.connect(address, limits, read_only=True)
        try:
            yield rows
        finally:
            plain.close(rows)


@contextmanager
def unreachable(address: Address) -> Iterator[None]:
    """Turns a driver's connection errors into :class:`TargetUnreachable`.

    Raises:
        IdentityError: what answers is a pooler that takes no transactions.
        LockTimeout: somebody else keeps a SQLite file locked.
    """
    try:
        yield
    except driver_errors() as error:
        if _POOLED in str(original_of(error)):
            raise IdentityError(
                f"{address.label}: a pooler in statement mode is in between, which takes no transactions",
                help=f"name the server itself in the url of environment {address.environment}",
            ) from None
        if address.file is not None and "locked" in str(original_of(error)):
            message = f"{address.label}: waited for the file in vain: {reason_of(error)}{_held(address.file)}"
            raise LockTimeout(message, help=f"migrail promote {address.environment}") from None
        raise unusable(address.label, error) from None
    except OSError as error:
        message = f"{address.label}: the database cannot be reached: {redact(str(error))}"
        raise TargetUnreachable(message, help="migrail doctor") from None


def _held(file: Path) -> str:
    """Who keeps us out of a file."""
    from migrail.runner.servers.sqlite.holders import holders

    return "".join(f"; held by {holder}" for holder in holders(file))


def driver_errors() -> tuple[type[DBAPIError], type[QueryError]]:
    """What refusals look like, to be caught: evaluated, and SQLAlchemy imported, only when there is an error."""
    from sqlalchemy.exc import DBAPIError

    return DBAPIError, QueryError
