"""MySQL and MariaDB, through PyMySQL."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from migrail.model.ports import LedgerAccess
from migrail.model.text import visible
from migrail.runner.address import Address, Limits
from migrail.runner.servers._interface import Guard
from migrail.runner.servers.mysql import guard, settings
from migrail.runner.servers.mysql.session import MysqlSession
from migrail.runner.session import Session

if TYPE_CHECKING:
    from migrail.model.operations import Operation

_ALIVE = text("SELECT EXISTS (SELECT 1 FROM information_schema.processlist WHERE id = :id)")
_OTHERS = text(
    "SELECT id, user, host, command, time, coalesce(state, ''), left(coalesce(info, ''), 200) "
    "FROM information_schema.processlist WHERE db = DATABASE() AND id NOT IN (:id, CONNECTION_ID()) "
    "AND user <> 'system user' ORDER BY time DESC LIMIT 5"
)
_STATE = text("SELECT state FROM information_schema.processlist WHERE id = :id")
_IDENTITIES = ("SELECT @@server_uuid", "SELECT @@server_uid")
"""MySQL has the first one, MariaDB 10.5 and later the second one."""


class Mysql:
    """See :class:`migrail.runner.servers.Server`."""

    def engine(
        self, address: Address, limits: Limits, *, pooled: bool, autocommit: bool, read_only: bool
    ) -> Engine:
        return settings.engine(address, limits, pooled=pooled, autocommit=autocommit, read_only=read_only)

    def read_only(self, connection: Connection) -> Connection:
        return connection

    def guard(self, address: Address, limits: Limits) -> AbstractContextManager[Guard]:
        return guard.guarded(_engine(address, limits), address, limits)

    def holder(self, address: Address, limits: Limits) -> str | None:
        from migrail.runner.connect import unreachable

        with unreachable(address), _engine(address, limits).connect() as connection:
            return guard.holder(connection, guard.name_of(address, guard.GUARD))

    def open(self, address: Address, limits: Limits, ledger: LedgerAccess) -> Session:
        return MysqlSession(_engine(address, limits), address, limits, ledger)

    def still_runs(self, connection: Connection, ident: int) -> bool:
        return bool(connection.execute(_ALIVE, {"id": ident}).scalar())

    def blockers(self, connection: Connection, ident: int) -> tuple[str, ...]:
        """Whom exactly a metadata lock waits for is not told by default; named are the others in the database."""
        state = connection.execute(_STATE, {"id": ident}).scalar() or ""
        if "lock" not in state.lower():
            return ()
        return tuple(
            f"connection {id} ({visible(user)}, {visible(host)}, {command}, for {seconds} s): "
            f"{visible(' '.join((query or doing).split()))[:100]}"
            for id, user, host, command, seconds, doing, query in connection.execute(_OTHERS, {"id": ident})
        )

    def identity(self, connection: Connection) -> str | None:
        for query in _IDENTITIES:
            try:
                found = connection.exec_driver_sql(query).scalar()
            except DBAPIError:
                continue
            return f"{found}/{connection.exec_driver_sql('SELECT DATABASE()').scalar()}"
        return None

    def leftovers(self, connection: Connection, operation: Operation) -> tuple[str, ...]:
        """A statement that fails leaves nothing behind."""
        return ()

    def there(self, connection: Connection, operation: Operation) -> bool | None:
        return None


def _engine(address: Address, limits: Limits) -> Engine:
    from migrail.runner.connect import engine_for

    return engine_for(address, limits, autocommit=True)


SERVER = Mysql()
