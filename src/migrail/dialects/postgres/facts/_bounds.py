"""Whether a CHECK spares the server the scan of a partition.

The server proves that the constraint implies the bound. Here the comparisons are compared as text, for a key of one
column: ``FOR VALUES FROM (20) TO (30)`` needs ``id >= 20`` and ``id < 30``. Anything else counts as not proven.
"""

from __future__ import annotations

import re

from migrail.dialects.postgres.facts._conditions import conjuncts, disjuncts, names, normal
from migrail.model.operations import AttachPartition
from migrail.model.structure import ConstraintKind, Name, Structure

_RANGE = re.compile(r"(?:FOR\s+VALUES\s+)?FROM\s*\((.+)\)\s*TO\s*\((.+)\)", re.IGNORECASE | re.DOTALL)
_LIST = re.compile(r"(?:FOR\s+VALUES\s+)?IN\s*\((.+)\)", re.IGNORECASE | re.DOTALL)
_KEY = re.compile(r"(?:RANGE|LIST)\s*\(\s*(\"[^\"]+\"|\w+)\s*\)", re.IGNORECASE)
_UNBOUNDED = {"minvalue", "maxvalue"}


def partition_is_proven(operation: AttachPartition, structure: Structure) -> bool:
    """Whether valid CHECKs of the table that becomes a partition imply its bound."""
    wanted = _comparisons(operation.table, operation.partition_bound, structure)
    if wanted is None:
        return False
    column, inside, _ = wanted
    said = _valid_checks(operation.partition, structure)
    known = structure.column(operation.partition, column)
    not_null = known is not None and known.not_null
    return (not_null or f"{column}isnotnull" in said) and all(comparison in said for comparison in inside)


def default_is_proven(parent: Name, bound: str | None, structure: Structure) -> bool:
    """Whether a valid CHECK of the DEFAULT partition excludes the bound of the one that comes."""
    default = structure.default_partition_of(parent)
    wanted = _comparisons(parent, bound, structure)
    if default is None or wanted is None:
        return False
    _, _, outside = wanted
    checks = [check for check in structure.constraints_of(default) if check.kind is ConstraintKind.CHECK]
    parts = [
        part
        for check in checks
        if check.valid and check.expression is not None
        for part in conjuncts(check.expression.text)
    ]
    return any({normal(item) for item in disjuncts(part)} <= outside for part in parts)


def _valid_checks(table: Name, structure: Structure) -> set[str]:
    return {
        normal(part)
        for check in structure.constraints_of(table)
        if check.kind is ConstraintKind.CHECK and check.valid and check.expression is not None
        for part in conjuncts(check.expression.text)
    }


def _comparisons(parent: Name, bound: str | None, structure: Structure) -> tuple[str, list[str], set[str]] | None:
    """The key, what holds inside the bound (all of it), and what holds outside (one of it)."""
    key = _KEY.fullmatch((structure.partition_key_of(parent) or "").strip())
    if key is None or bound is None:
        return None
    column = next((name for name in structure.column_names(parent) if names(key[1], name)), None)
    if column is None:
        return None
    ranged = _RANGE.fullmatch(bound.strip())
    if ranged is not None:
        low, high = normal(ranged[1]), normal(ranged[2])
        inside = [f"{column}>={low}"] * (low not in _UNBOUNDED) + [f"{column}<{high}"] * (high not in _UNBOUNDED)
        outside = {f"{column}<{low}"} if low not in _UNBOUNDED else set()
        return column, inside, outside | ({f"{column}>={high}"} if high not in _UNBOUNDED else set())
    listed = _LIST.fullmatch(bound.strip())
    if listed is not None:
        value = normal(listed[1])
        if "," not in value and value != "null":
            return column, [f"{column}={value}"], {f"{column}<>{value}"}
    return None
