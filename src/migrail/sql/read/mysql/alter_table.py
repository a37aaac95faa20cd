"""ALTER TABLE of MySQL and MariaDB."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from migrail.dialects.mysql.names import check_of_period
from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    AlterColumnOption,
    AlterConstraint,
    AlterTableOption,
    AttachPartition,
    ConvertCharset,
    DetachPartition,
    DropColumn,
    DropConstraint,
    DropDefault,
    DropIndex,
    DropPeriod,
    ModifyColumn,
    MoveTable,
    Operation,
    RenameColumn,
    RenameIndex,
    RenameTable,
    SessionCommand,
    SetDefault,
    SetNotNull,
    TableOperation,
    Truncate,
)
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.read import tails
from migrail.sql.read.mysql import partitions
from migrail.sql.read.mysql.columns import default_value, read_column
from migrail.sql.read.mysql.keys import at_key, read_key
from migrail.sql.read.mysql.tables import table_option, take_period
from migrail.sql.read.mysql.together import in_order
from migrail.sql.read.mysql.types import charset_name, take_charset
from migrail.sql.read.tails import Tail, take_form

Action = Callable[[Cursor, Name], list[Operation]]

_ALGORITHMS = ("DEFAULT", "INSTANT", "NOCOPY", "INPLACE", "COPY")
_LOCKS = ("DEFAULT", "NONE", "SHARED", "EXCLUSIVE")


def read_alter_table(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER [ONLINE] [IGNORE] TABLE."""
    if_there = cursor.if_exists()
    table = cursor.name()
    wait(cursor)
    if cursor.peek().kind is Kind.END:
        return [SessionCommand(verb="ALTER TABLE")]  # which the server takes, and does nothing
    asked = Asked()
    found: list[Operation] = []
    while True:
        if not asked.take(cursor):
            found += _action(cursor, table)
        if cursor.done:
            break
        # Options of the table may stand without commas between them.
        if not cursor.take(",") and not _spaced(found, cursor):
            cursor.unexpected()
    found = asked.given_to(in_order(found)) or [SessionCommand(verb="ALTER TABLE")]
    return (
        [
            replace(operation, if_there=True) if isinstance(operation, TableOperation) else operation
            for operation in found
        ]
        if if_there
        else found
    )


def _spaced(found: list[Operation], cursor: Cursor) -> bool:
    if cursor.word in ("PARTITION", "REMOVE"):
        return True
    return bool(found) and isinstance(found[-1], AlterTableOption) and found[-1].option.startswith("OPTION ")


class Asked:
    """The clauses ALGORITHM and LOCK, which are for the whole statement."""

    def __init__(self) -> None:
        self.algorithm: str | None = None
        self.lock: str | None = None

    def take(self, cursor: Cursor) -> bool:
        """Takes one of the two clauses, if it comes next; whether it did."""
        if cursor.at("ALGORITHM"):
            cursor.next()
            cursor.take("=")
            self.algorithm = cursor.expect_phrase(_ALGORITHMS)
        elif cursor.at("LOCK"):
            cursor.next()
            cursor.take("=")
            self.lock = cursor.expect_phrase(_LOCKS)
        else:
            return False
        return True

    def given_to(self, found: Iterable[Operation]) -> list[Operation]:
        """The operations with what they were asked; DEFAULT asks nothing."""
        algorithm = None if self.algorithm == "DEFAULT" else self.algorithm
        lock = None if self.lock == "DEFAULT" else self.lock
        if algorithm is None and lock is None:
            return list(found)
        return [
            replace(operation, algorithm=algorithm, lock=lock)
            if isinstance(operation, TableOperation | DropIndex | RenameIndex)
            else operation
            for operation in found
        ]


def wait(cursor: Cursor) -> None:
    """Takes WAIT n or NOWAIT (MariaDB), or nothing."""
    if cursor.take("WAIT"):
        cursor.number()
    else:
        cursor.take("NOWAIT")


def _action(cursor: Cursor, table: Name) -> list[Operation]:
    word = cursor.take_one(_ACTIONS)
    if word:
        return _ACTIONS[word](cursor, table)
    if cursor.at("PARTITION", "BY"):
        return [AlterTableOption(table=table, option="PARTITION BY", argument=partitions.partition_by(cursor))]
    if form := take_form(cursor, _FORMS) or take_form(cursor, partitions.FORMS):
        return [AlterTableOption(table=table, option=form.option, argument=form.argument)]
    if form := table_option(cursor):
        return [AlterTableOption(table=table, option=f"OPTION {form.option}", argument=form.argument)]
    return cursor.unexpected()


# ADD


