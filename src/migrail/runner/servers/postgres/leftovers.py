"""What interrupted CONCURRENTLY forms leave behind on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, text

from migrail.model.operations import CreateIndex, DetachPartition, Operation, Reindex
from migrail.model.structure import Name

_INVALID = text(
    "SELECT format('%I.%I', n.nspname, i.relname) "
    "FROM pg_catalog.pg_index AS x JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid "
    "JOIN pg_catalog.pg_class AS t ON t.oid = x.indrelid "
    "JOIN pg_catalog.pg_namespace AS n ON n.oid = i.relnamespace "
    "WHERE NOT x.indisvalid AND i.relkind = 'i' AND i.relname ~ :pattern "
    "AND (CAST(:table AS text) IS NULL OR t.relname = :table) "
    "AND (CASE WHEN CAST(:schema AS text) IS NULL THEN pg_catalog.pg_table_is_visible(t.oid) "
    "ELSE n.nspname = :schema END) ORDER BY 1"
)
_PENDING = text(
    "SELECT format('ALTER TABLE %s DETACH PARTITION %s FINALIZE', inhparent::regclass, inhrelid::regclass) "
    "FROM pg_catalog.pg_inherits JOIN pg_catalog.pg_class AS c ON c.oid = inhrelid "
    "WHERE inhdetachpending AND c.relname = :partition"
)


def leftovers(connection: Connection, operation: Operation) -> tuple[str, ...]:
    """The statements that clear away what an interrupted run of this operation left, or finish it."""
    match operation:
        case CreateIndex(concurrently=True, index=str(name), table=table):
            return tuple(
                f"DROP INDEX CONCURRENTLY {index}" for index in _invalid(connection, table, _exactly(name))
            )
        case Reindex(concurrently=True, name=Name() as name):
            # The copy that is built is called so, with a number where the name was taken.
            pattern = (
                "_ccnew[0-9]*$" if operation.scope == "TABLE" else f"^{_quoted(name.name)[:50]}.*_ccnew[0-9]*$"
            )
            table = name if operation.scope == "TABLE" else Name(name.schema, "")
            return tuple(f"DROP INDEX CONCURRENTLY {index}" for index in _invalid(connection, table, pattern))
        case DetachPartition(concurrently=True):
            rows = connection.execute(_PENDING, {"partition": operation.partition.name})
            return tuple(row[0] for row in rows)
    return ()


def _invalid(connection: Connection, table: Name, pattern: str) -> list[str]:
    values = {"pattern": pattern, "table": table.name or None, "schema": table.schema}
    return [row[0] for row in connection.execute(_INVALID, values)]


def _exactly(name: str) -> str:
    return f"^{_quoted(name[:63])}$"


def _quoted(name: str) -> str:
    """The name as a regular expression that means itself."""
    return "".join(char if char.isalnum() or char == "_" else f"\\{char}" for char in name)
