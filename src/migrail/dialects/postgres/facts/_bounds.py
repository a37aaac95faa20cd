"""Whether a CHECK spares the server the scan of a partition.

The server proves that the constraint implies the bound. Here the comparisons are compared as text, for a key of one
column: ``FOR VALUES FROM (20) TO (30)`` needs ``id >= 20`` and ``id < 30``, ``IN (1, 2)`` needs a list of no other
values. Anything else counts as not proven.
"""

from __future__ import annotations

import re

from migrail.dialects.postgres.facts._conditions import conjuncts, disjuncts, names, normal
from migrail.dialects.postgres.facts._lists import list_is_excluded, list_is_proven
from migrail.dialects.postgres.lists import values_of_bound
from migrail.model.operations import AttachPartition
from migrail.model.structure import ConstraintKind, Name, Structure

_RANGE = re.compile(r"(?:FOR\s+VALUES\s+)?FROM\s*\((.+)\)\s*TO\s*\((.+)\)", re.IGNORECASE | re.DOTALL)
_KEY = re.compile(r"(?:RANGE|LIST)\s*\(\s*(\"[^\"]+\"|\w+)\s*\)", re.IGNORECASE)
_UNBOUNDED = {"minvalue", "maxvalue"}


def partition_is_proven(operation: AttachPartition, structure: Structure) -> bool:
    """Whether valid CHECKs of the table that becomes a partition imply its bound."""
    parent, bound = operation.table, operation.partition_bound
    column = _key(parent, structure)
    if column is None or bound is None:
        return False
    parts = _valid_parts(operation.partition, structure)
    said = {normal(part) for part in parts}
    not_null = _is_not_null(operation.partition, column, said, structure)
    values = values_of_bound(bound)
    if values is not None:
        return list_is_proven(values, column, not_null, parts)
    wanted = _comparisons(column, bound)
    return wanted is not None and not_null and all(comparison in said for comparison in wanted[0])


def default_is_proven(parent: Name, bound: str | None, structure: Structure) -> bool:
    """Whether valid CHECKs of the DEFAULT partition exclude the bound of the one that comes."""
    default, column = structure.default_partition_of(parent), _key(parent, structure)
    if default is None or column is None or bound is None:
        return False
    parts = _valid_parts(default, structure)
    values = values_of_bound(bound)
    if values is not None:
        not_null = _is_not_null(default, column, {normal(part) for part in parts}, structure)
        return list_is_excluded(values, column, not_null, parts)
    wanted = _comparisons(column, bound)
    return wanted is not None and any({normal(item) for item in disjuncts(part)} <= wanted[1] for part in parts)


def _valid_parts(table: Name, structure: Structure) -> list[str]:
    """What valid CHECKs say, at the AND of each."""
    return [
        part
        for check in structure.constraints_of(table)
        if check.kind is ConstraintKind.CHECK and check.valid and check.expression is not None
        for part in conjuncts(check.expression.text)
    ]


def _is_not_null(table: Name, column: str, said: set[str], structure: Structure) -> bool:
    known = structure.column(table, column)
    return (known is not None and known.not_null) or f"{column}isnotnull" in said


def _key(parent: Name, structure: Structure) -> str | None:
    """The only column of the partition key."""
    key = _KEY.fullmatch((structure.partition_key_of(parent) or "").strip())
    if key is None:
        return None
    return next((name for name in structure.column_names(parent) if names(key[1], name)), None)


def _comparisons(column: str, bound: str) -> tuple[list[str], set[str]] | None:
    """What holds inside a bound by range (all of it), and what holds outside (one of it)."""
    ranged = _RANGE.fullmatch(bound.strip())
    if ranged is None:
        return None
    low, high = normal(ranged[1]), normal(ranged[2])
    inside = [f"{column}>={low}"] * (low not in _UNBOUNDED) + [f"{column}<{high}"] * (high not in _UNBOUNDED)
    outside = {f"{column}<{low}"} if low not in _UNBOUNDED else set()
    return inside, outside | ({f"{column}>={high}"} if high not in _UNBOUNDED else set())
