"""Character sets and collations, which columns of MySQL and MariaDB take from their table.

Measured on MariaDB 10.11. A collation that is not known is the usual one of its character set, which differs from
server to server.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrail.catalog.values import Table
from migrail.dialects.mysql.types import binary_type, width_of
from migrail.model.structure import Column, SqlType

_TEXTS = {"tinytext": 255, "text": 65_535, "mediumtext": 16_777_215, "longtext": 4_294_967_295}
"""Types without a length, and how many bytes they hold."""
_WITH_CHARSET = frozenset({"char", "varchar", "enum", "set", *_TEXTS})
_BINARY = "binary"
_ENGINES = {"heap": "memory", "innobase": "innodb", "maria": "aria", "merge": "mrg_myisam", "ndb": "ndbcluster"}
"""Other names of engines (``sys_table_aliases`` in handler.cc)."""
_OF_EVERY_UNICODE = "uca1400"
"""How the names of collations begin that leave the character set out (MariaDB, since 10.10)."""


def in_table(column: Column, table: Table) -> Column:
    """The column with what it takes from its table; what a MODIFY does not write is taken anew."""
    if column.type is None or column.type.name not in _WITH_CHARSET:
        return column
    charset, collation = column.charset, column.collation
    if charset is None and collation is None:
        charset, collation = table.charset, table.collation
    elif charset is None:
        charset = charset_of(collation) or table.charset
    return _with(column, charset, collation)


def charset_of(collation: str | None) -> str | None:
    """The character set that a collation is named after; BINARY behind a type is no collation of one."""
    if collation is None or collation == _BINARY or collation.startswith(_OF_EVERY_UNICODE):
        return None
    return collation.partition("_")[0]


def in_full(charset: str | None, collation: str | None) -> str | None:
    """The name of a collation with its character set; ``None`` where that is not known."""
    if collation is None or charset == _BINARY:
        return None
    if collation == _BINARY:
        return f"{charset}_bin" if charset is not None else None
    if collation.startswith(_OF_EVERY_UNICODE):
        return f"{charset}_{collation}" if charset is not None else None
    return collation


def _with(column: Column, charset: str | None, collation: str | None) -> Column:
    if charset == _BINARY and column.type is not None and column.type.name not in ("enum", "set"):
        type_ = replace(column.type, name=binary_type(column.type.name))
        return replace(column, type=type_, charset=None, collation=None)
    return replace(column, charset=charset, collation=in_full(charset, collation))


def set_options(table: Table, options: Iterable[tuple[str, str]]) -> Table:
    """The table with the options that are held of one. A collation counts, wherever the character set stands."""
    written = dict(options)
    if engine := written.get("ENGINE", written.get("TYPE")):
        name = engine.strip("'\"`").lower()
        table = replace(table, engine=_ENGINES.get(name, name))
    if charset := written.get("DEFAULT CHARACTER SET"):
        table = replace(table, charset=_known(charset), collation=None)
    if collation := written.get("DEFAULT COLLATE"):
        charset = charset_of(_known(collation)) or table.charset
        table = replace(table, charset=charset, collation=in_full(charset, _known(collation)))
    if "COMMENT" in written:
        table = replace(table, comment=written["COMMENT"])
    return table


def _known(name: str) -> str | None:
    """DEFAULT is that of the database, which files do not tell."""
    return None if name == "default" else name


def converted(column: Column, charset: str | None, collation: str | None) -> Column:
    """The column after CONVERT TO. A text becomes the next larger one, where it could not hold all characters."""
    if column.type is None or column.type.name not in _WITH_CHARSET:
        return column
    size = _TEXTS.get(column.type.name)
    unsure = size is not None and None in (column.charset, charset)
    if size is not None and column.charset is not None and charset is not None:
        needed = size // width_of(column.charset) * width_of(charset)
        larger = (name for name, most in _TEXTS.items() if most >= max(size, needed))
        column = replace(column, type=SqlType(name=next(larger, "longtext")))
    return _with(
        replace(column, may_be_larger=unsure and column.type != SqlType(name="longtext")), charset, collation
    )
