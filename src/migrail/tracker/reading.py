"""What a target says about itself: the rows of its ledger, read through its driver."""

from __future__ import annotations

from datetime import datetime
from sys import intern

from migrail.model.errors import ConfigError
from migrail.model.ledger import Identity, LedgerEntry, LedgerKind, TargetRecord
from migrail.model.migration import Digests
from migrail.model.rows import Row, Rows

FORMAT = 2
"""Version of the three tables, kept in ``migrail_identity``. 2 added ``server`` there."""

TABLES = ("migrail_identity", "migrail_journal", "migrail_ledger")

_ENTRY = (
    "SELECT sequence, kind, migration, digest_text, digest_raw, batch, actor, tool_version, started_at, "
    "finished_at, statements, detail, previous_hash, hash FROM {}"
)


class LedgerReader:
    """The ledger of the target that a connection is open to."""

    def __init__(self, rows: Rows, schema: str | None) -> None:
        """``schema`` is where the tables are, always written out so that no temporary table can stand in."""
        self._rows = rows
        self._schema = schema

    def exists(self) -> bool:
        """Whether the tables are there."""
        schema = self._schema or "main"
        if self._rows.backend == "sqlite":
            query = f"SELECT 1 AS one FROM {self._named('sqlite_master')} WHERE name = ?"
            return bool(self._rows.all(query, "migrail_ledger"))
        return bool(self._rows.all(_THERE.get(self._rows.backend, _MYSQL_THERE), schema, "migrail_ledger"))

    def read(self, target: str) -> TargetRecord:
        """Everything the target says about itself."""
        record = self._recorded(target)
        if record is None:
            empty = self._is_empty()
            # Between the two looks somebody else may have made the first tables, the ledger before all others.
            record = self._recorded(target) if not empty else None
        return record or TargetRecord(target=target, identity=None, entries=(), empty=empty)

    def _recorded(self, target: str) -> TargetRecord | None:
        if not self.exists():
            return None
        identity = self.identity()
        found = self._rows.all(f"{_ENTRY.format(self._named('migrail_ledger'))} ORDER BY sequence")
        if identity is None and found:  # it was written in between, before the first row of the ledger
            identity = self.identity()
        if identity is None and not found:
            return None
        return TargetRecord(target=target, identity=identity, entries=tuple(map(_entry, found)), empty=False)

    def identity(self) -> Identity | None:
        """Which target this database says it is.

        Raises:
            ConfigError: the tables were made by a newer program.
        """
        found = self._rows.all(f"SELECT * FROM {self._named('migrail_identity')}")
        if not found:
            return None
        row = found[0]
        if row["format"] > FORMAT:
            raise ConfigError(
                f"the ledger has format {row['format']}, which this version of migrail does not know",
                help="pip install --upgrade migrail",
            )
        return Identity(
            project=row["project"],
            environment=row["environment"],
            target=row["target"],
            id=row["id"],
            server=row.get("server"),
        )

    def entry(self, sequence: int) -> LedgerEntry | None:
        """The row of that number."""
        query = f"{_ENTRY.format(self._named('migrail_ledger'))} WHERE sequence = ?"
        return next((_entry(row) for row in self._rows.all(query, sequence)), None)

    def _named(self, table: str) -> str:
        """A table of ours as it is written in a statement."""
        mark = '"' if self._rows.backend in {"postgresql", "sqlite"} else "`"
        schema = f"{mark}{self._schema.replace(mark, 2 * mark)}{mark}." if self._schema else ""
        return f"{schema}{mark}{table}{mark}"

    def _is_empty(self) -> bool:
        """Whether the database holds no table or view of anybody else, in whatever schema."""
        return not self._rows.all(_ANYTHING.get(self._rows.backend, _MYSQL_ANYTHING))


def _entry(row: Row) -> LedgerEntry:
    digest = row["digest_text"]
    return LedgerEntry(
        sequence=row["sequence"],
        kind=LedgerKind(row["kind"]),
        migration=row["migration"],
        digests=Digests(text=digest, raw=row["digest_raw"]) if digest else None,
        # The same in most rows, and one text in memory.
        batch=intern(row["batch"]),
        actor=intern(row["actor"]),
        tool_version=intern(row["tool_version"]),
        started_at=datetime.fromisoformat(row["started_at"]),
        finished_at=datetime.fromisoformat(row["finished_at"]),
        statements=row["statements"],
        detail=row["detail"],
        previous_hash=row["previous_hash"],
        hash=row["hash"],
    )


_THERE = {
    "postgresql": (
        "SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
        "WHERE n.nspname = ? AND c.relname = ?"
    )
}
_MYSQL_THERE = "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?"

_MYSQL_ANYTHING = (
    "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() "
    f"AND table_name NOT IN {TABLES} LIMIT 1"
)
"""Our own tables are made one by one there: somebody may look, or be killed, before all of them are."""

_ANYTHING = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' LIMIT 1",
    "postgresql": """
        SELECT 1 FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
          AND n.nspname NOT IN ('pg_catalog', 'information_schema')
          AND pg_catalog.left(n.nspname, 3) OPERATOR(pg_catalog.<>) 'pg_'
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
        LIMIT 1
    """,
}
"""A relation that belongs to neither the server nor an extension."""
