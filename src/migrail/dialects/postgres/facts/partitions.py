"""Partitions come and go."""

from __future__ import annotations

from migrail.dialects.postgres.facts import _when as when
from migrail.dialects.postgres.facts import _where as where
from migrail.dialects.postgres.facts._fact import Fact, but_not
from migrail.dialects.postgres.locks import Mode
from migrail.model.locks import Duration
from migrail.model.operations import AttachPartition, CreateTable, DetachPartition

SCAN = Duration.SCAN
SUX, SRX, AX = Mode.SHARE_UPDATE_EXCLUSIVE, Mode.SHARE_ROW_EXCLUSIVE, Mode.ACCESS_EXCLUSIVE

_CREATE = "CREATE TABLE ... PARTITION OF"
_ATTACH = "ALTER TABLE ... ATTACH PARTITION"
_DETACH = "ALTER TABLE ... DETACH PARTITION"
_NEW = (when.IS_PARTITION,)

FACTS = (
    Fact(CreateTable, _CREATE, where.NEW_PARENT, AX, when=_NEW),
    Fact(CreateTable, _CREATE, where.NEW_SIBLING_DEFAULT, AX, when=_NEW),
    Fact(
        CreateTable, _CREATE, where.NEW_SIBLING_DEFAULT, AX, SCAN, when=(*_NEW, but_not(when.NEW_DEFAULT_IS_PROVEN))
    ),
    Fact(CreateTable, _CREATE, where.NEW_PARENT_KEYS, SRX, when=_NEW, since=12),
    Fact(CreateTable, _CREATE, where.NEW_PARENT_SOURCES, SRX, when=_NEW, since=15),
    Fact(AttachPartition, _ATTACH, where.TABLE, SUX, since=12),
    Fact(AttachPartition, _ATTACH, where.TABLE, AX, until=12),
    Fact(AttachPartition, _ATTACH, where.PARTITION, AX),
    Fact(AttachPartition, _ATTACH, where.PARTITION, AX, SCAN, when=(but_not(when.ATTACH_IS_FREE),)),
    Fact(AttachPartition, _ATTACH, where.DEFAULT, AX),
    Fact(AttachPartition, _ATTACH, where.DEFAULT, AX, SCAN, when=(but_not(when.DEFAULT_IS_PROVEN),)),
    Fact(AttachPartition, _ATTACH, where.KEYS, SRX, SCAN, since=12),
    Fact(AttachPartition, _ATTACH, where.REFERENCING, SRX, since=15),
    Fact(
        DetachPartition,
        _DETACH,
        where.TABLE,
        SUX,
        when=(when.HAS_CONCURRENTLY,),
        since=14,
        source="manual, ALTER TABLE, DETACH PARTITION: the partition in its second transaction",
    ),
    Fact(DetachPartition, _DETACH, where.TABLE, AX, when=(but_not(when.HAS_CONCURRENTLY),)),
    Fact(DetachPartition, _DETACH, where.PARTITION, AX, since=14),
    Fact(DetachPartition, _DETACH, where.PARTITION, SUX, until=14),
    Fact(DetachPartition, _DETACH, where.ATTACHED_INDEXES, AX, until=14),
    Fact(DetachPartition, _DETACH, where.DEFAULT, AX),
    Fact(DetachPartition, _DETACH, where.KEYS, SRX),
)
