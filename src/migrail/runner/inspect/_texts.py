"""Reads what servers print: types, expressions and statements, by the same readers that migrations go through."""

from __future__ import annotations

from migrail.dialects import Dialect
from migrail.model.migration import Statement
from migrail.model.operations import Operation
from migrail.model.structure import Expression, SqlType
from migrail.model.text import Lines
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.expressions import remaining_expression
from migrail.sql.lexer import Unclosed
from migrail.sql.read import read
from migrail.sql.read.mysql.types import read_type as read_mysql_type
from migrail.sql.types import read_type

OWN_PREFIX = "migrail_"
"""What the names of our own tables begin with."""


def type_of(text: str, dialect: Dialect) -> SqlType:
    """A type as the server prints it; the usual schema is left out."""
    cursor = Cursor(text, dialect)
    try:
        found = read_type(cursor)
        if not cursor.done:
            cursor.unexpected()
    except (NotUnderstood, Unclosed):
        return SqlType(name=text.lower())
    name = found.name.removeprefix(f"{dialect.default_schema}.")
    return SqlType(name=name, arguments=found.arguments, dimensions=found.dimensions)


def mysql_type_of(text: str, dialect: Dialect) -> SqlType:
    """A type as MySQL or MariaDB prints it."""
    cursor = Cursor(text, dialect)
    try:
        found = read_mysql_type(cursor).type
        cursor.take("COMPRESSED")
        if not cursor.done:
            cursor.unexpected()
    except (NotUnderstood, Unclosed):
        return SqlType(name=text.lower())
    return found


def expression_of(text: str | None, dialect: Dialect) -> Expression | None:
    """An expression as the server prints it, with its functions and columns where it can be read."""
    if text is None:
        return None
    try:
        return remaining_expression(Cursor(text, dialect))
    except (NotUnderstood, Unclosed):
        return Expression(text=text)


def operations_of(text: str, dialect: Dialect) -> tuple[Operation, ...]:
    """What a statement that the server keeps means."""
    span = Lines(text).span(0, len(text))
    return read(Statement(number=1, text=text, span=span), dialect)
