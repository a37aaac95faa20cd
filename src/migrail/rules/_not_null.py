"""Making columns NOT NULL without a scan that anybody waits for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrail.catalog.naming import free_name, object_name
from migrail.model.rewrites import Stage, Step
from migrail.model.structure import Constraint, ConstraintKind, Name
from migrail.rules._interface import Context
from migrail.rules._names import sql_name, sql_table
from migrail.rules._not_valid import validation
from migrail.rules._rewrites import step

NOT_VALID_FROM = (18,)
"""The first PostgreSQL whose NOT NULL can be NOT VALID (release notes 18)."""

_IS_NOT_NULL = re.compile(r"\(*\s*(?:\"(?:[^\"]|\"\")+\"|[^\s\"()]+)\s+IS\s+NOT\s+NULL\s*\)*", re.IGNORECASE)


def set_not_null(table: Name, columns: Sequence[str], context: Context, *finally_: str) -> tuple[Step, ...]:
    """The steps that make columns of a known table NOT NULL.

    Args:
        table: as the author wrote it.
        columns: those that may be NULL now.
        context: of the operation that wants it.
        finally_: statements that need it done, for the last step.
    """
    if context.version >= NOT_VALID_FROM:
        return _natively(table, columns, context, finally_)
    return _by_checks(table, columns, context, finally_)


def _natively(table: Name, columns: Sequence[str], context: Context, finally_: Sequence[str]) -> tuple[Step, ...]:
    dialect, shown = context.dialect, sql_table(table, context.dialect)
    pending = {column: _pending(table, column, ConstraintKind.NOT_NULL, context) for column in columns}
    names = {column: pending[column] or _name(table, column, context) for column in columns}
    added = [
        f"ALTER TABLE {shown} ADD CONSTRAINT {sql_name(names[column], dialect)} "
        f"NOT NULL {sql_name(column, dialect)} NOT VALID"
        for column in columns
        if not pending[column]
    ]
    steps = [step(f"add_{names[columns[0]]}", Stage.EXPAND, *added)] if added else []
    steps.append(validation(table, names.values(), context))
    if finally_:
        steps.append(step(f"{table.name}_not_null", Stage.CONTRACT, *finally_))
    return tuple(steps)


def _by_checks(table: Name, columns: Sequence[str], context: Context, finally_: Sequence[str]) -> tuple[Step, ...]:
    """A CHECK that is there already is validated and stays; one that is made for this is dropped again."""
    dialect, shown = context.dialect, sql_table(table, context.dialect)
    pending = {column: _pending(table, column, ConstraintKind.CHECK, context) for column in columns}
    names = {column: pending[column] or _name(table, column, context) for column in columns}
    made = [column for column in columns if not pending[column]]
    added = [
        f"ALTER TABLE {shown} ADD CONSTRAINT {sql_name(names[column], dialect)} "
        f"CHECK ({sql_name(column, dialect)} IS NOT NULL) NOT VALID"
        for column in made
    ]
    done = [f"ALTER TABLE {shown} ALTER COLUMN {sql_name(column, dialect)} SET NOT NULL" for column in columns]
    dropped = [f"ALTER TABLE {shown} DROP CONSTRAINT {sql_name(names[column], dialect)}" for column in made]
    steps = [step(f"add_{names[columns[0]]}", Stage.EXPAND, *added)] if added else []
    steps.append(validation(table, names.values(), context))
    steps.append(step(f"set_{names[columns[0]]}", Stage.CONTRACT, *done, *finally_, *dropped))
    return tuple(steps)


def checked_column(constraint: Constraint) -> str | None:
    """The column of which a CHECK says that it is not NULL, and nothing else."""
    expression = constraint.expression
    if constraint.kind is not ConstraintKind.CHECK or expression is None or len(constraint.columns) != 1:
        return None
    return constraint.columns[0] if _IS_NOT_NULL.fullmatch(expression.text.strip()) else None


def _pending(table: Name, column: str, kind: ConstraintKind, context: Context) -> str | None:
    """The constraint that says it already, but is not validated yet."""
    return next(
        (
            constraint.name
            for constraint in context.catalog.constraints_of(table)
            if constraint.kind is kind and not constraint.valid and _says(constraint, column)
        ),
        None,
    )


def _says(constraint: Constraint, column: str) -> bool:
    if constraint.kind is ConstraintKind.NOT_NULL:
        return column in constraint.columns
    return checked_column(constraint) == column


def _name(table: Name, column: str, context: Context) -> str:
    """A name that is free: the one that PostgreSQL 18 itself would choose, where that can be had."""
    taken = {constraint.name for constraint in context.catalog.constraints_of(table)}
    known = context.catalog.table(table)
    if known is not None:  # from 18 on the server gives NOT NULL such a name
        required = (each.name for each in known.columns.values() if each.not_null)
        taken.update(object_name(table.name, each, "not_null") for each in required)
    return free_name(table.name, column, "not_null", taken.__contains__)
