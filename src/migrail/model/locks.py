"""What a statement locks, who waits and for how long."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from migrail.model.migration import Statement


class Blocked(StrEnum):
    """Who has to wait while a lock is held."""

    READS = "reads"
    WRITES = "writes"
    DDL = "ddl"


class Duration(StrEnum):
    """How long the work under a lock takes."""

    INSTANT = "instant"
    """Catalog entries only, whatever the size of the table."""
    SCAN = "scan"
    """Every row is read once."""
    REWRITE = "rewrite"
    """Every row is written again, indexes included."""


_WORK = {duration: work for work, duration in enumerate(Duration)}


class InTransaction(StrEnum):
    """Whether a statement can stand inside a transaction block."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    IMPLICIT_COMMIT = "implicit-commit"


@dataclass(frozen=True, kw_only=True, slots=True)
class LockEffect:
    """One relation that a statement locks."""

    relation: str
    mode: str
    """The server's own name, for example ``ACCESS EXCLUSIVE``."""
    blocks: tuple[Blocked, ...]
    duration: Duration
    strength: int = field(default=0, compare=False)
    """Place of the mode among the server's, from weakest to strongest."""

    def joined(self, other: LockEffect) -> LockEffect:
        """Both locks on one relation as one: the stronger mode, the longer work."""
        stronger = max(self, other, key=lambda lock: (len(lock.blocks), lock.strength))
        return replace(stronger, duration=max(self.duration, other.duration, key=_WORK.__getitem__))

    @property
    def waiting(self) -> str:
        """``reads go on, every write waits``."""
        if Blocked.READS in self.blocks:
            return "every read and write waits"
        if Blocked.WRITES in self.blocks:
            return "reads go on, every write waits"
        return "reads and writes go on"


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A lock that an earlier operation of the same transaction took; it is held until the transaction ends."""

    lock: LockEffect
    """The strongest that the transaction has on the relation so far; its duration is that of its own work."""
    statement: Statement
    """The statement that took it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Effects:
    """What one operation does to the relations of a database."""

    locks: tuple[LockEffect, ...] = ()
    rewrites: tuple[str, ...] = ()
    """Relations whose rows are all written again."""
    scans: tuple[str, ...] = ()
    """Relations whose rows are all read."""
    algorithm: str | None = None
    """How MySQL and MariaDB change the table: ``INSTANT``, ``NOCOPY``, ``INPLACE`` or ``COPY``."""
    in_transaction: InTransaction = InTransaction.ALLOWED
