"""Making columns unique without building the index under a lock that reads wait for."""

from __future__ import annotations

from migrail.model.operations import AddColumn, AddConstraint, SetNotNull
from migrail.model.rewrites import Applicability, Rewrite, Stage, Step
from migrail.model.structure import ConstraintKind, Name
from migrail.rules._interface import Context
from migrail.rules._names import sql_name, sql_table
from migrail.rules._not_null import set_not_null
from migrail.rules._not_valid import new_name
from migrail.rules._partitions import Wanted, partition_by_partition
from migrail.rules._rewrites import instead, own_text, step
from migrail.sql import KeyText, column_text, key_text

WORDS = {
    ConstraintKind.UNIQUE: "UNIQUE",
    ConstraintKind.PRIMARY_KEY: "PRIMARY KEY",
    ConstraintKind.EXCLUDE: "EXCLUDE",
}

HELP = "Build the index while reads and writes go on, and make it the constraint afterwards, which takes a moment"

PARTITIONED = """\
A partitioned table takes neither CONCURRENTLY nor USING INDEX. Add the constraint to the parent alone, build an \
index on each partition, make it a constraint, and attach it"""

EXCLUDE = """\
There is no way to add an exclusion constraint while the table is in use: the server takes neither NOT VALID nor
USING INDEX for it. Look for rows that exclude each other beforehand, and add it when few wait for the table; or
make a new table with the constraint, copy the rows in batches while a trigger writes changes to both, and swap
the names"""

NULLABLE = (
    "Make the columns NOT NULL first, without a scan under the lock; then the index becomes the key in a moment"
)

KEY_INSIDE = "Add the column first; make it unique and NOT NULL when it is filled, and then the key"

INSIDE = (ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY)
"""The keys that a column may have written inside."""


def for_constraint(operation: AddConstraint, context: Context) -> tuple[str, Rewrite | None]:
    """What to do instead."""
    constraint, text = operation.constraint, own_text(operation, context)
    if constraint.kind is ConstraintKind.EXCLUDE or text is None:
        return EXCLUDE, None
    if constraint.using_index is not None:
        columns = _columns(operation, context)
        steps = set_not_null(operation.table, columns, context, text) if columns else ()
        return NULLABLE, instead(operation, context, *steps) if steps else None
    key = key_text(text, context.dialect)
    if key is None:
        return HELP, None
    name = constraint.name or new_name(operation, constraint.kind, context)
    if context.catalog.is_partitioned(operation.table):
        return PARTITIONED, _on_partitions(operation, name, key, context)
    build, make = build_and_make(operation.table, constraint.kind, name, key, context)
    nullable = _columns(operation, context) if constraint.kind is ConstraintKind.PRIMARY_KEY else []
    steps = set_not_null(operation.table, nullable, context, make) if nullable else (_last(name, make),)
    return HELP, instead(operation, context, build, *steps)


def for_column(operation: AddColumn, kinds: list[ConstraintKind], context: Context) -> tuple[str, Rewrite | None]:
    text = own_text(operation, context)
    found = column_text(text, context.dialect) if text is not None else None
    if kinds != [ConstraintKind.UNIQUE] or found is None:
        return KEY_INSIDE, None
    column = sql_name(operation.column.name, context.dialect)
    keys = [(clause, key_text(clause, context.dialect, column)) for clause in found.clauses]
    unique = [(clause, key) for clause, key in keys if key is not None]
    if len(unique) != 1:
        return KEY_INSIDE, None
    kept = " ".join([found.head, *(clause for clause in found.clauses if clause != unique[0][0])])
    name = new_name(operation, ConstraintKind.UNIQUE, context)
    build, make = build_and_make(operation.table, ConstraintKind.UNIQUE, name, unique[0][1], context)
    first = step(f"add_{operation.column.name}", Stage.EXPAND, kept)
    return HELP, instead(operation, context, first, build, _last(name, make))


def build_and_make(
    table: Name, kind: ConstraintKind, name: str, key: KeyText, context: Context
) -> tuple[Step, str]:
    """The step that builds the index, and the statement that makes it the constraint."""
    shown, place = sql_name(name, context.dialect), sql_table(table, context.dialect)
    index = f"CREATE UNIQUE INDEX CONCURRENTLY {shown} ON {place} {key.index}"
    make = f"ALTER TABLE {place} ADD CONSTRAINT {shown} {WORDS[kind]} USING INDEX {shown} {key.attributes}"
    return step(f"build_{name}", Stage.EXPAND, index, off=True), make.rstrip()


def key_inside(operation: AddColumn, context: Context) -> tuple[Step, str] | None:
    """The step that builds the index of the only key that is written inside a column, and the statement that makes
    it the constraint; ``None`` where there is none, or more than one."""
    text = own_text(operation, context)
    found = column_text(text, context.dialect) if text is not None else None
    kinds = [constraint.kind for constraint in operation.column.constraints if constraint.kind in INSIDE]
    column = sql_name(operation.column.name, context.dialect)
    clauses = found.clauses if found is not None else ()
    keys = [key for clause in clauses if (key := key_text(clause, context.dialect, column)) is not None]
    if len(kinds) != 1 or len(keys) != 1:
        return None
    return build_and_make(operation.table, kinds[0], new_name(operation, kinds[0], context), keys[0], context)


def _last(name: str, make: str) -> Step:
    return step(f"add_{name}", Stage.EXPAND, make)


def _on_partitions(operation: AddConstraint, name: str, key: KeyText, context: Context) -> Rewrite | None:
    word = WORDS[operation.constraint.kind]
    if word == "PRIMARY KEY" and _columns(operation, context):
        return None
    wanted = Wanted(
        columns=operation.constraint.columns,
        definition=key.index,
        unique=True,
        constraint=word,
        attributes=key.attributes,
    )
    steps = partition_by_partition(operation.table, name, wanted, context)
    return instead(operation, context, *steps, applicability=Applicability.MANUAL)


def _columns(operation: AddConstraint, context: Context) -> list[str]:
    """The columns of the key that the server would have to look at for NULL."""
    index = context.catalog.index(operation.table, operation.constraint.using_index or "")
    columns = operation.constraint.columns or (index.columns if index is not None else ())
    return [
        column
        for column in columns
        if context.dialect.effects(
            SetNotNull(table=operation.table, column=column), context.catalog, context.version
        ).scans
    ]
