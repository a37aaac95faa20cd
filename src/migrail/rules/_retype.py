"""Another column in the place of one: of another type without writing all rows under a lock, or of another name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migrail.catalog.naming import object_name
from migrail.catalog.rewrite import columns_of_row
from migrail.model.operations import AlterColumnType, RenameColumn
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.model.structure import Column, Name
from migrail.rules._follow import followers
from migrail.rules._interface import Context
from migrail.rules._names import sql_name, sql_table
from migrail.rules._not_null import set_not_null
from migrail.rules._not_valid import validation
from migrail.rules._rewrites import BATCHES, instead, own_text, step
from migrail.rules._words import listed


def kept_by_trigger(table: Name, column: str, expression: str, name: str, context: Context) -> list[str]:
    """The statements that let a trigger compute a column whenever a row is written."""
    return _trigger(table, f"  NEW.{sql_name(column, context.dialect)} := {expression};", name, context)


def kept_equal(table: Name, old: str, new: str, name: str, context: Context) -> list[str]:
    """The statements that let a trigger give two columns the same value, whichever of them is written."""
    before, after = sql_name(old, context.dialect), sql_name(new, context.dialect)
    body = (
        f"  IF TG_OP = 'INSERT' THEN\n    NEW.{after} := coalesce(NEW.{after}, NEW.{before});\n"
        f"  ELSIF NEW.{before} IS DISTINCT FROM OLD.{before} THEN\n    NEW.{after} := NEW.{before};\n  END IF;\n"
        f"  NEW.{before} := NEW.{after};"
    )
    return _trigger(table, body, name, context)


def _trigger(table: Name, body: str, name: str, context: Context) -> list[str]:
    dialect = context.dialect
    function = sql_table(Name(table.schema, name), dialect)
    return [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n{body}\n  RETURN NEW;\nEND $$",
        f"CREATE TRIGGER {sql_name(name, dialect)} BEFORE INSERT OR UPDATE ON {sql_table(table, dialect)} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
    ]


def by_new_column(operation: AlterColumnType, context: Context) -> Rewrite:
    """A second column that a trigger fills, and that takes the name of the first at the end."""
    dialect, old = context.dialect, operation.column
    second = object_name(old, "", "new")
    shown = sql_name(old, dialect)
    name = object_name(operation.table.name, second, "fill")
    value = operation.using.text if operation.using is not None else f"{shown}::{operation.type}"
    columns = context.catalog.column_names(operation.table) or (old,)
    written = columns_of_row(value, columns, "NEW", dialect)
    trigger = kept_by_trigger(operation.table, second, written, name, context)
    collation = f' COLLATE "{operation.collation}"' if operation.collation else ""
    made = Successor(column=second, type=f"{operation.type}{collation}", value=value, trigger=name, by=trigger)
    return _succeeded(operation, old, made, context, finally_=old)


def by_renamed_column(operation: RenameColumn, column: Column, context: Context) -> Rewrite:
    """A column of the new name that a trigger keeps equal to the old one until that goes."""
    new, old = operation.new_name, operation.column
    name = object_name(operation.table.name, new, "fill")
    collation = f' COLLATE "{column.collation}"' if column.collation else ""
    made = Successor(
        column=new,
        type=f"{column.type}{collation}",
        value=sql_name(old, context.dialect),
        trigger=name,
        by=kept_equal(operation.table, old, new, name, context),
    )
    remark = f"when every deployed version uses {new}"
    return _succeeded(operation, old, made, context, finally_=new, remark=remark)


@dataclass(frozen=True, kw_only=True)
class Successor:
    """The column that takes the place of another one."""

    column: str
    type: str
    """With its collation, as SQL."""
    value: str
    """What the rows that are there get, as SQL."""
    trigger: str
    by: list[str]
    """The statements that make the trigger and its function."""


def _succeeded(
    operation: AlterColumnType | RenameColumn,
    old: str,
    made: Successor,
    context: Context,
    *,
    finally_: str,
    remark: str | None = None,
) -> Rewrite:
    """The successor is added, filled while the table is used, and left alone at the end, under that name."""
    dialect, table = context.dialect, sql_table(operation.table, context.dialect)
    shown, new = sql_name(old, dialect), sql_name(made.column, dialect)
    known = context.catalog.column(operation.table, old)
    following = followers(operation.table, old, made.column, context, finally_=finally_)
    swap = [
        *following.kept,
        f"DROP TRIGGER {sql_name(made.trigger, dialect)} ON {table}",
        f"DROP FUNCTION {sql_table(Name(operation.table.schema, made.trigger), dialect)}()",
        f"ALTER TABLE {table} DROP COLUMN {shown}",
        *([f"ALTER TABLE {table} RENAME COLUMN {new} TO {shown}"] if finally_ == old else []),
        *following.taken,
    ]
    added = [f"ALTER TABLE {table} ADD COLUMN {new} {made.type}", *made.by, *following.added]
    fill = f"UPDATE {table} SET {new} = {made.value} WHERE {new} IS NULL AND {shown} IS NOT NULL"
    steps = [
        step(f"add_{made.column}", Stage.EXPAND, *added),
        step(f"fill_{made.column}", Stage.BACKFILL, fill, remark=BATCHES),
        *following.steps(operation.table, made.column, context),
    ]
    if known is not None and known.not_null:
        steps += set_not_null(operation.table, [made.column], context, *swap)
    else:
        steps.append(step(f"swap_{made.column}", Stage.CONTRACT, *swap))
    if following.left:
        left = f"make {listed(following.left)} anew, which cannot follow by itself"
        remark = f"{remark}; {left}" if remark else left
    steps[-1] = replace(steps[-1], remark=remark)
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
