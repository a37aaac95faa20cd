"""The conditions that rows speak of."""

from __future__ import annotations

from typing import Any

from migrail.dialects._interface import TypeChange, Version, Volatility
from migrail.dialects.postgres.facts._bounds import default_is_proven, partition_is_proven
from migrail.dialects.postgres.facts._fact import When
from migrail.dialects.postgres.facts._not_null import not_null_is_proven
from migrail.dialects.postgres.facts._where import lacks_index
from migrail.dialects.postgres.types import type_change
from migrail.dialects.postgres.volatility import volatility
from migrail.model.structure import Column, Constraint, ConstraintKind, Generated, Name, Structure

_REWRITING = {Generated.STORED, Generated.IDENTITY_ALWAYS, Generated.IDENTITY_DEFAULT}
_CHECKED = {
    ConstraintKind.CHECK,
    ConstraintKind.UNIQUE,
    ConstraintKind.PRIMARY_KEY,
    ConstraintKind.EXCLUDE,
}
_INDEXED = {ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY, ConstraintKind.EXCLUDE}

# Columns


def _has_default(column: Column) -> bool:
    return column.default is not None and not column.default.is_null


def _volatile(operation: Any, structure: Structure, version: Version) -> bool:
    default = operation.column.default
    if default is None or default.is_null:
        return False
    return volatility(default, structure) not in {Volatility.IMMUTABLE, Volatility.STABLE}


def _constrained_domain(operation: Any, structure: Structure, version: Version) -> bool:
    type_ = operation.column.type
    return type_ is not None and not type_.dimensions and structure.domain_has_constraint(type_)


def _fills(operation: Any, structure: Structure, version: Version) -> bool:
    column = operation.column
    serial = column.type is not None and column.type.serial
    return _has_default(column) or column.generated is not None or serial


def _references(operation: Any, structure: Structure, version: Version) -> bool:
    return any(constraint.references is not None for constraint in operation.column.constraints)


COLUMN_EXISTS = When(
    "IF NOT EXISTS, and the column exists",
    lambda o, s, v: o.if_not_exists and s.column(o.table, o.column.name) is not None,
)
HAS_DEFAULT = When("a default other than NULL", lambda o, s, v: _has_default(o.column))
VOLATILE_DEFAULT = When("the default is volatile, or of unknown volatility", _volatile)
GENERATED_NOW = When("GENERATED ... STORED or AS IDENTITY", lambda o, s, v: o.column.generated in _REWRITING)
SERIAL = When("serial, bigserial, smallserial", lambda o, s, v: o.column.type is not None and o.column.type.serial)
CONSTRAINED_DOMAIN = When("its type is a domain with NOT NULL or CHECK", _constrained_domain)
CHECKED_COLUMN = When(
    "with CHECK, UNIQUE, PRIMARY KEY", lambda o, s, v: any(c.kind in _CHECKED for c in o.column.constraints)
)
REQUIRED_COLUMN = When(
    "NOT NULL without a default", lambda o, s, v: o.column.not_null and not _has_default(o.column)
)
REFERENCES = When("with REFERENCES", _references)
WRITTEN_DEFAULT = When("a default is written, even NULL", lambda o, s, v: o.column.default is not None)
FILLS = When("existing rows get something else than NULL", _fills)
NOT_NULL_ALREADY = When(
    "the column is NOT NULL already", lambda o, s, v: not_null_is_proven(o.table, o.column, s, v, by_check=False)
)
NOT_NULL_PROVEN = When(
    "a valid CHECK (column IS NOT NULL), alone or under AND, proves it",
    lambda o, s, v: not_null_is_proven(o.table, o.column, s, v),
)
CASCADE = When("CASCADE", lambda operation, structure, version: operation.cascade)


def _costs(*costs: TypeChange) -> Any:
    return lambda operation, structure, version: type_change(operation, structure, version) in costs


