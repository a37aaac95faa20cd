"""CREATE INDEX, ALTER INDEX, REINDEX."""

from __future__ import annotations

from migrail.model.operations import AlterObject, CreateIndex, Operation, Reindex, RenameIndex
from migrail.model.structure import Name, PartOptions, options_of
from migrail.sql.cursor import Cursor
from migrail.sql.expressions import remaining_expression
from migrail.sql.lexer import Kind
from migrail.sql.read import tails
from migrail.sql.read.alter_table import all_in_tablespace
from migrail.sql.read.columns import part_options, take_nulls
from migrail.sql.read.tails import Tail, take_form
from migrail.sql.words import words


def read_create_index(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE ... INDEX."""
    concurrently = cursor.take("CONCURRENTLY")
    if_not_exists = cursor.if_not_exists()
    sqlite = cursor.dialect.name == "sqlite"
    index = None
    if if_not_exists or not cursor.at("ON"):
        index = cursor.name() if sqlite else Name(None, cursor.identifier())
    cursor.expect("ON")
    only = cursor.take("ONLY")
    table = Name(None, cursor.identifier()) if sqlite else cursor.name()
    method = cursor.identifier() if cursor.take("USING") else None
    first = cursor.index
    elements = cursor.listed(_element)
    quoted = _quoted(cursor, first) if sqlite else frozenset()
    include = tuple(column for column, _ in cursor.listed(_element)) if cursor.take("INCLUDE") else ()
    nulls_not_distinct = take_nulls(cursor)
    behind = cursor.offset
    if cursor.take("WITH"):
        cursor.group()
    if cursor.take("TABLESPACE"):
        cursor.identifier()
    storage = cursor.since(behind) if cursor.offset > behind else ""
    where = remaining_expression(cursor) if cursor.take("WHERE") else None
    if index and index.schema and not table.schema:
        # SQLite writes the schema before the index, and the table is in the same.
        table = Name(index.schema, table.name)
    return [
        CreateIndex(
            table=table,
            index=index.name if index else None,
            columns=tuple(column for column, _ in elements),
            options=options_of([options for _, options in elements]),
            quoted=tuple(column for column, _ in elements if column in quoted),
            unique="UNIQUE" in modifiers,
            concurrently=concurrently,
            if_not_exists=if_not_exists,
            only=only,
            method=method,
            include=include,
            where=where,
            nulls_not_distinct=nulls_not_distinct,
            storage=storage,
        )
    ]


def _quoted(cursor: Cursor, first: int) -> frozenset[str]:
    """The names in double quotes since a token."""
    found = cursor.between(first, cursor.index)
    return frozenset(cursor.folded(token) for token in found if token.kind is Kind.NAME and token.text[0] == '"')


def _element(cursor: Cursor) -> tuple[str, PartOptions]:
    """Takes a column or an expression; and its collation, operator class and order."""
    column, start, sqlite = "", cursor.offset, cursor.dialect.name == "sqlite"
    if cursor.at_name() and cursor.peek(1).word not in (_OPERATORS if sqlite else _EXPRESSION_SIGNS):
        column = cursor.identifier()
    elif cursor.at("("):
        column = cursor.group()
        if cursor.word in (_OPERATORS if sqlite else _EXPRESSION_SIGNS):
            column = _expression(cursor, start)
    else:
        column = _expression(cursor, start)
    if not column:
        cursor.unexpected("where a column should stand")
    return column, part_options(cursor)


_EXPRESSION_SIGNS = frozenset("(.[:+-*/<>=~!@#%^&|`?")
_OPERATORS = _EXPRESSION_SIGNS | words("AND BETWEEN GLOB IN IS ISNULL LIKE MATCH NOT NOTNULL OR REGEXP")
"""With those of SQLite that are words."""


def _expression(cursor: Cursor, start: int) -> str:
    """PostgreSQL takes a function call here, SQLite any expression."""
    if cursor.dialect.name == "sqlite":
        while cursor.word not in (",", ")", "COLLATE", "ASC", "DESC"):
            if cursor.at("("):
                cursor.group()
            else:
                cursor.next()
    elif cursor.text[start : start + 1] != "(":
        if not cursor.take("CAST"):
            cursor.name(function=True)
        cursor.group()
    return cursor.since(start)


def read_alter_index(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER INDEX."""
    if cursor.take("ALL", "IN", "TABLESPACE"):
        return [all_in_tablespace(cursor, "INDEX")]
    cursor.if_exists()
    name = cursor.name()
    if cursor.take("RENAME", "TO"):
        return [RenameIndex(name=name, new_name=cursor.identifier())]
    if cursor.take("ALTER"):
        cursor.take("COLUMN")
        cursor.number()
        cursor.expect("SET", "STATISTICS")
        start = cursor.offset
        tails.number_or_default(cursor)
        words = "ALTER COLUMN SET STATISTICS"
        return [AlterObject(object_type="INDEX", name=name, option=words, argument=cursor.since(start))]
    found: list[Operation] = []
    while not found or cursor.take(","):
        form = take_form(cursor, _FORMS) or cursor.unexpected()
        found.append(AlterObject(object_type="INDEX", name=name, option=form.option, argument=form.argument))
    return found


_FORMS: dict[str, Tail] = {
    "ATTACH PARTITION": tails.name,
    "SET TABLESPACE": tails.name,
    "SET (": tails.nothing,
    "RESET (": tails.nothing,
    "DEPENDS ON EXTENSION": tails.name,
    "NO DEPENDS ON EXTENSION": tails.name,
    "OWNER TO": tails.role,
}


def read_reindex(cursor: Cursor) -> list[Operation]:
    """Takes what follows REINDEX."""
    if cursor.dialect.name == "sqlite":
        if cursor.done:
            return [Reindex(name=None, scope="DATABASE")]
        return [Reindex(name=cursor.name(), scope="TABLE")]
    concurrently = False
    if cursor.at("("):
        options = tails.options(cursor)
        concurrently = tails.is_on(options, "CONCURRENTLY")
    scope = cursor.expect_phrase(("INDEX", "TABLE", "SCHEMA", "DATABASE", "SYSTEM"))
    concurrently |= cursor.take("CONCURRENTLY")
    optional = scope in ("DATABASE", "SYSTEM") and cursor.done
    return [Reindex(name=None if optional else cursor.name(), scope=scope, concurrently=concurrently)]
