"""PostgreSQL: ``pg_stat_statements``, an extension that comes with the server.

It replaces constants by ``$1``, ``$2``, ... except where it could not keep the statement's parse tree, and in
statements about structure and roles; the former are masked here, the latter left out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from migrail.dialects import Dialect
from migrail.model.capture import Capture, CapturedQuery
from migrail.model.errors import UsageError
from migrail.sql.lexer import Unclosed, tokens
from migrail.sql.masking import masked

_EXTENSION = """
SELECT n.nspname, current_setting('server_version'), current_database(), current_user
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname = 'pg_stat_statements'
"""
_COLUMNS = """
SELECT a.attname FROM pg_catalog.pg_attribute a
WHERE a.attrelid = pg_catalog.to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped
"""
_HIDDEN = "<insufficient privilege>"
_NOT_LOADED = "55000"

_KEPT = frozenset({"select", "insert", "update", "delete", "with", "merge", "values", "table", "call", "("})
_ASKED_BY_TOOLS = ("pg_", "information_schema", "migrail_", "current_schema")
"""How a word begins in statements that drivers and tools ask, not the application."""


def capture(connection: Connection, dialect: Dialect, now: datetime) -> Capture:
    """See :func:`migrail.runner.statements.capture`."""
    extension = connection.exec_driver_sql(_EXTENSION).one_or_none()
    if extension is None:
        raise UsageError(
            "pg_stat_statements, which counts the statements of a server, is not installed in this database",
            help="psql -c 'CREATE EXTENSION pg_stat_statements'",
        )
    schema, version, database, user = extension
    rows = _rows(connection, str(schema))
    if any(row.query == _HIDDEN for row in rows):
        raise UsageError(
            f"{user} may not see the statements of other roles", help=f'GRANT pg_read_all_stats TO "{user}"'
        )
    counted: dict[str, tuple[int, float]] = {}
    left_out = 0
    for row in rows:
        text = _kept(str(row.query or ""), dialect)
        if text is None:
            left_out += 1
            continue
        calls, total = counted.get(text, (0, 0.0))
        counted[text] = calls + int(row.calls), total + float(row.total)
    queries = [_captured(text, calls, total, str(database)) for text, (calls, total) in counted.items()]
    return Capture(
        source="pg_stat_statements",
        server=f"PostgreSQL {str(version).split()[0]}",
        captured_at=now,
        since=_reset(connection, str(schema)),
        queries=tuple(sorted(queries, key=lambda query: (-(query.calls or 0), query.text))),
        left_out=left_out,
    )


def _rows(connection: Connection, schema: str) -> list[Any]:
    view = f"{_quoted(schema)}.pg_stat_statements"
    columns = {row.attname for row in connection.exec_driver_sql(_COLUMNS, (view,))}
    total = "total_exec_time" if "total_exec_time" in columns else "total_time"  # until PostgreSQL 12
    query = (
        f"SELECT s.query, s.calls, s.{total} AS total FROM {view} s "
        "JOIN pg_catalog.pg_database d ON d.oid = s.dbid WHERE d.datname = pg_catalog.current_database()"
    )
    try:
        return list(connection.exec_driver_sql(query))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _NOT_LOADED:
            raise
        raise UsageError(
            "pg_stat_statements is installed, but the server does not load it, so nothing is counted",
            help="add it to shared_preload_libraries in postgresql.conf and restart the server",
        ) from None


def _reset(connection: Connection, schema: str) -> datetime | None:
    """Since when is counted (PostgreSQL 14 and later)."""
    view = f"{_quoted(schema)}.pg_stat_statements_info"
    if connection.exec_driver_sql("SELECT pg_catalog.to_regclass(%s)", (view,)).scalar() is None:
        return None
    found = connection.exec_driver_sql(f"SELECT stats_reset FROM {view}").scalar()
    return found if isinstance(found, datetime) else None


def _kept(text: str, dialect: Dialect) -> str | None:
    """The statement without values, or ``None`` for one that no application asks its tables."""
    try:
        words = [token.text.lower() for token in tokens(text, dialect.lexical)]
    except Unclosed:
        words = text.lower().split()
    if not words or words[0] not in _KEPT or any(word.startswith(_ASKED_BY_TOOLS) for word in words):
        return None
    return masked(text, dialect)


def _captured(text: str, calls: int, total: float, database: str) -> CapturedQuery:
    mean = round(total / calls, 3) if calls else None
    return CapturedQuery(text=text, calls=calls, mean_ms=mean, total_ms=round(total, 3), database=database)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
