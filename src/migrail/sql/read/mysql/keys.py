"""Keys, indexes and constraints of MySQL and MariaDB, in CREATE TABLE and ALTER TABLE."""

from __future__ import annotations

from migrail.model.operations import AddConstraint, CreateIndex, TableOperation
from migrail.model.structure import Constraint, ConstraintKind, Name, PartOptions, Reference, options_of
from migrail.sql.cursor import Cursor
from migrail.sql.expressions import group_expression
from migrail.sql.lexer import Kind

_ACTIONS = ("NO ACTION", "SET NULL", "SET DEFAULT", "CASCADE", "RESTRICT")
_METHODS = ("BTREE", "HASH", "RTREE")
_KEY_WORDS = ("INDEX", "KEY")


def at_key(cursor: Cursor) -> bool:
    """Whether a key, index or constraint comes next and not a column."""
    if cursor.word == "VECTOR":
        return cursor.peek(1).word in (*_KEY_WORDS, "(") and cursor.peek(1).kind is not Kind.NAME
    return cursor.word in (
        "CONSTRAINT",
        "PRIMARY",
        "UNIQUE",
        "FOREIGN",
        "CHECK",
        "FULLTEXT",
        "SPATIAL",
        *_KEY_WORDS,
    )


def read_key(cursor: Cursor, table: Name) -> TableOperation:
    """Takes a key, index or constraint: an :class:`AddConstraint`, or a :class:`CreateIndex` for a plain index."""
    name, lenient = None, False
    if cursor.take("CONSTRAINT") and cursor.word not in ("PRIMARY", "UNIQUE", "FOREIGN", "CHECK"):
        lenient = cursor.if_not_exists()
        name = cursor.inner()
    if cursor.take("PRIMARY", "KEY"):
        lenient = cursor.if_not_exists()
        _index_name(cursor)
        found = _key(cursor, ConstraintKind.PRIMARY_KEY, "PRIMARY")
    elif cursor.take("UNIQUE"):
        cursor.take_one(_KEY_WORDS)
        lenient = cursor.if_not_exists()
        own = _index_name(cursor)
        found = _key(cursor, ConstraintKind.UNIQUE, own or name)
    elif cursor.take("FOREIGN", "KEY"):
        lenient = cursor.if_not_exists()
        found = _foreign_key(cursor, name)
    elif cursor.take("CHECK"):
        found = check(cursor, name)
    elif name is not None:
        cursor.unexpected("behind CONSTRAINT")
    else:
        return _index(cursor, table)
    return AddConstraint(table=table, constraint=found, if_not_exists=lenient)


def _foreign_key(cursor: Cursor, name: str | None) -> Constraint:
    own = _index_name(cursor)
    if cursor.dialect.name == "mariadb":
        name = name or own
    columns, _ = key_parts(cursor)
    cursor.expect("REFERENCES")
    return Constraint(
        kind=ConstraintKind.FOREIGN_KEY,
        name=name,
        columns=columns,
        references=reference(cursor),
        using_index=own if not name else None,
    )


def _key(cursor: Cursor, kind: ConstraintKind, name: str | None) -> Constraint:
    columns, options, _ = _columns(cursor)
    return Constraint(kind=kind, name=name, columns=columns, options=options)


def _index(cursor: Cursor, table: Name) -> CreateIndex:
    method = cursor.take_one(("FULLTEXT", "SPATIAL", "VECTOR"))
    if not cursor.take_one(_KEY_WORDS) and not method:
        cursor.unexpected("where an index should stand")
    if_not_exists = cursor.if_not_exists()
    name = _index_name(cursor)
    columns, options, used = _columns(cursor)
    return CreateIndex(
        table=table,
        index=name,
        columns=columns,
        options=options,
        method=(method.lower() or used),
        if_not_exists=if_not_exists,
    )


def _index_name(cursor: Cursor) -> str | None:
    """Takes the name of an index, if one comes next, and its kind, which may stand around it."""
    index_method(cursor)
    name = None
    if cursor.at_name() and not cursor.at("USING") and cursor.word != "TYPE":
        name = cursor.inner()
    return name


def index_method(cursor: Cursor) -> str | None:
    """Takes USING BTREE and the like; its word in lower case."""
    if not cursor.take("USING") and not cursor.take("TYPE"):
        return None
    return cursor.expect_phrase(_METHODS).lower()


def _columns(cursor: Cursor) -> tuple[tuple[str, ...], tuple[PartOptions, ...], str | None]:
    """Takes the columns of a key and the options behind them; with the method, where one is written."""
    method = index_method(cursor)
    columns, options = key_parts(cursor)
    return columns, options, index_options(cursor) or method


def key_parts(cursor: Cursor) -> tuple[tuple[str, ...], tuple[PartOptions, ...]]:
    """Takes the columns of a key in parentheses, and what is written behind them."""
    parts = cursor.listed(_part)
    return tuple(part for part, _ in parts), options_of([options for _, options in parts])


def _part(cursor: Cursor) -> tuple[str, PartOptions]:
    """Takes a column, with the length of its prefix and its order, or an expression in parentheses."""
    length = None
    if cursor.at("("):
        part = f"({cursor.group()})"
    else:
        part = cursor.inner()
        if cursor.at("("):
            length = _length(cursor.listed(Cursor.number)[0])
        cursor.take("WITHOUT", "OVERLAPS")
    descending = cursor.take_one(("ASC", "DESC")) == "DESC"
    return part, PartOptions(length=length, descending=descending, nulls_first=descending)


def _length(number: str) -> int | None:
    return int(number) if number.isdecimal() and len(number) <= _DIGITS else None


_DIGITS = 9
"""More have no meaning in the length of a prefix."""


def index_options(cursor: Cursor) -> str | None:
    """Takes the options behind an index; its method, where one is written."""
    method = None
    while True:
        if found := index_method(cursor):
            method = found
        elif cursor.take("COMMENT"):
            cursor.string()
        elif cursor.take("WITH", "PARSER"):
            cursor.identifier()
        elif cursor.take_phrase(("NOT IGNORED", "IGNORED", "VISIBLE", "INVISIBLE")):
            pass
        elif cursor.take("KEY_BLOCK_SIZE"):
            cursor.take("=")
            cursor.value()
        elif (
            cursor.at_name()
            and cursor.word not in ("ALGORITHM", "LOCK", "WAIT", "NOWAIT")
            and cursor.peek(1).word == "="
        ):
            cursor.identifier()
            cursor.expect("=")
            cursor.value()
        else:
            return method


def check(cursor: Cursor, name: str | None) -> Constraint:
    """Takes what follows CHECK."""
    expression = group_expression(cursor)
    enforced = not cursor.take("NOT", "ENFORCED")
    cursor.take("ENFORCED")
    kind = ConstraintKind.CHECK
    return Constraint(kind=kind, name=name, expression=expression, valid=enforced, enforced=enforced)


def reference(cursor: Cursor) -> Reference:
    """Takes what follows REFERENCES."""
    table = cursor.name()
    columns = key_parts(cursor)[0] if cursor.at("(") else ()
    actions: dict[str, str] = {}
    while True:
        if cursor.take("MATCH"):
            cursor.expect_phrase(("FULL", "PARTIAL", "SIMPLE"))
        elif event := cursor.take_phrase(("ON DELETE", "ON UPDATE")):
            actions[event] = cursor.expect_phrase(_ACTIONS)
        else:
            break
    return Reference(
        table=table, columns=columns, on_delete=actions.get("ON DELETE"), on_update=actions.get("ON UPDATE")
    )