def _add(cursor: Cursor, table: Name) -> list[Operation]:
    if form := take_form(cursor, _ADD_FORMS):
        return [AlterTableOption(table=table, option=f"ADD {form.option}", argument=form.argument)]
    if period := take_period(cursor):
        found: list[Operation] = [AlterTableOption(table=table, option="ADD PERIOD")]
        check = check_of_period(period.name, period.columns)
        if check is not None:
            found += [SetNotNull(table=table, column=column) for column in period.columns]
            found.append(AddConstraint(table=table, constraint=check, if_not_exists=period.if_not_exists))
        return found
    if at_key(cursor):
        return [read_key(cursor, table)]
    cursor.take("COLUMN")
    if_not_exists = cursor.if_not_exists()
    if cursor.take("("):
        found = []
        while True:
            found += [read_key(cursor, table)] if at_key(cursor) else [_column(cursor, table, if_not_exists)]
            if not cursor.take(","):
                break
        cursor.expect(")")
        return found
    return [_column(cursor, table, if_not_exists)]


def _column(cursor: Cursor, table: Name, if_not_exists: bool) -> Operation:
    column = read_column(cursor)
    return AddColumn(table=table, column=column, if_not_exists=if_not_exists, after=_place(cursor))


def _place(cursor: Cursor) -> str | None:
    """Takes FIRST or AFTER column; the column, empty for FIRST, ``None`` for neither."""
    if cursor.take("FIRST"):
        return ""
    return cursor.inner() if cursor.take("AFTER") else None


_ADD_FORMS: dict[str, Tail] = {"PARTITION": partitions.added, "SYSTEM VERSIONING": tails.nothing}


# DROP


def _drop(cursor: Cursor, table: Name) -> list[Operation]:
    if form := take_form(cursor, _DROP_FORMS):
        return [AlterTableOption(table=table, option=f"DROP {form.option}", argument=form.argument)]
    if words := cursor.take_phrase(("PERIOD FOR", "PERIOD IF EXISTS FOR")):
        return [DropPeriod(table=table, period=cursor.inner(), if_exists="EXISTS" in words)]
    if cursor.take("PRIMARY", "KEY"):
        return [DropConstraint(table=table, constraint="PRIMARY")]
    if cursor.take_phrase(("FOREIGN KEY", "CONSTRAINT", "CHECK")):
        if_exists = cursor.if_exists()
        name = "primary" if cursor.take("PRIMARY") else cursor.inner()
        name = "PRIMARY" if name == "primary" else name
        return [DropConstraint(table=table, constraint=name, if_exists=if_exists)]
    if cursor.take_one(("INDEX", "KEY")):
        if_exists = cursor.if_exists()
        return [drop_index(table, cursor.inner(), if_exists)]
    cursor.take("COLUMN")
    if_exists = cursor.if_exists()
    column = cursor.inner()
    cursor.cascade()
    return [DropColumn(table=table, column=column, if_exists=if_exists)]


def drop_index(table: Name, name: str, if_exists: bool) -> Operation:
    """The operation for the index of a table; that of the primary key is a constraint."""
    if name == "primary":
        return DropConstraint(table=table, constraint="PRIMARY", if_exists=if_exists)
    return DropIndex(name=Name(table.schema, name), table=table, if_exists=if_exists)


_DROP_FORMS: dict[str, Tail] = {"PARTITION": partitions.dropped, "SYSTEM VERSIONING": tails.nothing}


# MODIFY, CHANGE, ALTER, RENAME


def _modify(cursor: Cursor, table: Name) -> list[Operation]:
    cursor.take("COLUMN")
    if_exists = cursor.if_exists()
    if cursor.take("("):
        found: list[Operation] = [_modified(cursor, table, if_exists)]
        while cursor.take(","):
            found.append(_modified(cursor, table, if_exists))
        cursor.expect(")")
        return found
    return [_modified(cursor, table, if_exists)]


def _modified(cursor: Cursor, table: Name, if_exists: bool) -> Operation:
    column = read_column(cursor)
    return ModifyColumn(table=table, column=column, if_exists=if_exists, after=_place(cursor))


def _change(cursor: Cursor, table: Name) -> list[Operation]:
    cursor.take("COLUMN")
    if_exists = cursor.if_exists()
    old = cursor.inner()
    changed = _modified(cursor, table, if_exists)
    new = changed.column.name if isinstance(changed, ModifyColumn) else old
    if old == new:
        return [changed]
    return [RenameColumn(table=table, column=old, new_name=new, if_exists=if_exists), changed]


