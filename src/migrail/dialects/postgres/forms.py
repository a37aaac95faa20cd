"""Lock facts that need no decision: form → lock mode and work.

Measured on PostgreSQL 15, 16 and 18, which agree; ``tests/dialects/postgres`` measures them again.
"""

from __future__ import annotations

from migrail.dialects.postgres.locks import Mode
from migrail.model.locks import Duration
from migrail.model.operations import (
    AddParent,
    AlterConstraint,
    CreatePolicy,
    CreateTrigger,
    DropDefault,
    DropNotNull,
    DropParent,
    Insert,
    Merge,
    MoveTable,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameTable,
    RenameTrigger,
    SetDefault,
    SetExpression,
)

Fact = tuple[Mode, Duration]

_INSTANT, _SCAN, _REWRITE = Duration.INSTANT, Duration.SCAN, Duration.REWRITE
_SUX = Mode.SHARE_UPDATE_EXCLUSIVE
_SRX = Mode.SHARE_ROW_EXCLUSIVE
_AX = Mode.ACCESS_EXCLUSIVE

ON_TABLE: dict[type[Operation], Fact] = {
    RenameTable: (_AX, _INSTANT),
    MoveTable: (_AX, _INSTANT),
    RenameColumn: (_AX, _INSTANT),
    RenameConstraint: (_AX, _INSTANT),
    DropNotNull: (_AX, _INSTANT),
    SetDefault: (_AX, _INSTANT),
    DropDefault: (_AX, _INSTANT),
    SetExpression: (_AX, _REWRITE),
    AlterConstraint: (_AX, _INSTANT),
    AddParent: (_AX, _INSTANT),
    DropParent: (_AX, _INSTANT),
    RenameTrigger: (_AX, _INSTANT),
    CreateTrigger: (_SRX, _INSTANT),
    CreatePolicy: (_AX, _INSTANT),
    Insert: (Mode.ROW_EXCLUSIVE, _INSTANT),
    Merge: (Mode.ROW_EXCLUSIVE, _SCAN),
}
"""Operations that lock the one table that they name."""

TABLE_OPTIONS: tuple[tuple[str, Fact], ...] = (
    ("SET LOGGED", (_AX, _REWRITE)),
    ("SET UNLOGGED", (_AX, _REWRITE)),
    ("SET TABLESPACE", (_AX, _REWRITE)),
    ("SET ACCESS METHOD", (_AX, _REWRITE)),
    ("SET WITHOUT CLUSTER", (_SUX, _INSTANT)),
    ("SET WITHOUT OIDS", (_AX, _INSTANT)),
    ("SET", (_SUX, _INSTANT)),
    ("RESET", (_SUX, _INSTANT)),
    ("CLUSTER ON", (_SUX, _INSTANT)),
    ("ENABLE ROW LEVEL SECURITY", (_AX, _INSTANT)),
    ("DISABLE ROW LEVEL SECURITY", (_AX, _INSTANT)),
    ("ENABLE RULE", (_AX, _INSTANT)),
    ("DISABLE RULE", (_AX, _INSTANT)),
    ("ENABLE ALWAYS RULE", (_AX, _INSTANT)),
    ("ENABLE REPLICA RULE", (_AX, _INSTANT)),
    ("ENABLE", (_SRX, _INSTANT)),
    ("DISABLE", (_SRX, _INSTANT)),
    ("", (_AX, _INSTANT)),
)
"""ALTER TABLE forms; the first whose words begin the option counts."""

COLUMN_OPTIONS: tuple[tuple[str, Fact], ...] = (
    ("SET STATISTICS", (_SUX, _INSTANT)),
    ("SET STORAGE", (_AX, _INSTANT)),
    ("SET COMPRESSION", (_AX, _INSTANT)),
    ("SET GENERATED", (_AX, _INSTANT)),
    ("SET (", (_SUX, _INSTANT)),
    ("RESET (", (_SUX, _INSTANT)),
    ("", (_AX, _INSTANT)),
)
"""ALTER COLUMN forms; the first whose words begin the option counts."""

OBJECT_LOCKS: dict[str, Mode] = {
    "VIEW": _AX,
    "MATERIALIZED VIEW": _AX,
    "SEQUENCE": _SRX,
    "INDEX": _SUX,
    "FOREIGN TABLE": _AX,
}
"""ALTER of relations that are not tables: options, owner, parameters."""

RENAMED_RELATIONS: dict[str, Mode] = {
    "VIEW": _AX,
    "MATERIALIZED VIEW": _AX,
    "SEQUENCE": _AX,
    "INDEX": _SUX,
    "FOREIGN TABLE": _AX,
}

DROPPED_RELATIONS = frozenset({"VIEW", "MATERIALIZED VIEW", "SEQUENCE", "FOREIGN TABLE"})
"""DROP takes ACCESS EXCLUSIVE on relations and no table lock on other objects."""

CREATED_ON_TABLE: dict[str, Mode] = {
    "STATISTICS": _SUX,
    "PUBLICATION": _SUX,
    "RULE": _AX,
}
"""CREATE of objects that name a table."""

COMMENTED = frozenset({"TABLE", "COLUMN", "INDEX", "VIEW", "MATERIALIZED VIEW", "SEQUENCE"})
"""COMMENT ON takes SHARE UPDATE EXCLUSIVE on these, and so waits for VACUUM and concurrent index builds."""

MAINTENANCE: dict[str, Fact] = {
    "VACUUM": (_SUX, _SCAN),
    "VACUUM FULL": (_AX, _REWRITE),
    "CLUSTER": (_AX, _REWRITE),
    "ANALYZE": (_SUX, _INSTANT),
}
"""ANALYZE reads a sample of a fixed size."""

NO_TRANSACTION_OBJECTS = frozenset({"DATABASE", "TABLESPACE", "SUBSCRIPTION"})
"""CREATE and DROP of these end in 25001 inside a transaction; a subscription only when it connects."""


def first_match(option: str, facts: tuple[tuple[str, Fact], ...]) -> Fact:
    """The fact of the first prefix that fits; the tables end with the empty one."""
    return next(fact for prefix, fact in facts if option.startswith(prefix))
