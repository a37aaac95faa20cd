"""Data types."""

from __future__ import annotations

from migrail.model.structure import SqlType
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.words import words

_WORDY = {
    "DOUBLE PRECISION": "double precision",
    "NATIONAL CHARACTER VARYING": "character varying",
    "NATIONAL CHAR VARYING": "character varying",
    "NATIONAL CHARACTER": "character",
    "NATIONAL CHAR": "character",
    "CHARACTER VARYING": "character varying",
    "CHAR VARYING": "character varying",
    "NCHAR VARYING": "character varying",
    "BIT VARYING": "bit varying",
}
"""Types of several words (manual, table 8.1; gram.y, character), longest first, and their usual spelling."""

_ZONES = ("WITH TIME ZONE", "WITHOUT TIME ZONE")
_INTERVAL_FIELDS = (
    "YEAR TO MONTH",
    "DAY TO HOUR",
    "DAY TO MINUTE",
    "DAY TO SECOND",
    "HOUR TO MINUTE",
    "HOUR TO SECOND",
    "MINUTE TO SECOND",
    "YEAR",
    "MONTH",
    "DAY",
    "HOUR",
    "MINUTE",
    "SECOND",
)
_FLOAT_DIGITS_OF_REAL = 24
"""``float(1)`` to ``float(24)`` is ``real`` (manual, 8.1.3)."""

_ENDS_TYPE = words("CONSTRAINT PRIMARY NOT NULL UNIQUE CHECK DEFAULT COLLATE REFERENCES GENERATED AS DEFERRABLE ON")
"""What ends the words of a SQLite type."""

_KEYWORD_TYPES = words("char character bit int integer smallint bigint real float dec decimal boolean")
"""Quoted, these are not the types of those keywords; ``"char"`` is a type of its own."""


_ARRAYS = words(
    """
    int2 int4 int8 float4 float8 numeric money bool text varchar bpchar bytea uuid json jsonb xml date time timetz
    timestamp timestamptz interval inet cidr macaddr bit varbit oid name
    """
)
"""Types of PostgreSQL whose arrays are called ``_int4`` and so on in ``pg_type``; programs write that too."""

_WITHOUT_LENGTH = words("INT INTEGER SMALLINT BIGINT REAL BOOLEAN")
"""Types of PostgreSQL's grammar that take no parentheses (gram.y, Numeric)."""


def read_type(cursor: Cursor) -> SqlType:
    """Takes a type."""
    if cursor.dialect.name == "sqlite":
        return _sqlite_type(cursor)
    kind, first = cursor.peek().kind, cursor.word
    if kind is Kind.WORD and not cursor.at(first, "."):
        if first in ("TIME", "TIMESTAMP"):
            return _dimensions(cursor, _time(cursor))
        if first == "INTERVAL":
            return _dimensions(cursor, _interval(cursor))
        if phrase := cursor.take_phrase(_WORDY):
            return _dimensions(cursor, _plain(cursor, _WORDY[phrase]))
    quoted = kind is Kind.NAME
    if cursor.dialect.name == "postgres" and first in _WITHOUT_LENGTH and cursor.peek(1).word == "(":
        cursor.next()
        cursor.unexpected(f"behind {first}, which has no length")
    name = cursor.name(function=True)
    if quoted and name.schema is None and name.name in _KEYWORD_TYPES:
        return _dimensions(cursor, SqlType(name=f'"{name.name}"'))
    schema = None if name.schema == "pg_catalog" else name.schema
    if schema is None and name.name[1:] in _ARRAYS and name.name[0] == "_" and cursor.dialect.name == "postgres":
        element = _plain(cursor, name.name[1:])
        return _dimensions(cursor, SqlType(name=element.name, arguments=element.arguments, dimensions=1))
    return _dimensions(cursor, _plain(cursor, name.name if schema is None else f"{schema}.{name.name}"))


def sqlite_has_type(cursor: Cursor) -> bool:
    """Whether a type comes next in a SQLite column definition, where it may be missing."""
    token = cursor.peek()
    return token.kind in (Kind.NAME, Kind.STRING) or (token.kind is Kind.WORD and token.word not in _ENDS_TYPE)


def _plain(cursor: Cursor, name: str) -> SqlType:
    arguments = _arguments(cursor)
    dialect = cursor.dialect
    if name in dialect.serial_types:
        return SqlType(name=dialect.serial_types[name], arguments=arguments, serial=True)
    if name == "float" and arguments:
        small = arguments[0].isdecimal() and int(arguments[0][:9]) <= _FLOAT_DIGITS_OF_REAL
        return SqlType(name="real" if small else "double precision")
    return SqlType(name=dialect.type_aliases.get(name, name), arguments=arguments)


def _arguments(cursor: Cursor) -> tuple[str, ...]:
    if not cursor.at("("):
        return ()
    return tuple(cursor.listed(_argument))


def _argument(cursor: Cursor) -> str:
    token = cursor.peek()
    if token.kind is Kind.STRING:
        return cursor.next().text
    if token.kind is Kind.WORD:
        return cursor.next().text.lower()
    return cursor.number()


def _time(cursor: Cursor) -> SqlType:
    name = cursor.next().word.lower()
    arguments = _arguments(cursor)
    zone = cursor.take_phrase(_ZONES)
    spelling = f"{name} {zone.lower()}" if zone else name
    return SqlType(name=cursor.dialect.type_aliases.get(spelling, spelling), arguments=arguments)


def _interval(cursor: Cursor) -> SqlType:
    """The fields come before the precision in the arguments, as in ``("day to second", "3")``."""
    cursor.next()
    fields = cursor.take_phrase(_INTERVAL_FIELDS)
    return SqlType(name="interval", arguments=((fields.lower(),) if fields else ()) + _arguments(cursor))


def _dimensions(cursor: Cursor, found: SqlType) -> SqlType:
    dimensions = 0
    if cursor.take("ARRAY"):
        dimensions = 1
        if cursor.at("["):
            cursor.group()
    else:
        while cursor.at("["):
            cursor.group()
            dimensions += 1
    if not dimensions:
        return found
    return SqlType(name=found.name, arguments=found.arguments, dimensions=dimensions, serial=found.serial)


def _sqlite_type(cursor: Cursor) -> SqlType:
    words = []
    while sqlite_has_type(cursor):
        token = cursor.peek()
        words.append(cursor.identifier() if token.kind is not Kind.WORD else cursor.next().text)
    if not words:
        cursor.unexpected("where a type should stand")
    name = " ".join(words).lower()
    return SqlType(name=cursor.dialect.type_aliases.get(name, name), arguments=_arguments(cursor))
