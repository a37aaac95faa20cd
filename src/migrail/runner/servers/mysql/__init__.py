"""MySQL and MariaDB, through PyMySQL."""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, Any

from migrail.model.ports import LedgerAccess
from migrail.model.rows import QueryError, Rows
from migrail.model.text import visible
from migrail.runner.address import Address, Limits
from migrail.runner.servers._interface import Guard
from migrail.runner.servers._others import statement_of
from migrail.runner.servers.mysql import settings

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from migrail.model.operations import Operation
    from migrail.runner.session import Session

_ALIVE = "SELECT EXISTS (SELECT 1 FROM information_schema.processlist WHERE id = %s)"
_OTHERS = (
    "SELECT id, user, host, command, time, coalesce(state, ''), left(coalesce(info, ''), 200) "
    "FROM information_schema.processlist WHERE db = DATABASE() AND id NOT IN %s "
    "AND user <> 'system user' ORDER BY time DESC LIMIT 5"
)
_STATE = "SELECT state FROM information_schema.processlist WHERE id = %s"
_IDENTITIES = (
    "SELECT CONCAT(@@server_uuid, '/', DATABASE()) AS server",
    "SELECT CONCAT(@@server_uid, '/', DATABASE()) AS server",
)
"""MySQL has the first one, MariaDB 10.5 and later the second one."""


class Mysql:
    """See :class:`migrail.runner.servers.Server`."""

    begin = "START TRANSACTION"

    def engine(
        self, address: Address, limits: Limits, *, pooled: bool, autocommit: bool, read_only: bool
    ) -> Engine:
        return settings.engine(address, limits, pooled=pooled, autocommit=autocommit, read_only=read_only)

    def connect(self, address: Address, limits: Limits, *, read_only: bool) -> Any:
        return settings.connect(address, limits, read_only=read_only)

    def socket(self, driver: Any) -> int | None:
        return settings.socket_of(driver)

    def read_only(self, connection: Connection) -> Connection:
        return connection

    def guard(self, address: Address, limits: Limits) -> AbstractContextManager[Guard]:
        from migrail.runner.servers.mysql import guard

        return guard.guarded(_engine(address, limits), address, limits)

    def holder(self, address: Address, limits: Limits) -> str | None:
        from migrail.runner.connect import reading
        from migrail.runner.servers.mysql import guard

        with reading(address, limits, briefly=True) as connection:
            return guard.holder(connection, address)

    def open(self, address: Address, limits: Limits, ledger: LedgerAccess) -> Session:
        from migrail.runner.servers.mysql.session import MysqlSession

        return MysqlSession(_engine(address, limits), address, limits, ledger)

    def may_commit(self, connection: Connection, ident: int, transaction: str) -> bool:
        return bool(connection.exec_driver_sql(_ALIVE, (ident,)).scalar())

    def blockers(self, connection: Connection, ident: int) -> tuple[str, ...]:
        """Whom exactly a metadata lock waits for is not told by default: named is who else is in the database."""
        state = connection.exec_driver_sql(_STATE, (ident,)).scalar() or ""
        if "lock" not in state.lower():
            return ()
        own = {ident, *settings.own_idents(connection.connection.driver_connection)}
        return tuple(_other(*row) for row in connection.exec_driver_sql(_OTHERS, (tuple(own),)))

    def identity(self, rows: Rows) -> str | None:
        for query in _IDENTITIES:
            with suppress(QueryError):
                return str(rows.all(query)[0]["server"])
        return None

    def leftovers(self, connection: Connection, operation: Operation) -> tuple[str, ...]:
        """A statement that fails leaves nothing behind."""
        return ()

    def there(self, connection: Connection, operation: Operation) -> bool | None:
        return None


def _other(id: int, user: str, host: str, command: str, seconds: int, state: str, query: str) -> str:
    runs = statement_of(query, "mariadb") or visible(state)
    who = f"perhaps connection {id} ({visible(user)}, {visible(host)}, {command}, for {seconds} s)"
    return f"{who}{runs and ': '}{runs}; to end it: KILL {id}"


def _engine(address: Address, limits: Limits) -> Engine:
    from migrail.runner.connect import engine_for

    return engine_for(address, limits, autocommit=True)


SERVER = Mysql()