def _alter(cursor: Cursor, table: Name) -> list[Operation]:
    if cursor.take_one(("INDEX", "KEY")):
        cursor.if_exists()
        index = cursor.inner()
        state = cursor.expect_phrase(("NOT IGNORED", "IGNORED", "VISIBLE", "INVISIBLE"))
        return [AlterTableOption(table=table, option=f"ALTER INDEX {state}", argument=index)]
    if cursor.take_one(("CHECK", "CONSTRAINT")):
        constraint = cursor.inner()
        enforced = cursor.expect_phrase(("NOT ENFORCED", "ENFORCED")) == "ENFORCED"
        return [AlterConstraint(table=table, constraint=constraint, enforced=enforced)]
    cursor.take("COLUMN")
    cursor.if_exists()
    column = cursor.inner()
    if cursor.take("SET", "DEFAULT"):
        return [SetDefault(table=table, column=column, default=default_value(cursor))]
    if cursor.take("DROP", "DEFAULT"):
        return [DropDefault(table=table, column=column)]
    option = cursor.expect_phrase(("SET VISIBLE", "SET INVISIBLE"))
    return [AlterColumnOption(table=table, column=column, option=option)]


def _rename(cursor: Cursor, table: Name) -> list[Operation]:
    if cursor.take("COLUMN"):
        if_exists = cursor.if_exists()
        old = cursor.inner()
        cursor.expect("TO")
        return [RenameColumn(table=table, column=old, new_name=cursor.inner(), if_exists=if_exists)]
    if cursor.take_one(("INDEX", "KEY")):
        cursor.if_exists()
        old = cursor.inner()
        cursor.expect("TO")
        return [RenameIndex(name=Name(table.schema, old), new_name=cursor.inner(), table=table)]
    if not cursor.take_one(("TO", "AS")):
        cursor.take("=")
    return renamed_table(table, cursor.name())


def renamed_table(table: Name, target: Name) -> list[Operation]:
    """The operations that give a table another name, and another schema where one is written."""
    moved = target.schema is not None and target.schema != table.schema
    found: list[Operation] = []
    if target.name != table.name:
        found.append(RenameTable(table=table, new_name=target.name))
    if moved and target.schema is not None:
        found.append(MoveTable(table=Name(table.schema, target.name), new_schema=target.schema))
    return found or [AlterTableOption(table=table, option="RENAME TO ITSELF")]


# Everything else


def _truncated(cursor: Cursor, table: Name) -> list[Operation]:
    cursor.expect("PARTITION")
    partitions.named(cursor)
    return [Truncate(table=table)]


def _converted(cursor: Cursor, table: Name) -> list[Operation]:
    """A partition that becomes a table of its own, a table that becomes a partition, another character set."""
    if cursor.take("PARTITION"):
        cursor.identifier()
        cursor.expect("TO", "TABLE")
        return [DetachPartition(table=table, partition=cursor.name())]
    if cursor.take("TABLE"):
        partition = cursor.name()
        cursor.expect("TO", "PARTITION")
        cursor.identifier()
        bound = tails.rest(cursor)
        return [AttachPartition(table=table, partition=partition, partition_bound=bound)]
    cursor.expect("TO")
    if not take_charset(cursor):
        cursor.unexpected("where CHARACTER SET should stand")
    charset, collation = charset_name(cursor), "default"
    if cursor.take("COLLATE"):
        cursor.take("=")
        collation = charset_name(cursor)
    known = (None if name == "default" else name for name in (charset, collation))
    return [ConvertCharset(table=table, charset=next(known), collation=next(known))]


_ACTIONS: dict[str, Action] = {
    "ADD": _add,
    "DROP": _drop,
    "MODIFY": _modify,
    "CHANGE": _change,
    "ALTER": _alter,
    "RENAME": _rename,
    "TRUNCATE": _truncated,
    "CONVERT": _converted,
}


def _order(cursor: Cursor) -> None:
    def one(cursor: Cursor) -> None:
        cursor.name()
        cursor.take_one(("ASC", "DESC"))

    cursor.commas(one)


_FORMS: dict[str, Tail] = {
    "ENABLE KEYS": tails.nothing,
    "DISABLE KEYS": tails.nothing,
    "FORCE": tails.nothing,
    "ORDER BY": _order,
    "DISCARD TABLESPACE": tails.nothing,
    "IMPORT TABLESPACE": tails.nothing,
    "WITH VALIDATION": tails.nothing,
    "WITHOUT VALIDATION": tails.nothing,
    "SECONDARY_LOAD": tails.nothing,
    "SECONDARY_UNLOAD": tails.nothing,
}
"""Forms without an operation of their own, and what follows their words."""
