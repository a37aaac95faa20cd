"""ALTER TABLE and ALTER FOREIGN TABLE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    AddParent,
    AlterColumnOption,
    AlterColumnType,
    AlterConstraint,
    AlterObject,
    AlterTableOption,
    AttachPartition,
    DetachPartition,
    DropColumn,
    DropConstraint,
    DropDefault,
    DropNotNull,
    DropParent,
    MoveTable,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameObject,
    RenameTable,
    SetDefault,
    SetExpression,
    SetNotNull,
    TableOperation,
    ValidateConstraint,
)
from migrail.model.structure import Constraint, ConstraintKind, Name
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.read import tails
from migrail.sql.read.alter_column import alter_column
from migrail.sql.read.columns import at_table_constraint, read_column, table_constraint
from migrail.sql.read.create_table import partition_bound
from migrail.sql.read.tails import Tail, take_form

Action = Callable[[Cursor, Name], list[Operation]]


def read_alter_table(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER TABLE."""
    if cursor.take("ALL", "IN", "TABLESPACE"):
        return [all_in_tablespace(cursor, "TABLE")]
    cursor.if_exists()
    only = cursor.take("ONLY")
    table = cursor.name()
    cursor.take("*")
    found = _actions(cursor, table)
    if only:
        found = [replace(item, only=True) if isinstance(item, TableOperation) else item for item in found]
    return found


def _actions(cursor: Cursor, table: Name) -> list[Operation]:
    alone = cursor.take_one(_ALONE)
    if alone:
        return _ALONE[alone](cursor, table)
    if cursor.take("SET", "SCHEMA"):
        return [MoveTable(table=table, new_schema=cursor.identifier())]
    found = _action(cursor, table)
    while cursor.dialect.name != "sqlite" and cursor.take(","):
        found += _action(cursor, table)
    return sorted(found, key=_pass) if cursor.dialect.name == "postgres" else found


def _pass(operation: Operation) -> int:
    """When PostgreSQL runs an action among those of its statement (``AlterTablePass`` in tablecmds.c).

    What gives a default, a check or a foreign key comes behind the new columns and keys, what is left comes last.
    """
    match operation:
        case DropColumn() | DropConstraint() | DropNotNull() | DropDefault():
            return 0
        case AlterColumnOption(option="DROP IDENTITY" | "DROP EXPRESSION"):
            return 0
        case AlterColumnType():
            return 1
        case AddColumn():
            return 2
        case SetExpression():
            return 3
        case SetNotNull():
            return 4
        case AddConstraint(constraint=added):
            return 4 if added.kind is ConstraintKind.NOT_NULL else _pass_of_constraint(added)
        case SetDefault():
            return 7
        case AlterColumnOption(option=option) if option.startswith("ADD GENERATED"):
            return 7
        case _:
            return 8


_INDEXED = frozenset({ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE, ConstraintKind.EXCLUDE})


def _pass_of_constraint(added: Constraint) -> int:
    """Keys come before checks and foreign keys, those that take an index that is there first."""
    if added.kind not in _INDEXED:
        return 7
    return 5 if added.using_index is not None else 6


