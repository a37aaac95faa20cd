"""Forms that cannot run inside a transaction block."""

from __future__ import annotations

from typing import NamedTuple

FORBIDDEN = [
    "CREATE INDEX CONCURRENTLY n ON t (b)",
    "DROP INDEX CONCURRENTLY t_a",
    "REINDEX INDEX CONCURRENTLY t_a",
    "REINDEX TABLE CONCURRENTLY t",
    "REINDEX SCHEMA public",
    "REINDEX TABLE parted",
    "ALTER TABLE parted DETACH PARTITION parted_1 CONCURRENTLY",
    "VACUUM t",
    "VACUUM FULL t",
    "CLUSTER",
    "CREATE DATABASE migrail_never",
    "DROP DATABASE migrail_never",
    "CREATE TABLESPACE migrail_never LOCATION '/nowhere'",
    "ALTER SYSTEM SET work_mem = '4MB'",
]


class Watched(NamedTuple):
    """What a statement waits for while another transaction holds a lock."""

    statement: str
    held: str
    """The relation that is held."""
    by: str
    """The mode that it is held in."""
    wanted: str
    """The mode that the statement waits for."""


WATCHED = [
    Watched("CREATE INDEX CONCURRENTLY n ON t (b)", "t", "ACCESS EXCLUSIVE", "SHARE UPDATE EXCLUSIVE"),
    Watched("DROP INDEX CONCURRENTLY t_a", "t", "ACCESS EXCLUSIVE", "SHARE UPDATE EXCLUSIVE"),
    Watched("REINDEX INDEX CONCURRENTLY t_a", "t", "ACCESS EXCLUSIVE", "SHARE UPDATE EXCLUSIVE"),
    Watched("REINDEX TABLE CONCURRENTLY t", "t", "ACCESS EXCLUSIVE", "SHARE UPDATE EXCLUSIVE"),
    Watched("VACUUM t", "t", "SHARE UPDATE EXCLUSIVE", "SHARE UPDATE EXCLUSIVE"),
    Watched("VACUUM FULL t", "t", "ACCESS SHARE", "ACCESS EXCLUSIVE"),
    Watched(
        "ALTER TABLE parted DETACH PARTITION parted_1 CONCURRENTLY",
        "parted",
        "ACCESS EXCLUSIVE",
        "SHARE UPDATE EXCLUSIVE",
    ),
    Watched(
        "ALTER TABLE parted DETACH PARTITION parted_1 CONCURRENTLY", "parted_1", "ACCESS SHARE", "ACCESS EXCLUSIVE"
    ),
]
