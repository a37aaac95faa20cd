"""What tells the overloads of a function apart."""

from __future__ import annotations

from collections.abc import Iterator

from migrail.dialects import Dialect
from migrail.model.structure import SqlType
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Unclosed
from migrail.sql.types import read_type

_MODES = ("IN OUT", "INOUT", "IN", "OUT", "VARIADIC")
_ENDS = frozenset({",", "=", "DEFAULT", ""})


def signature(arguments: str, dialect: Dialect) -> tuple[str, ...]:
    """The types of the arguments that a call passes, without schemas and lengths.

    Args:
        arguments: as written behind the name: ``a integer, VARIADIC text[], OUT b text DEFAULT 'x'``, or types
            alone as in DROP FUNCTION.

    Returns:
        ``("integer", "text[]")``; the words as they are, in one string, where they cannot be read.
    """
    try:
        return tuple(_types(Cursor(arguments, dialect)))
    except (NotUnderstood, Unclosed):
        return (" ".join(arguments.lower().split()),)


def _types(cursor: Cursor) -> Iterator[str]:
    while not cursor.done:
        mode = cursor.take_phrase(_MODES)
        found = _type(cursor)
        if found is None:
            # The name comes first, and the mode may follow it (gram.y, func_arg).
            cursor.label()
            mode = mode or cursor.take_phrase(_MODES)
            found = _type(cursor)
        if found is None:
            cursor.unexpected("where a type should stand")
        while cursor.word != "," and not cursor.done:
            if cursor.at("(") or cursor.at("["):
                cursor.group()
            else:
                cursor.next()
        cursor.take(",")
        if mode != "OUT":
            yield spelled(found)


def _type(cursor: Cursor) -> SqlType | None:
    """Takes a type that reaches to the end of the argument or to its default, or nothing."""
    start = cursor.index
    try:
        cursor.take("SETOF")
        found = read_type(cursor)
    except NotUnderstood:
        cursor.index = start
        return None
    if cursor.take("%", "TYPE"):
        found = SqlType(name=f"{found.name}%type")
    if cursor.word in _ENDS and (cursor.word or cursor.done):
        return found
    cursor.index = start
    return None


def spelled(type_: SqlType) -> str:
    """A type without its schema and length."""
    return type_.name.rpartition(".")[2] + ("[]" if type_.dimensions else "")