TYPE_REWRITES = When("the type change rewrites, or may", _costs(TypeChange.REWRITE, TypeChange.UNKNOWN))
TYPE_SCANS = When(
    "the type change builds indexes or checks constraints again", _costs(TypeChange.INDEXES, TypeChange.SCAN)
)
ABOUT_IDENTITY = When(
    "about IDENTITY", lambda o, s, v: o.option.startswith(("ADD GENERATED", "SET GENERATED", "DROP IDENTITY"))
)
VIRTUAL = When(
    "a virtual column",
    lambda o, s, v: (column := s.column(o.table, o.column)) is not None and column.generated is Generated.VIRTUAL,
)


def option(*words: str) -> When:
    """The option begins with one of the words."""
    return When(" or ".join(words), lambda operation, structure, version: operation.option.startswith(words))


def of_type(*object_types: str) -> When:
    """The object is of one of these types."""
    return When(
        ", ".join(object_types), lambda operation, structure, version: operation.object_type in object_types
    )


# Constraints


def _kind(*kinds: ConstraintKind) -> Any:
    return lambda operation, structure, version: operation.constraint.kind in kinds


def _dropped(operation: Any, structure: Structure) -> Constraint | None:
    return structure.constraint(operation.table, operation.constraint)


def _key_proven(operation: Any, structure: Structure, version: Version) -> bool:
    """Of PRIMARY KEY USING INDEX and NOT NULL: the server knows that the columns hold no NULL."""
    constraint: Constraint = operation.constraint
    columns = constraint.columns
    if constraint.using_index is not None:
        index = structure.index(operation.table, constraint.using_index)
        columns = index.columns if index is not None else ()
    return bool(columns) and all(not_null_is_proven(operation.table, name, structure, version) for name in columns)


def _keys_of_partitions(operation: Any, structure: Structure, *, valid: bool) -> list[bool]:
    """Of each partition, whether it has a foreign key over the same columns to the same table."""
    wanted: Constraint = operation.constraint
    if wanted.references is None or not structure.is_partitioned(operation.table):
        return []
    target = structure.display(wanted.references.table)
    return [
        any(
            key.columns == wanted.columns
            and key.references is not None
            and structure.display(key.references.table) == target
            and (key.valid or not valid)
            for key in structure.foreign_keys_of(child)
        )
        for child in structure.children_of(operation.table)
        if not structure.is_partitioned(child)
    ]


def _partitions_have_key(operation: Any, structure: Structure, version: Version) -> bool:
    found = _keys_of_partitions(operation, structure, valid=True)
    return version >= (12,) and bool(found) and all(found)


PARTITIONS_HAVE_KEY = When("each partition has such a key already, and it is valid", _partitions_have_key)
PARTITION_HAS_KEY = When(
    "a partition has such a key already, and it is valid",
    lambda o, s, v: any(_keys_of_partitions(o, s, valid=True)),
)
PARTITION_HAS_UNPROVEN_KEY = When(
    "a partition has such a key already, valid or not",
    lambda o, s, v: any(_keys_of_partitions(o, s, valid=False)),
)
IS_FOREIGN_KEY = When("FOREIGN KEY", _kind(ConstraintKind.FOREIGN_KEY))
IS_CHECK = When("CHECK", _kind(ConstraintKind.CHECK))
ONLY = When("it says ONLY", lambda operation, structure, version: operation.only)
IS_KEY = When("UNIQUE, PRIMARY KEY, EXCLUDE", _kind(*_INDEXED))
IS_PRIMARY_KEY = When("PRIMARY KEY", _kind(ConstraintKind.PRIMARY_KEY))
IS_NOT_NULL = When("NOT NULL", _kind(ConstraintKind.NOT_NULL))
IS_VALID = When("not NOT VALID, not NOT ENFORCED", lambda o, s, v: o.constraint.valid)
NO_INHERIT = When("NO INHERIT", lambda o, s, v: o.constraint.no_inherit)
USING_INDEX = When("USING INDEX", lambda o, s, v: o.constraint.using_index is not None)
KEY_PROVEN = When("the columns are known to hold no NULL", _key_proven)
TABLE_IS_NEW = When("the table is new", lambda operation, structure, version: structure.is_new(operation.table))
ON_PARTITIONED = When("the table is partitioned", lambda o, s, v: s.is_partitioned(o.table))
VALID_ALREADY = When("it is valid already", lambda o, s, v: (known := _dropped(o, s)) is not None and known.valid)
KEY_IS_DROPPED = When(
    "a UNIQUE or PRIMARY KEY, with CASCADE",
    lambda o, s, v: o.cascade and (known := _dropped(o, s)) is not None and known.kind in _INDEXED,
)
CONSTRAINT_IS_INHERITED = When(
    "it is a CHECK or NOT NULL",
    lambda o, s, v: (
        (known := _dropped(o, s)) is None or known.kind in {ConstraintKind.CHECK, ConstraintKind.NOT_NULL}
    ),
)
BECOMES_ENFORCED = When("ENFORCED", lambda operation, structure, version: operation.enforced is True)

