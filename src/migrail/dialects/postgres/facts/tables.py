"""Whole tables: CREATE, DROP, rename, options."""

from __future__ import annotations

from migrail.dialects.postgres.facts import _when as when
from migrail.dialects.postgres.facts import _where as where
from migrail.dialects.postgres.facts._fact import Fact, Where
from migrail.dialects.postgres.locks import Mode
from migrail.model.locks import Duration
from migrail.model.operations import (
    AddParent,
    AlterTableOption,
    CreateTable,
    DropParent,
    DropTable,
    MoveTable,
    RenameTable,
)

REWRITE = Duration.REWRITE
AS = Mode.ACCESS_SHARE
SUX, SRX, AX = Mode.SHARE_UPDATE_EXCLUSIVE, Mode.SHARE_ROW_EXCLUSIVE, Mode.ACCESS_EXCLUSIVE

_CREATE, _DROP, _ALTER = "CREATE TABLE", "DROP TABLE", "ALTER TABLE"


def _option(*words: str, mode: Mode, work: Duration = Duration.INSTANT, on: Where = where.TABLE) -> Fact:
    return Fact(AlterTableOption, _ALTER, on, mode, work, when=(when.option(*words),), last=True)


FACTS = (
    Fact(CreateTable, _CREATE, when=(when.TABLE_EXISTS,), last=True),
    Fact(CreateTable, _CREATE, where.NEW_KEYS, SRX),
    Fact(CreateTable, _CREATE, where.INHERITED, SUX),
    Fact(CreateTable, _CREATE, where.LIKE, AS),
    Fact(DropTable, _DROP, when=(when.IS_ABSENT,), last=True),
    Fact(DropTable, _DROP, where.FAMILY, AX),
    Fact(DropTable, _DROP, where.DROPPED_KEY_TARGETS, AX, since=15),
    Fact(DropTable, _DROP, where.DROPPED_KEY_LEAVES, AX, until=15),
    Fact(DropTable, _DROP, where.USERS, AX, when=(when.CASCADE,)),
    Fact(DropTable, f"{_DROP} of a partition", where.PARENTS, AX),
    Fact(DropTable, f"{_DROP} of a partition", where.SIBLING_DEFAULT, AX),
    Fact(RenameTable, f"{_ALTER} ... RENAME TO", where.TABLE, AX),
    Fact(MoveTable, f"{_ALTER} ... SET SCHEMA", where.TABLE, AX),
    Fact(AddParent, f"{_ALTER} ... INHERIT", where.TABLE, AX),
    Fact(AddParent, f"{_ALTER} ... INHERIT", where.PARENT, SUX),
    Fact(DropParent, f"{_ALTER} ... NO INHERIT", where.TABLE, AX),
    Fact(DropParent, f"{_ALTER} ... NO INHERIT", where.PARENT, AS),
    _option("SET LOGGED", "SET UNLOGGED", "SET TABLESPACE", "SET ACCESS METHOD", mode=AX, work=REWRITE),
    _option("SET WITHOUT CLUSTER", "CLUSTER ON", mode=SUX),
    _option("SET WITHOUT OIDS", mode=AX),
    _option("SET", "RESET", mode=SUX),
    _option("ENABLE ROW", "DISABLE ROW", mode=AX),
    _option("ENABLE RULE", "DISABLE RULE", "ENABLE ALWAYS RULE", "ENABLE REPLICA RULE", mode=AX),
    _option("ENABLE", "DISABLE", mode=SRX, on=where.PARTITIONED),
    Fact(AlterTableOption, f"{_ALTER}, any other form", where.TABLE, AX),
)
