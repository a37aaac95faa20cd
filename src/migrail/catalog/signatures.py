"""What tells the overloads of a function apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from migrail.dialects import Dialect
from migrail.model.structure import SqlType
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Unclosed
from migrail.sql.types import read_type

_MODES = ("IN OUT", "INOUT", "IN", "OUT", "VARIADIC")
_ENDS = frozenset({",", "=", "DEFAULT", ""})


@lru_cache(maxsize=4096)
def signature(arguments: str, dialect: Dialect) -> tuple[str, ...]:
    """The types of the arguments that a call passes, without schemas and lengths.

    Args:
        arguments: as written behind the name: ``a integer, VARIADIC text[], OUT b text DEFAULT 'x'``, or types
            alone as in DROP FUNCTION.

    Returns:
        ``("integer", "text[]")``; the words as they are, in one string, where they cannot be read.
    """
    try:
        found = tuple(arguments_in(Cursor(arguments, dialect)))
    except (NotUnderstood, Unclosed):
        return (" ".join(arguments.lower().split()),)
    return tuple(spelled(item.type) for item in found if item.mode != "OUT")


def as_named(arguments: str, dialect: Dialect) -> str:
    """The arguments as DROP FUNCTION and GRANT name them: without names and defaults, which are refused there."""
    try:
        found = tuple(arguments_in(Cursor(arguments, dialect)))
    except (NotUnderstood, Unclosed):
        return arguments
    return ", ".join(str(item.type) for item in found if item.mode != "OUT")


@dataclass(frozen=True, kw_only=True, slots=True)
class Argument:
    """One argument of a function."""

    name: str
    """Empty where it has none."""
    type: SqlType
    """``t.a%type`` where it is that of a column."""
    mode: str
    """``IN``, ``OUT``, ``INOUT`` or ``VARIADIC``."""
    default: bool


def arguments_in(cursor: Cursor) -> Iterator[Argument]:
    """Takes the arguments of a function, up to the end.

    Raises:
        NotUnderstood: they cannot be read.
    """
    while not cursor.done:
        mode = cursor.take_phrase(_MODES)
        name, found = "", _type(cursor)
        if found is None:
            # The name comes first, and the mode may follow it (gram.y, func_arg).
            name = cursor.label()
            mode = mode or cursor.take_phrase(_MODES)
            found = _type(cursor)
        if found is None:
            cursor.unexpected("where a type should stand")
        default = cursor.word in ("=", "DEFAULT")
        while cursor.word != "," and not cursor.done:
            if cursor.at("(") or cursor.at("["):
                cursor.group()
            else:
                cursor.next()
        cursor.take(",")
        yield Argument(name=name, type=found, mode=mode.replace(" ", "") or "IN", default=default)


def _type(cursor: Cursor) -> SqlType | None:
    """Takes a type that reaches to the end of the argument or to its default, or nothing."""
    start = cursor.index
    try:
        cursor.take("SETOF")
        found = _type_of(cursor)
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


def _type_of(cursor: Cursor) -> SqlType:
    if not cursor.dialect.lexical.block_bodies:
        return read_type(cursor)
    from migrail.sql.read.mysql.types import read_type as read_mysql_type  # its dialect comes along

    return read_mysql_type(cursor).type
