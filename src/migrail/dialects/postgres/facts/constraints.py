"""ALTER TABLE: constraints."""

from __future__ import annotations

from migrail.dialects.postgres.facts import _when as when
from migrail.dialects.postgres.facts import _where as where
from migrail.dialects.postgres.facts._fact import Fact, but_not
from migrail.dialects.postgres.locks import Mode
from migrail.model.locks import Duration
from migrail.model.operations import (
    AddConstraint,
    AlterConstraint,
    DropConstraint,
    RenameConstraint,
    ValidateConstraint,
)

SCAN = Duration.SCAN
RS, S = Mode.ROW_SHARE, Mode.SHARE
SUX, SRX, AX = Mode.SHARE_UPDATE_EXCLUSIVE, Mode.SHARE_ROW_EXCLUSIVE, Mode.ACCESS_EXCLUSIVE

_ADD = "ALTER TABLE ... ADD CONSTRAINT"
_VALIDATE = "ALTER TABLE ... VALIDATE CONSTRAINT"
_DROP = "ALTER TABLE ... DROP CONSTRAINT"
_ALTER = "ALTER TABLE ... ALTER CONSTRAINT"
_RENAME = "ALTER TABLE ... RENAME CONSTRAINT"
_CHECKS_ROWS = (
    when.IS_FOREIGN_KEY,
    when.IS_VALID,
    but_not(when.TABLE_IS_NEW),
    but_not(when.PARTITIONS_HAVE_KEY),
)

FACTS = (
    Fact(AddConstraint, _ADD, where.PARTITIONED, SRX, when=(when.IS_FOREIGN_KEY,)),
    Fact(AddConstraint, _ADD, where.CONSTRAINT_TARGET, SRX, when=(when.IS_FOREIGN_KEY,)),
    Fact(AddConstraint, _ADD, where.CONSTRAINT_TARGET, AX, when=(when.PARTITION_HAS_KEY,), since=12),
    Fact(AddConstraint, _ADD, where.CONSTRAINT_TARGET, AX, when=(when.PARTITION_HAS_UNPROVEN_KEY,), since=18),
    Fact(AddConstraint, _ADD, where.PARTITIONED, SRX, SCAN, when=_CHECKS_ROWS),
    Fact(AddConstraint, _ADD, where.CONSTRAINT_TARGET, SRX, SCAN, when=_CHECKS_ROWS),
    Fact(AddConstraint, _ADD, where.TABLE, AX, when=(when.IS_CHECK,)),
    Fact(AddConstraint, _ADD, where.TABLE, AX, SCAN, when=(when.IS_CHECK, when.IS_VALID)),
    Fact(AddConstraint, _ADD, where.CHILDREN, AX, when=(when.IS_CHECK, but_not(when.NO_INHERIT))),
    Fact(
        AddConstraint, _ADD, where.CHILDREN, AX, SCAN, when=(when.IS_CHECK, when.IS_VALID, but_not(when.NO_INHERIT))
    ),
    Fact(AddConstraint, _ADD, where.CHILDREN, AX, when=(when.IS_CHECK,), since=18),
    Fact(AddConstraint, _ADD, where.FAMILY, AX, when=(when.IS_NOT_NULL,), since=18),
    Fact(
        AddConstraint,
        _ADD,
        where.FAMILY,
        AX,
        SCAN,
        when=(when.IS_NOT_NULL, when.IS_VALID, but_not(when.KEY_PROVEN)),
        since=18,
    ),
    Fact(AddConstraint, _ADD, where.TABLE, AX, when=(when.IS_KEY,)),
    Fact(AddConstraint, _ADD, when=(when.IS_KEY, when.ONLY, when.ON_PARTITIONED), last=True),
    Fact(AddConstraint, _ADD, where.TABLE, AX, SCAN, when=(when.IS_KEY, but_not(when.USING_INDEX))),
    Fact(
        AddConstraint,
        _ADD,
        where.CHILDREN,
        S,
        SCAN,
        when=(when.IS_KEY, when.ON_PARTITIONED, but_not(when.USING_INDEX)),
    ),
    Fact(
        AddConstraint,
        _ADD,
        where.CHILDREN,
        AX,
        SCAN,
        when=(when.IS_PRIMARY_KEY, when.ON_PARTITIONED, but_not(when.KEY_PROVEN)),
    ),
    Fact(
        AddConstraint,
        _ADD,
        where.TABLE,
        AX,
        SCAN,
        when=(when.IS_PRIMARY_KEY, when.USING_INDEX, but_not(when.KEY_PROVEN)),
    ),
    Fact(
        AddConstraint,
        _ADD,
        where.CHILDREN,
        AX,
        SCAN,
        when=(when.IS_KEY, when.ON_PARTITIONED, but_not(when.USING_INDEX)),
        since=18,
    ),
    Fact(ValidateConstraint, _VALIDATE, where.FAMILY, SUX),
    Fact(ValidateConstraint, _VALIDATE, when=(when.VALID_ALREADY,), last=True),
    Fact(ValidateConstraint, _VALIDATE, where.FAMILY, SUX, SCAN),
    Fact(ValidateConstraint, _VALIDATE, where.VALIDATED_TARGET, RS, SCAN),
    Fact(DropConstraint, _DROP, where.PARTITIONED, AX),
    Fact(DropConstraint, _DROP, where.CHILDREN, AX, when=(when.CONSTRAINT_IS_INHERITED,)),
    Fact(DropConstraint, _DROP, where.KEY_TARGET, AX),
    Fact(DropConstraint, _DROP, where.REFERENCING, AX, when=(when.KEY_IS_DROPPED,)),
    Fact(RenameConstraint, _RENAME, where.TABLE, AX),
    Fact(RenameConstraint, _RENAME, where.CHILDREN, AX, when=(when.CONSTRAINT_IS_INHERITED,)),
    Fact(AlterConstraint, _ALTER, where.PARTITIONED, AX),
    Fact(AlterConstraint, _ALTER, where.TABLE, AX, SCAN, when=(when.BECOMES_ENFORCED,), since=18),
    Fact(AlterConstraint, _ALTER, where.KEY_TARGET, SRX, SCAN, when=(when.BECOMES_ENFORCED,), since=18),
    Fact(AlterConstraint, _ALTER, where.KEY_TARGET, AX, when=(when.BECOMES_UNENFORCED,), since=18),
)
