"""CREATE, ALTER and DROP of MySQL and MariaDB for everything but tables and columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from migrail.model.operations import (
    AlterObject,
    CreateFunction,
    CreateIndex,
    CreateObject,
    CreateSchema,
    CreateSequence,
    CreateTrigger,
    CreateView,
    DropObject,
    DropTable,
    DropTrigger,
    DropView,
    Operation,
    RenameObject,
    SessionCommand,
)
from migrail.model.structure import Name
from migrail.model.text import words_of
from migrail.sql.code import read_code
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Kind
from migrail.sql.read.mysql.accounts import account, alter_accounts, create_accounts
from migrail.sql.read.mysql.alter_table import Asked, drop_index, read_alter_table, wait
from migrail.sql.read.mysql.keys import index_method, index_options, key_parts
from migrail.sql.read.mysql.tables import read_create_table, table_option
from migrail.sql.read.mysql.types import read_type
from migrail.sql.read.queries import take_query_and_relations
from migrail.sql.read.tails import anything, nothing, take_form
from migrail.sql.source import Source

Reader = Callable[[Cursor, frozenset[str]], list[Operation]]


def read_create(cursor: Cursor) -> list[Operation]:
    """Takes what follows CREATE."""
    modifiers = _modifiers(cursor)
    if cursor.at("PACKAGE"):
        raise NotUnderstood("packages are known with sql_mode=ORACLE only, whose routines are not read")
    object_type = cursor.expect_phrase(_CREATE)
    found = _CREATE[object_type](cursor, modifiers)
    return [*map(_dropped_first, found), *found] if "REPLACE" in modifiers and object_type in _ANEW else found


def _dropped_first(made: Operation) -> Operation:
    """What CREATE OR REPLACE (MariaDB) does to an index, sequence, database, account or server that is there."""
    match made:
        case CreateIndex(index=index) if index is not None:
            return drop_index(made.table, index, if_exists=True)
        case CreateSchema():
            return DropObject(object_type="SCHEMA", name=made.name, if_exists=True)
        case CreateSequence():
            return DropObject(object_type="SEQUENCE", name=made.name, if_exists=True)
        case CreateObject(name=name) if name is not None:
            return DropObject(object_type=made.object_type, name=name, if_exists=True)
        case _:
            raise AssertionError(made)


_ANEW = frozenset({"INDEX", "DATABASE", "SCHEMA", "SEQUENCE", "USER", "ROLE", "SERVER"})
"""What CREATE OR REPLACE drops with all that it holds; the others have a ``replace`` of their own."""


def _modifiers(cursor: Cursor) -> frozenset[str]:
    """Takes OR REPLACE, TEMPORARY, UNIQUE, ALGORITHM, DEFINER, SQL SECURITY and the like."""
    found: set[str] = set()
    while True:
        if word := cursor.take_phrase(_MODIFIERS):
            found.add(_MODIFIERS[word])
        elif cursor.at("ALGORITHM", "="):
            cursor.take("ALGORITHM", "=")
            cursor.expect_phrase(("UNDEFINED", "MERGE", "TEMPTABLE"))
        elif cursor.at("DEFINER"):
            cursor.next()
            cursor.expect("=")
            account(cursor)
        elif cursor.take("SQL", "SECURITY"):
            cursor.expect_phrase(("DEFINER", "INVOKER"))
        else:
            return frozenset(found)


_MODIFIERS = {
    "OR REPLACE": "REPLACE",
    "TEMPORARY": "TEMPORARY",
    "UNIQUE": "UNIQUE",
    "FULLTEXT": "FULLTEXT",
    "SPATIAL": "SPATIAL",
    "VECTOR": "VECTOR",
    "AGGREGATE": "AGGREGATE",
    "ONLINE": "ONLINE",
    "OFFLINE": "OFFLINE",
    "IGNORE": "IGNORE",
    "UNDO": "UNDO",
}


# Indexes and views


def _index(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    if_not_exists = cursor.if_not_exists()
    name = cursor.inner()
    method = index_method(cursor)
    cursor.expect("ON")
    table = cursor.name()
    columns, options = key_parts(cursor)
    asked = Asked()
    while True:
        start = cursor.index
        method = index_options(cursor) or method
        wait(cursor)
        if not asked.take(cursor) and cursor.index == start:
            break
        cursor.take(",")
    special = next((word.lower() for word in ("FULLTEXT", "SPATIAL", "VECTOR") if word in modifiers), None)
    made = CreateIndex(
        table=table,
        index=name,
        columns=columns,
        options=options,
        unique="UNIQUE" in modifiers,
        if_not_exists=if_not_exists,
        method=special or method,
    )
    return asked.given_to([made])


_CHECK_OPTIONS = ("WITH CHECK OPTION", "WITH CASCADED CHECK OPTION", "WITH LOCAL CHECK OPTION")


def _view(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    if_not_exists = cursor.if_not_exists()
    name = cursor.name()
    columns = tuple(cursor.listed(Cursor.inner)) if cursor.at("(") else ()
    cursor.expect("AS")
    query, reads = take_query_and_relations(cursor, _CHECK_OPTIONS)
    return [
        CreateView(
            name=name,
            query=query,
            reads=reads,
            columns=columns,
            replace="REPLACE" in modifiers,
            if_not_exists=if_not_exists,
        )
    ]


# Routines


def _routine(cursor: Cursor, modifiers: frozenset[str], *, procedure: bool) -> list[Operation]:
    cursor.if_not_exists()
    name = cursor.name(function=True)
    if not procedure and not cursor.at("("):
        return _loadable(cursor, name)
    arguments = cursor.group()
    returns = None
    if not procedure:
        cursor.expect("RETURNS")
        start = cursor.offset
        read_type(cursor)
        returns = cursor.since(start)
    deterministic = False
    while characteristic := cursor.take_phrase(_CHARACTERISTICS):
        deterministic = deterministic or characteristic == "DETERMINISTIC"
        if characteristic == "COMMENT":
            cursor.string()
    body = _body(cursor)
    code = read_code(body, "sql", cursor.dialect, words_of(arguments))
    return [
        CreateFunction(
            name=name,
            procedure=procedure,
            replace="REPLACE" in modifiers,
            arguments=arguments,
            returns=returns,
            language="sql",
            volatility="immutable" if deterministic else "volatile",
            body=body.text,
            operations=code.operations,
            unread=code.unread,
        )
    ]


_CHARACTERISTICS = (
    *("COMMENT", "LANGUAGE SQL", "NOT DETERMINISTIC", "DETERMINISTIC", "CONTAINS SQL", "NO SQL"),
    *("READS SQL DATA", "MODIFIES SQL DATA", "SQL SECURITY DEFINER", "SQL SECURITY INVOKER"),
)


def _body(cursor: Cursor) -> Source:
    """Takes the rest, without the end of an executable comment around the whole statement."""
    if cursor.peek().kind not in (Kind.WORD, Kind.NAME) and not cursor.at("("):
        cursor.unexpected("where the body should stand")
    start = cursor.offset
    while not cursor.done:
        cursor.next()
    return cursor.source.part(start, cursor.peek(-1).end)


def _loadable(cursor: Cursor, name: Name) -> list[Operation]:
    cursor.expect("RETURNS")
    cursor.expect_phrase(("STRING", "INTEGER", "INT", "REAL", "DECIMAL"))
    cursor.expect("SONAME")
    cursor.string()
    return [CreateFunction(name=name, language="c")]


def _trigger(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    if_not_exists = cursor.if_not_exists()
    trigger = cursor.name()
    timing = cursor.expect_phrase(("BEFORE", "AFTER"))
    timing += " " + cursor.expect_phrase(("INSERT", "UPDATE", "DELETE"))
    cursor.expect("ON")
    table = cursor.name()
    cursor.expect("FOR", "EACH", "ROW")
    if cursor.take_one(("FOLLOWS", "PRECEDES")):
        cursor.identifier()
    body = _body(cursor)
    code = read_code(body, "sql", cursor.dialect)
    return [
        CreateTrigger(
            table=table,
            trigger=trigger.name,
            timing=timing,
            body=body.text,
            replace="REPLACE" in modifiers,
            if_not_exists=if_not_exists,
            operations=code.operations,
            unread=code.unread,
        )
    ]


def _event(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    cursor.if_not_exists()
    name = cursor.name()
    cursor.expect("ON", "SCHEDULE")
    while not cursor.at("DO"):
        cursor.next()
    return [_scheduled(cursor, name)]


def _scheduled(cursor: Cursor, name: Name, *, replace: bool = False) -> Operation:
    """Takes DO and the body of an event."""
    cursor.expect("DO")
    code = read_code(_body(cursor), "sql", cursor.dialect)
    return CreateObject(
        object_type="EVENT", name=name, operations=code.operations, unread=code.unread, replace=replace
    )


def _alter_event(cursor: Cursor) -> list[Operation]:
    """A new body makes the event anew, as in CREATE OR REPLACE."""
    name = cursor.name()
    found: list[Operation] = []
    if cursor.done:
        cursor.unexpected()
    if not (cursor.at("DO") or cursor.at("RENAME")):
        option = cursor.word
        while not (cursor.done or cursor.at("DO") or cursor.at("RENAME")):
            cursor.next()
        found.append(AlterObject(object_type="EVENT", name=name, option=option))
    if cursor.take("RENAME", "TO"):
        new = cursor.name()
        found.append(RenameObject(object_type="EVENT", name=name, new_name=new.name))
        name = Name(new.schema or name.schema, new.name)
        if not (cursor.done or cursor.at("DO")):
            found.append(AlterObject(object_type="EVENT", name=name, option=cursor.word))
        while not (cursor.done or cursor.at("DO")):
            cursor.next()
    if not cursor.done:
        found.append(_scheduled(cursor, name, replace=True))
    return found or cursor.unexpected()


# Databases, sequences, accounts, servers


def _database(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    if_not_exists = cursor.if_not_exists()
    name = cursor.identifier()
    while table_option(cursor):
        cursor.take(",")
    return [CreateSchema(name=Name(None, name), if_not_exists=if_not_exists)]


def _sequence(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    if_not_exists = cursor.if_not_exists()
    name = cursor.name()
    anything(cursor)
    return [CreateSequence(name=name, if_not_exists=if_not_exists, temporary="TEMPORARY" in modifiers)]


def _name(cursor: Cursor, object_type: str) -> Name:
    """Takes the name of an object; that of a server may be a string."""
    if object_type == "SERVER" and cursor.peek().kind is Kind.STRING:
        return Name(None, cursor.string())
    return cursor.name(function=True)


def _named(object_type: str, *follow: str) -> Reader:
    def read(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
        cursor.if_not_exists()
        name = _name(cursor, object_type)
        if follow and cursor.word not in follow:
            cursor.unexpected()
        anything(cursor)
        return [CreateObject(object_type=object_type, name=name)]

    return read


_CREATE: dict[str, Reader] = {
    "TABLE": read_create_table,
    "INDEX": _index,
    "VIEW": _view,
    "PROCEDURE": partial(_routine, procedure=True),
    "FUNCTION": partial(_routine, procedure=False),
    "TRIGGER": _trigger,
    "EVENT": _event,
    "DATABASE": _database,
    "SCHEMA": _database,
    "SEQUENCE": _sequence,
    "USER": create_accounts,
    "ROLE": create_accounts,
    "SERVER": _named("SERVER", "FOREIGN"),
    "TABLESPACE": _named("TABLESPACE", "ADD", "FILE_BLOCK_SIZE", "ENGINE"),
    "LOGFILE GROUP": _named("LOGFILE GROUP", "ADD"),
    "RESOURCE GROUP": _named("RESOURCE GROUP", "TYPE"),
}


# ALTER


def read_alter(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER."""
    modifiers = _modifiers(cursor)
    if cursor.take("TABLE"):
        return read_alter_table(cursor)
    if cursor.take("VIEW"):
        return _view(cursor, modifiers | {"REPLACE"})
    if cursor.take_one(("DATABASE", "SCHEMA")):
        return _alter_database(cursor)
    if cursor.take("USER"):
        return alter_accounts(cursor)
    if cursor.take("EVENT"):
        return _alter_event(cursor)
    kind = cursor.expect_phrase(
        (
            *("PROCEDURE", "FUNCTION", "SERVER", "SEQUENCE", "TABLESPACE", "LOGFILE GROUP"),
            *("INSTANCE", "RESOURCE GROUP"),
        )
    )
    cursor.if_exists()
    name = None
    if kind != "INSTANCE":
        name = _name(cursor, kind)
    option = cursor.word or "OPTIONS"
    anything(cursor)
    return [AlterObject(object_type=kind, name=name, option=option)]


