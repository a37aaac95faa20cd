"""Reads which statements a server ran, from what it keeps about them itself. No value of a query is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from migrail.dialects import Dialect
from migrail.model.capture import Capture
from migrail.model.errors import UsageError
from migrail.runner.statements import mysql, postgres

_READERS: dict[str, Callable[[Connection, Dialect, datetime], Capture]] = {
    "postgres": postgres.capture,
    "mariadb": mysql.capture,
    "mysql": mysql.capture,
}


def capture(connection: Connection, dialect: Dialect, now: datetime) -> Capture:
    """The statements that ran in the database that a connection is open to. Changes nothing.

    Raises:
        UsageError: the server does not keep them, or does not show them; the help is what changes that.
    """
    reader = _READERS.get(dialect.name)
    if reader is None:
        raise UsageError(f"{dialect.title} does not keep the statements that it ran")
    return reader(connection, dialect, now)
