"""Indexes. The table waits as well, though the statement may not name it."""

from __future__ import annotations

from migrail.dialects.postgres.facts import _when as when
from migrail.dialects.postgres.facts import _where as where
from migrail.dialects.postgres.facts._fact import Fact, but_not
from migrail.dialects.postgres.locks import Mode
from migrail.model.locks import Duration
from migrail.model.operations import CreateIndex, DropIndex, Reindex, RenameIndex

SCAN = Duration.SCAN
S, SUX, AX = Mode.SHARE, Mode.SHARE_UPDATE_EXCLUSIVE, Mode.ACCESS_EXCLUSIVE

_CREATE, _DROP, _REINDEX = "CREATE INDEX", "DROP INDEX", "REINDEX"
_CONCURRENTLY = (when.HAS_CONCURRENTLY,)
_PLAIN = (but_not(when.HAS_CONCURRENTLY),)
WATCHED = "measured from outside: what the statement waits for while another transaction holds the table"

FACTS = (
    Fact(CreateIndex, _CREATE, where.TABLE, S, when=_PLAIN),
    Fact(CreateIndex, _CREATE, where.TABLE, SUX, when=_CONCURRENTLY, source=WATCHED),
    Fact(CreateIndex, _CREATE, when=(when.INDEX_EXISTS,), last=True),
    Fact(CreateIndex, _CREATE, when=(when.ONLY_PARENT,), last=True),
    Fact(CreateIndex, _CREATE, where.PARTITIONED, S, SCAN, when=_PLAIN),
    Fact(
        CreateIndex,
        _CREATE,
        where.TABLE,
        SUX,
        SCAN,
        when=_CONCURRENTLY,
        source="manual, CREATE INDEX, Building Indexes Concurrently",
    ),
    Fact(DropIndex, _DROP, when=(when.IS_ABSENT,), last=True),
    Fact(DropIndex, _DROP, where.INDEX_TABLE, SUX, when=_CONCURRENTLY, source=WATCHED),
    Fact(DropIndex, _DROP, where.INDEX_TABLE, AX, when=_PLAIN),
    Fact(RenameIndex, "ALTER INDEX ... RENAME", where.NAMED, SUX, since=12),
    Fact(RenameIndex, "ALTER INDEX ... RENAME", where.NAMED, AX, until=12),
    Fact(Reindex, _REINDEX, where.REINDEXED_TABLE, SUX, SCAN, when=_CONCURRENTLY, since=12, source=WATCHED),
    Fact(Reindex, _REINDEX, where.REINDEXED_TABLE, S, SCAN, when=_PLAIN),
    Fact(Reindex, _REINDEX, where.REINDEXED_INDEXES, AX, SCAN, when=_PLAIN),
)
