"""What tells the server that a column holds no NULL."""

from __future__ import annotations

import re

from migrail.dialects._interface import Version
from migrail.dialects.postgres.facts._conditions import conjuncts, names
from migrail.model.structure import Constraint, ConstraintKind, Name, Structure

_IS_NOT_NULL = re.compile(r"(\"(?:[^\"]|\"\")+\"|\S+)\s+IS\s+NOT\s+NULL", re.IGNORECASE)


def not_null_is_proven(
    table: Name, column: str, structure: Structure, version: Version, *, by_check: bool = True
) -> bool:
    """Whether the server knows that the column holds no NULL: by NOT NULL, or since 12 by a valid CHECK."""
    constraints = structure.constraints_of(table)
    pending = any(
        constraint.kind is ConstraintKind.NOT_NULL and not constraint.valid and column in constraint.columns
        for constraint in constraints
    )
    known = structure.column(table, column)
    if known is not None and known.not_null and not pending:
        return True
    checks = structure.checks_on(table, column) if by_check and version >= (12,) else ()
    return any(_says_not_null(check, column) for check in checks)


def _says_not_null(check: Constraint, column: str) -> bool:
    if not check.valid or check.expression is None:
        return False
    found = (_IS_NOT_NULL.fullmatch(part) for part in conjuncts(check.expression.text))
    return any(match is not None and names(match[1], column) for match in found)
