"""Changing the type of a column without writing all rows under a lock."""

from __future__ import annotations

from dataclasses import replace

from migrail.catalog.rewrite import columns_of_row
from migrail.model.operations import AlterColumnType
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.model.structure import Name
from migrail.rules._follow import followers
from migrail.rules._interface import Context
from migrail.rules._names import sql_name, sql_table
from migrail.rules._not_null import set_not_null
from migrail.rules._not_valid import validation
from migrail.rules._rewrites import BATCHES, instead, own_text, step
from migrail.rules._words import listed


def kept_by_trigger(table: Name, column: str, expression: str, name: str, context: Context) -> list[str]:
    """The statements that let a trigger compute a column whenever a row is written."""
    dialect, schema = context.dialect, table.schema
    function = sql_table(Name(schema, name), dialect)
    target = sql_name(column, dialect)
    return [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n  NEW.{target} := {expression};\n  RETURN NEW;\nEND $$",
        f"CREATE TRIGGER {sql_name(name, dialect)} BEFORE INSERT OR UPDATE ON {sql_table(table, dialect)} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
    ]


def by_new_column(operation: AlterColumnType, context: Context) -> Rewrite:
    """A second column that a trigger fills, and that takes the name of the first at the end."""
    dialect, table = context.dialect, sql_table(operation.table, context.dialect)
    old, second = operation.column, dialect.fold(f"{operation.column}_new", True)
    shown, new = sql_name(old, dialect), sql_name(second, dialect)
    known = context.catalog.column(operation.table, old)
    name = f"{operation.table.name}_{second}_fill"
    value = operation.using.text if operation.using is not None else f"{shown}::{operation.type}"
    collation = f' COLLATE "{operation.collation}"' if operation.collation else ""
    first = [f"ALTER TABLE {table} ADD COLUMN {new} {operation.type}{collation}"]
    following = followers(operation.table, old, second, context)
    columns = context.catalog.column_names(operation.table) or (old,)
    first += [
        *kept_by_trigger(operation.table, second, columns_of_row(value, columns, "NEW", dialect), name, context),
        *following.added,
    ]
    swap = [
        *following.kept,
        f"DROP TRIGGER {sql_name(name, dialect)} ON {table}",
        f"DROP FUNCTION {sql_table(Name(operation.table.schema, name), dialect)}()",
        f"ALTER TABLE {table} DROP COLUMN {shown}",
        f"ALTER TABLE {table} RENAME COLUMN {new} TO {shown}",
        *following.taken,
    ]
    fill = f"UPDATE {table} SET {new} = {value} WHERE {new} IS NULL AND {shown} IS NOT NULL"
    steps = [
        step(f"add_{second}", Stage.EXPAND, *first),
        step(f"fill_{second}", Stage.BACKFILL, fill, remark=BATCHES),
        *following.steps(operation.table, second, context),
    ]
    if known is not None and known.not_null:
        steps += set_not_null(operation.table, [second], context, *swap)
    else:
        steps.append(step(f"swap_{second}", Stage.CONTRACT, *swap))
    if following.left:
        steps[-1] = replace(steps[-1], remark=f"make {listed(following.left)} anew, which cannot follow by itself")
    return instead(operation, context, *steps, applicability=Applicability.MANUAL)


def without_checks(operation: AlterColumnType, context: Context) -> Rewrite | None:
    """The change between dropping the checks on the column and adding them again."""
    text = own_text(operation, context)
    checks = context.catalog.checks_on(operation.table, operation.column)
    named = [(check.name, check.expression.text) for check in checks if check.name and check.expression]
    if text is None or not named or len(named) != len(checks):
        return None
    table = sql_table(operation.table, context.dialect)
    shown = [(sql_name(name, context.dialect), condition) for name, condition in named]
    dropped = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for name, _ in shown]
    added = [
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition}) NOT VALID" for name, condition in shown
    ]
    change = step(f"change_{operation.column}", Stage.CONTRACT, *dropped, text, *added)
    checked = validation(operation.table, [name for name, _ in named], context)
    return instead(operation, context, change, checked)
