"""CREATE VIEW, CREATE MATERIALIZED VIEW, REFRESH and their ALTERs."""

from __future__ import annotations

from migrail.model.operations import (
    AlterObject,
    CreateView,
    MoveTable,
    Operation,
    RefreshView,
    RenameColumn,
    RenameObject,
)
from migrail.sql.cursor import Cursor
from migrail.sql.read import tails
from migrail.sql.read.alter_column import alter_column
from migrail.sql.read.alter_table import all_in_tablespace
from migrail.sql.read.queries import take_query_and_relations
from migrail.sql.read.tails import Tail, take_form

_CHECK_OPTIONS = ("WITH CHECK OPTION", "WITH CASCADED CHECK OPTION", "WITH LOCAL CHECK OPTION")


def read_create_view(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE ... VIEW."""
    if_not_exists = cursor.dialect.name == "sqlite" and cursor.if_not_exists()
    name = cursor.name()
    columns = cursor.names() if cursor.at("(") else ()
    if cursor.take("WITH"):
        cursor.group()
    cursor.expect("AS")
    query, reads = take_query_and_relations(cursor, _CHECK_OPTIONS)
    if "RECURSIVE" in modifiers:
        reads = tuple(relation for relation in reads if relation.name != name.name)
    return [
        CreateView(
            name=name,
            query=query,
            reads=reads,
            columns=columns,
            replace="REPLACE" in modifiers,
            if_not_exists=if_not_exists,
            temporary="TEMPORARY" in modifiers,
        )
    ]


def read_create_materialized_view(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE MATERIALIZED VIEW."""
    if_not_exists = cursor.if_not_exists()
    name = cursor.name()
    columns = cursor.names() if cursor.at("(") else ()
    if cursor.take("USING"):
        cursor.identifier()
    if cursor.take("WITH"):
        cursor.group()
    if cursor.take("TABLESPACE"):
        cursor.identifier()
    cursor.expect("AS")
    query, reads = take_query_and_relations(cursor, ("WITH NO DATA", "WITH DATA"))
    return [
        CreateView(
            name=name,
            query=query,
            reads=reads,
            columns=columns,
            materialized=True,
            if_not_exists=if_not_exists,
        )
    ]


def read_refresh(cursor: Cursor) -> list[Operation]:
    """Takes what follows REFRESH."""
    cursor.expect("MATERIALIZED", "VIEW")
    concurrently = cursor.take("CONCURRENTLY")
    name = cursor.name()
    cursor.take_phrase(("WITH NO DATA", "WITH DATA"))
    return [RefreshView(name=name, concurrently=concurrently)]


def read_alter_view(cursor: Cursor, object_type: str) -> list[Operation]:
    """Takes what follows ALTER VIEW and ALTER MATERIALIZED VIEW; their columns are read as those of tables."""
    if cursor.take("ALL", "IN", "TABLESPACE"):
        return [all_in_tablespace(cursor, object_type)]
    cursor.if_exists()
    name = cursor.name()
    if cursor.take("RENAME", "TO"):
        return [RenameObject(object_type=object_type, name=name, new_name=cursor.identifier())]
    if cursor.take("RENAME"):
        cursor.take("COLUMN")
        column = cursor.identifier()
        cursor.expect("TO")
        return [RenameColumn(table=name, column=column, new_name=cursor.identifier())]
    if cursor.take("SET", "SCHEMA"):
        return [MoveTable(table=name, new_schema=cursor.identifier())]
    found: list[Operation] = []
    while not found or cursor.take(","):
        if cursor.take("ALTER"):
            cursor.take("COLUMN")
            found += alter_column(cursor, name)
        else:
            form = take_form(cursor, _FORMS) or cursor.unexpected()
            found.append(
                AlterObject(object_type=object_type, name=name, option=form.option, argument=form.argument)
            )
    return found


_FORMS: dict[str, Tail] = {
    "OWNER TO": tails.role,
    "SET (": tails.nothing,
    "RESET (": tails.nothing,
    "CLUSTER ON": tails.name,
    "SET WITHOUT CLUSTER": tails.nothing,
    "SET ACCESS METHOD": tails.word_or_default,
    "SET TABLESPACE": tails.name,
    "DEPENDS ON EXTENSION": tails.name,
    "NO DEPENDS ON EXTENSION": tails.name,
}
