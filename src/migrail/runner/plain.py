"""Databases through their drivers alone: what every command asks first need not wait for SQLAlchemy's import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from migrail.model.errors import ConfigError
from migrail.model.rows import DuplicateRow, QueryError, Row, marked
from migrail.runner.address import Address, Limits
from migrail.runner.servers import answering, server_of


class DriverRows:
    """A driver's connection; see :class:`migrail.model.rows.Rows`."""

    def __init__(self, driver: Any, backend: str, socket: int | None) -> None:
        self.driver = driver
        self.backend = backend
        self._socket = socket

    def all(self, sql: str, *values: Any) -> list[Row]:
        cursor = self._execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def run(self, sql: str, *values: Any) -> int:
        return int(self._execute(sql, values).rowcount)

    def _execute(self, sql: str, values: tuple[Any, ...]) -> Any:
        try:
            with answering(self._socket):
                cursor = self.driver.cursor()
                cursor.execute(marked(sql, self.backend), values)
        except Exception as error:
            raise query_error(error) from None
        return cursor


def query_error(error: Exception) -> QueryError:
    """A driver's error as one of ours; every driver names its classes as the standard wants."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return DuplicateRow(error) if "IntegrityError" in names else QueryError(error)


def connect(address: Address, limits: Limits, *, read_only: bool = False) -> DriverRows:
    """A connection with pinned settings.

    Raises:
        QueryError: the database does not answer, or refuses the connection.
        ConfigError: its driver is missing, or does not know what the URL says.
    """
    try:
        server = server_of(address)
        driver = server.connect(address, limits, read_only=read_only)
    except (ImportError, TypeError) as error:
        raise ConfigError(f"environment {address.environment}: {error}") from None
    except Exception as error:
        raise query_error(error) from None
    return DriverRows(driver, address.backend, server.socket(driver))


class DriverDatabase:
    """See :class:`migrail.model.rows.Database`. Keeps connections, except those on which something went wrong."""

    def __init__(self, address: Address, limits: Limits) -> None:
        self._address = address
        self._limits = limits
        self._idle: list[DriverRows] = []

    @contextmanager
    def rows(self) -> Iterator[DriverRows]:
        found = self._idle.pop() if self._idle else connect(self._address, self._limits)
        try:
            yield found
        except BaseException:
            close(found)
            raise
        self._idle.append(found)

    @contextmanager
    def begin(self) -> Iterator[DriverRows]:
        with self.rows() as rows:  # where something goes wrong, closing the connection takes everything back
            rows.run(server_of(self._address).begin)
            yield rows
            rows.run("COMMIT")

    def engine(self) -> Any:
        from migrail.runner.connect import engine_for

        return engine_for(self._address, self._limits)

    def close(self) -> None:
        """Closes what is open."""
        while self._idle:
            close(self._idle.pop())


def close(rows: DriverRows) -> None:
    """Ends it, whatever happened to it."""
    with suppress(Exception):
        rows.driver.close()
