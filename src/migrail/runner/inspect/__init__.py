"""Reads the structure of a live database from the server's own catalogs."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from migrail.catalog import Catalog
from migrail.dialects import Dialect
from migrail.model.errors import UsageError
from migrail.runner.inspect import mysql, postgres, sqlite

_INSPECTORS: dict[str, Callable[[Connection, Dialect], Catalog]] = {
    "postgres": postgres.inspect,
    "sqlite": sqlite.inspect,
    "mysql": mysql.inspect,
    "mariadb": mysql.inspect,
}


def inspect(connection: Connection, dialect: Dialect) -> Catalog:
    """The structure of the database that a connection is open to. Changes nothing.

    Left out are the server's own objects, those of extensions, temporary ones, and the tables of migrail. The
    number of queries does not depend on the number of tables.

    Raises:
        UsageError: nobody knows how to read the structure of this dialect.
    """
    inspector = _INSPECTORS.get(dialect.name)
    if inspector is None:
        raise UsageError(f"the structure of a {dialect.title} database cannot be read")
    return inspector(connection, dialect)
