"""Data types of MySQL and MariaDB, with the character set and collation that stand with them."""

from __future__ import annotations

from typing import NamedTuple

from migrail.dialects.mysql.types import binary_type
from migrail.model.structure import SqlType
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind, string_value
from migrail.sql.words import words

_PHRASES = (
    "LONG CHAR VARYING",
    "LONG VARCHARACTER",
    "LONG VARCHAR",
    "LONG VARBINARY",
    "NATIONAL CHARACTER VARYING",
    "NATIONAL CHAR VARYING",
    "NATIONAL VARCHARACTER",
    "NATIONAL VARCHAR",
    "NATIONAL CHARACTER",
    "NATIONAL CHAR",
    "NCHAR VARCHAR",
    "NCHAR VARYING",
    "CHARACTER VARYING",
    "CHAR VARYING",
    "CHAR BYTE",
    "DOUBLE PRECISION",
)
"""Types of several words, longest first."""

_INTEGERS = words("tinyint smallint mediumint int bigint")
_NUMBERS = _INTEGERS | words("decimal float double")
_TEXTS = words("char varchar tinytext text mediumtext longtext enum set")
_LENGTH_1 = words("char binary bit")
_SIZED = {
    "text": (("tinytext", 255), ("text", 65_535), ("mediumtext", 16_777_215), ("longtext", 0)),
    "blob": (("tinyblob", 255), ("blob", 65_535), ("mediumblob", 16_777_215), ("longblob", 0)),
}
"""``text(n)`` and ``blob(n)`` are the smallest type that holds n (manual, 11.3.4)."""

_KNOWN = (
    _NUMBERS
    | _TEXTS
    | words(
        """
        bit date time datetime timestamp year binary varbinary tinyblob blob mediumblob longblob json geometry
        point linestring polygon multipoint multilinestring multipolygon geometrycollection uuid inet4 inet6
        vector xmltype
        """
    )
)
_UNICODE_ALIASES = {"utf8": "utf8mb3"}
_FLOAT_DIGITS = 24
"""``float(1)`` to ``float(24)`` is ``float``, beyond that ``double`` (manual, 11.1.4)."""


_IMPLIED = {
    **dict.fromkeys(("national", "nchar", "nvarchar"), ("utf8mb3", None)),
    "json": ("utf8mb4", "utf8mb4_bin"),
}
"""First word of a type → the character set and collation that it stands for; json is a text on MariaDB."""


class Typed(NamedTuple):
    """A type and what may stand with it."""

    type: SqlType
    charset: str | None = None
    collation: str | None = None
    serial: bool = False
    """``serial``: NOT NULL AUTO_INCREMENT UNIQUE as well."""


def read_type(cursor: Cursor) -> Typed:
    """Takes a type."""
    aliases = cursor.dialect.type_aliases
    word = cursor.take_phrase(_PHRASES).lower()
    if not word and cursor.peek().kind is Kind.WORD:
        word = cursor.next().word.lower()
    if not word:
        cursor.unexpected("where a type should stand")
    spelled = aliases.get(word, word)
    if spelled in ("bool", "boolean"):
        return Typed(SqlType(name="tinyint", arguments=("1",)))
    if spelled == "serial":
        return Typed(SqlType(name="bigint unsigned"), serial=True)
    if spelled not in _KNOWN:
        cursor.index -= 1
        cursor.unexpected("where a type should stand")
    arguments = tuple(cursor.listed(_argument)) if cursor.at("(") else ()
    if spelled in _NUMBERS:
        return Typed(_number(cursor, spelled, arguments))
    if spelled == "year":
        while cursor.take_one(("UNSIGNED", "SIGNED", "ZEROFILL")):
            pass  # means nothing
    charset, collation = character_set(cursor)
    if charset is None and spelled != "json":
        charset, implied = _IMPLIED.get("json" if word == "json" else word.partition(" ")[0], (None, None))
        collation = collation or implied
    if charset == "binary" and spelled in _TEXTS - {"enum", "set"}:
        spelled, charset = binary_type(spelled), None
    return Typed(SqlType(name=_sized(spelled, arguments), arguments=_plain(spelled, arguments)), charset, collation)


def _argument(cursor: Cursor) -> str:
    token = cursor.peek()
    if token.kind is Kind.STRING:
        value = string_value(cursor.next().text, cursor.dialect.lexical)
        return "'" + value.replace("'", "''") + "'"
    return cursor.number()


def _number(cursor: Cursor, name: str, arguments: tuple[str, ...]) -> SqlType:
    if name == "float" and len(arguments) == 1:
        wide = not arguments[0].isdecimal() or int(arguments[0][:9]) > _FLOAT_DIGITS
        name, arguments = ("double" if wide else "float"), ()
    signs = set()
    while sign := cursor.take_one(("UNSIGNED", "SIGNED", "ZEROFILL")):
        signs.add(sign)
    zerofill = "ZEROFILL" in signs
    if name in _INTEGERS and (name != "tinyint" or arguments != ("1",) or zerofill):
        arguments = ()
    if name == "decimal":
        arguments = {0: ("10", "0"), 1: (*arguments, "0")}.get(len(arguments), arguments)
    if zerofill or "UNSIGNED" in signs:
        name += " unsigned"
    return SqlType(name=name + (" zerofill" if zerofill else ""), arguments=arguments)


def _plain(name: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
    if name in _SIZED or name == "year":
        return ()
    if name in ("time", "datetime", "timestamp") and arguments == ("0",):
        return ()
    return ("1",) if not arguments and name in _LENGTH_1 else arguments


def _sized(name: str, arguments: tuple[str, ...]) -> str:
    if name not in _SIZED or not arguments:
        return name
    size = int(arguments[0][:12]) if arguments[0].isdecimal() else 0
    return next(candidate for candidate, most in _SIZED[name] if size <= most or not most)


def character_set(cursor: Cursor) -> tuple[str | None, str | None]:
    """Takes the character set and collation behind a type, or nothing."""
    charset = collation = None
    while True:
        if cursor.take("BINARY"):
            collation = "binary"
        elif word := cursor.take_one(("ASCII", "UNICODE", "BYTE")):
            charset = {"ASCII": "latin1", "UNICODE": "ucs2", "BYTE": "binary"}[word]
        elif take_charset(cursor):
            charset = charset_name(cursor)
        elif cursor.take("COLLATE"):
            collation = charset_name(cursor)
        else:
            return charset, collation


def take_charset(cursor: Cursor) -> bool:
    """Takes the words for a character set, if they come next; whether they did."""
    return cursor.take("CHARACTER", "SET") or cursor.take("CHAR", "SET") or cursor.take("CHARSET")


def charset_name(cursor: Cursor) -> str:
    """Takes the name of a character set or collation, folded."""
    if cursor.peek().kind is Kind.STRING:
        name = cursor.string().lower()
    elif cursor.take("BINARY"):
        name = "binary"
    elif cursor.take("DEFAULT"):
        name = "default"
    else:
        name = cursor.identifier().lower()
    head, mark, rest = name.partition("_")
    return _UNICODE_ALIASES.get(head, head) + mark + rest
