"""Type changes and defaults on MySQL and MariaDB."""

from __future__ import annotations

from migrail.dialects._interface import TypeChange, Version, Volatility
from migrail.model.operations import AlterColumnType
from migrail.model.structure import Column, Expression, SqlType, Structure

_WIDEST = 4
"""Bytes of a character in utf8mb4, which is taken where the character set is not known."""
_BYTES = {
    **dict.fromkeys(("big5", "cp932", "euckr", "gb2312", "gbk", "sjis", "ucs2"), 2),
    **dict.fromkeys(("eucjpms", "ujis", "utf8mb3"), 3),
    **dict.fromkeys(("gb18030", "utf16", "utf16le", "utf32", "utf8mb4"), 4),
}
"""Character sets with more than one byte for some of their characters, and the most that these take."""
_ONE_BYTE_LENGTH = 255
"""A value of up to 255 bytes has its length in one byte; growing beyond that writes every row again (measured)."""
_ONE_BYTE_LABELS = 255
"""An enum of up to 255 labels is stored in one byte (manual, 11.3.5)."""


def type_change(operation: AlterColumnType, structure: Structure, version: Version) -> TypeChange:
    """There is no such statement; MODIFY and CHANGE are judged by :func:`modified_type`."""
    return TypeChange.UNSUPPORTED


def width_of(charset: str | None) -> int:
    """The bytes of the widest character."""
    return _WIDEST if charset is None else _BYTES.get(charset, 1)


def binary_type(text: str) -> str:
    """The type that a text with the character set ``binary`` is."""
    return {"char": "binary", "varchar": "varbinary"}.get(text, text.replace("text", "blob"))


def modified_type(old: Column, new: Column, *, free_from: int) -> TypeChange:
    """What going from one definition to the other costs for the sake of the type. Measured on MariaDB 10.11.

    Args:
        free_from: up to how many bytes a text may have had that can become as long as it likes.
    """
    if old.type is None or new.type is None:
        return TypeChange.UNKNOWN
    if old.type == new.type:
        return TypeChange.FREE
    one, other = old.type, new.type
    if one.name == other.name == "varchar":
        charset = new.charset or old.charset
        widths = (1, 2, 3, 4) if charset is None else (width_of(charset),)
        return _length(one, other, widths, free_from)
    if one.name == other.name == "varbinary" and free_from:
        return _length(one, other, (1,), free_from)
    if one.name == other.name and one.name in ("enum", "set"):
        return _labels(one, other)
    return TypeChange.REWRITE


def _length(one: SqlType, other: SqlType, widths: tuple[int, ...], free_from: int) -> TypeChange:
    """Of a text whose characters have one of these widths."""
    lengths = [
        int(item.arguments[0][:9]) for item in (one, other) if item.arguments and item.arguments[0].isdecimal()
    ]
    if len(lengths) < 2:
        return TypeChange.UNKNOWN
    short, long = lengths
    crosses = any(free_from < short * width <= _ONE_BYTE_LENGTH < long * width for width in widths)
    return TypeChange.REWRITE if long < short or crosses else TypeChange.FREE


def _labels(one: SqlType, other: SqlType) -> TypeChange:
    """Labels added at the end are free while the value keeps its size: 1 byte, or 1, 2, 3, 4, 8 bytes of a set."""
    count, more = len(one.arguments), len(other.arguments)
    if other.arguments[:count] != one.arguments:
        return TypeChange.REWRITE
    sizes = [(_bytes_of_enum if one.name == "enum" else _bytes_of_set)(labels) for labels in (count, more)]
    return TypeChange.FREE if sizes[0] == sizes[1] else TypeChange.REWRITE


def _bytes_of_enum(labels: int) -> int:
    return 1 if labels <= _ONE_BYTE_LABELS else 2


def _bytes_of_set(labels: int) -> int:
    return (labels + 7) // 8


_VOLATILE = frozenset({"uuid", "uuid_short", "rand", "sleep", "sysdate", "nextval", "random_bytes", "sys_guid"})
_STABLE = frozenset(
    {
        *("current_timestamp", "now", "current_date", "curdate", "current_time", "curtime", "localtime"),
        *("localtimestamp", "utc_timestamp", "utc_date", "utc_time", "unix_timestamp", "current_user", "user"),
        *("database", "schema", "connection_id", "version"),
    }
)
_IMMUTABLE = frozenset(
    {
        *("json_array", "json_object", "concat", "upper", "lower", "abs", "round", "floor", "ceil", "coalesce"),
        *("ifnull", "if", "substring", "left", "right", "replace", "length", "char_length", "hex", "unhex", "md5"),
        *("cast", "convert", "point", "mod", "repeat", "trim", "greatest", "least", "nullif"),
    }
)


def volatility(expression: Expression, structure: Structure) -> Volatility:
    """Of a default. A function that is not known is unknown."""
    found = {name.lower() for name in expression.functions}
    if found & _VOLATILE:
        return Volatility.VOLATILE
    if found - _STABLE - _IMMUTABLE:
        return Volatility.UNKNOWN
    return Volatility.STABLE if found & _STABLE else Volatility.IMMUTABLE
