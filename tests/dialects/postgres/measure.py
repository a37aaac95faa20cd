"""What one statement really does on a server: its locks, what it read and what it wrote again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg

MODES = {
    "AccessShareLock": "ACCESS SHARE",
    "RowShareLock": "ROW SHARE",
    "RowExclusiveLock": "ROW EXCLUSIVE",
    "ShareUpdateExclusiveLock": "SHARE UPDATE EXCLUSIVE",
    "ShareLock": "SHARE",
    "ShareRowExclusiveLock": "SHARE ROW EXCLUSIVE",
    "ExclusiveLock": "EXCLUSIVE",
    "AccessExclusiveLock": "ACCESS EXCLUSIVE",
}
"""The server's names in pg_locks → those of the manual, from weakest to strongest."""

ORDER = list(MODES.values())

_RELATIONS = """
SELECT c.oid, n.nspname || '.' || c.relname, c.relfilenode,
  coalesce(
    (SELECT i.indrelid FROM pg_index i WHERE i.indexrelid = c.oid),
    (SELECT d.refobjid FROM pg_depend d
      WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
        AND c.relkind = 'S' AND d.deptype IN ('a', 'i') LIMIT 1),
    (SELECT h.inhparent FROM pg_inherits h WHERE h.inhrelid = c.oid AND c.relispartition)
  ),
  c.relkind
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT LIKE 'pg_%' AND n.nspname <> 'information_schema' AND c.relkind <> 'c'
"""
_LOCKS = "SELECT relation, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted"
# Counts what earlier transactions have not yet reported, too, until one ends: only differences inside one count.
_READ = """
SELECT relid, coalesce(seq_scan, 0) + coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
FROM pg_stat_xact_user_tables
"""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was seen of relations that existed before the statement."""

    locks: Mapping[str, str]
    """Relation → its strongest lock."""
    read: frozenset[str]
    """Tables that were read."""
    rewritten: frozenset[str]
    """Relations that have another file now."""
    parts: Mapping[str, str]
    """Index, owned sequence or partition → its table."""
    kinds: Mapping[str, str]
    """Relation → the letter of its kind in pg_class."""


def measure(connection: psycopg.Connection, statement: str) -> Measured:
    """Looks, runs the statement, looks again, and rolls back: all in one transaction of its own."""
    connection.rollback()
    relations = {row[0]: row[1:] for row in connection.execute(_RELATIONS)}
    before = dict(connection.execute(_READ).fetchall())
    connection.execute(statement)
    strongest: dict[str, str] = {}
    for oid, mode in connection.execute(_LOCKS):
        if oid in relations:
            name, found = relations[oid][0], MODES[mode]
            strongest[name] = max(strongest.get(name, found), found, key=ORDER.index)
    after = dict(connection.execute(_READ).fetchall())
    files = {row[1]: row[2] for row in connection.execute(_RELATIONS)}
    connection.rollback()
    return Measured(
        locks=strongest,
        read=frozenset(relations[oid][0] for oid in after if oid in relations and after[oid] > before.get(oid, 0)),
        rewritten=frozenset(name for name, file, *_ in relations.values() if files.get(name, file) != file),
        parts={name: relations[table][0] for name, _, table, _ in relations.values() if table in relations},
        kinds={name: kind for name, _, _, kind in relations.values()},
    )
