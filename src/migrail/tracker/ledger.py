"""The ledger inside a target: which database this is, what is applied to it, and the journal of what is under way.

The tables are made on first use, under the guard, and never in a database that holds somebody else's tables.
Rows are appended, never changed. Each carries the hash of the one before, so an edit shows.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

from migrail.model.errors import ConfigError, GuardBusy
from migrail.model.ledger import Identity, LedgerEntry, LedgerKind, TargetRecord
from migrail.model.migration import Digests
from migrail.tracker.columns import Moment

FORMAT = 1
"""Version of the three tables, kept in ``migrail_identity``."""

TABLES = ("migrail_identity", "migrail_journal", "migrail_ledger")

StatementEvent = Literal["intent", "done"]


class Ledger:
    """The ledger of the target that a connection is open to. Works inside the caller's transaction."""

    def __init__(self, connection: Connection, schema: str | None) -> None:
        """``schema`` is where the tables are, always written out so that no temporary table can stand in."""
        self._connection = connection
        self._schema = schema
        self._identity, self._ledger, self._journal = _tables(schema)

    def exists(self) -> bool:
        """Whether the tables are there."""
        return inspect(self._connection).has_table("migrail_ledger", schema=self._schema)

    def read(self, target: str) -> TargetRecord:
        """Everything the target says about itself."""
        if not self.exists():
            return TargetRecord(target=target, identity=None, entries=(), empty=self._is_empty())
        rows = self._connection.execute(select(self._ledger).order_by(self._ledger.c.sequence))
        return TargetRecord(
            target=target,
            identity=self.identity(),
            entries=tuple(_entry(row) for row in rows.mappings()),
            empty=False,
        )

    def identity(self) -> Identity | None:
        """Which target this database says it is.

        Raises:
            ConfigError: the tables were made by a newer program.
        """
        row = self._connection.execute(select(self._identity)).mappings().first()
        if row is None:
            return None
        if row["format"] > FORMAT:
            raise ConfigError(
                f"the ledger has format {row['format']}, which this version of migrail does not know",
                help="pip install --upgrade migrail",
            )
        return Identity(project=row["project"], environment=row["environment"], target=row["target"], id=row["id"])

    def create(self, *, project: str, environment: str, target: str, now: datetime) -> Identity:
        """Makes the tables and writes the identity."""
        self._identity.metadata.create_all(self._connection)
        identity = Identity(project=project, environment=environment, target=target, id=uuid.uuid4().hex)
        self._connection.execute(
            insert(self._identity).values(
                id=identity.id,
                project=project,
                environment=environment,
                target=target,
                format=FORMAT,
                created_at=now,
            )
        )
        return identity

    def head(self) -> tuple[int, str]:
        """Sequence and hash of the newest row; ``(0, "")`` where there is none."""
        columns = (self._ledger.c.sequence, self._ledger.c.hash)
        row = self._connection.execute(select(*columns).order_by(columns[0].desc()).limit(1)).first()
        return (row[0], row[1]) if row else (0, "")

    def append(
        self,
        kind: LedgerKind,
        *,
        batch: str,
        actor: str,
        tool_version: str,
        started_at: datetime,
        finished_at: datetime,
        after: tuple[int, str],
        migration: str | None = None,
        digests: Digests | None = None,
        statements: int = 0,
        detail: str = "",
    ) -> LedgerEntry:
        """Adds a row behind the row that ``after`` names.

        Raises:
            GuardBusy: somebody else added a row in between, so what was decided no longer holds.
        """
        entry = LedgerEntry(
            sequence=after[0] + 1,
            kind=kind,
            migration=migration,
            digests=digests,
            batch=batch,
            actor=actor,
            tool_version=tool_version,
            started_at=started_at,
            finished_at=finished_at,
            statements=statements,
            detail=detail,
            previous_hash=after[1],
            hash="",
        )
        entry = replace(entry, hash=entry.computed_hash())
        if self.head() != after:
            raise _overtaken()
        try:
            self._connection.execute(insert(self._ledger).values(**_values(entry)))
        except IntegrityError:
            raise _overtaken() from None
        return entry

    def note_statement(
        self, event: StatementEvent, *, migration: str, attempt: int, number: int, digest: str, now: datetime
    ) -> None:
        """Journals that a statement outside a transaction is about to run, or that it is done.

        Args:
            attempt: sequence of the ledger row that says that the migration started.
        """
        self._connection.execute(
            insert(self._journal).values(
                migration=migration, attempt=attempt, statement=number, digest=digest, event=event, at=now
            )
        )

    def finished_statements(self, migration: str, after: int) -> dict[int, str]:
        """Digests of a migration's statements that are done, by number.

        Args:
            after: only attempts that started behind this row of the ledger count.
        """
        table = self._journal.c
        rows = self._connection.execute(
            select(table.statement, table.digest)
            .where(table.migration == migration, table.event == "done", table.attempt > after)
            .order_by(table.id)
        )
        return {row[0]: row[1] for row in rows}

    def _is_empty(self) -> bool:
        """Whether the database holds no table or view of anybody, in whatever schema."""
        query = _ANYTHING[self._connection.dialect.name]
        return not self._connection.execute(text(query)).scalar()


