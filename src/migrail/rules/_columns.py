"""What several rules ask about a column that a statement adds."""

from __future__ import annotations

from migrail.model.operations import AddColumn
from migrail.model.structure import Constraint, ConstraintKind
from migrail.rules._interface import Context


def adds_nothing(operation: AddColumn, context: Context) -> bool:
    """Whether IF NOT EXISTS finds the column there."""
    return operation.if_not_exists and context.catalog.column(operation.table, operation.column.name) is not None


def inline(operation: AddColumn, *kinds: ConstraintKind) -> tuple[Constraint, ...]:
    """The constraints of these kinds that are written inside the column definition."""
    return tuple(constraint for constraint in operation.column.constraints if constraint.kind in kinds)


def has_default(operation: AddColumn) -> bool:
    """Whether existing rows get another value than NULL from DEFAULT."""
    default = operation.column.default
    return default is not None and not default.is_null


def is_required(operation: AddColumn) -> bool:
    """Whether the column is NOT NULL and nothing gives existing rows a value."""
    column = operation.column
    required = column.not_null or bool(inline(operation, ConstraintKind.NOT_NULL))
    filled = has_default(operation) or column.generated is not None
    return required and not filled and not (column.type is not None and column.type.serial)
