"""Maintenance, locks, settings and transactions."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrail.model.operations._base import Operation, TableOperation
from migrail.model.operations.code import Inner, Unread
from migrail.model.structure import Name


@dataclass(frozen=True, kw_only=True, slots=True)
class LockTable(TableOperation):
    """LOCK TABLE; one operation for each table in the list."""

    mode: str = "ACCESS EXCLUSIVE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Maintain(Operation):
    """VACUUM, ANALYZE, CLUSTER, CHECKPOINT."""

    verb: str
    """``VACUUM``, ``VACUUM FULL``, ``ANALYZE``, ``CLUSTER``, ``CHECKPOINT``."""
    table: Name | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SetVariable(Operation):
    """SET, RESET and PRAGMA."""

    variable: str
    """Lower case."""
    value: str | None
    """As written; ``None`` for RESET and for reading a PRAGMA."""
    local: bool = False
    """SET LOCAL."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TransactionControl(Operation):
    """BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK TO, PREPARE TRANSACTION, ..."""

    verb: str
    """In capitals; ``ROLLBACK TO`` is told apart from ``ROLLBACK``."""

    @property
    def ends_transaction(self) -> bool:
        """Whether it begins or ends a transaction, which savepoints do not."""
        return self.verb not in {"SAVEPOINT", "RELEASE", "ROLLBACK TO", "SET TRANSACTION", "SET CONSTRAINTS"}


_OF_SESSION = frozenset(
    {
        *("USE", "PREPARE", "DEALLOCATE", "LISTEN", "UNLISTEN", "LOAD", "HANDLER"),
        *("DISCARD ALL", "DISCARD PLANS", "DISCARD SEQUENCES", "DISCARD TEMP"),
        *("ATTACH DATABASE", "DETACH DATABASE", "DECLARE CURSOR", "FETCH", "CLOSE"),
    }
)
_LASTING = frozenset(
    {
        *("RENAME USER", "INSTALL", "UNINSTALL", "CHANGE", "START", "STOP", "BINLOG", "KILL"),
        *("BACKUP", "LOCK INSTANCE", "SIGNAL", "RESIGNAL", "NOTIFY"),
    }
)
"""A second time they fail, or do more than once would have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionCommand(Operation):
    """LISTEN, NOTIFY, DISCARD, PREPARE, EXPLAIN, SHOW, ATTACH DATABASE: nothing that changes the structure."""

    verb: str
    name: str | None = None
    """The prepared statement of PREPARE and DEALLOCATE (PostgreSQL)."""
    body: str | None = None
    """The statement that is prepared."""
    operations: tuple[Inner, ...] = field(default=(), compare=False)
    """What a statement of PREPARE does when it is executed, with places; PREPARE itself does none of it."""
    unread: tuple[Unread, ...] = field(default=(), compare=False)
    """What of it could not be read."""

    @property
    def target(self) -> None:
        """A prepared statement is no object of the database."""

    @property
    def sets_up_session(self) -> bool:
        """Whether it changes the session alone, so that a new session needs it again."""
        return self.verb in _OF_SESSION

    @property
    def repeatable(self) -> bool:
        """Whether running it again is as good as having run it once."""
        return self.verb not in _LASTING
