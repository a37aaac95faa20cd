"""DROP."""

from __future__ import annotations

from collections.abc import Callable

from migrail.model.operations import (
    AlterTableOption,
    DropIndex,
    DropObject,
    DropTable,
    DropTrigger,
    DropView,
    Operation,
)
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.read import tails
from migrail.sql.read.signed import (
    access_method,
    aggregate_arguments,
    cast_types,
    operand_types,
    operator_name,
)


def read_drop(cursor: Cursor) -> list[Operation]:
    """Takes what follows DROP. Rules and policies are read as forms of their table, whose lock they take."""
    if cursor.take("OWNED", "BY"):
        roles = cursor.commas(Cursor.label)
        cascade = cursor.cascade()
        return [DropObject(object_type="OWNED", name=Name(None, role), cascade=cascade) for role in roles]
    object_type = cursor.expect_phrase(tuple(_READERS) + _LISTS)
    reader = _READERS.get(object_type)
    found = reader(cursor) if reader else _list(cursor, object_type)
    if len(found) > 1 and cursor.dialect.name == "sqlite":
        raise NotUnderstood("SQLite drops one thing at a time")
    return found


def _table(cursor: Cursor) -> list[Operation]:
    if_exists = cursor.if_exists()
    tables = cursor.commas(Cursor.name)
    cascade = cursor.cascade()
    return [DropTable(table=table, if_exists=if_exists, cascade=cascade) for table in tables]


def _index(cursor: Cursor) -> list[Operation]:
    concurrently = cursor.take("CONCURRENTLY")
    if_exists = cursor.if_exists()
    names = cursor.commas(Cursor.name)
    cascade = cursor.cascade()
    return [DropIndex(name=name, concurrently=concurrently, if_exists=if_exists, cascade=cascade) for name in names]


def _view(*, materialized: bool) -> Callable[[Cursor], list[Operation]]:
    def read(cursor: Cursor) -> list[Operation]:
        if_exists = cursor.if_exists()
        names = cursor.commas(Cursor.name)
        cascade = cursor.cascade()
        return [
            DropView(name=name, materialized=materialized, if_exists=if_exists, cascade=cascade) for name in names
        ]

    return read


def _trigger(cursor: Cursor) -> list[Operation]:
    if_exists = cursor.if_exists()
    trigger = cursor.name()
    table = cursor.name() if cursor.take("ON") else None
    if table is None and cursor.dialect.name == "postgres":
        cursor.unexpected("where ON should stand")
    cursor.cascade()
    return [DropTrigger(trigger=trigger.name, schema=trigger.schema, table=table, if_exists=if_exists)]


def _of_table(object_type: str) -> Callable[[Cursor], list[Operation]]:
    def read(cursor: Cursor) -> list[Operation]:
        cursor.if_exists()
        name = cursor.identifier()
        cursor.expect("ON")
        table = cursor.name()
        cursor.cascade()
        return [AlterTableOption(table=table, option=f"DROP {object_type}", argument=name)]

    return read


def _routine(object_type: str) -> Callable[[Cursor], list[Operation]]:
    arguments = aggregate_arguments if object_type == "AGGREGATE" else Cursor.group

    def one(cursor: Cursor) -> tuple[Name, str | None]:
        return cursor.name(function=True), arguments(cursor) if cursor.at("(") else None

    def read(cursor: Cursor) -> list[Operation]:
        if_exists = cursor.if_exists()
        routines = cursor.commas(one)
        cascade = cursor.cascade()
        return [
            DropObject(
                object_type=object_type, name=name, if_exists=if_exists, cascade=cascade, signature=signature
            )
            for name, signature in routines
        ]

    return read


def _operator(cursor: Cursor) -> list[Operation]:
    def one(cursor: Cursor) -> tuple[Name, str]:
        return operator_name(cursor), operand_types(cursor)

    if_exists = cursor.if_exists()
    operators = cursor.commas(one)
    cascade = cursor.cascade()
    return [
        DropObject(object_type="OPERATOR", name=name, if_exists=if_exists, cascade=cascade, signature=signature)
        for name, signature in operators
    ]


