"""What changing the type of an existing column costs on PostgreSQL. Measured on 15 and 18."""

from __future__ import annotations

import re
from collections.abc import Callable

from migrail.dialects._interface import TypeChange, Version
from migrail.dialects.postgres.names import TYPE_ALIASES
from migrail.model.operations import AlterColumnType
from migrail.model.structure import Column, Expression, SqlType, Structure

_DOMAIN_DEPTH = 32
"""Domains over domains are followed this far; a migration can build a longer chain only on purpose."""

_CHARACTER = {"varchar", "text"}
_TIMES = {"timestamp", "timestamptz", "time", "timetz"}
_MAX_PRECISION = 6
"""Fractional digits of a second that are kept where none are written."""

_BUILT_IN = frozenset(
    {
        "smallint", "integer", "bigint", "numeric", "real", "double precision", "money", "boolean", "char",
        "varchar", "text", "bytea", "date", "interval", "uuid", "json", "jsonb", "xml", "inet", "cidr",
        "macaddr", "macaddr8", "bit", "varbit", "tsvector", "tsquery", "oid", "regclass", "name", "point",
        "line", "lseg", "box", "path", "polygon", "circle", *_TIMES,
    }
)  # fmt: skip

_SAME_BYTES = {
    ("cidr", "inet"): TypeChange.FREE,
    ("xml", "text"): TypeChange.FREE,
    ("xml", "varchar"): TypeChange.FREE,
    ("integer", "oid"): TypeChange.INDEXES,
    ("oid", "integer"): TypeChange.INDEXES,
    ("bit", "varbit"): TypeChange.INDEXES,
}
"""Pairs that PostgreSQL casts WITHOUT FUNCTION; indexes stay where both have the same operator class."""

_CITEXT = "citext"


def type_change(operation: AlterColumnType, structure: Structure, version: Version) -> TypeChange:
    """What the change costs, given the structure before it and the time zone of the session."""
    column = structure.column(operation.table, operation.column)
    if column is None or column.type is None:
        return TypeChange.UNKNOWN
    old = _base(column.type, structure)
    if operation.using is not None and not _is_plain(operation.using, operation):
        return TypeChange.REWRITE
    if structure.domain_has_constraint(operation.type):
        return TypeChange.FREE if operation.type == column.type else TypeChange.REWRITE
    new = _base(operation.type, structure)
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


def _base(type_: SqlType, structure: Structure) -> SqlType:
    """The type below all domains."""
    for _ in range(_DOMAIN_DEPTH):
        below = structure.domain_base(type_)
        if below is None:
            break
        type_ = below
    return type_


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
    if _same(old, new):
        return TypeChange.FREE
    if old.dimensions or new.dimensions:
        return _array_pair(old, new)
    if old.name == new.name:
        same_name = _SAME_NAME.get(old.name)
        free = same_name is not None and same_name(old, new)
        return TypeChange.FREE if free else TypeChange.REWRITE
    names = {old.name, new.name}
    if _CITEXT in names:
        return _citext_pair(old, new)
    if names == {"timestamp", "timestamptz"}:
        kept = version >= (12,) and in_utc and _precision(new) == _MAX_PRECISION
        return TypeChange.INDEXES if kept else TypeChange.REWRITE
    if names == _CHARACTER:
        return TypeChange.FREE if _longer(old, new) else TypeChange.REWRITE
    if (old.name, new.name) in _SAME_BYTES:
        return TypeChange.REWRITE if new.arguments else _SAME_BYTES[old.name, new.name]
    return TypeChange.REWRITE if names <= _BUILT_IN else TypeChange.UNKNOWN


def _same(old: SqlType, new: SqlType) -> bool:
    """Equal but for how the number of array dimensions was written."""
    return (old.name, old.arguments, bool(old.dimensions)) == (new.name, new.arguments, bool(new.dimensions))


def _array_pair(old: SqlType, new: SqlType) -> TypeChange:
    """Only losing the length is free: every other cast of an array goes through its elements."""
    dropped = old.name == new.name and bool(old.dimensions) == bool(new.dimensions) and not new.arguments
    return TypeChange.FREE if dropped and old.name != "char" else TypeChange.REWRITE


def _citext_pair(old: SqlType, new: SqlType) -> TypeChange:
    """Same bytes, another order: indexes are built again."""
    other = new if old.name == _CITEXT else old
    if other.name in _CHARACTER and not new.arguments:
        return TypeChange.INDEXES
    return TypeChange.REWRITE if other.name in _BUILT_IN else TypeChange.UNKNOWN


def _longer(old: SqlType, new: SqlType) -> bool:
    """``varchar(10)`` to ``varchar(20)``, ``varchar`` or ``text``."""
    if not new.arguments:
        return True
    before, after = _numbers(old), _numbers(new)
    return bool(before) and bool(after) and after[0] >= before[0]


def _numeric(old: SqlType, new: SqlType) -> bool:
    """More digits before the point, as many behind it."""
    if not new.arguments:
        return True
    before, after = _numbers(old), _numbers(new)
    if not before or not after:
        return False
    return after[0] >= before[0] and (*before, 0)[1] == (*after, 0)[1]


def _finer(old: SqlType, new: SqlType) -> bool:
    """As many fractional digits of a second, or more."""
    return _precision(new) >= _precision(old)


def _interval(old: SqlType, new: SqlType) -> bool:
    if not new.arguments:
        return True
    return bool(_numbers(old)) and bool(_numbers(new)) and _finer(old, new)


def _precision(type_: SqlType) -> int:
    numbers = _numbers(type_)
    return min(numbers[0], _MAX_PRECISION) if numbers else _MAX_PRECISION


def _numbers(type_: SqlType) -> tuple[int, ...]:
    """The arguments, or nothing when one of them is not a number."""
    if not all(re.fullmatch(r"-?[0-9]{1,9}", argument) for argument in type_.arguments):
        return ()
    return tuple(int(argument) for argument in type_.arguments)


_SAME_NAME: dict[str, Callable[[SqlType, SqlType], bool]] = {
    "varchar": _longer,
    "varbit": _longer,
    "numeric": _numeric,
    "interval": _interval,
    **dict.fromkeys(_TIMES, _finer),
}
"""Types whose arguments may change without a rewrite, and when."""