def _alter_database(cursor: Cursor) -> list[Operation]:
    name = None
    if cursor.at_name() and cursor.word not in ("CHARSET", "ENCRYPTION", "COMMENT"):
        name = Name(None, cursor.identifier())
    if cursor.take("UPGRADE", "DATA", "DIRECTORY", "NAME"):
        return [AlterObject(object_type="DATABASE", name=name, option="UPGRADE DATA DIRECTORY NAME")]
    found: list[Operation] = []
    while form := table_option(cursor) or take_form(cursor, _READ_ONLY):
        found.append(AlterObject(object_type="DATABASE", name=name, option=form.option, argument=form.argument))
        cursor.take(",")
    return found or cursor.unexpected()


_READ_ONLY = {"READ ONLY = 0": nothing, "READ ONLY = 1": nothing, "READ ONLY = DEFAULT": nothing}


# DROP


def read_drop(cursor: Cursor) -> list[Operation]:
    """Takes what follows DROP."""
    temporary = cursor.take("TEMPORARY")
    cursor.take_one(("ONLINE", "OFFLINE"))
    if cursor.take("PREPARE"):
        cursor.identifier()
        return [SessionCommand(verb="DEALLOCATE")]
    kind = cursor.expect_phrase(_DROPPED)
    if temporary and kind not in ("TABLE", "TABLES", "SEQUENCE"):
        cursor.unexpected("behind DROP TEMPORARY")
    if kind == "INDEX":
        return _dropped_index(cursor)
    if_exists = cursor.if_exists()
    if kind in ("TABLE", "TABLES", "VIEW", "SEQUENCE"):
        names = cursor.commas(Cursor.name)
        if temporary:
            names = [Name(cursor.dialect.temporary_schema, name.name) for name in names]
        wait(cursor)
        cursor.cascade()
        if kind == "VIEW":
            return [DropView(name=name, if_exists=if_exists) for name in names]
        if kind == "SEQUENCE":
            return [DropObject(object_type=kind, name=name, if_exists=if_exists) for name in names]
        return [DropTable(table=name, if_exists=if_exists) for name in names]
    if kind == "TRIGGER":
        return [DropTrigger(trigger=cursor.name().name, if_exists=if_exists)]
    if kind in ("USER", "ROLE"):
        return [DropObject(object_type="ROLE", name=name, if_exists=if_exists) for name in cursor.commas(account)]
    name = _name(cursor, kind)
    if kind in ("TABLESPACE", "LOGFILE GROUP", "RESOURCE GROUP"):
        anything(cursor)
    shown = "SCHEMA" if kind == "DATABASE" else kind
    return [DropObject(object_type=shown, name=name, if_exists=if_exists)]


def _dropped_index(cursor: Cursor) -> list[Operation]:
    if_exists = cursor.if_exists()
    name = cursor.inner()
    cursor.expect("ON")
    table = cursor.name()
    wait(cursor)
    asked = Asked()
    while asked.take(cursor):
        cursor.take(",")
    return asked.given_to([drop_index(table, name, if_exists)])


_DROPPED = (
    *("TABLES", "TABLESPACE", "TABLE", "INDEX", "VIEW", "SEQUENCE", "TRIGGER", "USER", "ROLE", "PROCEDURE"),
    *("FUNCTION", "EVENT", "DATABASE", "SCHEMA", "SERVER", "LOGFILE GROUP", "RESOURCE GROUP"),
    *("SPATIAL REFERENCE SYSTEM", "PACKAGE BODY", "PACKAGE"),
)
