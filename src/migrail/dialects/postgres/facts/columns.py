"""ALTER TABLE: columns."""

from __future__ import annotations

from migrail.dialects.postgres.facts import _when as when
from migrail.dialects.postgres.facts import _where as where
from migrail.dialects.postgres.facts._fact import Fact, but_not
from migrail.dialects.postgres.locks import Mode
from migrail.model.locks import Duration
from migrail.model.operations import (
    AddColumn,
    AlterColumnOption,
    AlterColumnType,
    DropColumn,
    DropDefault,
    DropNotNull,
    RenameColumn,
    SetDefault,
    SetExpression,
    SetNotNull,
)

SCAN, REWRITE = Duration.SCAN, Duration.REWRITE
SUX, SRX, AX = Mode.SHARE_UPDATE_EXCLUSIVE, Mode.SHARE_ROW_EXCLUSIVE, Mode.ACCESS_EXCLUSIVE

_ADD = "ALTER TABLE ... ADD COLUMN"
_DROP = "ALTER TABLE ... DROP COLUMN"
_TYPE = "ALTER TABLE ... ALTER COLUMN ... TYPE"
_NOT_NULL = "ALTER TABLE ... ALTER COLUMN ... SET NOT NULL"
_COLUMN = "ALTER TABLE ... ALTER COLUMN"

FACTS = (
    Fact(AddColumn, _ADD, where.TABLE, AX, when=(when.COLUMN_EXISTS,), last=True),
    Fact(AddColumn, _ADD, where.FAMILY, AX),
    Fact(AddColumn, _ADD, where.FAMILY, AX, REWRITE, when=(when.HAS_DEFAULT,), until=11),
    Fact(AddColumn, _ADD, where.FAMILY, AX, REWRITE, when=(when.VOLATILE_DEFAULT,)),
    Fact(AddColumn, _ADD, where.FAMILY, AX, REWRITE, when=(when.SERIAL,)),
    Fact(AddColumn, _ADD, where.FAMILY, AX, REWRITE, when=(when.GENERATED_NOW,)),
    Fact(AddColumn, _ADD, where.FAMILY, AX, REWRITE, when=(when.CONSTRAINED_DOMAIN,)),
    Fact(AddColumn, _ADD, where.FAMILY, AX, SCAN, when=(when.CHECKED_COLUMN,)),
    Fact(AddColumn, _ADD, where.FAMILY, AX, SCAN, when=(when.REQUIRED_COLUMN,)),
    Fact(AddColumn, _ADD, where.TABLE, AX, SCAN, when=(when.REFERENCES, when.WRITTEN_DEFAULT)),
    Fact(AddColumn, _ADD, where.CHILDREN, AX, SCAN, when=(when.REFERENCES, when.ON_PARTITIONED), until=12),
    Fact(AddColumn, _ADD, where.COLUMN_TARGETS, SRX, when=(when.REFERENCES,)),
    Fact(AddColumn, _ADD, where.COLUMN_TARGETS, SRX, SCAN, when=(when.REFERENCES, when.FILLS)),
    Fact(DropColumn, _DROP, where.FAMILY, AX),
    Fact(DropColumn, _DROP, where.KEYS_OVER_COLUMN, AX),
    Fact(DropColumn, _DROP, where.SOURCES_AT_COLUMN, AX, when=(when.CASCADE,)),
    Fact(DropColumn, _DROP, where.VIEWS_OF_COLUMN, AX, when=(when.CASCADE,)),
    Fact(RenameColumn, "ALTER TABLE ... RENAME COLUMN", where.FAMILY, AX),
    Fact(AlterColumnType, _TYPE, where.FAMILY, AX),
    Fact(AlterColumnType, _TYPE, where.FAMILY, AX, SCAN, when=(when.TYPE_SCANS,)),
    Fact(AlterColumnType, _TYPE, where.FAMILY, AX, REWRITE, when=(when.TYPE_REWRITES,)),
    Fact(AlterColumnType, _TYPE, where.KEYS_OVER_COLUMN, AX),
    Fact(AlterColumnType, _TYPE, where.SOURCES_AT_COLUMN, AX),
    Fact(AlterColumnType, _TYPE, where.KEYS_OVER_COLUMN, AX, SCAN, when=(when.TYPE_REWRITES,)),
    Fact(AlterColumnType, _TYPE, where.SOURCES_AT_COLUMN, AX, SCAN, when=(when.TYPE_REWRITES,)),
    Fact(SetNotNull, _NOT_NULL, where.TABLE, AX, when=(when.NOT_NULL_ALREADY,), since=12, last=True),
    Fact(SetNotNull, _NOT_NULL, where.FAMILY, AX),
    Fact(SetNotNull, _NOT_NULL, where.FAMILY, AX, SCAN, when=(but_not(when.NOT_NULL_PROVEN),)),
    Fact(DropNotNull, f"{_COLUMN} ... DROP NOT NULL", where.FAMILY, AX),
    Fact(SetDefault, f"{_COLUMN} ... SET DEFAULT", where.FAMILY, AX),
    Fact(DropDefault, f"{_COLUMN} ... DROP DEFAULT", where.FAMILY, AX),
    Fact(
        SetExpression,
        f"{_COLUMN} ... SET EXPRESSION",
        where.FAMILY,
        AX,
        REWRITE,
        when=(but_not(when.VIRTUAL),),
        since=17,
    ),
    Fact(SetExpression, f"{_COLUMN} ... SET EXPRESSION", where.FAMILY, AX, since=17),
    Fact(AlterColumnOption, _COLUMN, where.FAMILY, SUX, when=(when.option("SET STATISTICS"),), last=True),
    Fact(AlterColumnOption, _COLUMN, where.TABLE, SUX, when=(when.option("SET (", "RESET ("),), last=True),
    Fact(AlterColumnOption, _COLUMN, where.FAMILY, AX, when=(when.option("SET STORAGE"),), last=True),
    Fact(AlterColumnOption, _COLUMN, where.TABLE, AX),
    Fact(AlterColumnOption, _COLUMN, where.PARTITIONED, AX, when=(when.ABOUT_IDENTITY,), since=17),
)
