"""The three tables inside each target, to be made and written."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

from migrail.model.ledger import LedgerEntry
from migrail.tracker.columns import Moment

_LONG = Text().with_variant(Text(2**24 - 1), "mysql", "mariadb")
"""Manifests of a thousand migrations do not fit into the 64 KB of a MySQL TEXT."""

_MYSQL = {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}
"""Whatever the database's defaults are: rows that are written together with a change need transactions."""


@cache
def ledger_tables(schema: str | None, dialect: str) -> tuple[Table, Table, Table]:
    """``migrail_identity``, ``migrail_ledger`` and ``migrail_journal`` in a schema.

    The same ones each time, since SQLAlchemy keeps what it compiled for each table.

    Args:
        dialect: SQLAlchemy's name of it. Options for another one would have SQLAlchemy import that too.
    """
    metadata = MetaData(schema=schema)
    options: dict[str, Any] = {}
    if dialect in {"mysql", "mariadb"}:
        options = {f"{dialect}_{key}": value for key, value in _MYSQL.items()}
    identity = Table(
        "migrail_identity",
        metadata,
        Column("id", String(32), primary_key=True),
        Column("project", String(100), nullable=False),
        Column("environment", String(60), nullable=False),
        Column("target", String(100), nullable=False),
        Column("format", Integer, nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("server", String(200)),
        **options,
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
        Column("detail", _LONG, nullable=False),
        Column("previous_hash", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
        **options,
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
        **options,
    )
    return identity, ledger, journal


def values_of(entry: LedgerEntry) -> dict[str, object]:
    """The columns of a row."""
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
