"""CREATE and ALTER PUBLICATION."""

from __future__ import annotations

from migrail.model.operations import AlterObject, CreateObject, Operation, RenameObject
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor
from migrail.sql.read.tails import anything


def read_create_publication(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE PUBLICATION."""
    name = Name(None, cursor.identifier())
    tables: tuple[Name, ...] = ()
    if cursor.take("FOR"):
        _more(cursor)
        tables = _objects(cursor)
        while not cursor.done and not cursor.at("WITH", "("):
            cursor.next()
    if cursor.take("WITH"):
        cursor.group()
    return [CreateObject(object_type="PUBLICATION", name=name, tables=tables)]


def read_alter_publication(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER PUBLICATION."""
    name = Name(None, cursor.identifier())
    if cursor.take("RENAME", "TO"):
        return [RenameObject(object_type="PUBLICATION", name=name, new_name=cursor.identifier())]
    option = cursor.expect_phrase(("OWNER TO", "ADD", "SET", "DROP"))
    start = cursor.offset
    _more(cursor)
    tables = _objects(cursor)
    anything(cursor)
    argument = cursor.since(start)
    return [AlterObject(object_type="PUBLICATION", name=name, option=option, argument=argument, tables=tables)]


def _more(cursor: Cursor) -> None:
    if cursor.done:
        cursor.unexpected()


def _objects(cursor: Cursor) -> tuple[Name, ...]:
    """The tables behind TABLE; those that come by schema or as ALL TABLES are not named."""
    if not cursor.take("TABLE"):
        return ()
    tables = [_table(cursor)]
    while cursor.take(","):
        if cursor.at("TABLES", "IN"):
            break
        cursor.take("TABLE")
        tables.append(_table(cursor))
    return tuple(tables)


def _table(cursor: Cursor) -> Name:
    cursor.take("ONLY")
    name = cursor.name()
    cursor.take("*")
    if cursor.at("("):
        cursor.group()
    if cursor.take("WHERE"):
        cursor.group()
    return name
