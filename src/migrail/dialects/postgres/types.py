"""What changing the type of an existing column costs on PostgreSQL. Measured on 15 and 18."""

from __future__ import annotations

import re

from migrail.dialects._interface import TypeChange, Version
from migrail.dialects.postgres.casts import base_type
from migrail.dialects.postgres.facts.type_changes import BY_PAIR
from migrail.dialects.postgres.names import TYPE_ALIASES
from migrail.model.operations import AlterColumnType
from migrail.model.structure import Column, Expression, SqlType, Structure

_BUILT_IN = frozenset(
    {
        "smallint", "integer", "bigint", "numeric", "real", "double precision", "money", "boolean", "char",
        "varchar", "text", "bytea", "date", "interval", "uuid", "json", "jsonb", "xml", "inet", "cidr",
        "macaddr", "macaddr8", "bit", "varbit", "tsvector", "tsquery", "oid", "regclass", "name", "point",
        "line", "lseg", "box", "path", "polygon", "circle", "timestamp", "timestamptz", "time", "timetz", "citext",
    }
)  # fmt: skip


WITHOUT_COLLATION = _BUILT_IN - {"char", "varchar", "text", "name", "citext"}
"""Types of which no text is compared, nor of their arrays (``pg_type.typcollation``)."""


def type_change(operation: AlterColumnType, structure: Structure, version: Version) -> TypeChange:
    """What the change costs, given the structure before it and the time zone of the session."""
    column = structure.column(operation.table, operation.column)
    if column is None or column.type is None:
        return TypeChange.UNKNOWN
    old = base_type(column.type, structure)
    if operation.using is not None and not _is_plain(operation.using, operation):
        return TypeChange.REWRITE
    if structure.domain_has_constraint(operation.type):
        return TypeChange.FREE if operation.type == column.type else TypeChange.REWRITE
    new = base_type(operation.type, structure)
    cost = _pair(old, new, version, in_utc=structure.in_utc)
    if cost in {TypeChange.REWRITE, TypeChange.UNKNOWN}:
        return cost
    return _with_dependents(operation, column, cost, structure)


def _with_dependents(
    operation: AlterColumnType, column: Column, cost: TypeChange, structure: Structure
) -> TypeChange:
    """The rows stay; CHECKs over the column are checked again, and some indexes are built again."""
    if any(check.valid for check in structure.checks_on(operation.table, operation.column)):
        return TypeChange.SCAN
    names = structure.indexes_on(operation.table, operation.column)
    if names and (cost is TypeChange.INDEXES or operation.collation != column.collation):
        return TypeChange.INDEXES
    indexes = [structure.index(operation.table, name) for name in names]
    if any(index is None or index.where or _is_expression(index.columns) for index in indexes):
        return TypeChange.INDEXES
    return TypeChange.FREE


def _is_expression(columns: tuple[str, ...]) -> bool:
    return any("(" in column or "::" in column for column in columns)


def _is_plain(using: Expression, operation: AlterColumnType) -> bool:
    """Whether USING says what the server does without it: the column, or its cast to the new type."""
    text = using.text.strip()
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    column, _, cast = text.partition("::")
    wrapped = re.fullmatch(r"CAST\s*\((.+?)\s+AS\s+(.+)\)", text, re.IGNORECASE | re.DOTALL)
    if wrapped is not None:
        column, cast = wrapped[1], wrapped[2]
    if column.strip().strip('"').lower() != operation.column.lower():
        return False
    return not cast or _spelled(cast) == str(operation.type)


def _spelled(cast: str) -> str:
    """A type as :class:`SqlType` prints it, as far as text goes."""
    words = re.sub(r"\s+", " ", cast.strip().lower())
    name, parenthesis, rest = words.partition("(")
    name = name.strip()
    return TYPE_ALIASES.get(name, name) + parenthesis + rest.replace(" ", "")


def _pair(old: SqlType, new: SqlType, version: Version, *, in_utc: bool) -> TypeChange:
    """What the two types cost by themselves; unknown where one of them is nobody's but the database's."""
    if _same(old, new):
        return TypeChange.FREE
    if old.dimensions or new.dimensions:
        return _array_pair(old, new)
    change = BY_PAIR.get((old.name, new.name))
    if change is not None:
        return change.costs(old, new, version, in_utc=in_utc)
    known = old.name == new.name or {old.name, new.name} <= _BUILT_IN
    return TypeChange.REWRITE if known else TypeChange.UNKNOWN


def _same(old: SqlType, new: SqlType) -> bool:
    """Equal but for how the number of array dimensions was written."""
    return (old.name, old.arguments, bool(old.dimensions)) == (new.name, new.arguments, bool(new.dimensions))


def _array_pair(old: SqlType, new: SqlType) -> TypeChange:
    """Only losing the length is free: every other cast of an array goes through its elements."""
    dropped = old.name == new.name and bool(old.dimensions) == bool(new.dimensions) and not new.arguments
    return TypeChange.FREE if dropped and old.name != "char" else TypeChange.REWRITE
