"""Names as SQL, for the statements that help texts propose."""

from __future__ import annotations

import re

from migrail.dialects import Dialect
from migrail.model.structure import Name
from migrail.model.text import visible

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")

_RESERVED = frozenset(
    {
        "all", "alter", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization",
        "autoincrement", "begin", "between", "binary", "both", "by", "case", "cast", "check", "collate",
        "collation", "column", "commit", "concurrently", "constraint", "create", "cross", "current_catalog",
        "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user",
        "default", "deferrable", "delete", "desc", "distinct", "do", "drop", "else", "end", "escape", "except",
        "exists", "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having", "if",
        "ilike", "in", "index", "indexed", "initially", "inner", "insert", "intersect", "into", "is", "isnull",
        "join", "lateral", "leading", "left", "like", "limit", "localtime", "localtimestamp", "natural", "not",
        "nothing", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing",
        "primary", "raise", "references", "returning", "right", "rollback", "select", "session_user", "set",
        "similar", "some", "symmetric", "table", "tablesample", "then", "to", "trailing", "transaction", "true",
        "union", "unique", "update", "user", "using", "values", "variadic", "verbose", "when", "where", "window",
        "with",
    }
)  # fmt: skip
"""Reserved in PostgreSQL (``pg_get_keywords``) or SQLite (``lang_keywords.html``). Quoting more is harmless."""


def sql_name(name: str, dialect: Dialect) -> str:
    """The name as it can stand in a statement: quoted where the server would read it otherwise."""
    if _PLAIN.fullmatch(name) and name not in _RESERVED and dialect.fold(name, False) == name:
        return name
    doubled = visible(name).replace('"', '""')
    return f'"{doubled}"'


def sql_table(name: Name, dialect: Dialect) -> str:
    """The name of a table, with the schema where the author wrote one."""
    table = sql_name(name.name, dialect)
    return table if name.schema is None else f"{sql_name(name.schema, dialect)}.{table}"


def sql_columns(columns: tuple[str, ...], dialect: Dialect) -> str:
    """``(a, b)``."""
    return f"({', '.join(sql_name(column, dialect) for column in columns)})"


def made_name(table: Name, *parts: str, dialect: Dialect) -> str:
    """A name in the way servers make them, ``orders_note_check``, as SQL."""
    return sql_name(dialect.fold("_".join([table.name, *parts]), True), dialect)


def sql_literal(text: str) -> str:
    """A text as a string literal."""
    doubled = visible(text).replace("'", "''")
    return f"'{doubled}'"
