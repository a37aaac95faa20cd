"""Rows, maintenance, LOCK TABLE."""

from __future__ import annotations

from migrail.dialects.postgres.facts import _when as when
from migrail.dialects.postgres.facts import _where as where
from migrail.dialects.postgres.facts._fact import Fact, but_not
from migrail.dialects.postgres.locks import Mode
from migrail.model.locks import Duration
from migrail.model.operations import Delete, Insert, LockTable, Maintain, Merge, Operation, Truncate, Update

SCAN, REWRITE = Duration.SCAN, Duration.REWRITE
RX, SUX, AX = Mode.ROW_EXCLUSIVE, Mode.SHARE_UPDATE_EXCLUSIVE, Mode.ACCESS_EXCLUSIVE


def _change(operation: type[Operation], form: str) -> tuple[Fact, ...]:
    return (
        Fact(operation, form, where.FAMILY, RX),
        Fact(operation, form, where.FAMILY, RX, SCAN, when=(but_not(when.HAS_WHERE),)),
    )


def _lock(mode: Mode) -> tuple[Fact, ...]:
    asked = (when.mode(mode.value),)
    return (
        Fact(LockTable, "LOCK TABLE", where.FAMILY, mode, when=asked),
        Fact(LockTable, "LOCK TABLE of a view", where.READ_BY_VIEW, mode, when=asked, since=11),
    )


_NO_BLOCK = "manual, VACUUM; measured from outside"

FACTS = (
    Fact(Insert, "INSERT, COPY", where.TABLE, RX),
    Fact(Merge, "MERGE", where.PARTITIONED, RX, SCAN, since=15),
    *_change(Update, "UPDATE"),
    *_change(Delete, "DELETE"),
    Fact(Truncate, "TRUNCATE: new files, no row is touched", where.TRUNCATED, AX),
    *(fact for mode in Mode for fact in _lock(mode)),
    Fact(Maintain, "VACUUM", where.MAINTAINED, SUX, SCAN, when=(when.verb("VACUUM"),), source=_NO_BLOCK),
    Fact(
        Maintain, "VACUUM FULL", where.MAINTAINED, AX, REWRITE, when=(when.verb("VACUUM FULL"),), source=_NO_BLOCK
    ),
    Fact(Maintain, "CLUSTER", where.MAINTAINED, AX, REWRITE, when=(when.verb("CLUSTER"),)),
    Fact(Maintain, "ANALYZE: a sample", where.MAINTAINED, SUX, when=(when.verb("ANALYZE"),)),
    Fact(Maintain, "ANALYZE: a sample", where.MAINTAINED_FAMILY, SUX, when=(when.verb("ANALYZE"),), since=18),
)
