"""Plain SQL through a connection of SQLAlchemy."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.exc import DBAPIError, IntegrityError

from migrail.model.rows import DuplicateRow, QueryError, Row, marked


class ConnectionRows:
    """Runs in the transaction of the connection; see :class:`migrail.model.rows.Rows`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.backend = connection.dialect.name

    def all(self, sql: str, *values: Any) -> list[Row]:
        return [dict(row) for row in self._execute(sql, values).mappings()]

    def run(self, sql: str, *values: Any) -> int:
        return self._execute(sql, values).rowcount

    def _execute(self, sql: str, values: tuple[Any, ...]) -> CursorResult[Any]:
        try:
            return self._connection.exec_driver_sql(marked(sql, self.backend), values)
        except IntegrityError as error:
            raise DuplicateRow(error.orig or error) from None
        except DBAPIError as error:
            raise QueryError(error.orig or error) from None
