"""Ways to a target's ledger: through SQLAlchemy, and as statements that are sent together with the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING

from migrail.model.ledger import Draft, Note, Seal, hashed_text
from migrail.model.ports import OVERTAKEN, Query

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from migrail.tracker.ledger import Ledger

_TIME = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')"


@dataclass(frozen=True, slots=True)
class LedgerAccess:
    """The ledger in one schema."""

    schema: str | None

    def on(self, connection: Connection) -> Ledger:
        """The ledger inside the transaction of a connection."""
        from migrail.tracker.ledger import Ledger

        return Ledger(connection, self.schema)

    def sealing(self, seal: Seal) -> Sequence[Query]:
        """The statements that write a seal on PostgreSQL.

        The server puts in its own times, since the row is sent before the change has run, and the hash of the row
        before where that has no answer yet; and it hashes the row with them. Names need no schema but ours: the
        search path has only ``pg_catalog`` when they run.
        """
        queries = [self._head_is(seal)]
        queries.extend(self._noted(note) for note in seal.notes)
        if seal.row is not None:
            queries.append(self._appended(seal.row, seal))
        return queries

    def _head_is(self, seal: Seal) -> Query:
        """Where the hash is not known yet, it is the row that was sent before, not changed by this transaction."""
        # What the cast refuses comes from the table, so that the planner cannot evaluate it ahead.
        table = f"{self.schema}.migrail_ledger"
        sequence, hash_ = seal.after
        before = seal.before
        return (
            f"SELECT CASE WHEN coalesce(max(sequence), 0) = $1::int AND CASE WHEN $3::text IS NULL "
            f"THEN coalesce((SELECT hash FROM {table} WHERE sequence = $1::int), '') = $2::text "
            f"ELSE EXISTS (SELECT FROM {table} "
            f"WHERE sequence = $1::int AND migration = $3::text AND batch = $2::text AND age(xmin) > 0) "
            f"END THEN 0 ELSE ('{OVERTAKEN} at ' || coalesce(max(sequence), 0))::int END FROM {table}",
            (sequence, before.batch, before.migration) if before else (sequence, hash_, None),
        )

    def _noted(self, note: Note) -> Query:
        return (
            f"INSERT INTO {self.schema}.migrail_journal (migration, attempt, statement, digest, event, at) "
            f"SELECT $1::text, $2::int, $3::int, $4::text, $5::text, {_TIME.format('clock_timestamp()')}",
            (note.migration, note.attempt, note.statement, note.digest, note.event.value),
        )

    def _appended(self, row: Draft, seal: Seal) -> Query:
        # Nobody can guess what stands where the server puts what it alone knows, so no other text is taken for it.
        gaps = token_hex(16), token_hex(16), token_hex(16)
        rest, known = hashed_text(row, (seal.after[0], gaps[0]), *gaps[1:]), []
        for gap in gaps:
            part, _, rest = rest.partition(gap)
            known.append(part)
        digests = row.digests
        ledger = f"{self.schema}.migrail_ledger"
        return (
            f"WITH t AS (SELECT {_TIME.format('(transaction_timestamp() - make_interval(secs => $12::float8))')} "
            f"AS started, {_TIME.format('clock_timestamp()')} AS finished, "
            f"coalesce($11::text, (SELECT hash FROM {ledger} WHERE sequence = $1::int - 1)) AS previous) "
            f"INSERT INTO {ledger} (sequence, kind, migration, digest_text, digest_raw, batch, "
            "actor, tool_version, started_at, finished_at, statements, detail, previous_hash, hash) "
            "SELECT $1::int, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, t.started, "
            "t.finished, $9::int, $10::text, t.previous, encode(sha256(convert_to($13::text || t.previous || "
            "$14::text || t.started || $15::text || t.finished || $16::text, 'UTF8')), 'hex') "
            "FROM t RETURNING started_at, finished_at, previous_hash, hash",
            (
                seal.after[0] + 1,
                row.kind.value,
                row.migration,
                digests.text if digests else None,
                digests.raw if digests else None,
                row.batch,
                row.actor,
                row.tool_version,
                row.statements,
                row.detail,
                None if seal.before else seal.after[1],
                row.worked,
                *known,
                rest,
            ),
        )
