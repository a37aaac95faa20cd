"""PostgreSQL 12 and later, through psycopg 3."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from migrail.model.ports import LedgerAccess
from migrail.model.rows import QueryError, Rows
from migrail.runner.address import Address, Limits
from migrail.runner.servers._interface import Guard
from migrail.runner.servers._others import statement_of
from migrail.runner.servers.postgres import settings

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from migrail.model.operations import Operation
    from migrail.runner.session import Session

_IDENTITY = (
    "SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system())::text || '/' || oid::text AS server "
    "FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()"
)
_BLOCKERS = (
    "SELECT a.pid, coalesce(a.usename, '?'), coalesce(a.application_name, ''), coalesce(a.state, a.backend_type), "
    "extract(epoch FROM now() - coalesce(a.xact_start, a.backend_start))::int, "
    "left(coalesce(a.query, ''), 200) "
    "FROM pg_catalog.pg_stat_activity AS a WHERE a.pid = ANY (pg_catalog.pg_blocking_pids(%s)) ORDER BY 5 DESC"
)


class Postgres:
    """See :class:`migrail.runner.servers.Server`."""

    begin = "BEGIN"

    def engine(
        self, address: Address, limits: Limits, *, pooled: bool, autocommit: bool, read_only: bool
    ) -> Engine:
        return settings.engine(address, limits, pooled=pooled, autocommit=autocommit, read_only=read_only)

    def connect(self, address: Address, limits: Limits, *, read_only: bool) -> Any:
        return settings.connect(address, limits, read_only=read_only)

    def socket(self, driver: Any) -> int | None:
        return int(driver.fileno())

    def read_only(self, connection: Connection) -> Connection:
        return connection.execution_options(postgresql_readonly=True)

    def guard(self, address: Address, limits: Limits) -> AbstractContextManager[Guard]:
        from migrail.runner.servers.postgres import guard

        return guard.guarded(_engine(address, limits), address, limits)

    def holder(self, address: Address, limits: Limits) -> str | None:
        from migrail.runner.connect import reading
        from migrail.runner.servers.postgres import guard

        with reading(address, limits, briefly=True) as connection:
            return guard.holder(connection)

    def open(self, address: Address, limits: Limits, ledger: LedgerAccess) -> Session:
        from migrail.runner.servers.postgres.session import PostgresSession

        return PostgresSession(_engine(address, limits), address, limits, ledger)

    def may_commit(self, connection: Connection, ident: int, transaction: str) -> bool:
        from migrail.runner.servers.postgres import guard

        return guard.works(connection, ident, transaction)

    def blockers(self, connection: Connection, ident: int) -> tuple[str, ...]:
        from migrail.model.text import visible

        return tuple(
            f"pid {pid} ({visible(user)}{', ' if program else ''}{visible(program)}, {state}, for {seconds} s): "
            f"{statement_of(query, 'postgres')}; to end it: SELECT pg_terminate_backend({pid})"
            for pid, user, program, state, seconds, query in connection.exec_driver_sql(_BLOCKERS, (ident,))
        )

    def identity(self, rows: Rows) -> str | None:
        try:
            found: str | None = rows.all(_IDENTITY)[0]["server"]
        except QueryError:  # a provider may keep the function from its customers
            return None
        return found

    def leftovers(self, connection: Connection, operation: Operation) -> tuple[str, ...]:
        from migrail.runner.servers.postgres.leftovers import leftovers

        return leftovers(connection, operation)

    def there(self, connection: Connection, operation: Operation) -> bool | None:
        from migrail.runner.servers.postgres.leftovers import there

        return there(connection, operation)


def _engine(address: Address, limits: Limits) -> Engine:
    from migrail.runner.connect import engine_for

    return engine_for(address, limits, autocommit=True)


SERVER = Postgres()