_ANYTHING = {
    "sqlite": "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~')",
    "postgresql": """
        SELECT EXISTS (
            SELECT 1 FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND n.nspname NOT LIKE 'pg\\_%'
              AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
        )
    """,
}
"""Whether there is a relation that belongs to neither the server nor an extension."""


def _overtaken() -> GuardBusy:
    return GuardBusy("another promotion changed this target in the meantime; nothing was changed by this one")


def _tables(schema: str | None) -> tuple[Table, Table, Table]:
    metadata = MetaData(schema=schema)
    identity = Table(
        "migrail_identity",
        metadata,
        Column("id", String(32), primary_key=True),
        Column("project", String(100), nullable=False),
        Column("environment", String(60), nullable=False),
        Column("target", String(100), nullable=False),
        Column("format", Integer, nullable=False),
        Column("created_at", Moment, nullable=False),
    )
    ledger = Table(
        "migrail_ledger",
        metadata,
        Column("sequence", Integer, primary_key=True, autoincrement=False),
        Column("kind", String(20), nullable=False),
        Column("migration", String(255)),
        Column("digest_text", String(100)),
        Column("digest_raw", String(100)),
        Column("batch", String(100), nullable=False),
        Column("actor", String(255), nullable=False),
        Column("tool_version", String(40), nullable=False),
        Column("started_at", Moment, nullable=False),
        Column("finished_at", Moment, nullable=False),
        Column("statements", Integer, nullable=False),
        Column("detail", Text, nullable=False),
        Column("previous_hash", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
    )
    journal = Table(
        "migrail_journal",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("migration", String(255), nullable=False),
        Column("attempt", Integer, nullable=False),
        Column("statement", Integer, nullable=False),
        Column("digest", String(100), nullable=False),
        Column("event", String(10), nullable=False),
        Column("at", Moment, nullable=False),
    )
    return identity, ledger, journal


def _values(entry: LedgerEntry) -> dict[str, object]:
    return {
        "sequence": entry.sequence,
        "kind": entry.kind.value,
        "migration": entry.migration,
        "digest_text": entry.digests.text if entry.digests else None,
        "digest_raw": entry.digests.raw if entry.digests else None,
        "batch": entry.batch,
        "actor": entry.actor,
        "tool_version": entry.tool_version,
        "started_at": entry.started_at,
        "finished_at": entry.finished_at,
        "statements": entry.statements,
        "detail": entry.detail,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }


def _entry(row: RowMapping) -> LedgerEntry:
    digest = row["digest_text"]
    return LedgerEntry(
        sequence=row["sequence"],
        kind=LedgerKind(row["kind"]),
        migration=row["migration"],
        digests=Digests(text=digest, raw=row["digest_raw"]) if digest else None,
        batch=row["batch"],
        actor=row["actor"],
        tool_version=row["tool_version"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        statements=row["statements"],
        detail=row["detail"],
        previous_hash=row["previous_hash"],
        hash=row["hash"],
    )
