"""Adding a column whose values differ from row to row without writing all rows under a lock."""

from __future__ import annotations

from collections.abc import Sequence

from migrail.catalog import Domain
from migrail.catalog.naming import object_name
from migrail.catalog.rewrite import columns_of_row
from migrail.model.operations import AddColumn
from migrail.model.rewrites import Applicability, Rewrite, Stage, Step
from migrail.model.structure import Column, ConstraintKind, SqlType
from migrail.rules._interface import Context
from migrail.rules._names import sql_name, sql_table
from migrail.rules._not_null import set_not_null
from migrail.rules._not_valid import validation
from migrail.rules._retype import kept_by_trigger
from migrail.rules._rewrites import (
    BATCHES,
    DEFAULT,
    GENERATED,
    KEY,
    REQUIRED,
    for_column,
    instead,
    own_text,
    step,
    without,
)
from migrail.rules._unique import INSIDE, key_inside
from migrail.sql import column_text

_SEQUENCE_TYPES = {"smallint": " AS smallint", "integer": " AS integer"}
"""Behind CREATE SEQUENCE, as serial columns have it; bigint needs no word."""


def by_default(operation: AddColumn, context: Context) -> Rewrite | None:
    """The column empty, then its default, then the rows that were there."""
    default = operation.column.default
    plain = without(operation, context, DEFAULT, REQUIRED, KEY)
    if plain is None or default is None:
        return None
    column, table = _column(operation, context), _table(operation, context)
    first = [plain, f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {default.text}"]
    return _filled(operation, context, first, default.text, required=_is_required(operation))


def by_sequence(operation: AddColumn, context: Context) -> Rewrite | None:
    """What serial stands for, made by hand."""
    type_ = operation.column.type
    if type_ is None or _more_than_key(operation):
        return None
    name = f"{operation.table.name}_{operation.column.name}_seq"
    first, following = _sequence(operation, context, name, type_)
    return _filled(operation, context, first, following, required=True)


def by_identity(operation: AddColumn, context: Context) -> Rewrite | None:
    """A sequence numbers the rows first; the identity goes on where it stopped."""
    type_, generated = operation.column.type, operation.column.generated
    text = own_text(operation, context)
    found = column_text(text, context.dialect) if text is not None else None
    clauses = [clause for clause in found.clauses if GENERATED.match(clause)] if found is not None else []
    if type_ is None or generated is None or len(clauses) != 1 or _more_than_key(operation):
        return None
    name = f"{operation.table.name}_{operation.column.name}_numbers"
    first, following = _sequence(operation, context, name, type_)
    column, table = _column(operation, context), _table(operation, context)
    alter = f"ALTER TABLE {table} ALTER COLUMN {column}"
    quoted = [part.replace("'", "''") for part in (table, operation.column.name)]
    last = [
        f"{alter} DROP DEFAULT",
        f"{alter} ADD {clauses[0]}",
        f"SELECT setval(pg_get_serial_sequence('{quoted[0]}', '{quoted[1]}'), {following})",
        f"DROP SEQUENCE {_beside(operation, context, name)}",
    ]
    return _filled(operation, context, first, following, required=True, last=last)


def _sequence(operation: AddColumn, context: Context, name: str, type_: SqlType) -> tuple[list[str], str]:
    """The statements that add the column with a sequence behind it, and what gives the next number."""
    column, table = _column(operation, context), _table(operation, context)
    place = _beside(operation, context, name)
    quoted = place.replace("'", "''")
    following = f"nextval('{quoted}')"
    return [
        f"ALTER TABLE {table} ADD COLUMN {column} {type_}",
        f"CREATE SEQUENCE {place}{_SEQUENCE_TYPES.get(type_.name, '')} OWNED BY {table}.{column}",
        f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {following}",
    ], following


def by_trigger(operation: AddColumn, context: Context) -> Rewrite | None:
    """A trigger computes what the column would have been generated as. The column stays a plain one."""
    generation, type_ = operation.column.generation, operation.column.type
    if generation is None or type_ is None or _more_than_key(operation):
        return None
    column, table = _column(operation, context), _table(operation, context)
    name = object_name(operation.table.name, operation.column.name, "fill")
    known = context.catalog.column_names(operation.table)
    expression = columns_of_row(
        generation.text, [each for each in generation.columns if each in known], "NEW", context.dialect
    )
    first = [
        f"ALTER TABLE {table} ADD COLUMN {column} {type_}",
        *kept_by_trigger(operation.table, operation.column.name, expression, name, context),
    ]
    return _filled(operation, context, first, generation.text, required=_is_required(operation))


def virtual(operation: AddColumn, context: Context) -> Rewrite | None:
    """The same column, computed when it is read."""
    plain = without(operation, context, GENERATED)
    generation = operation.column.generation
    keyed = any(constraint.kind in INSIDE for constraint in operation.column.constraints)
    if plain is None or generation is None or keyed:  # no index over a virtual column (release notes 18)
        return None
    text = f"{plain} GENERATED ALWAYS AS ({generation.text}) VIRTUAL"
    added = step(f"add_{operation.column.name}", Stage.EXPAND, text)
    return instead(operation, context, added, applicability=Applicability.MANUAL)


def below_domain(operation: AddColumn, context: Context) -> Rewrite | None:
    """The type below the domain, with the domain's checks as checks of the table."""
    type_ = operation.column.type
    base = context.catalog.domain_base(type_) if type_ is not None else None
    found = next((t for name, t in context.catalog.types.items() if type_ and _is(type_, name.name)), None)
    checks = (
        [each.expression.text for each in found.constraints if each.expression] if isinstance(found, Domain) else []
    )
    if base is None or not checks or not _is_plain(operation.column):
        return None
    column, table = _column(operation, context), _table(operation, context)
    ends = [str(number or "") for number in range(len(checks))]
    names = [f"{operation.table.name}_{operation.column.name}_check{end}" for end in ends]
    added = [
        f"ALTER TABLE {table} ADD CONSTRAINT {sql_name(name, context.dialect)} "
        f"CHECK ({for_column(check, operation.column.name, context.dialect)}) NOT VALID"
        for name, check in zip(names, checks, strict=True)
    ]
    first = step(
        f"add_{operation.column.name}", Stage.EXPAND, f"ALTER TABLE {table} ADD COLUMN {column} {base}", *added
    )
    checked = validation(operation.table, names, context)
    return instead(operation, context, first, checked, applicability=Applicability.MANUAL)


def _is(type_: SqlType, name: str) -> bool:
    return type_.name.rpartition(".")[2] == name


def _filled(
    operation: AddColumn,
    context: Context,
    first: Sequence[str],
    value: str,
    *,
    required: bool,
    last: Sequence[str] = (),
) -> Rewrite | None:
    """The column with its default, the rows filled, NOT NULL where it was asked for, and its key."""
    kinds = [constraint.kind for constraint in operation.column.constraints if constraint.kind in INSIDE]
    key = key_inside(operation, context)
    if kinds and key is None:
        return None
    build, make = key or (None, None)
    column, table = _column(operation, context), _table(operation, context)
    steps: list[Step] = [
        step(f"add_{operation.column.name}", Stage.EXPAND, *first),
        step(
            f"fill_{operation.column.name}",
            Stage.BACKFILL,
            f"UPDATE {table} SET {column} = {value} WHERE {column} IS NULL",
            remark=BATCHES,
        ),
    ]
    steps += [build] if build is not None else []
    finally_ = [*last, *([make] if make is not None else [])]
    if required or ConstraintKind.PRIMARY_KEY in kinds:
        steps += set_not_null(operation.table, [operation.column.name], context, *finally_)
    elif finally_:
        steps.append(step(f"key_{operation.column.name}", Stage.CONTRACT, *finally_))
    return instead(operation, context, *steps, applicability=Applicability.MANUAL)


def _more_than_key(operation: AddColumn) -> bool:
    """Whether something is written inside the column that the steps would lose."""
    return any(
        constraint.kind not in (*INSIDE, ConstraintKind.NOT_NULL) for constraint in operation.column.constraints
    )


def _is_plain(column: Column) -> bool:
    return column.default is None and not column.not_null and not column.constraints


def _is_required(operation: AddColumn) -> bool:
    column = operation.column
    return column.not_null or any(c.kind is ConstraintKind.NOT_NULL for c in column.constraints)


def _column(operation: AddColumn, context: Context) -> str:
    return sql_name(operation.column.name, context.dialect)


def _table(operation: AddColumn, context: Context) -> str:
    return sql_table(operation.table, context.dialect)


def _beside(operation: AddColumn, context: Context, name: str) -> str:
    """A name in the schema of the table, as SQL."""
    shown = sql_name(name, context.dialect)
    schema = operation.table.schema
    return shown if schema is None else f"{sql_name(schema, context.dialect)}.{shown}"