def read_alter_foreign_table(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER FOREIGN TABLE: the forms of tables, except for its new name."""
    return [
        RenameObject(object_type="FOREIGN TABLE", name=found.table, new_name=found.new_name)
        if isinstance(found, RenameTable)
        else found
        for found in read_alter_table(cursor)
    ]


def all_in_tablespace(cursor: Cursor, object_type: str) -> Operation:
    """Takes what follows ALL IN TABLESPACE."""
    cursor.identifier()
    if cursor.take("OWNED", "BY"):
        cursor.commas(Cursor.label)
    cursor.expect("SET", "TABLESPACE")
    cursor.identifier()
    cursor.take("NOWAIT")
    return AlterObject(object_type=object_type, name=None, option="ALL IN TABLESPACE")


def _rename(cursor: Cursor, table: Name) -> list[Operation]:
    if cursor.take("TO"):
        return [RenameTable(table=table, new_name=cursor.identifier())]
    constraint = cursor.take("CONSTRAINT")
    if not constraint:
        cursor.take("COLUMN")
    old = cursor.identifier()
    cursor.expect("TO")
    quoted = cursor.peek().kind is not Kind.WORD
    new = cursor.identifier()
    if constraint:
        return [RenameConstraint(table=table, constraint=old, new_name=new)]
    return [RenameColumn(table=table, column=old, new_name=new, quoted=quoted)]


def _attach(cursor: Cursor, table: Name) -> list[Operation]:
    cursor.expect("PARTITION")
    partition = cursor.name()
    return [AttachPartition(table=table, partition=partition, partition_bound=partition_bound(cursor))]


def _detach(cursor: Cursor, table: Name) -> list[Operation]:
    cursor.expect("PARTITION")
    partition = cursor.name()
    if cursor.take("FINALIZE"):
        return [AlterTableOption(table=table, option="DETACH PARTITION FINALIZE", argument=str(partition))]
    return [DetachPartition(table=table, partition=partition, concurrently=cursor.take("CONCURRENTLY"))]


_ALONE: dict[str, Action] = {"RENAME": _rename, "ATTACH": _attach, "DETACH": _detach}
"""Forms that take no other action beside them."""


def _action(cursor: Cursor, table: Name) -> list[Operation]:
    word = cursor.take_one(_ACTIONS)
    if word:
        return _ACTIONS[word](cursor, table)
    if parent := cursor.take_phrase(("INHERIT", "NO INHERIT")):
        made = AddParent if parent == "INHERIT" else DropParent
        return [made(table=table, parent=cursor.name())]
    form = take_form(cursor, _OPTIONS) or cursor.unexpected()
    return [AlterTableOption(table=table, option=form.option, argument=form.argument)]


def _add(cursor: Cursor, table: Name) -> list[Operation]:
    if at_table_constraint(cursor):
        return [AddConstraint(table=table, constraint=table_constraint(cursor))]
    cursor.take("COLUMN")
    if_not_exists = cursor.if_not_exists()
    return [AddColumn(table=table, column=read_column(cursor), if_not_exists=if_not_exists)]


def _drop(cursor: Cursor, table: Name) -> list[Operation]:
    constraint = cursor.take("CONSTRAINT")
    if not constraint:
        cursor.take("COLUMN")
    if_exists = cursor.if_exists()
    name = cursor.identifier()
    cascade = cursor.cascade()
    if constraint:
        return [DropConstraint(table=table, constraint=name, if_exists=if_exists, cascade=cascade)]
    return [DropColumn(table=table, column=name, if_exists=if_exists, cascade=cascade)]


def _alter(cursor: Cursor, table: Name) -> list[Operation]:
    if cursor.take("CONSTRAINT"):
        return [_alter_constraint(cursor, table)]
    cursor.take("COLUMN")
    return alter_column(cursor, table)


_ATTRIBUTES = {
    "NOT DEFERRABLE": ("deferrable", False),
    "DEFERRABLE": ("deferrable", True),
    "INITIALLY DEFERRED": ("initially_deferred", True),
    "INITIALLY IMMEDIATE": ("initially_deferred", False),
    "NOT ENFORCED": ("enforced", False),
    "ENFORCED": ("enforced", True),
    "NO INHERIT": ("inherit", False),
    "INHERIT": ("inherit", True),
}


def _alter_constraint(cursor: Cursor, table: Name) -> Operation:
    constraint = cursor.identifier()
    said: dict[str, bool] = {}
    phrase = cursor.expect_phrase(_ATTRIBUTES)
    while phrase:
        attribute, value = _ATTRIBUTES[phrase]
        said[attribute] = value
        phrase = cursor.take_phrase(_ATTRIBUTES)
    deferred = said.get("initially_deferred")
    return AlterConstraint(
        table=table,
        constraint=constraint,
        # INITIALLY DEFERRED says DEFERRABLE as well (gram.y, processCASbits).
        deferrable=said.get("deferrable", True if deferred else None),
        initially_deferred=deferred,
        enforced=said.get("enforced"),
        inherit=said.get("inherit"),
    )


def _validate(cursor: Cursor, table: Name) -> list[Operation]:
    cursor.expect("CONSTRAINT")
    return [ValidateConstraint(table=table, constraint=cursor.identifier())]


_ACTIONS: dict[str, Action] = {"ADD": _add, "DROP": _drop, "ALTER": _alter, "VALIDATE": _validate}


def _trigger(cursor: Cursor) -> None:
    if not cursor.take_one(("ALL", "USER")):
        cursor.identifier()


def _tablespace(cursor: Cursor) -> None:
    cursor.identifier()
    cursor.take("NOWAIT")


def _replica_identity(cursor: Cursor) -> None:
    if cursor.take("USING", "INDEX"):
        cursor.identifier()
    else:
        cursor.expect_phrase(("DEFAULT", "FULL", "NOTHING"))


_OPTIONS: dict[str, Tail] = {
    "OWNER TO": tails.role,
    "SET LOGGED": tails.nothing,
    "SET UNLOGGED": tails.nothing,
    "SET WITHOUT CLUSTER": tails.nothing,
    "SET WITHOUT OIDS": tails.nothing,
    "SET TABLESPACE": _tablespace,
    "SET ACCESS METHOD": tails.word_or_default,
    "SET (": tails.nothing,
    "RESET (": tails.nothing,
    "CLUSTER ON": tails.name,
    "REPLICA IDENTITY": _replica_identity,
    "ENABLE TRIGGER": _trigger,
    "ENABLE ALWAYS TRIGGER": tails.role,
    "ENABLE REPLICA TRIGGER": tails.role,
    "DISABLE TRIGGER": _trigger,
    "ENABLE RULE": tails.role,
    "ENABLE ALWAYS RULE": tails.role,
    "ENABLE REPLICA RULE": tails.role,
    "DISABLE RULE": tails.role,
    "ENABLE ROW LEVEL SECURITY": tails.nothing,
    "DISABLE ROW LEVEL SECURITY": tails.nothing,
    "FORCE ROW LEVEL SECURITY": tails.nothing,
    "NO FORCE ROW LEVEL SECURITY": tails.nothing,
    "OF": tails.name,
    "NOT OF": tails.nothing,
    "OPTIONS (": tails.nothing,
}
"""Forms without an operation of their own, and what follows their words."""