def _operator_set(object_type: str) -> Callable[[Cursor], list[Operation]]:
    def read(cursor: Cursor) -> list[Operation]:
        if_exists = cursor.if_exists()
        name = cursor.name()
        method = access_method(cursor)
        cascade = cursor.cascade()
        return [
            DropObject(object_type=object_type, name=name, if_exists=if_exists, cascade=cascade, signature=method)
        ]

    return read


def _cast(cursor: Cursor) -> list[Operation]:
    if_exists = cursor.if_exists()
    name, types = cast_types(cursor)
    cascade = cursor.cascade()
    return [DropObject(object_type="CAST", name=name, if_exists=if_exists, cascade=cascade, signature=types)]


def _for(object_type: str, word: str) -> Callable[[Cursor], list[Operation]]:
    """DROP TRANSFORM FOR type LANGUAGE name, DROP USER MAPPING FOR role SERVER name."""

    def read(cursor: Cursor) -> list[Operation]:
        if_exists = cursor.if_exists()
        cursor.expect("FOR")
        name = Name(None, str(cursor.name()) if cursor.at_name() else cursor.label())
        cursor.expect(word)
        cursor.identifier()
        cascade = cursor.cascade()
        return [DropObject(object_type=object_type, name=name, if_exists=if_exists, cascade=cascade)]

    return read


def _list(cursor: Cursor, object_type: str) -> list[Operation]:
    if_exists = cursor.if_exists()
    names = [cursor.name()] if object_type in _SINGLE else cursor.commas(Cursor.name)
    cascade = object_type not in _UNRELATED and cursor.cascade()
    if object_type == "DATABASE" and (cursor.take("WITH") or cursor.at("(")):
        tails.group(cursor)
    shown = {"USER": "ROLE", "GROUP": "ROLE", "PROCEDURAL LANGUAGE": "LANGUAGE"}.get(object_type, object_type)
    return [DropObject(object_type=shown, name=name, if_exists=if_exists, cascade=cascade) for name in names]


_READERS: dict[str, Callable[[Cursor], list[Operation]]] = {
    "TABLE": _table,
    "INDEX": _index,
    "VIEW": _view(materialized=False),
    "MATERIALIZED VIEW": _view(materialized=True),
    "TRIGGER": _trigger,
    "RULE": _of_table("RULE"),
    "POLICY": _of_table("POLICY"),
    "FUNCTION": _routine("FUNCTION"),
    "PROCEDURE": _routine("PROCEDURE"),
    "ROUTINE": _routine("ROUTINE"),
    "AGGREGATE": _routine("AGGREGATE"),
    "OPERATOR CLASS": _operator_set("OPERATOR CLASS"),
    "OPERATOR FAMILY": _operator_set("OPERATOR FAMILY"),
    "OPERATOR": _operator,
    "CAST": _cast,
    "TRANSFORM": _for("TRANSFORM", "LANGUAGE"),
    "USER MAPPING": _for("USER MAPPING", "SERVER"),
}

_LISTS = (
    *("TYPE", "DOMAIN", "SEQUENCE", "SCHEMA", "EXTENSION", "STATISTICS", "COLLATION", "CONVERSION"),
    *("ROLE", "USER", "GROUP", "DATABASE", "TABLESPACE", "PUBLICATION", "SUBSCRIPTION", "SERVER"),
    *("FOREIGN TABLE", "FOREIGN DATA WRAPPER", "EVENT TRIGGER", "ACCESS METHOD", "LANGUAGE"),
    *("PROCEDURAL LANGUAGE", "TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY"),
    *("TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE"),
)
"""What is dropped by a list of names."""

_SINGLE = frozenset({"DATABASE", "TABLESPACE", "SUBSCRIPTION"})
"""What is dropped one at a time."""

_UNRELATED = frozenset({"DATABASE", "TABLESPACE", "ROLE", "USER", "GROUP"})
"""What is dropped without CASCADE or RESTRICT."""
