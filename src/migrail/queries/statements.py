"""A text that should be a statement → a query, or why it is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

from migrail.dialects import Dialect
from migrail.model.query import NotCheckable, Origin, Query
from migrail.queries._interface import Found
from migrail.sql.lexer import Kind, Token, Unclosed, tokens
from migrail.sql.wrapped import asked

MAX_LENGTH = 200_000
"""Characters of a statement; longer ones are generated data, not something that an application asks."""

VERBS = frozenset(
    {
        "SELECT",
        "INSERT",
        "UPDATE",
        "DELETE",
        "WITH",
        "MERGE",
        "VALUES",
        "TABLE",
        "REPLACE",
        "CALL",
        "TRUNCATE",
        "LOCK",
    }
    | {"COPY", "REFRESH", "EXECUTE", "PREPARE", "DECLARE", "EXPLAIN", "ANALYZE", "DO", "FROM", "LOAD", "HANDLER"}
)
"""Words with which a statement begins that reads or writes what a migration may change."""

SESSION = frozenset(
    {
        "BEGIN",
        "START",
        "COMMIT",
        "ROLLBACK",
        "ABORT",
        "END",
        "SAVEPOINT",
        "RELEASE",
        "SET",
        "RESET",
        "SHOW",
        "DISCARD",
    }
    | {
        "LISTEN",
        "UNLISTEN",
        "NOTIFY",
        "DEALLOCATE",
        "FETCH",
        "MOVE",
        "CLOSE",
        "CHECKPOINT",
        "PRAGMA",
        "USE",
        "VACUUM",
    }
    | {"KILL", "FLUSH", "DESCRIBE", "DESC", "XA", "UNLOCK", "OPTIMIZE", "ATTACH", "DETACH"}
)
"""Words with which a statement begins that asks nothing of tables: no migration can break it."""

STRUCTURE = frozenset(
    {"CREATE", "ALTER", "DROP", "RENAME", "COMMENT", "GRANT", "REVOKE", "REINDEX", "CLUSTER", "IMPORT"}
)

_TEMPLATE = re.compile(r"\{\{[-\s]*[A-Za-z_][^{}]*\}\}|\{%[^{}]*%\}")
_ODBC = frozenset({"D", "T", "TS", "FN", "OJ"})
"""What stands behind a brace that belongs to SQL: ``{d '2026-01-31'}``."""


def read(text: str, origin: Origin, dialect: Dialect, *, holes: bool = False) -> Query | NotCheckable | None:
    """The statement as a query, or why it is none; ``None`` for one that no migration can break."""
    if len(text) > MAX_LENGTH:
        return refused(text, origin, f"longer than {MAX_LENGTH:,} characters")
    try:
        reason, session = _judged(text, dialect)
    except Unclosed as unclosed:
        reason, session = f"this {unclosed.what} never ends", False
    if reason:
        return refused(text, origin, reason)
    return None if session else Query(text=text, origin=origin, holes=holes)


def refused(text: str, origin: Origin, reason: str) -> NotCheckable:
    """What cannot be taken as a query."""
    return NotCheckable(origin=origin, text=text, reason=reason)


def collected(items: Iterable[Query | NotCheckable | None]) -> Found:
    """Queries and what is none, apart."""
    every = [item for item in items if item]
    return Found(
        queries=tuple(item for item in every if isinstance(item, Query)),
        unreadable=tuple(item for item in every if isinstance(item, NotCheckable)),
    )


def _judged(text: str, dialect: Dialect) -> tuple[str | None, bool]:
    """Why a text is no query, and whether it is a statement about the session only."""
    found = tokens(text, dialect.lexical)
    first = next((token for token in found if token.text != "("), None)
    if first is None:
        return "holds no statement", False
    if first.word in SESSION:
        return None, True
    if "{" in text and _templated([first, *found]):
        return "templated SQL: what it asks is only known when it runs", False
    if first.word in STRUCTURE and asked(text, dialect) == text:
        return f"{first.word} changes the structure; it is no query", False
    if first.word not in VERBS and first.word not in STRUCTURE:
        return "not SQL: it begins with no word that begins a statement", False
    return None, False


def _templated(found: list[Token]) -> bool:
    for token, following in zip_longest(found, found[1:]):
        if token.text == "{" and not (following and following.word in _ODBC):
            return True
        if token.kind in (Kind.STRING, Kind.NAME) and _TEMPLATE.search(token.text):
            return True
    return False