BECOMES_UNENFORCED = When("NOT ENFORCED", lambda operation, structure, version: operation.enforced is False)

# Tables, partitions


IS_ABSENT = When(
    "IF EXISTS, and there is none",
    lambda o, s, v: getattr(o, "if_exists", False) and o.target is not None and s.is_absent(o.target),
)
REPLACES = When("OR REPLACE, and there is one", lambda o, s, v: o.replace and not s.is_absent(o.name))
TABLE_EXISTS = When("IF NOT EXISTS, and it exists", lambda o, s, v: o.if_not_exists and s.exists(o.target))
HAS_CONCURRENTLY = When("CONCURRENTLY", lambda operation, structure, version: operation.concurrently)
IS_PARTITION = When("PARTITION OF", lambda operation, structure, version: operation.partition_of is not None)
HAS_WHERE = When("with WHERE", lambda operation, structure, version: operation.has_where)
REQUIRED = When("SET", lambda operation, structure, version: operation.not_null)
MATERIALIZED = When("materialized", lambda operation, structure, version: operation.materialized)


def _index_exists(operation: Any, structure: Structure, version: Version) -> bool:
    if not operation.if_not_exists or operation.index is None:
        return False
    return structure.table_of_index(Name(operation.table.schema, operation.index)) is not None


INDEX_EXISTS = When("IF NOT EXISTS, and the index exists", _index_exists)
ONLY_PARENT = When("ON ONLY a partitioned table", lambda o, s, v: o.only and s.is_partitioned(o.table))


def _attach_is_free(operation: Any, structure: Structure, version: Version) -> bool:
    return (
        not structure.foreign_keys_of(operation.table)
        and not lacks_index(operation, structure)
        and partition_is_proven(operation, structure)
    )


ATTACH_IS_FREE = When(
    "a valid CHECK says what the bound says, the key is NOT NULL, and no index or foreign key is to be made",
    _attach_is_free,
)
DEFAULT_IS_PROVEN = When(
    "a valid CHECK of the DEFAULT partition excludes the bound",
    lambda o, s, v: default_is_proven(o.table, o.partition_bound, s),
)
NEW_DEFAULT_IS_PROVEN = When(
    "a valid CHECK of the DEFAULT partition excludes the bound",
    lambda o, s, v: default_is_proven(o.partition_of, o.partition_bound, s),
)


def mode(*modes: str) -> When:
    """LOCK TABLE asks for one of the modes."""
    return When(f"IN {' or '.join(modes)} MODE", lambda o, s, v: o.mode.upper() in modes)


def verb(*verbs: str) -> When:
    """The statement is one of these."""
    return When(", ".join(verbs), lambda operation, structure, version: operation.verb in verbs)
