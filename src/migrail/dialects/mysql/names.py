"""How MySQL and MariaDB read text, names and types."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from migrail.dialects._interface import Lexical
from migrail.model.structure import Constraint, ConstraintKind, Expression

LEXICAL = Lexical(
    backslash_escapes=True,
    backticks=True,
    double_quoted_strings=True,
    hash_comments=True,
    dashes_need_space=True,
    comment_ends_at_cr=False,
    executable_comments=((0, 99_998),),
    block_bodies=True,
    delimiter_command=True,
    digits_begin_names=True,
    client="mysql",
    client_commands=r"(?:charset|clear|connect|edit|ego|exit|go|nopager|notee|nowarning|pager|print|prompt|"
    r"quit|rehash|resetconnection|sandbox|source|status|system|tee|warnings)\b",
    inline_commands=r"\\(?!N\b)[^\s;]*",
)
"""The defaults: neither ANSI_QUOTES nor NO_BACKSLASH_ESCAPES in sql_mode. ``/*!99999`` is a comment by custom.
The commands are those that the client lists for ``help``, without DELIMITER, which is followed, and what the server
knows too (HELP, USE). ``\\N`` is NULL."""

MARIADB_LEXICAL = replace(
    LEXICAL,
    executable_comments=((0, 50_699), (100_000, 129_999)),
    mariadb_comments=True,
)
"""MariaDB passes over comments for MySQL 5.7 and later, 50700 to 99999 (knowledge base, "Comment Syntax")."""

TYPE_ALIASES = {
    "integer": "int",
    "int1": "tinyint",
    "int2": "smallint",
    "int3": "mediumint",
    "middleint": "mediumint",
    "int4": "int",
    "int8": "bigint",
    "dec": "decimal",
    "fixed": "decimal",
    "numeric": "decimal",
    "double precision": "double",
    "real": "double",
    "float4": "float",
    "float8": "double",
    "character": "char",
    "nchar": "char",
    "national char": "char",
    "national character": "char",
    "character varying": "varchar",
    "char varying": "varchar",
    "varcharacter": "varchar",
    "nvarchar": "varchar",
    "national varchar": "varchar",
    "national character varying": "varchar",
    "national char varying": "varchar",
    "national varcharacter": "varchar",
    "nchar varchar": "varchar",
    "nchar varying": "varchar",
    "char byte": "binary",
    "long": "mediumtext",
    "long varchar": "mediumtext",
    "long char varying": "mediumtext",
    "long varcharacter": "mediumtext",
    "long varbinary": "mediumblob",
    "geomcollection": "geometrycollection",
}
"""Manual of MySQL, 11.9; ``bool`` and ``serial`` are more than a name and stand with the reader."""

MARIADB_TYPE_ALIASES = {**TYPE_ALIASES, "json": "longtext"}


def fold(name: str, quoted: bool) -> str:
    """Tables keep their case: they differ by it where ``lower_case_table_names`` is 0, as on Linux.

    The names of columns, indexes and constraints compare without regard to case: see ``fold_inner``.
    """
    return name


def check_of_period(period: str, columns: tuple[str, ...]) -> Constraint | None:
    """The check that a period of application time is (MariaDB); that of SYSTEM_TIME has none."""
    if period == "system_time" or len(columns) != 2:
        return None
    expression = Expression(text=f"`{columns[0]}` < `{columns[1]}`", columns=columns)
    return Constraint(kind=ConstraintKind.CHECK, name=period, expression=expression)


def index_name(column: str, taken: Container[str]) -> str:
    """The server's name of an unnamed index: its first column, with ``_2`` and so on where that is taken.

    ``make_unique_key_name`` in sql_table.cc, which gives up at ``_99``.
    """
    base = "functional_index" if column.startswith("(") else column
    names = (base, *(f"{base}_{number}" for number in range(2, 100)))
    return next((name for name in names if name not in taken and name != "primary"), base)
