"""What interrupted CONCURRENTLY forms leave behind on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, text

from migrail.catalog.naming import object_name
from migrail.model.operations import CreateIndex, CreateObject, DetachPartition, DropObject, Operation, Reindex
from migrail.model.structure import Name

_INVALID = text(
    "SELECT format('%I.%I', n.nspname, i.relname) "
    "FROM pg_catalog.pg_index AS x JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid "
    "JOIN pg_catalog.pg_class AS t ON t.oid = x.indrelid "
    "JOIN pg_catalog.pg_namespace AS n ON n.oid = i.relnamespace "
    "WHERE NOT x.indisvalid AND i.relkind = 'i' AND i.relname ~ :pattern "
    "AND (CAST(:table AS text) IS NULL OR t.relname = :table) "
    "AND (CASE WHEN CAST(:schema AS text) IS NULL THEN pg_catalog.pg_table_is_visible(t.oid) "
    "ELSE :schema IN (n.nspname, '*') END) ORDER BY 1"
)
_ANY = "*"
"""Any schema."""
_DIGITS = 4
"""Of the numbers behind the names of copies; there is one copy more for each run that was broken off."""

_SHARED = {
    kind: text(f"SELECT EXISTS (SELECT FROM pg_catalog.{table} WHERE {column} = :name)")
    for kind, table, column in (
        ("DATABASE", "pg_database", "datname"),
        ("TABLESPACE", "pg_tablespace", "spcname"),
        ("SUBSCRIPTION", "pg_subscription", "subname"),
    )
}
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
        case Reindex(concurrently=True):
            found = _invalid(connection, *_rebuilt(operation))
            return tuple(f"DROP INDEX CONCURRENTLY {index}" for index in found)
        case DetachPartition(concurrently=True):
            rows = connection.execute(_PENDING, {"partition": operation.partition.name})
            return tuple(row[0] for row in rows)
    return ()


def _rebuilt(operation: Reindex) -> tuple[Name, str]:
    """Whose indexes a REINDEX CONCURRENTLY builds anew, and the pattern of the names of what it may leave.

    The copy that is built, and the old one until it is dropped, are called so, with a number where the name was
    taken.
    """
    copies, name = "_cc(new|old)[0-9]*$", operation.name
    if operation.scope == "INDEX" and name is not None:
        return Name(name.schema, ""), _copies_of(name.name)
    if operation.scope == "TABLE" and name is not None:
        return name, copies
    return Name(name.name if operation.scope == "SCHEMA" and name else _ANY, ""), copies


def _copies_of(index: str) -> str:
    """The name of an index is cut at as many bytes as the ending needs (ChooseRelationName in indexcmds.c)."""
    patterns: list[str] = []
    for digits in range(_DIGITS):
        ending = "ccnew" + "0" * digits
        stem = object_name(index, "", ending).removesuffix(ending)
        patterns.append(f"{_quoted(stem)}cc(new|old)[0-9]{{{digits}}}")
    return f"^({'|'.join(patterns)})$"


def there(connection: Connection, operation: Operation) -> bool | None:
    """Whether a database, tablespace or subscription that is made or dropped is there; ``None`` for others."""
    if not isinstance(operation, CreateObject | DropObject) or operation.name is None:
        return None
    query = _SHARED.get(operation.object_type)
    return None if query is None else bool(connection.execute(query, {"name": operation.name.name}).scalar())


def _invalid(connection: Connection, table: Name, pattern: str) -> list[str]:
    values = {"pattern": pattern, "table": table.name or None, "schema": table.schema}
    return [row[0] for row in connection.execute(_INVALID, values)]


def _exactly(name: str) -> str:
    return f"^{_quoted(name)}$"


def _quoted(name: str) -> str:
    """The name as a regular expression that means itself."""
    return "".join(char if char.isalnum() or char == "_" else f"\\{char}" for char in name)
