"""Which rows a constraint would refuse that are there already."""

from __future__ import annotations

from migrail.catalog.catalog import is_expression
from migrail.model.operations import AddConstraint, CreateIndex, SetNotNull
from migrail.model.structure import ConstraintKind, Expression, Reference
from migrail.rules._interface import Context
from migrail.rules._names import sql_name, sql_table

Tightens = SetNotNull | AddConstraint | CreateIndex
"""What makes a table stricter."""


def violations(
    operation: Tightens,
    kind: ConstraintKind,
    columns: tuple[str, ...],
    context: Context,
) -> str | None:
    """The query that finds rows that break a constraint already; ``None`` where none can be written.

    Args:
        operation: what makes rows break it.
        kind: of the constraint.
        columns: that it is about.
        context: of the operation.
    """
    table = sql_table(operation.table, context.dialect)
    names = [sql_name(column, context.dialect) for column in columns]
    query = ""
    match operation:
        case AddConstraint(constraint=constraint) if kind is ConstraintKind.CHECK and constraint.expression:
            query = f"SELECT * FROM {table} WHERE NOT ({constraint.expression.text})"
        case AddConstraint(constraint=constraint) if constraint.references is not None:
            query = _orphans(table, names, constraint.references, context)
        case AddConstraint() if not names or kind is ConstraintKind.EXCLUDE:
            pass
        case SetNotNull() | AddConstraint() if kind is ConstraintKind.NOT_NULL:
            query = f"SELECT * FROM {table} WHERE {names[0]} IS NULL"
        case CreateIndex():
            plain = [part if is_expression(part) else sql_name(part, context.dialect) for part in operation.columns]
            query = _repeated(table, plain, operation.where, nulls=operation.nulls_not_distinct)
        case AddConstraint(constraint=constraint):
            query = _repeated(table, names, None, nulls=constraint.nulls_not_distinct)
    return query or None


def _repeated(table: str, keys: list[str], where: Expression | None, *, nulls: bool) -> str:
    """Values that come more than once; NULLs count as different unless they are said not to."""
    conditions = [f"({where.text})"] if where is not None else []
    conditions += [] if nulls else [f"{key} IS NOT NULL" for key in keys]
    filtered = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    listed = ", ".join(keys)
    return f"SELECT {listed}, count(*) FROM {table}{filtered} GROUP BY {listed} HAVING count(*) > 1"


def _orphans(table: str, names: list[str], references: Reference, context: Context) -> str:
    """Rows without a parent."""
    target = context.catalog.table(references.table)
    key = target.primary_key if target is not None else None
    columns = references.columns or (key.columns if key is not None else ())
    if not names or len(columns) != len(names):
        return ""
    parent = sql_table(references.table, context.dialect)
    keys = [sql_name(column, context.dialect) for column in columns]
    joined = " AND ".join(f"p.{key} = c.{name}" for key, name in zip(keys, names, strict=True))
    present = " AND ".join(f"c.{name} IS NOT NULL" for name in names)
    return f"SELECT c.* FROM {table} c WHERE {present} AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {joined})"
