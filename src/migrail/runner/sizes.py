"""How big the tables of a PostgreSQL database are, as its catalogs have it. Reads no table."""

from __future__ import annotations

from sqlalchemy import Connection, text

from migrail.model.statistics import RelationSize

_SIZES = text(
    """
    SELECT n.nspname, c.relname, c.reltuples::bigint,
      pg_catalog.pg_table_size(c.oid), pg_catalog.pg_indexes_size(c.oid)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND c.relname !~ '^migrail_'
    ORDER BY 1, 2
    """
)


def read_sizes(connection: Connection) -> tuple[dict[str, RelationSize], int]:
    """The sizes by name, and how many tables the server has never counted.

    Those are left out: without ANALYZE, PostgreSQL says -1 rows, and 0 before version 14.
    """
    found: dict[str, RelationSize] = {}
    uncounted = 0
    for schema, name, rows, size, index_size in connection.execute(_SIZES):
        if rows < 0 or (rows == 0 and size > 0):
            uncounted += 1
        else:
            found[f"{schema}.{name}"] = RelationSize(rows=rows, bytes=size, index_bytes=index_size)
    return found, uncounted
