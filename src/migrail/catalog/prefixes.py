"""How much of a column an index of MySQL or MariaDB holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from migrail.dialects.mysql.types import width_of
from migrail.model.structure import Column, Index, PartOptions, options_of


def without_whole(
    columns: tuple[str, ...], options: tuple[PartOptions, ...], table: Mapping[str, Column]
) -> tuple[PartOptions, ...]:
    """The options without the length of a prefix that is the whole column: the server does not keep it."""
    if not options:
        return options
    pairs = zip(columns, options, strict=True)
    return options_of([_kept(table.get(column), item) for column, item in pairs])


def _kept(column: Column | None, options: PartOptions) -> PartOptions:
    if options.length is None or column is None or column.type is None:
        return options
    arguments = column.type.arguments
    whole = arguments[:1] if column.type.name in _SIZED else ()
    if whole and whole[0].isdecimal() and float(whole[0]) <= options.length:
        return replace(options, length=None)
    return options


_SIZED = frozenset({"char", "varchar", "binary", "varbinary"})


def is_hashed(index: Index, table: Mapping[str, Column]) -> bool:
    """Whether a unique key is too long for InnoDB, so that MariaDB keeps hashes of what is in it."""
    options = index.options or (PartOptions(),) * len(index.columns)
    return sum(map(_bytes, map(table.get, index.columns), options)) > _LONGEST_KEY


def _bytes(column: Column | None, options: PartOptions) -> int:
    if column is None or column.type is None:
        return 0
    name, arguments = column.type.name, column.type.arguments
    if name not in _SIZED and not name.endswith(("text", "blob")):
        return 0
    width = 1 if name.endswith(("binary", "blob")) else width_of(column.charset)
    if options.length is not None:
        return options.length * width
    return int(arguments[0]) * width if arguments and arguments[0].isdecimal() else _LONGEST_KEY + 1


_LONGEST_KEY = 3072
"""Bytes (InnoDB with ROW_FORMAT=DYNAMIC, which is usual)."""


def without_column(index: Index, column: str) -> Index:
    """The index after a column of it has been dropped."""
    kept = [number for number, name in enumerate(index.columns) if name != column]
    options = options_of([index.options[number] for number in kept]) if index.options else ()
    return replace(index, columns=tuple(index.columns[number] for number in kept), options=options)
