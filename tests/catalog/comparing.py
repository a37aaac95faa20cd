"""Scripts applied to real servers, and what they should have made compared with what is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, create_engine
from sqlalchemy.pool import NullPool

from migrail.catalog import Catalog
from migrail.catalog.compare import Difference, compare, diff_lines
from migrail.catalog.expectation import Expectation
from migrail.dialects import Dialect, get
from migrail.runner.inspect import inspect
from migrail.sql.split import split
from tests.dialects.reading import catalog_of, read


@contextmanager
def connected(url: str | URL) -> Iterator[Connection]:
    """A connection that commits each statement."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


def run(connection: Connection, script: str) -> None:
    """Runs several statements as they are."""
    driver = connection.connection.driver_connection
    assert driver is not None
    if connection.dialect.name == "sqlite":
        driver.executescript(script)
    elif connection.dialect.name == "mariadb":
        for statement in split(script, dialect_of(connection).lexical).statements:
            connection.exec_driver_sql(statement.text, execution_options={"no_parameters": True})
    else:
        connection.exec_driver_sql(script, execution_options={"no_parameters": True})


def run_at_once(connection: Connection, script: str) -> None:
    """Sends a whole script to MariaDB, which cuts it itself where the connection was opened for that."""
    with connection.connection.cursor() as cursor:
        cursor.execute(script)
        while cursor.nextset():
            pass


def dialect_of(connection: Connection) -> Dialect:
    """Our dialect of a connection."""
    return get({"postgresql": "postgres"}.get(connection.dialect.name, connection.dialect.name))


def looked_at(connection: Connection) -> Catalog:
    """The structure that is there."""
    return inspect(connection, dialect_of(connection))


def differences(connection: Connection, *scripts: str) -> tuple[Difference, ...]:
    """In what the database differs from what the scripts should have made, each in a session of its own."""
    dialect = dialect_of(connection)
    expectation = Expectation(dialect)
    for script in scripts:
        expectation.begin_session()
        for operation in read(script, dialect.name):
            expectation.apply(operation)
    return expectation.differences(looked_at(connection))


def diff(connection: Connection, *scripts: str) -> list[str]:
    """The same as lines."""
    return diff_lines(differences(connection, *scripts))


def between(one: str, two: str, dialect: str = "postgres") -> list[str]:
    """The difference between what two scripts make, without a server."""
    return diff_lines(compare(catalog_of([one], dialect), catalog_of([two], dialect)))
