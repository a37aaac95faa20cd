"""The ledger inside a target: which database this is, what is applied to it, and the journal of what is under way.

The tables are made on first use, under the guard, and never in a database that holds somebody else's tables.
Rows are appended, never changed. Each carries the hash of the one before, so an edit shows.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from migrail.model.errors import GuardBusy
from migrail.model.ledger import Draft, Head, Identity, JournalEvent, LedgerEntry, Note
from migrail.tracker.ledger_tables import ledger_tables, values_of
from migrail.tracker.reading import FORMAT, LedgerReader
from migrail.tracker.rows import ConnectionRows

_LOCKING = frozenset({"mysql", "mariadb"})
"""Where reading the head locks it, so that nobody gets in between reading and writing. PostgreSQL has a lock of the
transaction for that, and SQLite one writer at a time."""


class Ledger(LedgerReader):
    """The ledger as it is written. Works inside the caller's transaction."""

    def __init__(self, connection: Connection, schema: str | None) -> None:
        super().__init__(ConnectionRows(connection), schema)
        self._connection = connection
        self._identity, self._ledger, self._journal = ledger_tables(schema, connection.dialect.name)

    def create(
        self, *, project: str, environment: str, target: str, now: datetime, server: str | None = None
    ) -> Identity:
        """Makes the tables and writes the identity.

        Args:
            server: what the server says about itself, to notice a copy on another one.
        """
        self._identity.metadata.create_all(self._connection)
        identity = Identity(
            project=project, environment=environment, target=target, id=uuid.uuid4().hex, server=server
        )
        self._connection.execute(
            insert(self._identity).values(
                id=identity.id,
                project=project,
                environment=environment,
                target=target,
                format=FORMAT,
                created_at=now,
                server=server,
            )
        )
        return identity

    def upgrade(self, server: str | None) -> None:
        """Brings tables that an older program made to the format of this one."""
        found = self._connection.execute(select(self._identity.c.format)).scalar()
        if found == 1:
            name = f"{self._schema}.migrail_identity" if self._schema else "migrail_identity"
            quoted = ".".join(self._connection.dialect.identifier_preparer.quote(part) for part in name.split("."))
            self._connection.execute(text(f"ALTER TABLE {quoted} ADD COLUMN server varchar(200)"))
            self._connection.execute(update(self._identity).values(format=FORMAT, server=server))

    def moved_to(self, server: str | None) -> None:
        """Notes on which server the database lives now."""
        self._connection.execute(update(self._identity).values(server=server))

    def head(self, *, lock: bool = False) -> Head:
        """Sequence and hash of the newest row; ``(0, "")`` where there is none."""
        columns = (self._ledger.c.sequence, self._ledger.c.hash)
        query = select(*columns).order_by(columns[0].desc()).limit(1)
        if lock and self._connection.dialect.name in _LOCKING:
            query = query.with_for_update()
        row = self._connection.execute(query).first()
        return (row[0], row[1]) if row else (0, "")

    def append(self, draft: Draft, *, after: Head, started_at: datetime, finished_at: datetime) -> LedgerEntry:
        """Adds a row behind the row that ``after`` names.

        Args:
            started_at: when the transaction began that writes it.

        Raises:
            GuardBusy: somebody else added a row in between, so what was decided no longer holds.
        """
        entry = LedgerEntry(
            sequence=after[0] + 1,
            kind=draft.kind,
            migration=draft.migration,
            digests=draft.digests,
            batch=draft.batch,
            actor=draft.actor,
            tool_version=draft.tool_version,
            started_at=started_at - timedelta(seconds=draft.worked),
            finished_at=finished_at,
            statements=draft.statements,
            detail=draft.detail,
            previous_hash=after[1],
            hash="",
        )
        entry = replace(entry, hash=entry.computed_hash())
        self._require_head(after)
        try:
            self._connection.execute(insert(self._ledger).values(**values_of(entry)))
        except IntegrityError:
            raise _overtaken() from None
        return entry

    def hidden(self) -> str | None:
        """The name of our table which a temporary table hides; only MySQL and MariaDB let one, schema or not."""
        quoted = self._connection.dialect.identifier_preparer.format_table
        for table in (self._ledger, self._journal):
            _, created = self._connection.exec_driver_sql(f"SHOW CREATE TABLE {quoted(table)}").one()
            if created.startswith("CREATE TEMPORARY"):
                return table.name
        return None

    def note(self, notes: Sequence[Note], *, after: Head, now: datetime) -> None:
        """Adds rows to the journal.

        Raises:
            GuardBusy: ``after`` is no longer the ledger's head, so somebody else is at work here.
        """
        self._require_head(after)
        rows = [
            {
                "migration": note.migration,
                "attempt": note.attempt,
                "statement": note.statement,
                "digest": note.digest,
                "event": note.event.value,
                "at": now,
            }
            for note in notes
        ]
        if rows:
            self._connection.execute(insert(self._journal), rows)

    def notes(self, migration: str, after: int) -> tuple[Note, ...]:
        """The journal of a migration, oldest first.

        Args:
            after: only attempts that started behind this row of the ledger count.
        """
        table = self._journal.c
        rows = self._connection.execute(
            select(table.event, table.attempt, table.statement, table.digest)
            .where(table.migration == migration, table.attempt > after)
            .order_by(table.id)
        )
        return tuple(
            Note(event=JournalEvent(row[0]), migration=migration, attempt=row[1], statement=row[2], digest=row[3])
            for row in rows
        )

    def _require_head(self, after: Head) -> None:
        if self.head(lock=True) != after:
            raise _overtaken()


def _overtaken() -> GuardBusy:
    return GuardBusy("another promotion changed this target in the meantime; nothing was changed by this one")
